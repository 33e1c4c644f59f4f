// Copyright 2026 the Whippet authors
// SPDX-License-Identifier: Apache-2.0

internal import Testing
internal import WhippetInfra
internal import WhippetTestSupport

struct EncodingLabelTests {
    @Test(
        "A label is found without regard to case and surrounding white space",
        arguments: [
            ("utf-8", "UTF-8"), ("UTF8", "UTF-8"), ("\t\n\u{C}\r Utf-8 \r\u{C}\n\t", "UTF-8"), ("unicode", "UTF-16LE"),
            ("latin1", "windows-1252"), ("ASCII", "windows-1252"), ("iso-ir-126", "ISO-8859-7"),
            ("iso_8859-1:1987", "windows-1252"), ("csiso88598i", "ISO-8859-8-I"), ("gb2312", "GBK"),
            ("hz-gb-2312", "replacement"), ("x-user-defined", "x-user-defined"), ("unicode-1-1-utf-8", "UTF-8"),
        ])
    func found(label: String, name: String) {
        #expect(Encoding.get(label)?.name == name)
    }

    @Test(
        "What only resembles a label is none",
        arguments: [
            "", " ", "utf", "utf-8 utf8", "utf-7", "utf-32", "\u{A0}utf-8", "utf-8\u{B}", "\0utf-8", "utf\u{2010}8",
            "iso-8859", "Kutf-8", "\u{212A}oi8-r", String(repeating: "a", count: 1_000_000),
        ])
    func notFound(label: String) {
        #expect(Encoding.get(label) == nil)
    }

    @Test("No label stands for two encodings")
    func unique() {
        let labels = Encoding.allCases.flatMap { $0.labels.description.split(separator: " ") }
        #expect(labels.count == 228)
        #expect(Set(labels).count == labels.count)
    }

    @Test("The labels are those of the standard", .enabled(if: StandardsData.isAvailable, "\(StandardsData.reason)"))
    func standard() throws {
        var names: [String] = []
        var count = 0
        for encoding in try StandardsData.cases("encoding/encodings.json").flatMap({ $0["encodings"].elements }) {
            let name = try #require(encoding["name"].string)
            names.append(name)
            for label in encoding["labels"].elements.compactMap(\.string) {
                #expect(Encoding.get(label)?.name == name, "\(label)")
                count += 1
            }
        }
        #expect(names.sorted() == Encoding.allCases.map(\.name).sorted())
        #expect(names.count == 40)
        #expect(count == 228)
    }
}
