// Copyright 2026 the Whippet authors
// SPDX-License-Identifier: Apache-2.0

internal import Testing
internal import WhippetInfra
internal import WhippetTestSupport

struct Base64Tests {
    private static let pairs = [
        ("", ""), ("f", "Zg=="), ("fo", "Zm8="), ("foo", "Zm9v"), ("foob", "Zm9vYg=="), ("fooba", "Zm9vYmE="),
        ("foobar", "Zm9vYmFy"),
    ]

    @Test("The vectors of RFC 4648 are encoded and decoded", arguments: pairs)
    func vectors(plain: String, encoded: String) {
        let bytes = Array(plain.utf8)
        let text = Array(encoded.utf8)
        #expect(Base64.encode(bytes.span) == encoded)
        #expect(Base64.decode(text.span) == bytes)
        #expect(Base64.forgivingDecode(text.span) == bytes)
    }

    @Test("The URL-safe alphabet goes without padding and decodes with and without it")
    func urlSafe() {
        let bytes: [UInt8] = [0xFB, 0xFF, 0xFE, 0xFF]
        #expect(Base64.encode(bytes.span) == "+//+/w==")
        #expect(Base64.encode(bytes.span, alphabet: .urlSafe) == "-__-_w")
        #expect(Base64.encode(bytes.span, alphabet: .urlSafe, padded: true) == "-__-_w==")
        #expect(decode("-__-_w", .urlSafe) == bytes)
        #expect(decode("-__-_w==", .urlSafe) == bytes)
        #expect(decode("+//+/w", .urlSafe) == nil)
        #expect(decode("-__-_w", .standard) == nil)
    }

    @Test(
        "The strict decoder takes one text for one byte sequence",
        arguments: ["Zh", "Zm9=", "Zg=", "Z", "Zg===", "Zm9v=", "Zm9v====", "Z g", "Zg\n", "=", "Zm=v", "é"])
    func strictFailure(text: String) {
        #expect(decode(text, .standard) == nil)
    }

    @Test("All byte values survive", arguments: 0..<4)
    func allBytes(rest: Int) {
        let bytes = [UInt8](0...255) + [UInt8](repeating: 0xA5, count: rest)
        let standard = Array(Base64.encode(bytes.span).utf8)
        let urlSafe = Array(Base64.encode(bytes.span, alphabet: .urlSafe).utf8)
        #expect(Base64.decode(standard.span) == bytes)
        #expect(Base64.decode(urlSafe.span, alphabet: .urlSafe) == bytes)
    }

    @Test(
        "The web forgives white space, missing padding and unused bits",
        arguments: [(" Z\tg\n=\u{C}=\r", [0x66]), ("Zg", [0x66]), ("Zh==", [0x66]), ("Zm9", [0x66, 0x6F])]
            as [(String, [UInt8])])
    func forgiven(text: String, bytes: [UInt8]) {
        #expect(Base64.forgivingDecode(Array(text.utf8).span) == bytes)
    }

    @Test("atob and btoa take and give one character for each byte")
    func web() throws {
        #expect(try btoa("ÿ") == "/w==")
        #expect(try atob("/w") == "ÿ")
        #expect(try atob(" Zm9v ") == "foo")
        #expect(try btoa("") == "")
    }

    @Test("atob and btoa throw InvalidCharacterError")
    func webFailure() {
        #expect(
            throws: DOMException("btoa: the string has a character above U+00FF", name: .invalidCharacterError)
        ) {
            try btoa("\u{100}")
        }
        #expect(throws: DOMException("atob: the string is not correctly encoded", name: .invalidCharacterError)) {
            try atob("Z")
        }
    }

    @Test(
        "The standards' cases of forgiving base64 pass",
        .enabled(if: StandardsData.isAvailable, Comment(rawValue: StandardsData.reason)))
    func standardsData() throws {
        let cases = try StandardsNumbers.read("fetch/data-urls/base64.json")
        var failures: [String] = []
        for test in cases {
            let input = try #require(test.text)
            let output = Base64.forgivingDecode(Array(input.utf8).span)
            if output != test.bytes {
                failures.append("\(input): \(output.map(String.init(describing:)) ?? "failure")")
            }
        }
        #expect(cases.count == 80)
        #expect(failures == [])
    }

    private func decode(_ text: String, _ alphabet: Base64.Alphabet) -> [UInt8]? {
        Base64.decode(Array(text.utf8).span, alphabet: alphabet)
    }
}
