// Copyright 2026 the Whippet authors
// SPDX-License-Identifier: Apache-2.0

import Testing
import Whippet
import WhippetTesting

/// Which spelling of a path is the right one, and what lies below a base path.
struct PathPolicyTests {
    private static func app(basePath: String = "", _ trailingSlash: TrailingSlash = .remove) -> App {
        let app = App(basePath: basePath, trailingSlash: trailingSlash, log: { _ in })
        app.get("/") { request in "root of \(request.nextUrl.basePath)" }
        app.get("/hello") { request in "\(request.url.pathname) \(request.nextUrl.pathname) \(request.nextUrl.href)" }
        app.get("/file.txt") { "file" }
        return app
    }

    @Test(
        "A slash at the end is taken away, added or accepted",
        arguments: [
            (TrailingSlash.remove, "/hello", nil), (.remove, "/hello/?a=1", "/hello?a=1"),
            (.add, "/hello?a=1", "/hello/?a=1"), (.add, "/hello/", nil), (.add, "/file.txt", nil),
            (.add, "/file.txt/", "/file.txt"), (.add, "/nope", "/nope/"), (.add, "/", nil),
            (.add, "//hello", "/hello/"),
            (.accept, "/hello", nil), (.accept, "/hello/", nil), (.accept, "//hello/", "/hello"),
        ] as [(TrailingSlash, String, String?)])
    func trailingSlash(policy: TrailingSlash, path: String, location: String?) async throws {
        let response = await Self.app(policy).fetch(Request("http://localhost" + path))
        #expect(response.status == (location == nil ? .ok : .permanentRedirect))
        #expect(response.headers["location"] == location)
        if let location { #expect(try await response.text() == location) }
    }

    @Test(
        "Below a base path handlers see their own paths; what is not below it is not there",
        arguments: [
            ("/docs/hello?h=1", Status.ok, "/hello /hello http://localhost/docs/hello?h=1"),
            ("/docs", .ok, "root of /docs"),
            ("/hello", .notFound, "Not Found\n"), ("/docsx/hello", .notFound, "Not Found\n"),
            ("/docs/../hello", .notFound, "Not Found\n"),
        ])
    func basePath(path: String, status: Status, text: String) async throws {
        let response = await Self.app(basePath: "/docs").fetch(Request("http://localhost" + path))
        #expect(response.status == status)
        #expect(try await response.text() == text)
    }

    @Test(
        "Middleware sees the path that routing sees, however the base path is spelled",
        arguments: ["/docs/admin/x", "/%64ocs/admin/x", "/do%63s/%61dmin/x", "/a/../%64ocs/admin/x"])
    func spelledBasePath(path: String) async {
        let app = App(basePath: "/docs", log: { _ in })
        app.use(matcher: "/admin/:path*") { _, _, _ in throw HTTPError(.forbidden) }
        app.get("/admin/[name]") { "secret" }
        #expect(await app.fetch(Request("http://localhost" + path)).status == .forbidden)
    }

    @Test(
        "A path below the base path keeps its spelling",
        arguments: [
            ("/docs", "/"), ("/docs/", "/"), ("/docs/a%2Fb/c", "/a%2Fb/c"), ("/d%6Fcs/x/", "/x/"),
            ("/docs/%61", "/%61"),
        ])
    func spellingBelowBasePath(path: String, rest: String) async throws {
        let app = App(basePath: "/docs", trailingSlash: .accept, log: { _ in })
        app.get("/[[...all]]") { request in request.url.pathname }
        #expect(try await app.fetch(Request("http://localhost" + path)).text() == rest)
    }

    @Test(
        "A path that is taken as it came is found as such", arguments: [TrailingSlash.remove, .add, .accept],
        ["", "/docs"])
    func takenAsIs(policy: TrailingSlash, basePath: String) async throws {
        let app = Self.app(basePath: basePath, policy)
        try await app.test(.live(loops: 1)) { client in
            for path in ["/", "/hello", "/hello/", "//hello", "/he%6Clo", "/file.txt", "/file.txt/", "/nope", "/docs"] {
                for full in [path, basePath + path] {
                    // The server takes its own way to usual handlers, `fetch` looks at all there is.
                    let whole = await app.fetch(Request("http://localhost" + full))
                    let wire = try await client.connect()
                    try await wire.send("GET \(full) HTTP/1.1\r\nhost: localhost\r\nconnection: close\r\n\r\n")
                    let answer = try await wire.receiveToEnd()
                    #expect(answer.hasPrefix("HTTP/1.1 \(whole.status.rawValue) "), "\(full)")
                    let location = whole.headers["location"]
                    #expect(answer.contains("location: \(location ?? "")") == (location != nil), "\(full)")
                    #expect(answer.hasSuffix("\r\n\r\n" + (try await whole.text())), "\(full)")
                }
            }
        }
    }

    @Test("A redirect keeps the base path")
    func redirectBelowBasePath() async {
        let response = await Self.app(basePath: "/docs").fetch(Request("/docs/hello/"))
        #expect(response.headers["location"] == "/docs/hello")
    }

    @Test("A base path that is none is an error at start", arguments: ["docs", "/", "/docs/", "/[x]", "/a b"])
    func badBasePath(basePath: String) {
        #expect(throws: RouteError.self) { try Self.app(basePath: basePath).table() }
    }

    @Test("A rewrite's target is below the base path")
    func rewriteBelowBasePath() async throws {
        let app = App(basePath: "/docs", log: { _ in })
        app.use { request, context, next in context.route == "/old" ? .rewrite("/new") : await next(request) }
        app.get("/old") { "old" }
        app.get("/new") { request in request.url.pathname }
        #expect(try await app.fetch(Request("/docs/old")).text() == "/new")
    }
}
