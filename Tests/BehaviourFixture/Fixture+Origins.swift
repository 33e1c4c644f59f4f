// Copyright 2026 the Whippet authors
// SPDX-License-Identifier: Apache-2.0

package import Whippet

extension Fixture {
    package static func origins() -> App {
        let app = app()
        app.group("/any", cors: CORS()) { group in
            group.get("") { "ok" }
            group.put("") { "put" }
        }
        let listed = CORS(
            origins: ["http://a.com", "http://b.com"], exposedHeaders: ["x-e"], credentials: true, maxAge: .seconds(600)
        )
        app.group("/list", cors: listed) { group in
            group.get("") { "ok" }
            group.delete("") { "d" }
        }
        let ok: Handler = { _, _ in Response("ok") }
        app.route("/function", cors: CORS(origins: .matching { $0.hasSuffix(".example.com") }), GET: ok)
        app.route(
            "/vary", cors: CORS(origins: ["http://a.com"]),
            GET: { request, _ in
                let value = request.nextUrl.searchParams.get("v") ?? ""
                return Response("x", headers: value.isEmpty ? [:] : ["vary": "\(value)"])
            })
        app.route("/throws", cors: CORS(), GET: { _, _ in throw Failure() })
        app.route("/none", GET: ok)
        app.route("/fixed", cors: CORS(methods: [.POST], headers: ["x-a", "x-b"]), GET: ok)
        let fields: Headers = [
            "access-control-allow-origin": "*", "access-control-allow-methods": "GET, OPTIONS",
            "access-control-allow-headers": "Content-Type, Authorization",
        ]
        let own: Handler = { _, _ in Response("own", headers: fields) }
        app.route("/own", GET: own, OPTIONS: own)
        app.route("/verbs", cors: CORS(), other: [HTTPMethod(rawValue: "PURGE"): ok])
        app.route(
            "/both", cors: CORS(), GET: ok, OPTIONS: { _, _ in Response("own", headers: ["x-own": "1"]) })
        app.group("/tagged", cors: CORS(origins: ["http://a.com"])) { group in
            group.use(.etag())
            group.get("") { Response("x", headers: ["etag": "\"x\""]) }
        }
        app.group("/locked", cors: CORS()) { group in
            group.use(.bearerAuth { _ in false })
            group.get("") { "ok" }
        }
        app.group("/form") { group in
            group.use(.csrf())
            group.get("") { "ok" }
            group.post("") { "ok" }
        }
        return app
    }
}
