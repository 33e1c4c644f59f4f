// Copyright 2026 the Whippet authors
// SPDX-License-Identifier: Apache-2.0

package import Whippet

extension Fixture {
    package static func middleware() -> App {
        let app = app(configured())
        app.use(matcher: ["/echo", "/w/:path*", "/post", "/has", "/m/get"]) { request, _, next in
            if let answer = try await asked(request) { return answer }
            return await next(request)
        }
        targets(app)
        return app
    }

    /// What the middleware does, as the query says; nil: it goes on.
    private static func asked(_ request: Request) async throws -> Response? {
        switch request.nextUrl.searchParams.get("m") {
        case "hdr": return .next(headers: ["x-mw": "1", "set-cookie": "mw=1"])
        case "req":
            var headers = request.headers
            headers["x-added"] = "yes"
            headers["x-remove"] = nil
            return .next(request: headers)
        case "redirect": return try .redirect("/target", status: .temporaryRedirect)
        case "redirect-status": return try .redirect("/target?z=1", status: .movedPermanently)
        case "rewrite": return .rewrite("/target?from=mw")
        case "rewrite-unknown": return .rewrite("/nowhere")
        case "json": return .json(["blocked": true], status: .unauthorized, headers: ["x-mw": "1"])
        case "plain": return Response("plain", status: 418)
        case "throw": throw Failure()
        case "stream": return Response(Body(ReadableStream.from(["a", "b"].map { Array($0.utf8) })))
        case "body": return .next(headers: ["x-len": "\(try await request.clone().text().utf8.count)"])
        case "vary": return .next(headers: ["vary": "Origin", "www-authenticate": "B"])
        case "redirect-function": try redirect("/login")
        case "notfound-function": try notFound()
        case "cookies-function", "cookies-redirect":
            try cookies().set("fresh", "1")
            if request.nextUrl.search.contains("redirect") { try redirect("/") }
        case "rewrite-params": return .rewrite("/f/sub/7")
        case "rewrite-elsewhere": return .rewrite("https://elsewhere.example/")
        default: break
        }
        let path = request.nextUrl.pathname
        if path == "/has", request.headers["x-go"] != nil, !request.cookies.has("no") { return Response("matched has") }
        return nil
    }

    private static func targets(_ app: App) {
        app.get("/echo") { request -> Response in
            func value(_ text: String?) -> JSON { text.map { JSON($0) } ?? .null }
            let names = request.headers.map(\.0).filter { $0.hasPrefix("x-middleware-") }
            return Response.json(
                [
                    "added": value(request.headers["x-added"]), "removed": value(request.headers["x-remove"]),
                    "h": value(try headers()["x-added"]), "internal": JSON(names.map { JSON($0) }),
                    "fresh": value(try cookies()["fresh"]),
                ], headers: ["x-h": "1", "x-mw": "handler"])
        }
        app.get("/target") { request -> JSON in
            ["at": "target", "path": JSON(request.nextUrl.pathname), "search": JSON(request.nextUrl.search)]
        }
        app.post("/post") { request in "got:\(try await request.text())" }
        app.get("/w/vary") {
            Response("w", headers: ["vary": "Accept", "www-authenticate": "A", "set-cookie": "own=1"])
        }
        app.get("/m/get") { "get" }
        app.get("/m/many") { "g" }
        app.get("/f/sub/[id]") { request, context -> JSON in
            ["params": ["id": JSON(context.params.id)], "path": JSON(request.nextUrl.pathname)]
        }
    }

    private static func configured() -> AppConfiguration {
        var configuration = AppConfiguration()
        configuration.headers = [
            HeaderRule("/f/:path*", ["x-all": "f"]), HeaderRule("/f/sub/:id", ["x-id": "id-:id"]),
            HeaderRule(
                "/x/cfg/:path*", ["access-control-allow-origin": "*", "access-control-allow-methods": "GET,OPTIONS"]),
        ]
        configuration.redirects = [
            RedirectRule("/old/:slug", to: "/f/sub/:slug", permanent: true),
            RedirectRule("/hasq", to: "/f/sub/:to", permanent: false, has: [.query("go", ":to")]),
        ]
        configuration.rewrites.beforeFiles = [RewriteRule("/m/get", to: "/m/many", has: [.header("x-rw")])]
        configuration.rewrites.afterFiles = [RewriteRule("/rw/:id", to: "/f/sub/:id")]
        return configuration
    }

    package static func basePath() -> App {
        var configuration = AppConfiguration()
        configuration.basePath = "/docs"
        configuration.redirects = [RedirectRule("/root", to: "/docs/hello", permanent: false, basePath: false)]
        configuration.headers = [
            HeaderRule("/hello", ["x-bp": "1"]), HeaderRule("/outside", ["x-out": "1"], basePath: false),
        ]
        let app = app(configuration)
        app.use(matcher: "/moved") { _, _, _ in .rewrite("/hello") }
        app.get("/") { "root" }
        app.get("/hello") { request -> JSON in
            let url = request.nextUrl
            return [
                "path": JSON(url.pathname), "base": JSON(url.basePath),
                "href": JSON(url.href.dropFirst(url.origin.count)),
            ]
        }
        app.get("/go") { try redirect("/hello") }
        return app
    }

    package static func basePathSlash() -> App {
        let app = app(basePath: "/docs", trailingSlash: .add)
        app.use(matcher: "/hello") { request, _, next in
            var response = await next(request)
            response.headers["x-seen"] = "1"
            return response
        }
        app.get("/") { "root" }
        app.get("/hello") { request in request.nextUrl.pathname }
        return app
    }

    package static func trailingSlash() -> App {
        let app = app(trailingSlash: .add)
        let method: Handler = { request, _ in Response(request.method.rawValue) }
        app.route("/hello", GET: method, POST: method)
        app.get("/file.txt") { "file" }
        app.get("/a/[id]") { _, context in Response(context.params.id) }
        return app
    }
}
