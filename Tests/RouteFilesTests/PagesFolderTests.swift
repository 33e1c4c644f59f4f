// Copyright 2026 the Whippet authors
// SPDX-License-Identifier: Apache-2.0

import Testing

@testable import RouteFiles

/// The folder `pages`, whose files below `api` are API routes.
struct PagesFolderTests {
    private let handler = "func handler(_ req: NextApiRequest, _ res: NextApiResponse<Any>) {}"

    private func output(_ path: String, _ source: String) -> String {
        let build = Folder.build([path: source], root: "pages")
        #expect(build.diagnostics.isEmpty)
        return build.outputs.map { String(decoding: $0.bytes, as: UTF8.self) }.joined()
    }

    @Test("The index has a name of its own")
    func index() {
        let build = Folder.build(["api/hello.swift": handler], root: "pages")
        let index = String(decoding: build.index, as: UTF8.self)
        #expect(index.contains("static var pages: Routes {"))
        #expect(index.contains("_whippetAPI_file0(&routes)"))
    }

    @Test(
        "AR-01: a file's place is its path, index that of its folder",
        arguments: [
            ("api/hello.swift", "api/hello"), ("api/index.swift", "api"), ("api/post/[pid].swift", "api/post/[pid]"),
            ("api/post/index.swift", "api/post"), ("api/[...slug].swift", "api/[...slug]"), ("api.swift", "api"),
        ])
    func paths(_ file: String, _ path: String) {
        let text = output(file, handler)
        #expect(text.contains("routes.apiFile(\"\(path)\", source: \"pages/\(file)\")"))
        #expect(text.contains("import WhippetPagesAPI"))
        #expect(text.contains(".export(handler: handler, line: 1)"))
    }

    @Test("AR-10: the settings are exported as well")
    func config() {
        #expect(
            output("api/a.swift", "let config = NextApiConfig()\n" + handler).contains(
                ".export(config: config, line: 1)"))
    }

    @Test(
        "Other files are compiled as they are",
        arguments: ["about.swift", "lib/api/helper.swift", "api/_helper.swift", "api/_lib/a.swift"])
    func others(_ path: String) {
        #expect(!output(path, handler).contains("apiFile"))
    }

    @Test("A file without a handler is told")
    func missing() {
        let build = Folder.build(["api/a.swift": "let config = NextApiConfig()"], root: "pages")
        #expect(build.diagnostics.map(\.message).first?.hasPrefix("this file exports no handler") == true)
    }

    @Test("Two files of one path are a conflict")
    func conflict() {
        let build = Folder.build(["api/a.swift": handler, "api/a/index.swift": handler], root: "pages")
        #expect(build.hasErrors)
    }
}
