// Copyright 2026 the Whippet authors
// SPDX-License-Identifier: Apache-2.0

internal import Testing
internal import WhippetURLPattern

struct URLPatternRandomTests {
    private static let pieces = [
        "https", ":", "//", "/", "a", "b", "*", "+", "?", "{", "}", "(", ")", "\\", ":x", ":y", "(a)", "(\\d+)",
        "([^b])", "#",
        "@", ".", "[::1]", "8080", "é", "💩", "%2e", " ", "\n", "(?:a|b)", "\u{200C}", "]", "[", "data:", "..",
    ]

    @Test("A pattern of any pieces is made or refused, and its normal form is its own", arguments: [1, 2, 3, 4])
    func randomPatterns(seed: UInt64) throws {
        var state = seed
        func next(_ bound: Int) -> Int {
            state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            return Int(state >> 33) % bound
        }
        func text() -> String {
            (0..<next(9)).map { _ in Self.pieces[next(Self.pieces.count)] }.joined()
        }
        var made = 0
        var changed: [String] = []
        for _ in 0..<400 {
            let (whole, part, input) = ("https://a/" + text(), text(), text())
            if let pattern = try? URLPattern(whole) {
                _ = pattern.exec(input, baseURL: "https://a/b")
            }
            guard let pattern = try? URLPattern(URLPatternInit(pathname: part, search: part)) else { continue }
            made += 1
            _ = pattern.exec(URLPatternInit(pathname: input, search: input))
            let again = try? URLPattern(URLPatternInit(pathname: pattern.pathname, search: pattern.search))
            if again?.pathname != pattern.pathname || again?.search != pattern.search { changed.append(part) }
        }
        #expect(made > 50)
        #expect(changed == [])
    }
}
