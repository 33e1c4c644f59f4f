// Copyright 2026 the Whippet authors
// SPDX-License-Identifier: Apache-2.0

import Foundation
package import Whippet

extension Fixture {
    /// The files that are asked for; they go with the process.
    private static let folder: String = {
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent("whippet-\(UUID().uuidString)")
        atexit { Fixture.removeFiles() }
        let files = [
            "name.txt": "name: tobi\n", "nums.txt": "0123456789", "sub/index.html": "index", "page.html": "<p>hi</p>",
            "empty.txt": "", "nx": "nx", "a.json": "{\"a\":1}", "a.css": "abc", "% of dogs.txt": "tobi",
            ".hidden": "hidden", ".well-known/x": "x", "empty/x": "x",
        ]
        let date = Date(timeIntervalSince1970: 1_704_164_645)
        for (name, text) in files {
            let file = folder.appendingPathComponent(name)
            try? FileManager.default.createDirectory(
                at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
            _ = FileManager.default.createFile(
                atPath: file.path, contents: Data(text.utf8), attributes: [.modificationDate: date])
            try? FileManager.default.setAttributes([.modificationDate: date], ofItemAtPath: file.path)
        }
        return folder.path
    }()

    private static func removeFiles() {
        try? FileManager.default.removeItem(atPath: folder)
    }

    package static func files() -> App {
        let app = app()
        app.files("/f", StaticFiles(folder, extensions: ["html"]))
        app.files("/deny", StaticFiles(folder, dotfiles: .deny))
        app.files("/long", StaticFiles(folder, cacheControl: "public, max-age=14400, immutable"))
        app.get("/tagged") { request in
            Response(
                "0123456789", headers: ["etag": "\"e1\"", "last-modified": "Tue, 14 Nov 2023 22:13:20 GMT"]
            ).conditional(for: request)
        }
        app.get("/thousand") { request in
            Response([UInt8](repeating: 0x61, count: 1000)).conditional(for: request)
        }
        return app
    }

    package static func negotiation() -> App {
        let app = app()
        @Sendable func offered(_ request: Request) -> [String] {
            request.url.search.dropFirst().split(separator: "&").map(String.init)
        }
        app.get("/type") { request in request.accepts(offered(request)) ?? "none" }
        app.get("/encoding") { request in request.acceptsEncodings(offered(request)) ?? "none" }
        app.get("/language") { request in request.acceptsLanguages(offered(request)) ?? "none" }
        app.get("/charset") { request in request.acceptsCharsets(offered(request)) ?? "none" }
        app.get("/languages") { request in request.acceptedLanguages.joined(separator: ",") }
        app.get("/format") { request in
            let vary: Headers = [.vary: "Accept"]
            switch request.accepts("json", "html") {
            case "json": return Response.json(["message": "hey"] as JSON, headers: vary)
            case "html": return Response("<p>hey</p>", headers: [.vary: "Accept", .contentType: "text/html"])
            default: throw HTTPError(.notAcceptable, "html or json", headers: vary)
            }
        }
        return app
    }

    package static func metadata() -> App {
        let routes = Routes()
        routes.file("", source: "app/robots.swift") { $0.export(robots: { Robots() }, line: 1) }
        routes.file("", source: "app/sitemap.swift") { $0.export(sitemap: { Sitemap([]) }, line: 1) }
        routes.file("", source: "app/manifest.swift") { file in
            let icon = Manifest.Icon("/favicon.ico", sizes: "any", type: "image/x-icon")
            file.export(manifest: { Manifest(name: "App", shortName: "A", startURL: "/", icons: [icon]) }, line: 1)
        }
        routes.file("parts", source: "app/parts/sitemap.swift") { file in
            file.export(generateSitemaps: { [0, 1] }, line: 1)
            file.export(sitemap: { (id: String) in [Sitemap.Entry("https://example.com/\(id)")] }, line: 2)
        }
        routes.asset("", "favicon.ico", source: "app/favicon.ico", base64: "YWJj")
        let app = app(routes: routes)
        app.get("/full/robots.txt") {
            Robots(
                [
                    Robots.Rule(userAgent: ["Googlebot"], allow: ["/"], disallow: ["/admin", "/tmp"], crawlDelay: 2),
                    Robots.Rule(userAgent: ["A", "B"], disallow: ["/"]),
                ], sitemap: ["https://example.com/sitemap.xml"], host: "https://example.com")
        }
        app.get("/full/sitemap.xml") {
            Sitemap([
                Sitemap.Entry(
                    "https://example.com", lastModified: "2021-01-01", changeFrequency: .weekly, priority: 0.5,
                    alternates: ["es": "https://example.com/es"], images: ["https://example.com/image.jpg"])
            ])
        }
        app.get("/escaped/sitemap.xml") { Sitemap([Sitemap.Entry("https://example.com/?a=1&b=<2>")]) }
        return app
    }
}
