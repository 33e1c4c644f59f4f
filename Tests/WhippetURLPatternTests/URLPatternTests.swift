// Copyright 2026 the Whippet authors
// SPDX-License-Identifier: Apache-2.0

internal import Testing
internal import WhippetInfra
internal import WhippetURL
internal import WhippetURLPattern

struct URLPatternTests {
    @Test("A pattern reads its groups out of a URL")
    func example() throws {
        let pattern = try URLPattern("/books/:id{.:format}?", baseURL: "https://example.com")
        let match = try #require(pattern.exec("https://example.com/books/7.json"))
        #expect(match.pathname.groups == ["id": "7", "format": "json"])
        #expect(match.pathname.input == "/books/7.json")
        #expect(match.inputs == ["https://example.com/books/7.json"])
        #expect(pattern.exec("https://example.com/books/7")?.pathname.groups == ["id": "7"])
        #expect(pattern.test(try URL("https://example.com/books/7")))
        #expect(pattern.test("/books/7", baseURL: "https://example.com"))
        #expect(!pattern.test("https://example.com/books/"))
        #expect(!pattern.test("https://example.org/books/7"))
        #expect(!pattern.test("no URL"))
        #expect(!pattern.hasRegExpGroups)
    }

    @Test(
        "Names, wildcards and modifiers match what their regular expressions would",
        arguments: [
            ("/a/*", "/a/b/c", ["0": "b/c"]), ("/a/*", "/a/", ["0": ""]), ("/a/*", "/a", nil),
            ("/:x/:y", "/1/2", ["x": "1", "y": "2"]), ("/:x/:y", "/1/2/3", nil), ("/:x", "/", nil),
            ("/a/:x?", "/a", [:]), ("/a/:x?", "/a/1", ["x": "1"]), ("/a/:x?", "/a/", nil),
            ("/a/:x*", "/a/1/2", ["x": "1/2"]), ("/a/:x*", "/a", [:]), ("/a/:x+", "/a", nil),
            ("/a/:x+/z", "/a/1/2/z", ["x": "1/2"]), ("/{a}?b", "/b", [:]), ("/{a}+b", "/aaab", [:]),
            ("/{a}*b", "/c", nil), ("/{:x-}+z", "/1-2-z", ["x": "1-2"]), ("/*b*", "/abab", ["0": "aba", "1": ""]),
            ("/:x.:y", "/a.b.c", ["x": "a", "y": "b.c"]), ("/{*}?x", "/x", [:]), ("/a\\:b", "/a:b", [:]),
        ] as [(String, String, [String: String]?)])
    func wildcards(pattern: String, path: String, groups: [String: String]?) throws {
        let pattern = try URLPattern(URLPatternInit(pathname: pattern))
        #expect(pattern.exec(URLPatternInit(pathname: path))?.pathname.groups == groups)
    }

    @Test(
        "Regular expressions have ECMAScript's meaning",
        arguments: [
            ("/(\\d+)", "/12", ["0": "12"]), ("/(\\d+)", "/1a", nil), ("/:id([a-f]{2,3})", "/abc", ["id": "abc"]),
            ("/(a|ab)c", "/abc", ["0": "ab"]), ("/([^a])", "/b", ["0": "b"]), ("/([^a])", "/a", nil),
            ("/([[a-z]--[aeiou]])", "/b", ["0": "b"]), ("/([[a-z]--[aeiou]])", "/e", nil),
            ("/([\\w&&[^\\d]]+)", "/a_", ["0": "a_"]), ("/([\\w&&[^\\d]]+)", "/a1", nil), ("/([])", "/a", nil),
            ("/([^]+)", "/a.b", ["0": "a.b"]), ("/(a(?=b)b)", "/ab", ["0": "ab"]), ("/(a(?!b).)", "/ab", nil),
            ("/(\\x41\\u0042\\u{43})", "/ABC", ["0": "ABC"]), ("/(.+?)(b*)", "/abb", ["0": "a", "1": "bb"]),
            ("/((?<name>a)b)", "/ab", ["0": "ab"]), ("/(a\\.b)", "/a.b", ["0": "a.b"]), ("/(a\\.b)", "/axb", nil),
            ("/([\\-a])", "/-", ["0": "-"]),
        ] as [(String, String, [String: String]?)])
    func regularExpressions(pattern: String, path: String, groups: [String: String]?) throws {
        let pattern = try URLPattern(URLPatternInit(pathname: pattern))
        #expect(pattern.hasRegExpGroups)
        #expect(pattern.exec(URLPatternInit(pathname: path))?.pathname.groups == groups)
    }

    @Test("Case is ignored in the path, the query and the fragment where that is asked")
    func ignoreCase() throws {
        let pattern = try URLPattern("https://example.com/A/:x/([b-d])\\?q=R#*", ignoreCase: true)
        let match = try #require(pattern.exec("https://example.com/a/Y/C?Q=r#z"))
        #expect(match.pathname.groups == ["x": "Y", "0": "C"])
        let caseful = try URLPattern("https://example.com/A/:x")
        #expect(!caseful.test("https://example.com/a/y"))
        #expect(
            try URLPattern(URLPatternInit(pathname: "/A/:x"), ignoreCase: true).test(URLPatternInit(pathname: "/a/b")))
    }

    @Test(
        "A malformed pattern throws an error that names it and the rule",
        arguments: [
            ("/a", "it has no scheme, and no base URL completes it"),
            ("https://a/(", "a group is not closed"), ("https://a/()", "a group is empty"),
            ("https://a/((b))", "a regular expression must have no capturing groups"),
            ("https://a/(é)", "a regular expression must be ASCII"),
            ("https://a/((?R))", "a regular expression has an invalid group"),
            ("https://a/:x/:x", "the name \"x\" occurs twice"),
            ("https://a/{b", "a brace is not closed"), ("https://a/b}", "a modifier or brace is misplaced"),
            ("https://a/b+", "a modifier or brace is misplaced"),
            ("https://a/([b-a])", "a regular expression has a range out of order"),
            ("https://a/(\\m)", "a regular expression has an invalid escape"),
            ("https://a/(*)", "a regular expression has nothing to repeat before a quantifier"),
            ("https://a/(b++)", "a regular expression has nothing to repeat before a quantifier"),
            ("https://a/(b{2,1})", "a regular expression has a range out of order"),
            ("https://a/(b{)", "a regular expression has a lone bracket or brace"),
            ("https://a/([a&&b--c])", "a regular expression has an invalid character class"),
            ("https://a/([a)", "a regular expression is incomplete"),
            ("https://a/((?<=b)c)", "regular expressions with look-behind are not supported"),
            ("https://a/(b\\1)", "regular expressions with back references are not supported"),
            ("https://a/(b\\b)", "regular expressions with word boundaries are not supported"),
            ("https://a/(\\p{L})", "regular expressions with Unicode properties are not supported"),
            ("https://a/((?i:b))", "regular expressions with modifiers are not supported"),
            ("https://a/(b{1001})", "regular expressions with more than 1000 repetitions are not supported"),
        ])
    func malformed(pattern: String, rule: String) throws {
        let error = try #require(throws: TypeError.self) { try URLPattern(pattern) }
        #expect(error.message.hasPrefix("URLPattern: \""))
        #expect(error.message.hasSuffix("\" is not a valid pattern: \(rule)"))
    }

    @Test("A base URL beside components throws")
    func baseURLBesideComponents() throws {
        #expect(throws: TypeError.self) {
            try URLPattern(.components(URLPatternInit(pathname: "/a")), baseURL: "https://a/")
        }
        let pattern = try URLPattern()
        #expect(throws: TypeError.self) {
            try pattern.exec(.components(URLPatternInit(pathname: "/a")), baseURL: "https://a/")
        }
        #expect(pattern.test("https://anything.example/"))
    }

    @Test("A component too long for a regular expression does not match")
    func longInput() throws {
        let pattern = try URLPattern(URLPatternInit(pathname: "/([a]*)"))
        let limit = URLPattern.maximumRegularExpressionInput
        #expect(pattern.test(URLPatternInit(pathname: "/" + String(repeating: "a", count: limit - 1))))
        #expect(!pattern.test(URLPatternInit(pathname: "/" + String(repeating: "a", count: limit))))
    }

    @Test("Many wildcards take a linear time where none matches")
    func manyWildcards() throws {
        let pattern = try URLPattern(URLPatternInit(pathname: "/*a*a*a*a*a*a*b"))
        #expect(!pattern.test(URLPatternInit(pathname: "/" + String(repeating: "a", count: 2000))))
    }

    @Test("A deeply nested regular expression is refused")
    func depth() {
        let nested = String(repeating: "(?:", count: 1000) + "a" + String(repeating: ")", count: 1000)
        #expect(throws: TypeError.self) { try URLPattern(URLPatternInit(pathname: "/(\(nested))")) }
        let classes = String(repeating: "[", count: 1000) + "a" + String(repeating: "]", count: 1000)
        #expect(throws: TypeError.self) { try URLPattern(URLPatternInit(pathname: "/(\(classes))")) }
    }
}
