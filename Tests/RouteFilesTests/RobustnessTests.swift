// Copyright 2026 the Whippet authors
// SPDX-License-Identifier: Apache-2.0

import Testing

@testable import RouteFiles

/// Source that is cut off, damaged or not Swift at all.
struct RobustnessTests {
    static let samples: [String] = [
        ##"""
        import Whippet

        /* a /* nested */ comment { */
        let dynamic = "force-static"; let revalidate = -60, x: [Int: String] = [:]
        @available(*, deprecated, message: "\(a["}"] ?? "b")") @MainActor
        public func GET<T>(_ request: Request, _ context: Context) async throws -> Response where T: P {
            let pattern = /[{]\/"/, other = #/ { " /#, raw = #"""#
            return Response("a \(b("}", c: "\(d)")) e")
        }
        #if DEBUG && (os(Linux) || os(macOS))
        extension A { public private(set) var b: Int { 1 } }
        #else
        let multi = """
            func fake() { \(a {
            "}" }) }
            """
        #endif
        """##,
        "let a = b\n    .c\n    #if D\n    .e\n    #endif\n@x(y) struct F<G> { }\nprefix operator √\nasync let z = try? 1",
    ]

    @Test("Every prefix of a file gives a copy or a message", arguments: samples)
    func prefixes(sample: String) {
        let bytes = Array(sample.utf8)
        for length in bytes.indices { RobustnessTests.check(Array(bytes[..<length])) }
    }

    @Test("A file with any one byte removed or replaced gives a copy or a message", arguments: samples)
    func damages(sample: String) {
        let bytes = Array(sample.utf8)
        for index in bytes.indices {
            var shorter = bytes
            shorter.remove(at: index)
            RobustnessTests.check(shorter)
            for byte in Array("{\"/\n".utf8) + [0xFF] {
                var damaged = bytes
                damaged[index] = byte
                RobustnessTests.check(damaged)
            }
        }
    }

    @Test(
        "Signs repeated without end take no stack and no long time",
        arguments: [
            "{", "(", "}", "#", "@", "\"", "`", "/*", "public ", "#if ", "let a = #if a\n", "@a(", "extension ", "/ ",
        ])
    func repetition(text: String) {
        RobustnessTests.check(Array(String(repeating: text, count: 3_000).utf8))
    }

    /// A copy holds the whole text, apart from blanks, mark and access levels.
    private static func check(_ bytes: [UInt8]) {
        let input = RouteFileBuild.Input(path: "a/route.swift", identifier: "a", bytes: bytes, shownPath: "/l")
        let build = RouteFileBuild(root: "app", options: RouteFileOptions(), files: [input])
        #expect(build.hasErrors || (build.outputs.first?.bytes.count ?? 0) > bytes.count)
        for diagnostic in build.diagnostics { #expect(diagnostic.line >= 1 && diagnostic.column >= 1) }
    }
}
