// Copyright 2026 the Whippet authors
// SPDX-License-Identifier: Apache-2.0

import Testing

@testable import RouteFiles

/// The copies that are compiled.
struct RouteFileSourceTests {
    @Test("A route file's copy has its declarations private to it and registers its exports")
    func route() {
        let source = """
            import Whippet

            let limit = 3

            /// Documented.
            @available(*, deprecated)
            public func GET() -> String { helper() }
            """
        let copy = RouteFileSourceTests.copy(of: source)
        #expect(
            copy == """
                #sourceLocation(file: "/links/file0.swift", line: 1)
                import Whippet

                #sourceLocation(file: "/links/file0.swift", line: 2)
                 fileprivate
                let limit = 3

                /// Documented.
                #sourceLocation(file: "/links/file0.swift", line: 5)
                fileprivate extension _whippetRoute_file0_Exports {
                @available(*, deprecated) static
                       func GET() -> String { helper() } }
                #sourceLocation()
                fileprivate enum _whippetRoute_file0_Exports {}
                func _whippetRoute_file0(_ routes: inout Routes) {
                routes.file("items/[slug]", source: "app/items/[slug]/route.swift") { file in
                #sourceLocation(file: "/links/file0.swift", line: 6)
                let GET = _whippetRoute_file0_Exports.GET; file
                           .export(.GET, GET, line: 7)
                #sourceLocation()
                }
                }

                """)
    }

    @Test("The folder's files register under their own names", arguments: ["middleware", "error", "not-found"])
    func folder(name: String) throws {
        let function = name == "not-found" ? "notFound" : name
        let build = Folder.build(["(shop)/a/\(name).swift": "import Whippet\nfunc \(function)() {}"])
        let copy = String(decoding: try #require(build.outputs.first).bytes, as: UTF8.self)
        #expect(copy.contains("func _whippetFolder_file0(_ routes: inout Routes) {"))
        #expect(copy.contains("routes.folder(\"(shop)/a\", source: \"app/(shop)/a/\(name).swift\") { folder in"))
        #expect(copy.contains("let \(function) = _whippetFolder_file0_Exports.\(function); folder\n"))
        #expect(copy.contains(".export(\(function): \(function), line: 2)"))
    }

    static let members: [(source: String, members: [String])] = [
        ("func GET() {}\nlet revalidate = 60", ["GET", "revalidate"]),
        ("func GET() {}\nfunc POST() { GET() }", ["POST"]),
        ("func GET() {}\nfunc POST() { _ = \"\\(GET())\" }", ["POST"]),
        ("func GET() {}\nlet revalidate = 60\nlet header = revalidate", ["GET"]),
        ("/// GET\nfunc GET() { f(.GET) } // GET", ["GET"]),
        ("func GET() { hello.GET() }", []),
        ("@A func GET() {}\n@B\nlet dynamic = 1, revalidate = 2", ["GET", "dynamic", "revalidate"]),
        ("let dynamic = \"auto\", other = 1\nfunc GET() {}", ["GET"]),
        ("let `dynamic` = \"auto\"\nfunc GET() { `dynamic` }", ["GET"]),
    ]

    @Test("An export that nothing else mentions becomes a member of a type", arguments: members)
    func memberExports(source: String, members: [String]) {
        let copy = RouteFileSourceTests.copy(of: "\n" + source)
        for name in ["GET", "POST", "dynamic", "revalidate"] {
            #expect(
                copy.contains("let \(name) = _whippetRoute_file0_Exports.\(name); file\n") == members.contains(name),
                "\(name)")
        }
        #expect(copy.utf8.count { $0 == UInt8(ascii: "{") } == copy.utf8.count { $0 == UInt8(ascii: "}") })
    }

    static let sources: [String] = [
        "import A\nfunc a() {}\n",
        "\n  func a() { } ; let b = 1\n",
        "\n@A @B(1,\n2) func a() {}\nlet c = 1",
        "\n@A\n@B // c\n  public func a() {}",
        "\n/* é */ public private(set) var a = 1, b = 2\n",
        "\n#if A\nlet a = 1\n#else\n  @B struct A {}\n#endif\nlet b = 2",
        "\nextension A { func b() {} }\nextension B: C { }\n",
        "\r\n  let a = \"\"\"\r\n  func b() {}\r\n  \"\"\"\r\n  let c = 1\r\n",
    ]

    @Test("Each declaration keeps its line and column", arguments: sources)
    func places(source: String) {
        let places = RouteFileSourceTests.places(ofCopy: RouteFileSourceTests.copy(of: source))
        for (number, line) in source.utf8.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
            .enumerated()
        {
            for (column, byte) in line.enumerated() {
                let isKeyword = ["func ", "let ", "var ", "struct ", "extension "].contains {
                    line.dropFirst(column).starts(with: $0.utf8)
                }
                guard isKeyword else { continue }
                #expect(places[Place(line: number + 1, column: column)] == byte, "line \(number + 1), column \(column)")
            }
        }
    }

    static let extensions: [(source: String, isPrivate: Bool)] = [
        ("extension A { func b() {} }", true),
        ("extension A where B == C { func b() {} }", true),
        ("extension A: B { func b() {} }", false),
        ("extension A { public func b() {} }", false),
        ("extension A { func b() { public func c() {} } }", true),
        ("public extension A { func b() {} }", false),
        ("private extension A { func b() {} }", false),
    ]

    @Test("An extension is private unless it says otherwise or conforms", arguments: extensions)
    func extensionAccess(source: String, isPrivate: Bool) {
        let copy = RouteFileSourceTests.copy(of: "\n\(source)\nprivate func x() {}")
        #expect(copy.contains("fileprivate") == isPrivate)
    }

    @Test("Text that stands in a literal is escaped")
    func escapes() {
        #expect(SwiftLiteral.string("a\"\\(b)\n") == "\"a\\\"\\\\(b)\\u{a}\"")
    }

    @Test("A file without an import of the runtime is given one behind its own text")
    func imports() {
        let copy = RouteFileSourceTests.copy(of: "import struct Whippet.Request\nfunc GET() {}")
        #expect(copy.contains("#sourceLocation()\nimport Whippet\n"))
    }

    struct Place: Hashable {
        var line: Int
        var column: Int
    }

    static func copy(of source: String) -> String {
        let build = Folder.build(["items/[slug]/route.swift": source])
        return build.outputs.map { String(decoding: $0.bytes, as: UTF8.self) }.joined()
    }

    /// Which byte the compiler believes to stand at which place of the user's file.
    private static func places(ofCopy copy: String) -> [Place: UInt8] {
        var result: [Place: UInt8] = [:]
        var number = 0
        for line in copy.utf8.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false) {
            if line.elementsEqual("#sourceLocation()".utf8) { break }
            if line.starts(with: "#sourceLocation(".utf8) {
                let last = String(decoding: line, as: UTF8.self).split(separator: " ").last
                number = Int(last?.dropLast() ?? "") ?? 0
                continue
            }
            // What is inserted bears the number of the line before it and stands behind that line.
            for (column, byte) in line.enumerated() where byte > 0x20 {
                let place = Place(line: number, column: column)
                result[place] = result[place] ?? byte
            }
            number += 1
        }
        return result
    }
}
