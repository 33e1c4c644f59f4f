// Copyright 2026 the Whippet authors
// SPDX-License-Identifier: Apache-2.0

import Foundation
import Testing
import Whippet
import WhippetTesting

/// The folder `public` of an application.
struct PublicFolderTests {
    private func app(_ folder: TemporaryFolder, basePath: String = "") -> App {
        App(public: folder.path, basePath: basePath, environment: .production, log: { _ in })
    }

    @Test("A file goes before routes with parameters, and is found by its path alone")
    func precedence() async throws {
        let folder = try TemporaryFolder(["robots.txt": "robots", "img/logo.svg": "<svg/>", "LICENSE": "free"])
        let app = app(folder)
        app.get("/[name]") { "dynamic" }
        app.get("/img/[...rest]") { "rest" }
        for (path, text) in [
            ("/robots.txt", "robots"), ("/img/logo.svg", "<svg/>"), ("/LICENSE", "free"), ("/other", "dynamic"),
            ("/img/other.svg", "rest"), ("/img", "dynamic"),
        ] {
            let response = await app.fetch(Request(path))
            #expect(try await response.text() == text, "\(path)")
        }
        #expect(await app.fetch(Request("/robots.txt")).headers["cache-control"] == "public, max-age=0")
        #expect(await app.fetch(Request("/robots.txt", method: .POST, body: "x")).status == .methodNotAllowed)
    }

    @Test("Any name has a path")
    func names() async throws {
        let folder = try TemporaryFolder([
            "[id].txt": "brackets", "a b%.txt": "blank", "é.txt": "letter", "(x)/#?.txt": "marks",
        ])
        let app = app(folder)
        for (path, text) in [
            ("/[id].txt", "brackets"), ("/%5Bid%5D.txt", "brackets"), ("/a%20b%25.txt", "blank"),
            ("/%C3%A9.txt", "letter"),
            ("/(x)/%23%3F.txt", "marks"),
        ] {
            let response = await app.fetch(Request(path))
            #expect(try await response.text() == text, "\(path)")
        }
    }

    @Test("What is no plain file, or begins with a dot, is not there")
    func hidden() async throws {
        let folder = try TemporaryFolder([".env": "x", ".git/config": "x", ".well-known/security.txt": "known"])
        let outer = try TemporaryFolder(["secret": "secret"])
        try folder.link("out", to: outer.path + "/secret")
        try folder.link("loop", to: ".")
        let app = app(folder)
        for path in ["/.env", "/.git/config", "/out", "/loop", "/"] {
            #expect(await app.fetch(Request(path)).status == .notFound, "\(path)")
        }
        #expect(await app.fetch(Request("/.well-known/security.txt")).status == .ok)
    }

    @Test("A route of the same path is an error that names both")
    func conflict() throws {
        let folder = try TemporaryFolder(["robots.txt": "robots"])
        let app = app(folder)
        app.get("/robots.txt") { "route" }
        let error = #expect(throws: RouteError.self) { try app.table() }
        #expect(error?.message.contains(folder.path + "/robots.txt") == true)
        #expect(error?.message.contains("PublicFolderTests.swift") == true)
    }

    @Test("Middleware sees requests for files, and lists of routes don't")
    func middleware() async throws {
        let folder = try TemporaryFolder(["a.txt": "a"])
        let app = app(folder, basePath: "/base")
        app.get("/x") { "x" }
        app.use { request, _, next in
            var response = await next(request)
            response.headers["x-seen"] = request.url.pathname
            return response
        }
        #expect(await app.fetch(Request("/base/a.txt")).headers["x-seen"] == "/a.txt")
        #expect(try app.table().map(\.path) == ["/x"])
    }

    @Test("A folder that is not there is an error at start")
    func missing() {
        let app = App(public: "/nowhere/at/all")
        let error = #expect(throws: RouteError.self) { try app.table() }
        #expect(error?.message == "public: there is no folder \"/nowhere/at/all\"")
    }
}
