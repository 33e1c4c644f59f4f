// Copyright 2026 the Whippet authors
// SPDX-License-Identifier: Apache-2.0

import Testing
import Whippet
import WhippetTesting

/// What rules of an application's configuration do to requests.
struct RuleTests {
    /// A request, and the status, `Location` and text that answer it.
    struct Case: CustomTestStringConvertible {
        var target: String
        var headers: [String: String] = [:]
        var status: Status = 200
        var location: String?
        var text: String?
        var testDescription: String { target + (headers.isEmpty ? "" : " \(headers)") }
    }

    private static func app(_ configuration: AppConfiguration) -> App {
        var configuration = configuration
        configuration.environment = .production
        let app = App(configuration, log: { _ in })
        let echo: Handler = { request, context in
            Response("\(context.route) \(context.params) \(request.url.pathname)\(request.url.search)")
        }
        app.get("/", echo)
        app.get("/about", echo)
        app.get("/items/[id]", echo)
        app.get("/docs/[...path]", echo)
        app.get("/cookie", { () -> Response in Response("own", headers: ["x-a": "own", "set-cookie": "own=1"]) })
        return app
    }

    private static func ask(_ app: App, _ one: Case) async throws {
        let response = await app.fetch(
            try Request("http://shop.example.com:8080" + one.target, headers: Headers(one.headers)))
        #expect(response.status == one.status)
        #expect(response.headers[.location] == one.location)
        if let text = one.text { #expect(try await response.text() == text) }
    }

    // MARK: - Redirects

    private static let redirecting: App = {
        var configuration = AppConfiguration()
        configuration.redirects = [
            RedirectRule("/old/:slug", to: "/items/:slug", permanent: true),
            RedirectRule("/all/:path*", to: "/docs/:path*", permanent: false),
            RedirectRule("/more/:path+", to: "https://example.org/x/:path*?from=us#top", permanent: false),
            RedirectRule("/gone", to: "/", status: 301),
            RedirectRule("/hasq", to: "/items/:to", permanent: false, has: [.query("go", "(?<to>.*)")]),
            RedirectRule("/plain", to: "/items/:go", permanent: false, has: [.query("go")]),
            RedirectRule("/q/:name", to: "/items/x?name=:name&a=1", permanent: false),
            RedirectRule(
                "/tenant", to: "https://:tenant.example.org/", permanent: false, has: [.header("x-tenant", ":tenant")]),
            RedirectRule("/shop", to: "/items/:shop", permanent: false, has: [.host(":shop.example.com")]),
            RedirectRule(
                "/guarded", to: "/", permanent: false, has: [.cookie("beta", "on*")], missing: [.header("x-stay")]),
            RedirectRule("/same", to: "/same", permanent: false, has: [.query("x")]),
        ]
        return app(configuration)
    }()

    @Test(
        "F-redirect: what is elsewhere is answered with where it is",
        arguments: [
            Case(target: "/old/abc?q=1", status: 308, location: "/items/abc?q=1", text: "/items/abc?q=1"),
            Case(target: "/old/a%2Fb%3Fc", status: 308, location: "/items/a%2Fb%3Fc"),
            Case(target: "/old/%C3%A9", status: 308, location: "/items/%C3%A9"),
            Case(target: "/all", status: 307, location: "/docs"),
            Case(target: "/all/a/b", status: 307, location: "/docs/a/b"),
            Case(target: "/all//evil.example", status: 308, location: "/all/evil.example"),
            Case(target: "/more/a?b=c", status: 307, location: "https://example.org/x/a?b=c&from=us#top"),
            Case(target: "/more/a?from=me", status: 307, location: "https://example.org/x/a?from=us#top"),
            Case(target: "/more", status: 404),
            Case(target: "/gone", status: 301, location: "/"),
            Case(target: "/hasq?go=zed", status: 307, location: "/items/zed?go=zed"),
            Case(target: "/hasq?go=a/b", status: 307, location: "/items/a%2Fb?go=a/b"),
            Case(target: "/hasq?go=", status: 404),
            Case(target: "/hasq", status: 404),
            Case(target: "/hasq?go=..", status: 404),
            Case(target: "/plain?go=1&go=2", status: 307, location: "/items/2?go=1&go=2"),
            Case(target: "/q/a%26b%3D1", status: 307, location: "/items/x?name=a%26b%3D1&a=1"),
            Case(target: "/tenant", headers: ["x-tenant": "acme"], status: 307, location: "https://acme.example.org/"),
            Case(target: "/tenant", headers: ["x-tenant": "evil.example/"], status: 404),
            Case(target: "/tenant", headers: ["x-tenant": "a@b"], status: 404),
            Case(target: "/shop", status: 307, location: "/items/shop"),
            Case(target: "/guarded", headers: ["cookie": "beta=on1"], status: 307, location: "/"),
            Case(target: "/guarded", headers: ["cookie": "beta=on1", "x-stay": "1"], status: 404),
            Case(target: "/guarded", headers: ["cookie": "beta=off"], status: 404),
            Case(target: "/same?x=1", status: 404),
            Case(target: "/about", text: "/about [:] /about"),
        ])
    func redirects(_ one: Case) async throws {
        try await Self.ask(Self.redirecting, one)
    }

    @Test("A redirect answers every method, before middleware and routes")
    func redirectsFirst() async throws {
        var configuration = AppConfiguration()
        configuration.redirects = [RedirectRule("/about", to: "/", permanent: false)]
        let app = Self.app(configuration)
        app.use { _, _, _ in Response("middleware") }
        let response = await app.fetch(Request("/about", method: .DELETE))
        #expect(response.status == 307)
    }

    // MARK: - Headers

    @Test("F-headers: fields are on answers, errors and redirects, and win over the handler's")
    func headers() async throws {
        var configuration = AppConfiguration()
        configuration.headers = [
            HeaderRule("/:path*", ["x-all": "f", "x-csp": "default-src 'self' data: https:"]),
            HeaderRule("/items/:id", ["x-id": "id-:id"]),
            HeaderRule("/items/:id", ["x-all": "second"], has: [.query("second")]),
            HeaderRule("/cookie", ["x-a": "rule", "set-cookie": "rule=1", "vary": "X-A"]),
        ]
        configuration.redirects = [RedirectRule("/old", to: "/", permanent: false)]
        let app = Self.app(configuration)
        let item = await app.fetch(Request("/items/42"))
        #expect(item.headers["x-all"] == "f")
        #expect(item.headers["x-id"] == "id-42")
        #expect(item.headers["x-csp"] == "default-src 'self' data: https:")
        #expect(await app.fetch(Request("/items/%0D%0Ax:1")).headers["x-id"] == "id-%0D%0Ax:1")
        #expect(await app.fetch(Request("/items/42?second=1")).headers["x-all"] == "second")
        for path in ["/nothing/at/all", "/old", "/about/"] {
            #expect(await app.fetch(Request(path)).headers["x-all"] == "f", "\(path)")
        }
        let merged = await app.fetch(Request("/cookie"))
        #expect(merged.headers["x-a"] == "rule")
        #expect(merged.headers["vary"] == "X-A")
        #expect(merged.headers.getSetCookie() == ["own=1", "rule=1"])
    }

    // MARK: - Rewrites

    private static let rewriting: App = {
        var configuration = AppConfiguration()
        configuration.rewrites.beforeFiles = [
            RewriteRule("/about", to: "/items/about", has: [.header("x-rw")]),
            RewriteRule("/one", to: "/two"), RewriteRule("/two", to: "/items/two"),
        ]
        configuration.rewrites.afterFiles = [
            RewriteRule("/", to: "/items/never"), RewriteRule("/items/special", to: "/about"),
            RewriteRule("/r/:a/:b", to: "/docs/:b/:a?x=:a&q=mine"), RewriteRule("/lost", to: "/nowhere"),
            RewriteRule("/up/:name", to: "/items/:name"),
        ]
        configuration.rewrites.fallback = [
            RewriteRule("/items/7", to: "/about"), RewriteRule("/:path*", to: "/about", missing: [.header("x-404")]),
        ]
        return app(configuration)
    }()

    @Test(
        "F-rewrite: another route answers, and its handler sees the path that was asked for",
        arguments: [
            Case(target: "/about", headers: ["x-rw": "1"], text: "/items/[id] [\"id\": \"about\"] /about"),
            Case(target: "/about", text: "/about [:] /about"),
            Case(target: "/one", text: "/items/[id] [\"id\": \"two\"] /one"),
            Case(target: "/", text: "/ [:] /"),
            Case(target: "/items/special", text: "/about [:] /items/special"),
            Case(target: "/r/1/2?q=yours&z=3", text: "/docs/[...path] [\"path\": \"2/1\"] /r/1/2?z=3&x=1&q=mine"),
            Case(target: "/items/7", text: "/items/[id] [\"id\": \"7\"] /items/7"),
            Case(target: "/lost", text: "/about [:] /lost"),
            Case(target: "/nothing", text: "/about [:] /nothing"),
            Case(target: "/nothing", headers: ["x-404": "1"], status: 404),
            Case(
                target: "/up/%2E%2E%2Fabout", headers: ["x-404": "1"],
                text: "/items/[id] [\"id\": \"../about\"] /up/%2E%2E%2Fabout"),
        ])
    func rewrites(_ one: Case) async throws {
        try await Self.ask(Self.rewriting, one)
    }

    // MARK: - Base path

    @Test(
        "B-config: rules are below the base path unless they say otherwise",
        arguments: [
            Case(target: "/root", status: 307, location: "/docs/hello"),
            Case(target: "/docs/in", status: 307, location: "/docs/about"),
            Case(target: "/docs/home", status: 307, location: "/docs"),
            Case(target: "/in", status: 404), Case(target: "/docs/root", status: 404),
            Case(target: "/alias", text: "/about [:] /alias"),
            Case(target: "/%64ocs/in", status: 307, location: "/docs/about"),
        ])
    func basePath(_ one: Case) async throws {
        var configuration = AppConfiguration()
        configuration.basePath = "/docs"
        configuration.redirects = [
            RedirectRule("/root", to: "/docs/hello", permanent: false, basePath: false),
            RedirectRule("/in", to: "/about", permanent: false), RedirectRule("/home", to: "/", permanent: false),
        ]
        configuration.headers = [HeaderRule("/outside", ["x-out": "1"], basePath: false)]
        configuration.rewrites = [RewriteRule("/alias", to: "/about", basePath: false)]
        let app = Self.app(configuration)
        try await Self.ask(app, one)
        let outside = await app.fetch(Request("/outside"))
        #expect(outside.status == 404)
        #expect(outside.headers["x-out"] == "1")
    }
}
