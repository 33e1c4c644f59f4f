// Copyright 2026 the Whippet authors
// SPDX-License-Identifier: Apache-2.0

import Testing

@testable import RouteFiles

/// Where tokens begin and end.
struct LexerTests {
    static let sources: [(source: String, tokens: [String])] = [
        ("let a = 1", ["let", "a", "=", "1"]),
        ("a // b\nc", ["a", "c"]),
        ("a /* b /* c */ { */ d", ["a", "d"]),
        ("a +/* b */c", ["a", "+", "c"]),
        (#""a\"b" c"#, [#""a\"b""#, "c"]),
        (#""\(a["}"] ?? "\(b)")" c"#, [#""\(a["}"] ?? "\(b)")""#, "c"]),
        ("\"\"\"\n a \" \"\" { \\(b(\")\")) \n\"\"\" c", ["\"\"\"\n a \" \"\" { \\(b(\")\")) \n\"\"\"", "c"]),
        (##"#"a"b\(c"# d"##, [##"#"a"b\(c"#"##, "d"]),
        (##"#"\#(a("}"))"# d"##, [##"#"\#(a("}"))"#"##, "d"]),
        (##"#"""# a"##, [##"#"""#"##, "a"]),
        (#""" a"#, [#""""#, "a"]),
        ("\"a\nb", ["\"a", "b"]),
        ("x = /[{]\\/\"/ y", ["x", "=", "/[{]\\/\"/", "y"]),
        ("a / b / c", ["a", "/", "b", "/", "c"]),
        ("a[1]/b/c", ["a", "[", "1", "]", "/", "b", "/", "c"]),
        ("f(/, /)", ["f", "(", "/", ",", "/", ")"]),
        ("a! / b /c", ["a", "!", "/", "b", "/", "c"]),
        ("return /a b/", ["return", "/a b/"]),
        ("x = #/ \"{ /# y", ["x", "=", "#/ \"{ /#", "y"]),
        ("x = ##/a/# /## y", ["x", "=", "##/a/# /##", "y"]),
        ("1.5e-3.x", ["1.5e-3", ".", "x"]),
        ("0x1F...2", ["0x1F", "...", "2"]),
        ("1.description", ["1", ".", "description"]),
        ("`func` #if @a", ["`func`", "#if", "@", "a"]),
        ("café√ $0", ["café√", "$0"]),
        ("", []),
    ]

    @Test("Source is split as the compiler splits it", arguments: sources)
    func split(source: String, tokens: [String]) {
        #expect(LexerTests.tokens(source) == tokens)
    }

    static let openSources: [(source: String, what: String, offset: Int)] = [
        ("a /* b", "comment", 2),
        ("\"a", "string", 0),
        ("a \"\"\"\nb", "string", 2),
        ("\"\\(a", "interpolation", 2),
        ("#/\na", "regular expression", 1),
    ]

    @Test("What has no end is remembered with its place", arguments: openSources)
    func unterminated(source: String, what: String, offset: Int) {
        var lexer = Lexer(Array(source.utf8))
        while lexer.next().kind != .end {}
        #expect(lexer.unterminated?.what == what)
        #expect(lexer.unterminated?.offset == offset)
    }

    @Test("Interpolations nested without end are refused before the stack is")
    func nestedInterpolations() {
        var lexer = Lexer(Array(String(repeating: "\"\\(", count: 100_000).utf8))
        while lexer.next().kind != .end {}
        #expect(lexer.unterminated?.what.contains("nested deeper than 64 times") == true)
    }

    private static func tokens(_ source: String) -> [String] {
        var lexer = Lexer(Array(source.utf8))
        var tokens: [String] = []
        while true {
            let token = lexer.next()
            if token.kind == .end { return tokens }
            tokens.append(String(decoding: lexer.bytes[token.range], as: UTF8.self))
        }
    }
}
