// Copyright 2026 the Whippet authors
// SPDX-License-Identifier: Apache-2.0

import Foundation
import Testing
import Whippet

/// What `--export` writes, and what it refuses.
struct ExportTests {
    /// A folder that goes with the test.
    private final class Folder: Sendable {
        let path = NSTemporaryDirectory() + "/whippet-export-\(UInt64.random(in: .min ... .max))"

        deinit { try? FileManager.default.removeItem(atPath: path) }

        func text(_ file: String) -> String? {
            FileManager.default.contents(atPath: "\(path)/\(file)").map { String(decoding: $0, as: UTF8.self) }
        }
    }

    @Test("The files of public are copied to their paths")
    func publicFiles() async throws {
        let folder = try TemporaryFolder(["logo.svg": "<svg/>", "a b/[x].txt": "x", "LICENSE": "free"])
        let app = App(public: folder.path, environment: .production, log: { _ in })
        app.get("/", config: .forceStatic) { Response("<h1>", headers: [.contentType: "text/html"]) }
        let out = Folder()
        let report = try await app.export(to: out.path)
        #expect(out.text("logo.svg") == "<svg/>")
        #expect(out.text("a b/[x].txt") == "x")
        #expect(out.text("LICENSE") == "free")
        #expect(report.refused.isEmpty && report.skipped.isEmpty, "\(report)")
    }

    @Test("Each force-static GET is a file, at a place that servers of files find")
    func files() async throws {
        let app = App(environment: .production, log: { _ in })
        app.group("", config: .forceStatic) { site in
            site.get("/") { Response("<h1>", headers: [.contentType: "text/html;charset=UTF-8"]) }
            site.get("/about") { Response("<p>", headers: [.contentType: "text/html"]) }
            site.get("/rss.xml") { Response("<rss/>", headers: [.contentType: "text/xml"]) }
            site.get("/posts") { ["a", "b"] }
            site.get("/posts/caf%C3%A9") { "coffee" }
            site.get("/raw") { Response([1, 2, 3]) }
            site.get("/items/[slug]") { "never" }
            site.route(
                "/blog/[...path]", generateStaticParams: { [["path": ["x", "y z"]], ["path": ["q/r"]]] },
                GET: { _, context in Response(context.params.path) })
        }
        let folder = Folder()
        let report = try await app.export(to: folder.path)
        #expect(folder.text("index.html") == "<h1>")
        #expect(folder.text("about/index.html") == "<p>")
        #expect(folder.text("rss.xml") == "<rss/>")
        #expect(folder.text("posts.json") == #"["a","b"]"#)
        #expect(folder.text("posts/café.txt") == "coffee")
        #expect(folder.text("raw") == "\u{1}\u{2}\u{3}")
        #expect(folder.text("blog/x/y z.txt") == "x/y z")
        #expect(report.written.count == 7)
        #expect(
            report.refused == [
                .init(
                    route: "/items/[slug]", reason: "it has parameters and no generateStaticParams to name its paths"),
                .init(route: "/blog/q%2Fr", reason: "the segment \"q%2Fr\" is no name of a file"),
            ])
    }

    @Test("What no file can stand for is refused with the reason, and what needs a server is said")
    func refusals() async throws {
        let app = App(environment: .production, log: { _ in })
        app.get("/now") { "now" }
        app.get("/minute", config: .revalidate(60)) { "minute" }
        app.get("/gone", config: .forceStatic) { try notFound() }
        app.get("/moved", config: .forceStatic) { try redirect("/") }
        app.get("/cookie", config: .forceStatic) { Response("a", headers: ["set-cookie": "a=b"]) }
        app.get("/down", config: .forceStatic) { () -> String in throw TypeError("down") }
        app.get("/a", config: .forceStatic) { "text" }
        app.get("/a.txt", config: .forceStatic) { "file" }
        app.post("/post") { "post" }
        let folder = Folder()
        let report = try await app.export(to: folder.path)
        #expect(report.written.map(\.file) == ["a.txt"])
        #expect(
            report.skipped == [
                .init(route: "/now", reason: "GET is not force-static: it needs a server"),
                .init(route: "/minute", reason: "GET is not force-static: it needs a server"),
                .init(route: "/post", reason: "POST needs a server"),
            ])
        #expect(
            report.refused == [
                .init(route: "/gone", reason: "its status is 404, and a file's is 200"),
                .init(route: "/moved", reason: "its status is 307, and a file's is 200"),
                .init(route: "/cookie", reason: "it sets a cookie"),
                .init(route: "/down", reason: "its status is 500, and a file's is 200"),
                .init(route: "/a.txt", reason: "its file a.txt is that of /a"),
            ])
    }

    @Test("A folder that can't be made is an error")
    func badFolder() async throws {
        let app = App(environment: .production, log: { _ in })
        app.get("/a", config: .forceStatic) { "a" }
        await #expect(throws: DOMException.self) { try await app.export(to: "/dev/null/out") }
    }
}
