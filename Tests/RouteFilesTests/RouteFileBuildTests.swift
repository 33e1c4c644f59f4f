// Copyright 2026 the Whippet authors
// SPDX-License-Identifier: Apache-2.0

import Testing

@testable import RouteFiles

/// The whole of a folder of routes.
struct RouteFileBuildTests {
    @Test("The index calls the files in the order of their paths")
    func index() {
        let build = Folder.build([
            "b/route.swift": "func GET() {}", "a/middleware.swift": "func middleware() {}", "a/helper.swift": "",
        ])
        #expect(!build.hasErrors)
        #expect(
            String(decoding: build.index, as: UTF8.self) == """
                // Made from the folder app by RoutesPlugin.
                import Whippet

                extension Routes {
                    /// The routes of the folder `app`.
                    static var files: Routes {
                        var routes = Routes()
                        _whippetFolder_file1(&routes)
                        _whippetRoute_file2(&routes)
                        return routes
                    }
                }

                """)
    }

    @Test("A folder without files has no routes")
    func empty() {
        let build = Folder.build([:])
        #expect(build.diagnostics.isEmpty)
        #expect(build.outputs.isEmpty)
        #expect(String(decoding: build.index, as: UTF8.self).contains("var files: Routes"))
    }

    @Test(
        "Other files and those of private folders are compiled as they are",
        arguments: ["helper.swift", "routes.swift", "_lib/route.swift", "route.test.swift", "a/_b/c/middleware.swift"])
    func unchanged(path: String) throws {
        let source = "let a = 1\npublic func GET() {}\n"
        let output = try #require(Folder.build([path: source]).outputs.first)
        let expected = "#sourceLocation(file: \"/links/file0.swift\", line: 1)\n" + source
        #expect(String(decoding: output.bytes, as: UTF8.self) == expected)
    }

    @Test("AR-05: pageExtensions says which files are special")
    func pageExtensions() {
        let files: [String: String?] = [
            "a/route.api.swift": "func GET() {}", "b/route.swift": "func x() {}",
            "a/error.api.swift": "func error() {}",
        ]
        let build = Folder.build(files, pageExtensions: ["api.swift"])
        #expect(build.diagnostics.isEmpty)
        let index = String(decoding: build.index, as: UTF8.self)
        #expect(index.contains("_whippetFolder_file0"))
        #expect(index.contains("_whippetRoute_file1"))
        #expect(!index.contains("file2"))
    }

    @Test("An edit of one file leaves the copies of the others and the index alone")
    func independence() {
        let before = Folder.build(["a/route.swift": "func GET() {}", "b/route.swift": "func GET() {}"])
        let after = Folder.build(["a/route.swift": "func GET() { }\nfunc POST() {}", "b/route.swift": "func GET() {}"])
        #expect(before.outputs[0].bytes != after.outputs[0].bytes)
        #expect(before.outputs[1].bytes == after.outputs[1].bytes)
        #expect(before.index == after.index)
    }

    @Test("A file that is too large is refused")
    func size() {
        let source = "func GET() {}" + String(repeating: "\n", count: RouteFileBuild.maximumFileSize)
        #expect(Folder.complaints(source) == ["items/route.swift:1:1: error: the file is larger than 4 MiB"])
    }

    @Test("All mistakes of all files are told at once")
    func severalErrors() {
        let build = Folder.build(["a/route.swift": "func GET() {}\n1", "b/route.swift": "2", "[c/route.swift": "3"])
        #expect(build.hasErrors)
        #expect(
            build.diagnostics.map(\.path) == ["[c/route.swift", "[c/route.swift", "a/route.swift", "b/route.swift"])
    }

    @Test("A warning alone stops nothing")
    func warning() {
        let build = Folder.build(["route.swift": "func GET() {}\nfunc put() {}"])
        #expect(build.diagnostics.map(\.severity) == [.warning])
        #expect(!build.hasErrors)
    }
}
