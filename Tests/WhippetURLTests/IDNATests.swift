// Copyright 2026 the Whippet authors
// SPDX-License-Identifier: Apache-2.0

internal import Testing
internal import WhippetTestSupport
internal import WhippetURL

struct IDNATests {
    @Test(
        "A domain is converted to ASCII",
        arguments: [
            ("Faß.Example", "xn--fa-hia.example"),
            ("日本語。ＪＰ", "xn--wgv71a119e.jp"),
            ("bu\u{308}cher.example", "xn--bcher-kva.example"),
            ("BU\u{308}CHER.example", "xn--bcher-kva.example"),
            ("xn--bcher-kva.é", "xn--bcher-kva.xn--9ca"),
            ("☕.example", "xn--53h.example"),
            ("a\u{AD}b\u{200B}.example", "ab.example"),
            ("한국", "xn--3e0b707e"),
            ("\u{1112}\u{1161}\u{11AB}국", "xn--3e0b707e"),
            ("نامه\u{200C}ای.example", "xn--mgba3gch31f060k.example"),
            ("क्\u{200D}ष", "xn--11b2ezcw70k"),
            ("-☕--.example", "xn------uo5a.example"),
            ("é..é", "xn--9ca..xn--9ca"),
            ("１２７．０．０．１", "127.0.0.1"),
        ])
    func conversion(domain: String, ascii: String) {
        #expect(URL.parse("https://\(domain)/")?.hostname == ascii)
    }

    @Test(
        "A domain that breaks a rule fails",
        arguments: [
            ("disallowed", "é\u{FFFD}"), ("disallowed", "é\u{E000}"), ("forbidden after mapping", "é\u{FF05}"),
            ("forbidden after mapping", "℀é"), ("combining mark in front", "\u{301}é"), ("joiner", "é\u{200D}"),
            ("non-joiner", "é\u{200C}é"), ("two directions in a label", "אa"), ("direction of a label", "1a.א"),
            ("both kinds of digits", "א1\u{661}"), ("Punycode of nothing", "é.xn--"),
            ("Punycode of ASCII", "é.xn--abc-"),
            ("Punycode that overflows", "é.xn--99999999999"), ("Punycode of a surrogate", "é.xn--ib9b"),
            ("Punycode that is not normal", "é.xn--e-xbb"), ("Punycode of an upper-case letter", "é.xn--9ba"),
            ("nothing left", "\u{AD}"), ("xn-- before what is not ASCII", "xn--é"),
        ])
    func failure(rule: String, domain: String) {
        #expect(!URL.canParse("https://\(domain)/"), "\(rule)")
    }

    @Test("An ASCII domain is lower-cased and never failed")
    func ascii() {
        #expect(URL.parse("https://XN--99999999999.xn--a/")?.hostname == "xn--99999999999.xn--a")
    }

    @Test("Latin letters are normal, whether or not a combining character follows elsewhere")
    func latin() {
        #expect(URL.parse("https://àéîõü.example/")?.hostname == "xn--0casp2a9a.example")
        #expect(URL.parse("https://àéîõü.e\u{323}\u{302}/")?.hostname == "xn--0casp2a9a.xn--qlg")
    }

    @Test("Long labels fail in little time")
    func length() {
        #expect(!URL.canParse("https://\(String(repeating: "é", count: 200_000))/"))
        #expect(URL.canParse("https://\(String(repeating: "é.", count: 10_000))/"))
    }

    @Test(
        "The standards' cases of conversion pass",
        .enabled(if: StandardsData.isAvailable, Comment(rawValue: StandardsData.reason)),
        arguments: [("toascii.json", 87), ("IdnaTestV2.json", 2671), ("IdnaTestV2-removed.json", 20)])
    func standardsData(file: String, count: Int) throws {
        let cases = try StandardsData.cases("ada/\(file)")
        var failures: [String] = []
        for test in cases {
            let input = try #require(test["input"].string)
            // The empty domain can't be tested as a part of a URL, in which it is no host at all.
            let host =
                input.isEmpty
                ? IDNA.toASCII(input).map { String(decoding: $0, as: UTF8.self) }
                : URL.parse("https://\(input)/x")?.host
            if host != test["output"].string {
                let code = input.unicodeScalars.map { String($0.value, radix: 16) }.joined(separator: " ")
                failures.append(
                    "\(input.debugDescription) (\(code)): \(host ?? "failure"), not \(test["output"].string ?? "failure")"
                )
            }
        }
        #expect(cases.count == count)
        #expect(failures == [])
    }
}
