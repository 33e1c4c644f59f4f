// Copyright 2026 the Whippet authors
// SPDX-License-Identifier: Apache-2.0

import Testing
import Whippet

/// What stands around handlers: order, scope, and what it may do to requests and responses.
struct MiddlewareTests {
    /// Middleware that notes its name on the way in and out.
    private static func note(_ name: String) -> Middleware {
        Middleware { request, _, next in
            var request = request
            request.headers["x-in"] = (request.headers["x-in"] ?? "") + name
            var response = await next(request)
            response.headers["x-out"] = (response.headers["x-out"] ?? "") + name
            return response
        }
    }

    private static let app: App = {
        let app = App(log: { _ in })
        app.use(note("a"), note("b"))
        app.get("/") { request in request.headers["x-in"] ?? "" }
        app.group("/inner") { inner in
            inner.use(note("c"))
            inner.get("/") { request in request.headers["x-in"] ?? "" }
            inner.get("/fails") { () -> String in throw HTTPError(.conflict, "no") }
        }
        return app
    }()

    @Test(
        "Middleware runs from the application inwards, and outwards on the way back",
        arguments: [
            ("/", "ab", "ba"), ("/inner", "abc", "cba"),
        ])
    func order(path: String, inwards: String, outwards: String) async throws {
        let response = await Self.app.fetch(Request(path))
        #expect(try await response.text() == inwards)
        #expect(response.headers["x-out"] == outwards)
    }

    @Test(
        "What middleware adds to a response is there for errors, unknown paths and unknown methods",
        arguments: [
            (Request("/inner/fails"), Status.conflict, "cba"),
            (Request("/inner/nowhere"), Status.notFound, "cba"),
            (Request("/nowhere"), Status.notFound, "ba"),
            (Request("/inner", method: .DELETE), Status.methodNotAllowed, "cba"),
            (Request("/inner", method: .OPTIONS), Status.noContent, "cba"),
        ])
    func everyAnswer(request: Request, status: Status, outwards: String) async throws {
        let response = await Self.app.fetch(request)
        #expect(response.status == status)
        #expect(response.headers["x-out"] == outwards)
    }

    @Test("Middleware may answer instead of the handler")
    func answers() async throws {
        let app = App(log: { _ in })
        app.use { _, _, _ in Response("closed", status: .serviceUnavailable) }
        app.get("/") { "open" }
        let response = await app.fetch(Request("/"))
        #expect(response.status == .serviceUnavailable)
    }

    @Test("What middleware throws is answered for as a handler's error")
    func throwing() async throws {
        let app = App(log: { _ in })
        app.use { _, _, _ in throw HTTPError(.unauthorized) }
        app.get("/") { "open" }
        #expect(await app.fetch(Request("/")).status == .unauthorized)
    }

    @Test(
        "A matcher looks at the canonical path",
        arguments: [
            ("/admin", true), ("/admin/x/y", true), ("/%61dmin", true), ("/x/../admin", true),
            ("/administrator", false),
            ("/", false), ("/users/7/edit", true), ("/users/7", false), ("/users/7/8/edit", false),
        ])
    func matcher(path: String, isMatched: Bool) async throws {
        let app = App(log: { _ in })
        app.use(matcher: ["/admin/:path*", "/users/:id/edit"]) { request, _, next in
            var response = await next(request)
            response.headers["x-matched"] = "yes"
            return response
        }
        let response = await app.fetch(Request(path))
        #expect((response.headers["x-matched"] == "yes") == isMatched)
    }

    @Test("A matcher can exclude paths", arguments: [("/api/x", false), ("/health", false), ("/else", true)])
    func exclusion(path: String, isMatched: Bool) async throws {
        let app = App(log: { _ in })
        app.use(matcher: Matcher(excluding: "/api/:path*", "/health")) { request, _, next in
            var response = await next(request)
            response.headers["x-matched"] = "yes"
            return response
        }
        #expect((await app.fetch(Request(path)).headers["x-matched"] == "yes") == isMatched)
    }

    @Test("A matcher with a regular expression is an error at start that says what to do")
    func regularExpression() throws {
        let app = App(log: { _ in })
        app.use(matcher: "/((?!api).*)") { request, _, next in await next(request) }
        let error = #expect(throws: RouteError.self) { try app.table() }
        #expect(error?.message.contains("regular expressions are not supported") == true)
    }

    // MARK: - Next's form

    @Test("Response.next() sets request headers for the handler and wins over its response headers")
    func nextHeaders() async throws {
        let app = App(log: { _ in })
        app.use { request, _, _ in
            var headers = request.headers
            headers["x-user"] = "ada"
            return Response.next(request: headers, headers: ["x-kind": "middleware", "set-cookie": "m=1"])
        }
        app.get("/") { request in
            Response(
                request.headers["x-user"] ?? "nobody", headers: ["x-kind": "handler", "set-cookie": "h=1"])
        }
        let response = await app.fetch(Request("/"))
        #expect(try await response.text() == "ada")
        #expect(response.headers["x-kind"] == "middleware")
        #expect(response.headers.getSetCookie() == ["h=1", "m=1"])
    }

    @Test("headers() shows what middleware has set")
    func requestHeaders() async throws {
        let app = App(log: { _ in })
        app.use { request, _, _ in
            var headers = request.headers
            headers["x-user"] = "ada"
            return Response.next(request: headers)
        }
        app.get("/") { try headers()["x-user"] ?? "nobody" }
        #expect(try await app.fetch(Request("/")).text() == "ada")
    }

    @Test("A rewrite answers from another route, which sees the new URL and its own parameters")
    func rewrite() async throws {
        let app = App(log: { _ in })
        app.use { request, context, next in
            context.route == "/old" ? .rewrite("/new/7?q=1", headers: ["x-rewritten": "yes"]) : await next(request)
        }
        app.get("/old") { "old" }
        app.get("/new/[id]") { request, context in "\(context.params.id) \(request.url.search)" }
        let response = await app.fetch(Request("/old"))
        #expect(try await response.text() == "7 ?q=1")
        #expect(response.headers["x-rewritten"] == "yes")
    }

    @Test("After a rewrite the middleware that ran does not run again, and that of the new route does")
    func rewrittenLayers() async throws {
        let app = App(log: { _ in })
        app.use(Self.note("a"))
        app.use { request, context, next in
            context.route == "/old" ? .rewrite("/inner/new") : await next(request)
        }
        app.get("/old") { "old" }
        app.group("/inner") { inner in
            inner.use(Self.note("c"))
            inner.get("/new") { request in request.headers["x-in"] ?? "" }
        }
        #expect(try await app.fetch(Request("/old")).text() == "ac")
    }

    @Test("Each middleware runs once for a request, so that rewrites to each other end")
    func loop() async throws {
        let app = App(log: { _ in })
        for (path, other) in [("/a", "/b"), ("/b", "/a")] {
            app.group(path) { group in
                group.use { _, _, _ in .rewrite(other) }
                group.get("/") { "never" }
            }
        }
        #expect(try await app.fetch(Request("/a")).text() == "never")
    }

    @Test("A rewrite to another server is refused")
    func foreignRewrite() async throws {
        let app = App(log: { _ in })
        app.use { _, _, _ in .rewrite("https://example.com/") }
        #expect(await app.fetch(Request("/")).status == .internalServerError)
    }

    @Test(
        "A handler that returns Response.next() or .rewrite() is answered for with 500",
        arguments: [
            Response.next(), Response.rewrite("/"),
        ])
    func directiveOfHandler(response: Response) async throws {
        let app = App(log: { _ in })
        app.get("/x") { response }
        #expect(await app.fetch(Request("/x")).status == .internalServerError)
    }
}
