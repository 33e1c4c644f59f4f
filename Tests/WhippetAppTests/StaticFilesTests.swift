// Copyright 2026 the Whippet authors
// SPDX-License-Identifier: Apache-2.0

import Foundation
import Testing
import Whippet
import WhippetTesting

struct StaticFilesTests {
    /// An application that serves a folder below `/f`.
    private func app(_ files: StaticFiles, _ trailingSlash: TrailingSlash = .remove) -> App {
        let app = App(trailingSlash: trailingSlash, environment: .production, log: { _ in })
        app.files("/f", files)
        return app
    }

    private func get(_ app: App, _ path: String, _ headers: Headers = [:]) async -> Response {
        await app.fetch(Request(path, headers: headers))
    }

    @Test("A file has its type, its tag, its date and its length")
    func file() async throws {
        let folder = try TemporaryFolder(["sub/name.txt": "name: tobi\n"])
        let app = app(StaticFiles(folder.path))
        let response = await get(app, "/f/sub/name.txt")
        #expect(response.status == .ok)
        #expect(response.headers["content-type"] == "text/plain;charset=UTF-8")
        #expect(response.headers["last-modified"] == "Tue, 02 Jan 2024 03:04:05 GMT")
        #expect(response.headers["cache-control"] == "public, max-age=0")
        #expect(response.headers["accept-ranges"] == "bytes")
        #expect(response.headers["vary"] == nil)
        let tag = try #require(response.headers["etag"])
        #expect(tag.hasPrefix("\"b-") && tag.hasSuffix("\""))
        #expect(try await response.text() == "name: tobi\n")
        let head = await app.fetch(Request("/f/sub/name.txt", method: .HEAD))
        #expect(head.headers["content-length"] == "11")
        #expect(head.headers["etag"] == tag)
        #expect(await get(app, "/f/sub/name.txt", ["if-none-match": tag]).status == .notModified)
        #expect(await get(app, "/f/sub/name.txt", ["if-match": "\"x\""]).status == .preconditionFailed)
        #expect(
            await get(app, "/f/sub/name.txt", ["if-modified-since": "Tue, 02 Jan 2024 03:04:05 GMT"]).status
                == .notModified)
        #expect(
            await get(app, "/f/sub/name.txt", ["if-unmodified-since": "Mon, 01 Jan 2024 03:04:05 GMT"]).status
                == .preconditionFailed)
    }

    @Test("Parts of a file, small or large, are sent", arguments: [1, 20_000])
    func ranges(_ factor: Int) async throws {
        let text = String(repeating: "0123456789", count: factor)
        let folder = try TemporaryFolder(["a.txt": text])
        let app = app(StaticFiles(folder.path))
        for transport in [TestTransport.inProcess, .live(loops: 1)] {
            try await app.test(transport) { client in
                let whole = try await client.get("/f/a.txt")
                #expect(try await whole.text() == text)
                let part = try await client.get("/f/a.txt", headers: ["range": "bytes=2-4"])
                #expect(part.status == .partialContent)
                #expect(part.headers["content-range"] == "bytes 2-4/\(text.utf8.count)")
                #expect(try await part.text() == "234")
                let last = try await client.get("/f/a.txt", headers: ["range": "bytes=-3"])
                #expect(try await last.text() == "789")
                let none = try await client.get("/f/a.txt", headers: ["range": "bytes=\(text.utf8.count)-"])
                #expect(none.status == .rangeNotSatisfiable)
                let tag = try #require(whole.headers["etag"])
                let same = try await client.get("/f/a.txt", headers: ["range": "bytes=0-0", "if-range": tag])
                #expect(try await same.text() == "0")
                let other = try await client.get("/f/a.txt", headers: ["range": "bytes=0-0", "if-range": "\"x\""])
                #expect(try await other.text() == text)
                let head = try await client.head("/f/a.txt", headers: ["range": "bytes=0-0"])
                #expect(head.status == .ok)
                guard factor > 1 else { return }
                let parts = try await client.get("/f/a.txt", headers: ["range": "bytes=0-1,100000-100001"])
                #expect(parts.headers["content-type"]?.hasPrefix("multipart/byteranges; boundary=") == true)
                #expect(try await parts.text().contains("Content-Range: bytes 100000-100001/200000\r\n\r\n01\r\n--"))
            }
        }
    }

    @Test("A file that was just changed has a weak tag")
    func unsettled() async throws {
        let folder = try TemporaryFolder()
        try folder.write([1], to: "new", date: Date())
        let response = await get(app(StaticFiles(folder.path)), "/f/new")
        #expect(response.headers["etag"]?.hasPrefix("W/\"") == true)
        #expect(response.headers["last-modified"] == nil)
        #expect(response.headers["content-type"] == "application/octet-stream")
    }

    @Test("Another version has another tag, also with the same size and time")
    func version() async throws {
        let folder = try TemporaryFolder(["a": "one"])
        let app = app(StaticFiles(folder.path))
        let first = await get(app, "/f/a").headers["etag"]
        try folder.write(Array("two".utf8), to: "b")
        try #require(rename(folder.path + "/b", folder.path + "/a") == 0)
        let second = await get(app, "/f/a").headers["etag"]
        #expect(first != second)
    }

    @Test(
        "No path leads out of the folder",
        arguments: [
            "/f/../secret.txt", "/f/%2e%2e/secret.txt", "/f/..%2Fsecret.txt", "/f/%2e%2e%2fsecret.txt",
            "/f/..%5Csecret.txt", "/f/%2e%2e%5csecret.txt", "/f/x/%252e%252e/a.css", "/f//a.txt/", "/f/a.txt%00",
            "/f/a.txt%00.png", "/f/%2Fetc%2Fpasswd", "/f/.%2e/secret.txt", "/f/sub/..%2f..%2fsecret.txt",
            "/f/sub%2Fb.txt",
            "/f/out.txt", "/f/outer/secret.txt", "/f/absolute", "/f/loop", "/f/nothing", "/f/a.txt/b", "/f/sub",
            "/f/pipe",
            "/f/" + String(repeating: "x", count: 300),
        ])
    func outside(_ path: String) async throws {
        let outer = try TemporaryFolder(["secret.txt": "secret", "f/a.txt": "a", "f/sub/b.txt": "b"])
        let folder = outer.path + "/f"
        try outer.link("f/out.txt", to: "../secret.txt")
        try outer.link("f/outer", to: "..")
        try outer.link("f/absolute", to: "/etc/passwd")
        try outer.link("f/loop", to: "loop")
        try #require(mkfifo(folder + "/pipe", 0o600) == 0)
        for links in [SymbolicLinks.inside, .refuse] {
            let app = app(StaticFiles(folder, dotfiles: .allow, symbolicLinks: links))
            for transport in [TestTransport.inProcess, .live(loops: 1)] {
                try await app.test(transport) { client in
                    let response = try await client.get(path)
                    #expect(!response.ok, "\(response.status)")
                    let text = try await response.text()
                    #expect(!text.contains("secret") || response.status == .permanentRedirect)
                    #expect(!text.contains("root:"))
                }
            }
        }
    }

    @Test("A link inside the folder is followed, refused, or followed wherever it leads")
    func links() async throws {
        let outer = try TemporaryFolder(["secret.txt": "secret", "f/a.txt": "a", "f/sub/b.txt": "b"])
        let folder = outer.path + "/f"
        try outer.link("f/inside.txt", to: "sub/b.txt")
        try outer.link("f/back", to: "sub/..")
        try outer.link("f/out.txt", to: "../secret.txt")
        let expected: [(SymbolicLinks, String, Status)] = [
            (.inside, "/f/inside.txt", .ok), (.inside, "/f/back/a.txt", .ok), (.inside, "/f/out.txt", .notFound),
            (.refuse, "/f/inside.txt", .notFound), (.refuse, "/f/back/a.txt", .notFound), (.refuse, "/f/a.txt", .ok),
            (.follow, "/f/inside.txt", .ok), (.follow, "/f/out.txt", .ok),
        ]
        for (links, path, status) in expected {
            let app = app(StaticFiles(folder, symbolicLinks: links))
            #expect(await get(app, path).status == status, "\(links) \(path)")
        }
    }

    @Test(
        "Files with a dot in front",
        arguments: [
            (Dotfiles.ignore, Status.notFound), (.deny, .forbidden), (.allow, .ok),
        ])
    func dotfiles(_ policy: Dotfiles, _ status: Status) async throws {
        let folder = try TemporaryFolder([
            ".env": "KEY=1", ".git/config": "x", "a/.hidden": "x", ".well-known/x": "known", "a/.well-known/x": "x",
        ])
        let app = app(StaticFiles(folder.path, dotfiles: policy))
        for path in ["/f/.env", "/f/.git/config", "/f/a/.hidden", "/f/%2Eenv", "/f/a/.well-known/x"] {
            #expect(await get(app, path).status == status, "\(path)")
        }
        #expect(await get(app, "/f/.well-known/x").status == .ok)
    }

    @Test("Other methods are not allowed")
    func methods() async throws {
        let folder = try TemporaryFolder(["a.txt": "a"])
        let response = await app(StaticFiles(folder.path)).fetch(Request("/f/a.txt", method: .POST, body: "x"))
        #expect(response.status == .methodNotAllowed)
        #expect(response.headers["allow"] == "GET, HEAD, OPTIONS")
    }

    @Test("A folder is its page where the path has a slash, and leads to it where it has none")
    func index() async throws {
        let folder = try TemporaryFolder(["index.html": "root", "sub/index.html": "sub", "empty/a": "a"])
        let strict = app(StaticFiles(folder.path))
        for (path, location) in [
            ("/f", "./f/index.html"), ("/f/sub", "./sub/index.html"), ("/f/sub?x=1", "./sub/index.html?x=1"),
        ] {
            let response = await get(strict, path)
            #expect(response.status == .temporaryRedirect)
            #expect(response.headers["location"] == location)
        }
        #expect(await get(strict, "/f/empty").status == .notFound)
        let lenient = app(StaticFiles(folder.path), .accept)
        let text = try await get(lenient, "/f/sub/").text()
        #expect(text == "sub")
        let root = try await get(lenient, "/f/").text()
        #expect(root == "root")
        #expect(await get(lenient, "/f/sub").headers["location"] == "./sub/index.html")
        let without = app(StaticFiles(folder.path, index: []), .accept)
        #expect(await get(without, "/f/sub/").status == .notFound)
    }

    @Test("A page is found without its extension")
    func extensions() async throws {
        let folder = try TemporaryFolder(["page.html": "<p>hi</p>", "page.txt": "hi"])
        let app = app(StaticFiles(folder.path, extensions: ["html", "txt"]))
        let response = await get(app, "/f/page")
        #expect(response.headers["content-type"] == "text/html;charset=UTF-8")
        #expect(try await response.text() == "<p>hi</p>")
        #expect(await get(app, "/f/other").status == .notFound)
    }

    @Test(
        "Files that lie compressed are sent to clients that take the coding",
        arguments: [
            (nil, nil, "plain"), ("gzip", "gzip", "gzip"), ("br, gzip", "br", "br"),
            ("gzip;q=1, br;q=0.5", "gzip", "gzip"),
            ("zstd", nil, "plain"), ("identity;q=1, gzip;q=0.5", nil, "plain"), ("gzip;q=0", nil, "plain"),
            ("*", "br", "br"), ("deflate", nil, "plain"),
        ] as [(String?, String?, String)])
    func precompressed(_ accepted: String?, _ coding: String?, _ text: String) async throws {
        let folder = try TemporaryFolder(["a.js": "plain", "a.js.gz": "gzip", "a.js.br": "br"])
        let app = app(StaticFiles(folder.path, precompressed: true))
        let response = await get(app, "/f/a.js", accepted.map { ["accept-encoding": $0] } ?? [:])
        #expect(response.headers["content-encoding"] == coding)
        #expect(response.headers["content-type"] == "text/javascript;charset=UTF-8")
        #expect(response.headers["vary"] == "Accept-Encoding")
        #expect(try await response.text() == text)
        let plain = await get(app, "/f/a.js")
        #expect((plain.headers["etag"] == response.headers["etag"]) == (coding == nil))
    }

    @Test("A file that is replaced while it is sent is sent as it was")
    func replaced() async throws {
        let folder = try TemporaryFolder()
        let size = 8 * 1024 * 1024
        try folder.write([UInt8](repeating: 1, count: size), to: "large")
        let app = app(StaticFiles(folder.path))
        try await app.test(.live(loops: 1)) { client in
            let response = try await client.get("/f/large")
            try folder.write([UInt8](repeating: 2, count: size), to: "other")
            try #require(rename(folder.path + "/other", folder.path + "/large") == 0)
            let bytes = try await response.bytes()
            #expect(bytes.count == size && bytes.last == 1)
        }
    }

    @Test("A file that is changed while it is sent ends the connection")
    func changed() async throws {
        let folder = try TemporaryFolder()
        let size = 32 * 1024 * 1024
        try folder.write([UInt8](repeating: 1, count: size), to: "large")
        let app = app(StaticFiles(folder.path))
        try await app.test(.live(loops: 1)) { client in
            let response = try await client.get("/f/large")
            try #require(truncate(folder.path + "/large", 100) == 0)
            await #expect(throws: (any Error).self) { try await response.bytes().count }
            #expect(try await client.get("/f/large").bytes().count == 100)
        }
    }

    @Test("A handler can answer with a file")
    func handler() async throws {
        let folder = try TemporaryFolder(["2024.pdf": "pdf", "a/b.txt": "b"])
        let files = StaticFiles(folder.path)
        let app = App(environment: .production, log: { _ in })
        app.get("/report/[year]") { request, context in
            try await files.response(to: request, path: "\(context.params.year).pdf")
        }
        app.get("/b") { request in try await files.response(to: request, path: "a/b.txt") }
        app.get("/bad") { request in try await files.response(to: request, path: "a//b.txt") }
        #expect(await get(app, "/report/2024").headers["content-type"] == "application/pdf")
        #expect(await get(app, "/report/2025").status == .notFound)
        #expect(await get(app, "/report/a%2F..%2F2024").status == .notFound)
        #expect(await get(app, "/b").status == .ok)
        #expect(await get(app, "/bad").status == .notFound)
    }

    @Test("The path of the folder itself is left to a route, where no page takes it")
    func root() async throws {
        let folder = try TemporaryFolder(["a.txt": "a", "sub/index.html": "sub"])
        let app = App(environment: .production, log: { _ in })
        app.get("/") { "root" }
        app.get("/b.txt") { "route" }
        app.files("/", StaticFiles(folder.path, index: []))
        for (path, text) in [("/", "root"), ("/a.txt", "a"), ("/b.txt", "route")] {
            let answer = try await app.fetch(Request(path)).text()
            #expect(answer == text)
        }
        #expect(await get(app, "/sub").status == .notFound)
        let other = App()
        other.get("/") { "root" }
        other.files("/", StaticFiles(folder.path))
        #expect(throws: RouteError.self) { try other.table() }
    }

    @Test("A folder that is not there is an error at start")
    func missing() {
        let app = app(StaticFiles("/nowhere/at/all"))
        let error = #expect(throws: RouteError.self) { try app.table() }
        #expect(error?.message.contains("there is no folder \"/nowhere/at/all\"") == true)
    }

    @Test("The answer to a file that can't be read is none of its content")
    func unreadable() async throws {
        let folder = try TemporaryFolder(["a.txt": "a"])
        try #require(chmod(folder.path + "/a.txt", 0) == 0)
        let status = await get(app(StaticFiles(folder.path)), "/f/a.txt").status
        // Who may read everything reads it.
        #expect(status == (geteuid() == 0 ? .ok : .notFound))
    }
}
