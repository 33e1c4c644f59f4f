// Copyright 2026 the Whippet authors
// SPDX-License-Identifier: Apache-2.0

internal import Testing
internal import WhippetURL

/// Long input takes time that grows as its length does: one of these in square time would never end.
struct LongURLTests {
    private static let shapes: [(before: String, repeated: String, after: String)] = [
        ("https://h/", "a/", ""), ("https://h/", "a/../", ""), ("https://h/", "../", ""), ("https://h/?", "a=b&", ""),
        ("https://h/#", "`", ""), ("https://", "u", "@h/"), ("https://", "@", "h/"), ("https://", ":", "@h/"),
        ("https://", "a", "/"), ("https://", "a.", "/"), ("https://", "xn--a.", "/"), ("https://xn--", "9a", "/"),
        ("https://", "1.", "1/"), ("https://0x", "0", "1/"), ("https://[", "1:", "]/"), ("https://h:", "0", "1/"),
        ("data:", "a ", ""), ("data:", " ", "#"), ("https://h/", "\t", ""), ("", " ", "https://h/"),
        ("https:", "/", "h/"), ("other:/.//", "/", ""), ("", "a", ":b"), ("file:///C|/", "C|/../", ""),
        ("", "blob:", "https://h"), ("https://h/", "é", ""), ("https://", "%C3%A9", "/"),
    ]
    private static let domains = ["é", "é.", "א.", "a\u{301}\u{316}.", "\u{AD}", "\u{200D}", "क्\u{200C}ष."]

    @Test("A long URL is parsed, read and changed in linear time", .timeLimit(.minutes(1)), arguments: shapes)
    func url(before: String, repeated: String, after: String) {
        check(before + String(repeating: repeated, count: 100_000 / repeated.utf8.count) + after)
    }

    @Test("A long domain is converted in linear time", .timeLimit(.minutes(1)), arguments: domains)
    func domain(repeated: String) {
        check("https://" + String(repeating: repeated, count: 20_000 / repeated.utf8.count) + "a/")
    }

    private func check(_ input: String) {
        let parsed = URL.parse(input)
        #expect(URL.canParse(input) == (parsed != nil))
        guard var url = parsed else { return }
        url.hash = "x"
        url.searchParams.append("a", "b")
        #expect(URL.parse(url.href) == url)
        #expect(url.hostname.isEmpty || URL.parse("../x", base: url)?.hostname == url.hostname)
    }
}
