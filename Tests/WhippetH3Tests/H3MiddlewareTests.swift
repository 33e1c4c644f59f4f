// Copyright 2026 the Whippet authors
// SPDX-License-Identifier: Apache-2.0

import Testing
import Whippet
import WhippetH3

/// Middleware, hooks, and the way from a path to a handler.
struct H3MiddlewareTests {
    private struct Failure: Error {}

    private func text(_ app: H3, _ path: String = "/", method: HTTPMethod = .GET) async throws -> String {
        try await app.request(path, method: method).text()
    }

    @Test("Middleware runs in its order, around the handler, and hands values on")
    func order() async throws {
        let app = H3()
        app.use { event in event.context["trace"] = "a" }
        app.use { event, next in
            event.context["trace"] = (event.context["trace", as: String.self] ?? "") + "b"
            return try await next()
        }
        app.get("/") { event in event.context["trace", as: String.self] ?? "" }
        #expect(try await text(app) == "ab")
    }

    @Test("What comes next runs once, however often it is asked for")
    func memoized() async throws {
        let app = H3()
        app.use { event, next in
            _ = try await next()
            return try await next()
        }
        app.get("/") { event in
            let count = (event.context["count", as: Int.self] ?? 0) + 1
            event.context["count"] = count
            return "\(count)"
        }
        #expect(try await text(app) == "1")
    }

    @Test("Middleware with a path runs for that path and below, however the path is escaped")
    func scoped() async throws {
        let app = H3()
        app.use("/admin/**") { _ in HTTPError(status: 401) }
        app.get("/admin/users") { _ in "users" }
        app.get("/other") { _ in "other" }
        #expect(await app.request("/admin/users").status == 401)
        #expect(await app.request("/%61dmin/users").status != 200)
        #expect(await app.request("/admin").status == 401)
        #expect(try await text(app, "/other") == "other")
    }

    @Test("Middleware for GET runs for HEAD, and not for POST")
    func methods() async {
        let app = H3()
        app.use(EventMiddleware { event in event.res.headers["x-m"] = "1" }, method: .GET)
        app.all("/") { _ in "all" }
        #expect(await app.request("/", method: .HEAD).headers["x-m"] == "1")
        #expect(await app.request("/", method: .POST).headers["x-m"] == nil)
    }

    @Test("Middleware runs where no route is")
    func unmatched() async {
        let app = H3()
        app.use { event in event.res.errHeaders["x-m"] = "1" }
        let response = await app.request("/nowhere")
        #expect(response.status == 404)
        #expect(response.headers["x-m"] == "1")
    }

    @Test("A handler is middleware, which nothing and notFound pass by")
    func handlers() async throws {
        let app = H3()
        app.use(toMiddleware(defineHandler { _ -> EventValue in .notFound }))
        app.use("/early", toMiddleware(defineHandler { _ in "early" }))
        app.get("/**") { _ in "late" }
        #expect(try await text(app, "/early") == "early")
        #expect(try await text(app, "/x") == "late")
    }

    @Test("onError as middleware answers, or lets the error pass")
    func onErrorMiddleware() async throws {
        let app = H3(log: { _ in })
        app.use("/answered", onError { error, _ in "caught \(error.unhandled)" })
        app.use("/passed", onError { _, _ in })
        app.get("/answered") { _ -> String in throw Failure() }
        app.get("/passed") { _ -> String in throw HTTPError(status: 409) }
        #expect(try await text(app, "/answered") == "caught true")
        #expect(await app.request("/passed").status == 409)
    }

    @Test("Hooks of the application are called in their order")
    func hooks() async throws {
        let app = H3(
            H3Configuration(
                onRequest: { $0.context["seen"] = true },
                onResponse: { response, event in
                    #expect(event.context["seen", as: Bool.self] == true)
                    #expect(response.status == 202)
                }))
        app.get("/") { event in
            event.res.status = 202
            return "\(event.context["seen", as: Bool.self] ?? false)"
        }
        #expect(try await text(app) == "true")
    }

    @Test("debug writes JSON for people")
    func debug() async throws {
        let app = H3(H3Configuration(debug: true))
        app.get("/") { _ in ["a": ["b": 1]] }
        #expect(try await text(app) == "{\n  \"a\": {\n    \"b\": 1\n  }\n}")
    }

    @Test("An unexpected error is told to the operator, not to the client")
    func logged() async throws {
        let lines = AsyncStream<String>.makeStream()
        let app = H3(log: { lines.continuation.yield($0) })
        app.get("/") { _ -> String in throw Failure() }
        #expect(try await text(app) == #"{"status":500,"unhandled":true,"message":"HTTPError"}"#)
        lines.continuation.finish()
        let all = await lines.stream.reduce(into: []) { $0.append($1) }
        #expect(all == ["500 GET /: Failure()"])
    }

    @Test("A number that is not finite is null, and what can't be written an error like any other")
    func unwritable() async throws {
        struct Broken: Encodable, Sendable {
            func encode(to encoder: any Encoder) throws { throw Failure() }
        }
        let app = H3(log: { _ in })
        app.get("/nan") { _ in Double.nan }
        app.get("/broken") { _ in Broken() }
        #expect(try await text(app, "/nan") == "null")
        #expect(try await text(app, "/broken") == #"{"status":500,"unhandled":true,"message":"HTTPError"}"#)
    }

    @Test("What steers the request is the host's matter")
    func steering() async {
        let app = H3()
        app.get("/") { _ -> String in try redirect("/elsewhere") }
        let response = await app.request("/")
        #expect(response.status == .temporaryRedirect)
        #expect(response.headers[.location] == "/elsewhere")
    }

    @Test(
        "Paths in h3's notation",
        arguments: [
            ("/", "root"), ("/files/a/b", "files a/b"), ("/files", "files "), ("/n/42", "number 42"),
            ("/n/abc", "word abc"), ("/opt", "opt -"), ("/opt/x", "opt x"), ("/a/7/b", "star 7"), ("/de/x", "lang de"),
        ])
    func paths(_ path: String, _ expected: String) async throws {
        let app = H3()
        app.get("/") { _ in "root" }
        app.get("/files/**:rest") { event in "files \(event.params.rest)" }
        app.get("/n/:word") { event in "word \(event.params.word)" }
        app.get("/n/:id(\\d+)") { event in "number \(event.params.id)" }
        app.get("/opt/:name?") { event in "opt \(event.params["name"] ?? "-")" }
        app.get("/a/*/b") { event in "star \(event.params["0"] ?? "")" }
        app.get("/:lang(en|de)/x") { event in "lang \(event.params.lang)" }
        #expect(try await text(app, path) == expected)
    }

    @Test("A parameter that is not as its path wants it is a 404")
    func constraint() async {
        let app = H3()
        app.get("/n/:id([a-f0-9]{2,4})") { event in event.params.id }
        #expect(await app.request("/n/af0").status == 200)
        #expect(await app.request("/n/xyz").status == 404)
        #expect(await app.request("/n/a").status == 404)
    }

    @Test("A path that is none is an error at start, with its place", arguments: ["/a/:id(.*)", "/a/**/b", "/a/x:id"])
    func malformed(_ path: String) {
        let app = H3()
        app.get(path) { _ in "never" }
        let error = #expect(throws: RouteError.self) { try app.app.table() }
        #expect(error?.message.contains("H3MiddlewareTests.swift") == true)
    }

    @Test("Another method is a 404, and so is OPTIONS")
    func otherMethods() async {
        let app = H3()
        app.get("/") { _ in "get" }
        #expect(await app.request("/", method: .POST).status == 404)
        #expect(await app.request("/", method: .OPTIONS).status == 404)
    }

    @Test("An application is mounted in another one, with its middleware, and in one of the host's")
    func mounted() async throws {
        let inner = H3()
        inner.use { event in event.res.headers["x-inner"] = "1" }
        inner.get("/hello/:name") { event in "hello \(event.params.name)" }
        let outer = H3()
        outer.mount("/in", inner)
        let response = await outer.request("/in/hello/ada")
        #expect(response.headers["x-inner"] == "1")
        #expect(try await response.text() == "hello ada")

        let app = App()
        app.get("/own") { "own" }
        app.mount(outer.routes)
        #expect(try await app.fetch(Request("/in/hello/ada")).text() == "hello ada")
        #expect(try await app.fetch(Request("/own")).text() == "own")
    }
}
