// Copyright 2026 the Whippet authors
// SPDX-License-Identifier: Apache-2.0

import Testing

@testable import WhippetExpress

/// Paths in the syntax of Express 5, matched as the package `path-to-regexp` does.
struct PathPatternTests {
    struct Case: CustomTestStringConvertible {
        var pattern: String
        var path: String
        /// What the captures hold, nil where the path does not match.
        var captures: [String]?
        var isWhole = true
        /// How many bytes match, where that is not all.
        var length: Int?
        var testDescription: String { "\(pattern) \(isWhole ? "is" : "starts") \(path)" }
    }

    static let cases: [Case] = [
        Case(pattern: "/", path: "/", captures: []),
        Case(pattern: "/", path: "/a", captures: nil),
        Case(pattern: "/user", path: "/USER", captures: []),
        Case(pattern: "/user", path: "/user/", captures: []),
        Case(pattern: "/user", path: "/user//", captures: nil),
        Case(pattern: "/user/", path: "/user", captures: []),
        Case(pattern: "/user/:id", path: "/user/7", captures: ["7"]),
        Case(pattern: "/user/:id", path: "/user/7/", captures: ["7"]),
        Case(pattern: "/user/:id", path: "/user/", captures: nil),
        Case(pattern: "/user/:id", path: "/user/7/x", captures: nil),
        Case(pattern: "/:a/:b", path: "/x/y", captures: ["x", "y"]),
        Case(pattern: "/:from-:to", path: "/lax-jfk", captures: ["lax", "jfk"]),
        Case(pattern: "/:a-:b", path: "/x-y-z", captures: ["x-y", "z"]),
        Case(pattern: "/:a.:b", path: "/x.tar.gz", captures: ["x.tar", "gz"]),
        Case(pattern: "/:file.json", path: "/a.json", captures: ["a"]),
        Case(pattern: "/:file.json", path: "/a.json.json", captures: ["a.json"]),
        Case(pattern: "/:file.json", path: "/.json", captures: nil),
        Case(pattern: "/files/*path", path: "/files/a/b/c", captures: ["a/b/c"]),
        Case(pattern: "/files/*path", path: "/files/", captures: nil),
        Case(pattern: "/files/*path", path: "/files", captures: nil),
        Case(pattern: "/*path/end", path: "/a/b/end", captures: ["a/b"]),
        Case(pattern: "/*path/end", path: "/end", captures: nil),
        Case(pattern: "/a{/:b}", path: "/a", captures: []),
        Case(pattern: "/a{/:b}", path: "/a/x", captures: ["x"]),
        Case(pattern: "/a{/:b}{/:c}", path: "/a/x/y", captures: ["x", "y"]),
        Case(pattern: "/a{/b{/:c}}", path: "/a/b", captures: []),
        Case(pattern: "/a{/b{/:c}}", path: "/a/b/x", captures: ["x"]),
        Case(pattern: "/a{/b{/:c}}", path: "/a/x", captures: nil),
        Case(pattern: "{/:locale}/about", path: "/about", captures: []),
        Case(pattern: "{/:locale}/about", path: "/en/about", captures: ["en"]),
        Case(pattern: "/\\:id", path: "/:id", captures: []),
        Case(pattern: "/:\"a b\"", path: "/x", captures: ["x"]),
        Case(pattern: "/café", path: "/caf%C3%A9", captures: []),
        Case(pattern: "/api", path: "/api/x", captures: [], isWhole: false, length: 4),
        Case(pattern: "/api", path: "/apix", captures: nil, isWhole: false),
        Case(pattern: "/api", path: "/api", captures: [], isWhole: false),
        Case(pattern: "/api/:v", path: "/api/1/x/y", captures: ["1"], isWhole: false, length: 6),
        Case(pattern: "/", path: "/anything", captures: [], isWhole: false, length: 0),
    ]

    @Test("A path matches, and its captures", arguments: cases)
    func matches(_ behaviour: Case) throws {
        let pattern = try PathPattern(behaviour.pattern, .init(isWhole: behaviour.isWhole))
        let path = Array(behaviour.path.utf8)
        let match = pattern.match(path.span)
        #expect(match?.captures.map { String(decoding: path[$0], as: UTF8.self) } == behaviour.captures)
        if match != nil { #expect(match?.length == behaviour.length ?? path.count) }
    }

    @Test("Both ways of matching find the same", arguments: cases)
    func bothWays(_ behaviour: Case) throws {
        let pattern = try PathPattern(behaviour.pattern, .init(isWhole: behaviour.isWhole))
        if pattern.matchesAll { return }
        let path = Array(behaviour.path.utf8)
        for (index, sequence) in pattern.sequences.enumerated() where sequence.isPlain {
            var captures: [Range<Int>] = []
            let end = pattern.matchFromEnd(sequence.elements, path.span, &captures)
            if let match = pattern.match(path.span), match.sequence == index {
                #expect(end == match.length)
                #expect(captures == match.captures)
            }
        }
    }

    @Test(
        "A path that is not of the syntax is an error that names the rule",
        arguments: [
            ("/:", "missing parameter name at index 2"), ("/*", "missing parameter name at index 2"),
            ("/a(b)", "unexpected ( at index 2"), ("/a?", "unexpected ? at index 2"),
            ("/a+", "unexpected + at index 2"),
            ("/[a]", "unexpected [ at index 1"), ("/a!", "unexpected ! at index 2"), ("/a}", "unexpected } at index 2"),
            ("/{a", "a { has no }"), ("/:\"a", "unterminated quote at index 2"), ("/:a:b", "missing text before \"b\""),
            ("/:a*b", "missing text before \"b\""),
        ])
    func refused(_ path: String, _ rule: String) {
        let error = #expect(throws: PathSyntaxError.self) { try PathPattern(path, .init()) }
        #expect(error?.message == "path \"\(path)\": \(rule)")
    }

    @Test("Groups that could be combined in too many ways are refused")
    func groups() {
        let path = String(repeating: "{/a}", count: 40)
        #expect(throws: PathSyntaxError.self) { try PathPattern(path, .init()) }
    }

    @Test("A path made to be tried in many ways takes time linear in its length")
    func hostile() throws {
        let pattern = try PathPattern("/*a/x/*b/x/*c/x/*d/end", .init())
        let path = Array(("/" + String(repeating: "x/", count: 8000)).utf8)
        let time = ContinuousClock().measure { _ = pattern.match(path.span) }
        #expect(time < .seconds(5))
    }
}
