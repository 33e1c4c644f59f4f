// Copyright 2026 the Whippet authors
// SPDX-License-Identifier: Apache-2.0

import Whippet
import WhippetH3

// What h3's helpers answer, and cases beside those of the source's list.
extension Fixture {
    static func origins(_ app: H3) {
        let list: CORS.Origins = ["https://a.com"]
        let rules: [(id: String, cors: CORS, status: Status)] = [
            ("169", CORS(), 204), ("170", CORS(), 204), ("172", CORS(origins: list), 204),
            (
                "173",
                CORS(
                    origins: list, methods: [.GET, .PUT], headers: ["x-a"], credentials: true, maxAge: .seconds(600)),
                204
            ),
            ("174", CORS(origins: list, credentials: true), 204), ("176", CORS(), 200),
        ]
        for (id, cors, status) in rules {
            app.all("/h3-\(id)") { event -> EventValue in
                if let preflight = handleCors(event, cors, status: status) { return EventValue(preflight) }
                return EventValue("r")
            }
        }
        app.use("/own/cors-error") { event in handleCors(event) }
        app.get("/own/cors-error") { _ -> String in throw HTTPError(status: 400, message: "bad") }
    }

    static func assets(_ app: H3) {
        let meta: @Sendable (String) -> StaticAssetMeta? = { path in
            switch path {
            case "/assets/a.css":
                StaticAssetMeta(type: "text/css", etag: "\"e1\"", mtime: 1_700_000_000_000, size: 3)
            case "/assets/index.html": StaticAssetMeta(type: "text/html")
            case "/assets/b.js.gz", "/assets/b.js": StaticAssetMeta(type: "text/javascript")
            default: nil
            }
        }
        app.all("/assets/**") { event in
            try await serveStatic(
                event, encodings: ["br": ".br", "gzip": ".gz"], getMeta: { meta($0) },
                getContents: { path in
                    let texts = ["/assets/a.css": "abc", "/assets/b.js.gz": "packed", "/assets/b.js": "plain"]
                    return Body(Array((texts[path] ?? "home").utf8))
                })
        }
        app.use("/h3-202", bodyLimit(4))
        app.post("/h3-202") { event in try await event.req.text() }
    }

    static func more(_ app: H3) {
        let debug = H3(H3Configuration(debug: true))
        debug.get("/h3-041") { _ in ["a": ["b": 1]] }
        app.get("/h3-041") { event in await debug.fetch(event.req) }
        app.get("/h3-178") { event in
            createEventStream(event) { stream in
                try await stream.push("hello")
                try await stream.push(EventStreamMessage("a\nb", event: "tick", id: "1", retry: 3000))
                try await stream.pushComment("ping")
            }
        }
        app.get("/h3-179") { event in
            createEventStream(event) { try await $0.push(EventStreamMessage("a\rb", event: "x\ny", id: "1\r\n2")) }
        }
        let array: JSON = ["a", 1, nil]
        app.get("/own/array") { _ in array }
        app.get("/own/negative") { _ in -1.5 }
        app.get("/own/zero") { _ in 0 }
        app.get("/own/nan") { _ in Double.nan }
        app.get("/own/null-member") { _ in ["a": nil] as JSON }
        app.get("/own/big") { _ in UInt128.max }
        app.get("/own/unicode") { _ in "héllo ✓" }
        prepare(app)
        responses(app)
    }

    private static func prepare(_ app: H3) {
        app.get("/own/html-type") { event in
            event.res.headers[.contentType] = "text/html"
            return "<h1>Hello, World</h1>"
        }
        app.get("/own/bytes-typed") { event -> [UInt8] in
            event.res.headers[.contentType] = "image/png"
            return [104, 105]
        }
        app.get("/own/json-204") { event in
            event.res.status = 204
            return ["a": 1]
        }
        app.get("/own/text-304") { event in
            event.res.status = 304
            return "text"
        }
        app.get("/own/status-text") { event in
            event.res.statusText = "Fine"
            return "ok"
        }
        app.get("/own/cookies-order") { event in
            setCookie(event, "a", "1")
            setCookie(event, "b", "2")
            return "ok"
        }
        app.get("/own/response-header-wins") { event in
            event.res.headers["x-b"] = "prep"
            return Response("hi", headers: ["x-b": "own"])
        }
        app.get("/own/response-error-drops") { event in
            event.res.headers["x-b"] = "prep"
            event.res.errHeaders["x-err"] = "1"
            return Response("bad", status: .badGateway)
        }
        app.get("/own/thrown-errheaders") { event -> String in
            event.res.headers["x-b"] = "prep"
            event.res.errHeaders["x-err"] = "1"
            throw HTTPError(status: 403, message: "no")
        }
        app.get("/own/returned-error") { _ in HTTPError(status: 404, message: "gone") }
    }

    private static func responses(_ app: H3) {
        app.get("/own/redirect-back") { redirectBack($0) }
        app.get("/own/no-content-205") { noContent($0, status: 205) }
        app.get("/own/timing") { event in
            try setServerTiming(event, "db", duration: 53, description: "the \"big\" query")
            try setServerTiming(event, "cache")
            return "ok"
        }
        app.get("/own/timing-token") { event in
            try setServerTiming(event, "no token")
            return "ok"
        }
    }
}
