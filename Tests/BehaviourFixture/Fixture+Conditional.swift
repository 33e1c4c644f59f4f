// Copyright 2026 the Whippet authors
// SPDX-License-Identifier: Apache-2.0

package import Whippet

extension Fixture {
    package static func conditional() -> App {
        let app = app()
        app.group("/etag") { group in
            group.use(.etag())
            tagged(group)
        }
        app.group("/safe") { group in
            group.use(.securityHeaders())
            group.get("") { Response("ok", headers: ["x-powered-by": "x"]) }
        }
        app.group("/safe/own") { group in
            group.use(.securityHeaders(["x-frame-options": nil, "strict-transport-security": "max-age=1"]))
            group.get("") { "ok" }
        }
        app.group("/bearer") { group in
            group.use(.bearerAuth { $0 == "t" })
            group.get("") { "ok" }
        }
        app.group("/basic") { group in
            group.use(.basicAuth { name, password in name == "ada" && password == "lovelace" })
            group.get("") { "ok" }
        }
        app.group("/id") { group in
            group.use(.requestID())
            group.get("") { request in request.headers["x-request-id"] ?? "" }
        }
        app.group("/small") { group in
            group.use(.bodyLimit(14))
            group.onError { error, _, _ in
                guard let error = error as? HTTPError, error.status == .contentTooLarge else { throw error }
                return Response("not cool", status: .contentTooLarge)
            }
            group.get("") { "index" }
            group.post("") { request in try await request.text() }
        }
        return app
    }

    private static func tagged(_ group: Routes) {
        group.get("") { "Hono is hot" }
        group.post("") { "x" }
        group.get("/null") { Response() }
        group.get("/throws") { () -> Response in throw Failure() }
        group.get("/tagged") {
            Response(
                "tagged",
                headers: ["etag": "\"foo\"", "cache-control": "max-age=60", "content-language": "en"])
        }
        group.get("/weak") { Response("weak", headers: ["etag": "W/\"foo\""]) }
        let dated: Handler = { _, _ in
            Response(
                Body(ReadableStream.from([Array("dated".utf8)])),
                headers: ["last-modified": "Sat, 01 Jan 2000 00:30:00 GMT"])
        }
        group.route("/dated", GET: dated, POST: dated)
    }
}
