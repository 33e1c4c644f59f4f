// Copyright 2026 the Whippet authors
// SPDX-License-Identifier: Apache-2.0

internal import Testing
internal import WhippetInfra
internal import WhippetTestSupport

struct MIMETypeTests {
    @Test(
        "A MIME type is parsed and serialised in its normal form",
        arguments: [
            ("text/html", "text/html"),
            (" TEXT/HTML ; Charset = utf-8 ", "text/html"),
            ("text/html;CHARSET=\"UTF-8\"", "text/html;charset=UTF-8"),
            ("text/html;a=1;A=2;b=\"x y\"", "text/html;a=1;b=\"x y\""),
            ("text/html;a=\"q\\\"\\\\\"rest;b=1", "text/html;a=\"q\\\"\\\\\";b=1"),
            ("text/html;a=\"open\\", "text/html;a=\"open\\\\\""),
            ("text/html;;a;=b;c=;d=\"\"", "text/html;d=\"\""),
            ("text/html;a=é", "text/html;a=\"é\""),
        ])
    func normalForm(input: String, serialized: String) {
        #expect(MIMEType(input)?.serialized == serialized)
    }

    @Test(
        "What is no MIME type fails",
        arguments: ["", "text", "text/", "/html", "te xt/html", "text/ht ml", "text/é", ";a=b"])
    func failure(input: String) {
        #expect(MIMEType(input) == nil)
    }

    @Test("A value above U+00FF drops its parameter")
    func wideValue() {
        #expect(MIMEType("text/html;a=\u{100};b=1")?.serialized == "text/html;b=1")
    }

    @Test("The essence leaves parameters out, the subscript reads and writes them")
    func parameters() {
        var type = MIMEType(type: "text", subtype: "plain")
        type["charset"] = "utf-8"
        type["charset"] = "UTF-8"
        #expect(type.essence == "text/plain")
        #expect(type["charset"] == "UTF-8")
        #expect(type.serialized == "text/plain;charset=UTF-8")
        type["charset"] = nil
        #expect(type.serialized == "text/plain")
    }

    @Test(
        "The last type that parses is extracted, with the charset of its predecessors of one essence",
        arguments: [
            (["text/plain;charset=gbk, text/html"], "text/html"),
            (["text/html;charset=gbk;a=b, text/html;x=y"], "text/html;x=y;charset=gbk"),
            (["text/html;charset=gbk;a=b", "text/html;x=y"], "text/html;x=y;charset=gbk"),
            (["text/html;charset=gbk", "x/x", "text/html;x=y"], "text/html;x=y"),
            (["text/html", "cannot-parse"], "text/html"),
            (["text/html", "*/*"], "text/html"),
            (["text/html", ""], "text/html"),
            (["text/html;a=\"b,c\\\",d\", x"], "text/html;a=\"b,c\\\",d\""),
            ([], nil),
            (["*/*", "x"], nil),
        ] as [([String], String?)])
    func extraction(values: [String], serialized: String?) {
        #expect(MIMEType.extract(from: values)?.serialized == serialized)
    }

    @Test(
        "The standards' own cases pass",
        .enabled(if: StandardsData.isAvailable, Comment(rawValue: StandardsData.reason)),
        arguments: [("mime-types.json", 74), ("generated-mime-types.json", 881)])
    func standardsData(file: String, count: Int) throws {
        let cases = try StandardsData.cases("mimesniff/\(file)")
        var failures: [String] = []
        for test in cases {
            let input = try #require(test["input"].string)
            let serialized = MIMEType(input)?.serialized
            if serialized != test["output"].string { failures.append("\(input): \(serialized ?? "failure")") }
        }
        #expect(cases.count == count)
        #expect(failures == [])
    }

    @Test(
        "The standards' cases of content-type fields pass",
        .enabled(if: StandardsData.isAvailable, Comment(rawValue: StandardsData.reason)))
    func contentTypes() throws {
        let cases = try StandardsData.cases("fetch/content-type/content-types.json")
        var failures: [String] = []
        for test in cases {
            let values = test["contentType"].elements.isEmpty ? [test["contentType"]] : test["contentType"].elements
            let type = MIMEType.extract(from: values.compactMap(\.string))
            let serialized = type?.serialized
            if serialized != test["mimeType"].string { failures.append("\(values): \(serialized ?? "failure")") }
        }
        #expect(cases.count == 20)
        #expect(failures == [])
    }

    @Test(
        "The standards' cases of groups pass",
        .enabled(if: StandardsData.isAvailable, Comment(rawValue: StandardsData.reason)))
    func groups() throws {
        let groups: [(name: String, contains: (MIMEType) -> Bool)] = [
            ("image", { $0.isImage }), ("audio or video", { $0.isAudioOrVideo }), ("font", { $0.isFont }),
            ("ZIP-based", { $0.isZIPBased }), ("archive", { $0.isArchive }), ("XML", { $0.isXML }),
            ("HTML", { $0.isHTML }),
            ("scriptable", { $0.isScriptable }), ("JavaScript", { $0.isJavaScript }), ("JSON", { $0.isJSON }),
        ]
        let cases = try StandardsData.cases("mimesniff/mime-groups.json")
        var failures: [String] = []
        for test in cases {
            let input = try #require(test["input"].string)
            let type = try #require(MIMEType(input))
            let found = groups.filter { $0.contains(type) }.map(\.name)
            if Set(found) != Set(test["groups"].elements.compactMap(\.string)) { failures.append("\(input): \(found)") }
        }
        #expect(cases.count == 146)
        // The standard has since put application/font-otf in the place of application/font-off.
        #expect(failures == ["application/font-off: []", "application/font-off;x=x: []"])
    }

    @Test(
        "The standards' cases of minimized types pass",
        .enabled(if: StandardsData.isAvailable, Comment(rawValue: StandardsData.reason)))
    func minimized() throws {
        let cases = try StandardsData.cases("mimesniff/mime-types-minimized.json")
        var failures: [String] = []
        for test in cases {
            let input = try #require(test["input"].string)
            let output = MIMEType(input)?.minimized { $0.essence == "image/png" }
            if output != test["output"].string { failures.append("\(input): \(output ?? "failure")") }
        }
        #expect(cases.count == 32)
        #expect(failures == [])
    }
}
