// Copyright 2026 the Whippet authors
// SPDX-License-Identifier: Apache-2.0

package import Whippet

extension Fixture {
    private struct Letter: Encodable, Sendable {
        var a = 1
    }

    package static func responses() -> App {
        let app = app()
        bodies(app)
        statuses(app)
        redirects(app)
        return app
    }

    private static func bodies(_ app: App) {
        app.get("/r/text") { Response("héllo") }
        app.get("/r/empty") { Response() }
        app.get("/r/emptystr") { Response("") }
        app.get("/r/json") { Response.json(["a": 1, "b": [true, nil], "c": "é"]) }
        app.get("/r/nextjson") {
            NextResponse.json(
                ["ok": true], status: .created, headers: ["x-a": "b", "content-type": "application/vnd.api+json"])
        }
        app.get("/r/jsonnull") { NextResponse.json(nil as JSON) }
        app.get("/r/usp") { Response(URLSearchParams([("a", "1 2"), ("b", "é")])) }
        app.get("/r/blob") { Response(Blob(["blob"], type: "text/x-blob")) }
        app.get("/r/bytes") { Response([0x41, 0x42] as [UInt8]) }
        app.get("/r/sync") { _ in Response("sync") }
        app.get("/r/plain-string") { "hi" }
        app.get("/r/encodable") { Letter() }
        app.get("/r/html") { Response("<p>x</p>", headers: ["content-type": "text/html"]) }
        app.get("/r/cloneread") { () async throws -> Response in
            let first = Response("dup")
            let second = try first.clone()
            return Response(try await first.text() + second.text())
        }
    }

    private static func statuses(_ app: App) {
        app.delete("/r/204") { Response(status: .noContent) }
        app.get("/r/304") { Response(status: .notModified) }
        app.get("/r/bad204") { Response("x", status: .noContent) }
        app.get("/r/status199") { Response("x", status: 199) }
        app.get("/r/status599") { Response("x", status: 599) }
        app.get("/r/multihdr") { () -> Response in
            var response = Response("ok")
            for value in ["a", "b"] { try response.headers.append("x-multi", value) }
            for value in ["</a>; rel=preload", "</b>; rel=preload"] { try response.headers.append("link", value) }
            response.headers["vary"] = "x-a"
            return response
        }
        app.get("/r/twocookies") { () -> Response in
            var response = Response("ok")
            try response.headers.append("set-cookie", "a=1; Path=/; Expires=Wed, 21 Oct 2026 07:28:00 GMT")
            try response.headers.append("set-cookie", "b=2; HttpOnly")
            return response
        }
        app.get("/r/throw") { () -> Response in throw Failure() }
        app.get("/r/reject") { () async throws -> Response in
            await Task.yield()
            throw Failure()
        }
        app.get("/r/next") { NextResponse.next() }
        app.get("/r/rewrite") { NextResponse.rewrite("/r/text") }
        app.get("/r/cc") {
            Response(
                "cc",
                headers: [
                    "cache-control": "public, max-age=60", "etag": "\"v1\"",
                    "last-modified": "Wed, 21 Oct 2015 07:28:00 GMT",
                ])
        }
        app.get("/r/teapot") { Response("tea", status: 418, headers: ["x-t": "1"]) }
        app.get("/r/badvalue") { Response("x", headers: ["x-a": "a\nb: c"]) }
    }

    private static func redirects(_ app: App) {
        app.get("/r/redir-rel") { try NextResponse.redirect("/rel", status: .temporaryRedirect) }
        app.post("/r/redir-303") { try NextResponse.redirect("https://example.com/a b", status: .seeOther) }
        app.get("/r/redir-init") { () -> Response in
            var response = try NextResponse.redirect("https://example.com", status: .permanentRedirect)
            response.headers["x-why"] = "moved"
            return response
        }
        app.get("/r/redir-default") { try Response.redirect("https://example.com") }
        app.get("/r/redir-unicode") { try Response.redirect("https://example.com/你") }
        app.get("/r/error") { Response.error() }
        app.get("/r/wronglength") { Response("ok", headers: ["content-length": "5"]) }
        app.get("/r/redir-bad") { try NextResponse.redirect("https://example.com/", status: .ok) }
    }
}
