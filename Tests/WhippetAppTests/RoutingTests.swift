// Copyright 2026 the Whippet authors
// SPDX-License-Identifier: Apache-2.0

import Testing
import Whippet

/// What an application answers to a method and a path, before any handler has its say.
struct AppRoutingTests {
    struct Case: CustomTestStringConvertible, Sendable {
        var method: Request.Method
        var path: String
        var status: Status
        var text = ""
        var allow: String?
        var location: String?

        var testDescription: String { "\(method) \(path) → \(status.rawValue)" }
    }

    static let cases: [Case] = [
        Case(method: .GET, path: "/", status: .ok, text: "root"),
        Case(method: .GET, path: "/items", status: .ok, text: "list"),
        Case(method: .POST, path: "/items", status: .created, text: "made"),
        Case(method: .GET, path: "/items/a", status: .ok, text: "item a"),
        Case(method: .GET, path: "/items/a%2Fb", status: .ok, text: "item a/b"),
        Case(method: .GET, path: "/items/caf%C3%A9", status: .ok, text: "item café"),
        Case(method: .GET, path: "/items/new", status: .ok, text: "new"),
        Case(method: .GET, path: "/shop", status: .ok, text: "shop nil"),
        Case(method: .GET, path: "/shop/a/b", status: .ok, text: "shop [\"a\", \"b\"]"),
        Case(method: .GET, path: "/docs/a/b%2Fc", status: .ok, text: "docs [\"a\", \"b/c\"]"),
        Case(method: "PURGE", path: "/items", status: .ok, text: "purged"),
        Case(method: .QUERY, path: "/typed/x", status: .ok, text: "asked x"),
        Case(method: .GET, path: "/typed/x", status: .ok, text: "typed x"),
        // No route, or another method.
        Case(method: .GET, path: "/nowhere", status: .notFound, text: "Not Found\n"),
        Case(method: .GET, path: "/docs", status: .notFound, text: "Not Found\n"),
        Case(method: .GET, path: "/Items", status: .notFound, text: "Not Found\n"),
        Case(method: .DELETE, path: "/items", status: .methodNotAllowed, allow: "GET, HEAD, OPTIONS, POST, PURGE"),
        Case(method: "BREW", path: "/items/a", status: .methodNotAllowed, allow: "GET, HEAD, OPTIONS"),
        // The standard upper-cases the methods that everybody knows, and no other.
        Case(method: "get", path: "/typed/x", status: .ok, text: "typed x"),
        Case(method: "query", path: "/typed/x", status: .methodNotAllowed, allow: "GET, HEAD, OPTIONS, QUERY"),
        Case(method: .OPTIONS, path: "/items/a", status: .noContent, allow: "GET, HEAD, OPTIONS"),
        Case(method: .OPTIONS, path: "/nowhere", status: .notFound, text: "Not Found\n"),
        Case(method: .HEAD, path: "/items/a", status: .ok),
        // One spelling for each path.
        Case(method: .GET, path: "/items/", status: .permanentRedirect, text: "/items", location: "/items"),
        Case(method: .POST, path: "/items//a", status: .permanentRedirect, text: "/items/a", location: "/items/a"),
        Case(
            method: .GET, path: "/items/?q=1&r=%20", status: .permanentRedirect, text: "/items?q=1&r=%20",
            location: "/items?q=1&r=%20"),
        Case(method: .GET, path: "/x/../items/./a", status: .ok, text: "item a"),
        Case(method: .GET, path: "/%69tems", status: .ok, text: "list"),
        Case(
            method: .GET, path: "/items/%zz", status: .badRequest,
            text: "The path has a % that two hexadecimal digits do not follow.\n"),
        Case(method: .GET, path: "/items/%00", status: .badRequest, text: "The path holds a NUL.\n"),
        Case(method: .GET, path: "/items/%FF", status: .badRequest, text: "The path is not UTF-8.\n"),
    ]

    enum Typed: GETHandler, QUERYHandler {
        static func GET(_ request: Request, _ context: Context) async throws -> Response {
            Response("typed \(context.params.name)")
        }

        static func QUERY(_ request: Request, _ context: Context) async throws -> Response {
            Response("asked \(context.params.name)")
        }
    }

    static let app: App = {
        let app = App(log: { _ in })
        app.route("/", GET: { _, _ in Response("root") })
        app.route(
            "/items", GET: { _, _ in Response("list") }, POST: { _, _ in Response("made", status: .created) },
            other: ["PURGE": { _, _ in Response("purged") }])
        app.route("/items/[slug]", GET: { _, context in Response("item \(context.params.slug)") })
        app.route("/items/new", GET: { _, _ in Response("new") })
        app.route(
            "/shop/[[...slug]]",
            GET: { _, context in
                let slug: [String]? = context.params.slug
                return Response("shop \(slug.map { "\($0)" } ?? "nil")")
            })
        app.route(
            "/docs/[...path]",
            GET: { _, context in
                let path: [String] = context.params.path
                return Response("docs \(path)")
            })
        app.route("/typed/[name]", Typed.self)
        return app
    }()

    @Test("A method and a path lead to a handler, or to the answer that says why not", arguments: cases)
    func answers(_ test: Case) async throws {
        let response = await Self.app.fetch(Request("http://localhost\(test.path)", method: test.method))
        #expect(response.status == test.status)
        #expect(response.headers["allow"] == test.allow)
        #expect(response.headers["location"] == test.location)
        #expect(try await response.text() == test.text)
    }

    @Test("An answer to HEAD says how long that to GET is")
    func headLength() async {
        let response = await Self.app.fetch(Request("http://localhost/items/a", method: .HEAD))
        #expect(response.headers[.contentLength] == "6")
        #expect(response.headers[.contentType] == "text/plain;charset=UTF-8")
        #expect(response.body == nil)
    }

    @Test("A route knows its pattern and its methods")
    func routes() throws {
        let routes = try Self.app.table()
        #expect(routes.map(\.path).contains("/shop/[[...slug]]"))
        #expect(routes.first { $0.path == "/items" }?.methods == "GET, HEAD, OPTIONS, POST, PURGE")
    }

    @Test("The handler is told the pattern that matched")
    func pattern() async throws {
        let app = App(log: { _ in })
        app.route("/a/[b]/c", GET: { _, context in Response(context.route) })
        #expect(try await app.fetch(Request("http://localhost/a/1/c")).text() == "/a/[b]/c")
    }
}
