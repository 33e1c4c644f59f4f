// Copyright 2026 the Whippet authors
// SPDX-License-Identifier: Apache-2.0

import Testing
import WhippetFetch
import WhippetInfra

@Suite("Blob")
struct BlobTests {
    struct Made: CustomTestStringConvertible {
        var blob: Blob
        var text: String
        var testDescription: String { text.debugDescription }
        init(_ blob: Blob, _ text: String) { (self.blob, self.text) = (blob, text) }
    }

    static let passes = Array("PASS".utf8)
    static let foo = Blob(["foo"], type: "x/y")

    @Test(
        "a blob has the bytes of its parts, one after the other",
        arguments: [
            Made(Blob(), ""),
            Made(Blob([]), ""),
            Made(Blob(["", passes, "é𝓽"]), "PASSé𝓽"),
            Made(Blob([foo, foo]), "foofoo"),
            Made(Blob(["fo", Blob(["x"]), passes[1...2], "barbaz".dropFirst(3)]), "foxASbaz"),
            Made(Blob([File(["bits"], name: "a"), "\n"]), "bits\n"),
        ])
    func parts(_ made: Made) async throws {
        #expect(made.blob.size == made.text.utf8.count)
        #expect(made.blob.type == "")
        #expect(try await made.blob.text() == made.text)
        #expect(try await made.blob.bytes() == Array(made.text.utf8))
        #expect(try await gather(made.blob.stream()) == made.text)
    }

    @Test("large parts and small ones come in their order")
    func largeParts() async throws {
        let large = String(repeating: "a", count: 100_000)
        let blob = Blob(["<", large, ">", "<", large, ">"])
        #expect(try await blob.text() == "<\(large)><\(large)>")
        #expect(try await blob.slice(99_999, 100_005).text() == "aa><aa")
        #expect(try await gather(blob.stream()) == "<\(large)><\(large)>")
    }

    @Test(
        "a type is in lower case, and none if it has other characters than U+0020 to U+007E",
        arguments: [
            ("", ""), ("A", "a"), ("TEXT/HTML", "text/html"), ("text/plain;charset=UTF-8", "text/plain;charset=utf-8"),
            ("å", ""), ("\u{1047E}", ""), (" image/gif ", " image/gif "), ("\timage/gif\t", ""),
            ("image/gif;\u{7F}", ""), ("\u{130}mage/gif", ""), ("image/gif\0", ""), ("nonparsable", "nonparsable"),
        ])
    func type(_ given: String, _ expected: String) {
        #expect(Blob([], type: given).type == expected)
        #expect(Blob(["PASS"]).slice(0, 1, given).type == expected)
        #expect(File([], name: "a", type: given).type == expected)
    }

    @Test(
        "native endings are LF, transparent ones stay",
        arguments: [
            ("\na\r\nb\n\rc\r", "\na\nb\n\nc\n"), ("\r\r\n", "\n\n"), ("\n\n", "\n\n"), ("\r", "\n"), ("", ""),
            ("a", "a"),
        ])
    func endings(_ text: String, _ native: String) async throws {
        #expect(try await Blob([text], endings: .native).text() == native)
        #expect(try await Blob([text], endings: .transparent).text() == text)
        #expect(try await Blob([text]).text() == text)
        #expect(try await Blob([Array(text.utf8)], endings: .native).text() == text)
        #expect(try await Blob([Blob([text])], endings: .native).text() == text)
    }

    struct Slice: CustomTestStringConvertible {
        var parts: [any BlobPart]
        var start: Int
        var end: Int?
        var expected: String
        var testDescription: String { "\(start)..<\(end.map { "\($0)" } ?? "")" }
        init(_ parts: [any BlobPart], _ start: Int, _ end: Int?, _ expected: String) {
            (self.parts, self.start, self.end, self.expected) = (parts, start, end, expected)
        }
    }

    static let squiggle = Blob(["squiggle"])

    @Test(
        "a slice is what its bounds say, none outside",
        arguments: [
            Slice(["PASSSTRING"], -6, nil, "STRING"), Slice(["PASSSTRING"], -12, nil, "PASSSTRING"),
            Slice(["PASSSTRING"], 4, nil, "STRING"), Slice(["PASSSTRING"], 12, nil, ""),
            Slice(["PASSSTRING"], 0, -6, "PASS"), Slice(["PASSSTRING"], 0, -12, ""),
            Slice(["PASSSTRING"], 0, 12, "PASSSTRING"), Slice(["PASSSTRING"], 7, 4, ""),
            Slice(["foo", squiggle, "baz"], 2, 4, "os"), Slice(["foo", squiggle, "baz"], 10, 12, "eb"),
            Slice([squiggle, "foo", squiggle], 7, 9, "ef"), Slice([squiggle, "foo", squiggle], 12, 15, "qui"),
            Slice([squiggle, "foo", squiggle], 40, 60, ""), Slice(["abc"], .min, .max, "abc"),
            Slice(["abc"], .max, .min, ""), Slice(["abc"], 1, nil, "bc"), Slice([], 0, nil, ""),
        ])
    func slice(_ slice: Slice) async throws {
        let blob = Blob(slice.parts, type: "a/b").slice(slice.start, slice.end)
        #expect(try await blob.text() == slice.expected)
        #expect(blob.size == slice.expected.utf8.count)
        #expect(blob.type == "")
    }

    @Test("a slice of a slice is counted from its start")
    func nestedSlice() async throws {
        #expect(try await Blob(["squiggle"]).slice(2, 7).slice(1, -1).text() == "igg")
    }

    @Test("text is UTF-8 without a byte order mark, what is wrong becomes U+FFFD, also where parts meet")
    func text() async throws {
        let bytes: [UInt8] = [0xEF, 0xBB, 0xBF, 0x61, 0xFF]
        #expect(try await Blob([bytes]).text() == "a\u{FFFD}")
        #expect(try await Blob([[0xC3] as [UInt8], [0xA9] as [UInt8]]).text() == "é")
    }

    @Test("blobs are equal by type and bytes, however they were put together")
    func equality() {
        #expect(Blob(["ab", "c"]) == Blob(["a", "bc"]))
        #expect(Blob(["abc"]).slice(1) == Blob(["bc"]))
        #expect(Blob(["a"]) != Blob(["b"]))
        #expect(Blob(["a"]) != Blob(["a"], type: "a/b"))
        #expect(Blob(["ab", "c"]).hashValue == Blob(["a", "bc"]).hashValue)
    }

    @Test("a blob says its size and type")
    func description() {
        #expect("\(Blob(["abc"]))" == "Blob (3 bytes)")
        #expect("\(Blob(["abc"], type: "Text/Plain"))" == "Blob (3 bytes, text/plain)")
        #expect("\(File(["abc"], name: "a.txt", type: "text/plain"))" == "File a.txt (3 bytes, text/plain)")
    }

    @Test("a file has a name, a date and the bytes of its parts")
    func file() async throws {
        let file = File(["bits", Blob(["x"])], name: "dir/dummy", type: "Text/Plain", lastModified: 42)
        #expect(file.name == "dir/dummy")
        #expect(file.lastModified == 42)
        #expect(file.size == 5)
        #expect(file.type == "text/plain")
        #expect(try await file.text() == "bitsx")
        #expect(try await file.slice(3, 5, "a/b").text() == "sx")
        #expect(try await gather(file.stream()) == "bitsx")
    }

    @Test("a file made now has a date of now")
    func lastModified() {
        let first = File([], name: "a").lastModified
        // Some day in 2020.
        #expect(first > 1_600_000_000_000)
        #expect(File([], name: "b").lastModified >= first)
    }
}
