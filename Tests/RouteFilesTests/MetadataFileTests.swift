// Copyright 2026 the Whippet authors
// SPDX-License-Identifier: Apache-2.0

import Testing

@testable import RouteFiles

/// Files of Next's that describe the site: sitemaps, icons and others.
struct MetadataFileTests {
    @Test(
        "A name has a meaning where Next gives it one",
        arguments: [
            ("sitemap.swift", AppFile.Kind.metadata("sitemap")), ("blog/sitemap.swift", .metadata("sitemap")),
            ("robots.swift", .metadata("robots")), ("blog/robots.swift", .other),
            ("manifest.swift", .metadata("manifest")),
            ("(x)/manifest.swift", .other), ("favicon.ico", .asset), ("blog/favicon.ico", .other), ("icon.png", .asset),
            ("blog/icon3.svg", .asset), ("icon12.png", .other), ("icon.gif", .other), ("apple-icon.jpeg", .asset),
            ("apple-icon.svg", .other), ("opengraph-image.gif", .asset), ("twitter-image2.png", .asset),
            ("robots.txt", .asset), ("sitemap.xml", .asset), ("a/sitemap.xml", .asset), ("a/robots.txt", .other),
            ("manifest.json", .asset), ("manifest.webmanifest", .asset), ("_private/icon.png", .other),
            ("_private/sitemap.swift", .other), ("icons.png", .other), ("sitemap2.xml", .other),
        ] as [(String, AppFile.Kind)])
    func kinds(_ path: String, _ kind: AppFile.Kind) {
        #expect(AppFile(path: path, pageExtensions: ["swift"]).kind == kind)
    }

    @Test("A metadata file registers what it exports")
    func registration() throws {
        let source =
            "import Whippet\nfunc sitemap(id: String) -> Sitemap { [] }\nfunc generateSitemaps() -> [Int] { [1] }"
        let build = Folder.build(["blog/sitemap.swift": source])
        #expect(build.diagnostics.isEmpty)
        let copy = String(decoding: try #require(build.outputs.first).bytes, as: UTF8.self)
        #expect(copy.contains("routes.file(\"blog\", source: \"app/blog/sitemap.swift\") { file in"))
        #expect(copy.contains(".export(sitemap: sitemap, line: 2)"))
        #expect(copy.contains(".export(generateSitemaps: generateSitemaps, line: 3)"))
    }

    @Test(
        "A metadata file that does not export what it is named for is a mistake",
        arguments: ["sitemap", "robots", "manifest"])
    func nothing(_ name: String) {
        let complaints = Folder.complaints("import Whippet\nfunc other() {}", path: "\(name).swift")
        #expect(complaints.contains { $0.contains("this file exports no \(name); declare func \(name)()") })
    }

    @Test("A file that is sent as it is becomes a part of the program")
    func asset() throws {
        let build = Folder.build(["blog/icon.png": "\u{1}\u{2}\u{3}x"])
        #expect(build.diagnostics.isEmpty)
        let copy = String(decoding: try #require(build.outputs.first).bytes, as: UTF8.self)
        #expect(
            copy == """
                import Whippet
                func _whippetRoute_file0(_ routes: inout Routes) {
                routes.asset("blog", "icon.png", source: "app/blog/icon.png", base64: "AQIDeA==")
                }

                """)
        #expect(String(decoding: build.index, as: UTF8.self).contains("_whippetRoute_file0(&routes)"))
    }

    @Test("A picture without a meaning is not compiled")
    func meaningless() throws {
        let build = Folder.build(["_private/icon.png": "\u{1}", "blog/favicon.ico": "x"])
        #expect(build.diagnostics.isEmpty)
        for output in build.outputs {
            #expect(String(decoding: output.bytes, as: UTF8.self).hasPrefix("// "))
        }
    }

    @Test("A file that is too large for the program stops the build")
    func large() {
        let text = String(repeating: "x", count: RouteFileBuild.maximumAssetSize + 1)
        let complaints = Folder.complaints(text, path: "icon.png")
        #expect(complaints.contains { $0.contains("the file is larger than 1 MiB; serve it from the folder public") })
    }

    @Test("Two files of one path are a conflict that names both")
    func conflict() {
        let build = Folder.build([
            "robots.txt": "User-Agent: *\n",
            "robots.txt/route.swift": "import Whippet\nfunc GET() -> String { \"\" }",
        ])
        let text = build.diagnostics.map(\.description).joined()
        #expect(
            text.contains("app/robots.txt and app/robots.txt/route.swift")
                || text.contains("app/robots.txt/route.swift and app/robots.txt"))
    }

    @Test(
        "Bytes are written as RFC 4648 has it",
        arguments: [("", ""), ("f", "Zg=="), ("fo", "Zm8="), ("foo", "Zm9v"), ("foob", "Zm9vYg==")])
    func base64(_ text: String, _ encoded: String) {
        #expect(Base64Text.encode(Array(text.utf8)) == encoded)
    }
}
