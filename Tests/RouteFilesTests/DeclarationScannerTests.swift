// Copyright 2026 the Whippet authors
// SPDX-License-Identifier: Apache-2.0

import Testing

@testable import RouteFiles

/// Which declarations a file has at its top level.
struct DeclarationScannerTests {
    static let sources: [(source: String, declarations: [String])] = [
        ("import Whippet\npublic import struct A.B", ["directive", "directive"]),
        ("func GET() -> String { \"}\" }\nfunc POST() {}", ["function GET", "function POST"]),
        ("func GET<T>(_ a: T)\n    async throws\n    -> [T]\n    where T: Sendable\n{ }", ["function GET"]),
        ("let a = 1, b: Int = 2; var c = 3", ["variable a, b", "variable c"]),
        ("let a = [\n1,\n2\n]\n.map { $0 }\n    .count\nlet b = 2", ["variable a", "variable b"]),
        ("let a = x\n    ? 1\n    : 2\nlet b = a ??\n    c", ["variable a", "variable b"]),
        ("let a: Dictionary<\n    Int, Int\n>\nlet b = 1", ["variable a", "variable b"]),
        ("let a = try!\n    b()\nlet c = 1", ["variable a", "variable c"]),
        ("let a = if b { 1 } else { 2 }\nlet c =\n    switch a { default: 3 }", ["variable a", "variable c"]),
        (
            "let a = b\n    .c\n    #if DEBUG\n    .d\n    #else\n    .e\n    #endif\nlet f = 1",
            ["variable a", "variable f"]
        ),
        ("var a: Int { 1 }\nvar b: Int\n{ 2 }\nvar c = 1 { didSet { } }", ["variable a", "variable b", "variable c"]),
        ("let (a, b) = (1, 2)\nfunc c() {}", ["variable ", "function c"]),
        ("let a = foo { } after: { }\nlet b = 1", ["variable a", "variable b"]),
        ("let a = dynamic\nlet dynamic = open\nfunc b() {}", ["variable a", "variable dynamic", "function b"]),
        (
            "struct A { let b = 1 }\nenum C { case d }\nactor E {}\nprotocol F { func g() }",
            ["type A", "type C", "type E", "type F"]
        ),
        ("final class A: B {}\nindirect enum C {}\ntypealias D =\n    Int", ["type A", "type C", "type "]),
        ("extension A { func b() {} }\nextension C: D where E: F {}", ["extension", "extension"]),
        (
            "infix operator <+>: A\nprefix operator √\nprecedencegroup B { associativity: left }",
            ["directive", "directive", "directive"]
        ),
        ("prefix func √ (a: Int) -> Int { a }\nfunc / (a: A, b: A) -> A { a }", ["function √", "function /"]),
        ("@available(*, deprecated, message: \"}\") @A<B>(1)\nnonisolated(unsafe) var a = 1", ["variable a"]),
        (
            "#if DEBUG && (os(Linux) ||\n    os(macOS))\nlet a = 1\n#else\nlet a = 2\n#endif",
            ["variable a?", "variable a?"]
        ),
        ("#if A\n@available(B 24, *)\n#endif\nlet a = 1", ["variable a"]),
        ("func `func`() {}\nlet `GET` = 1\n#warning(\"a\")", ["function func", "variable GET"]),
        ("\u{FEFF}func a() {}", ["function a"]),
        ("let a = 1\r\nfunc b() {}\r\n", ["variable a", "function b"]),
        ("let actor = 1\nlet macro = actor\nlet a = b as\n    C", ["variable actor", "variable macro", "variable a"]),
    ]

    @Test("Declarations are found, and where each ends", arguments: sources)
    func declarations(source: String, declarations: [String]) {
        let scanner = DeclarationScanner(Array(source.utf8))
        #expect(scanner.declarations.map(DeclarationScannerTests.describe) == declarations)
        #expect(scanner.problems.isEmpty)
    }

    static let badSources: [(source: String, problems: [String])] = [
        ("let a = b\nprint(a)", ["10 a route file holds declarations only: this statement would never run"]),
        ("for a in b {}\nlet c = 1", ["0 a route file holds declarations only: this statement would never run"]),
        ("a = 1\nb = 2\nfunc c() {}", ["0 a route file holds declarations only: this statement would never run"]),
        ("#Preview { }\nfunc a() {}", ["0 #Preview can't stand at the top level of a route file"]),
        ("async let a = 1", ["0 async let can't stand at the top level"]),
        ("init() {}", ["0 init can't stand at the top level"]),
        ("func a() {\n", ["9 this bracket is never closed"]),
        ("func a() {} }", ["12 this bracket closes nothing"]),
        ("let a = \"b", ["8 this string has no end"]),
        ("/* a", ["0 this comment has no end"]),
        ("#if A\nlet b = 1", ["15 an #if of this file has no #endif"]),
        (
            "#sourceLocation(file: \"a\", line: 1)",
            ["0 #sourceLocation can't be used in a route file: it leads the errors of the file's copy back to it"]
        ),
    ]

    @Test("What is no declaration is told with its place", arguments: badSources)
    func problems(source: String, problems: [String]) {
        let scanner = DeclarationScanner(Array(source.utf8))
        #expect(scanner.problems.map { "\($0.offset) \($0.message)" } == problems)
    }

    static let literals: [(source: String, literal: String?)] = [
        ("let a = \"b\"", "\"b\""),
        ("let a: String = \"b\"  // c", "\"b\""),
        ("let a = -1", "-1"),
        ("let a =\n    false", "false"),
        ("let a = \"b\" + c", nil),
        ("let a = 60 * 60", nil),
        ("let a = \"b\"\n    .c", nil),
        ("let a = .b", nil),
        ("let a: Int", nil),
        ("var a: Int { 1 }", nil),
    ]

    @Test("A value that is a single literal is known", arguments: literals)
    func literal(source: String, literal: String?) {
        let scanner = DeclarationScanner(Array(source.utf8))
        #expect(scanner.declarations.first?.bindings.first?.literal?.text == literal)
    }

    private static func describe(_ declaration: Declaration) -> String {
        let names = declaration.bindings.map(\.name).joined(separator: ", ")
        let mark = declaration.isConditional ? "?" : ""
        switch declaration.kind {
        case .directive: return "directive"
        case .function: return "function \(names)\(mark)"
        case .variable: return "variable \(names)\(mark)"
        case .type: return "type \(names)\(mark)"
        case .extension: return "extension\(mark)"
        }
    }
}
