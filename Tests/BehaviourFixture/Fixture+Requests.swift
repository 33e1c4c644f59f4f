// Copyright 2026 the Whippet authors
// SPDX-License-Identifier: Apache-2.0

package import Whippet

extension Fixture {
    package static func requests() -> App {
        let app = app()
        addresses(app)
        contents(app)
        fields(app)
        return app
    }

    private static func addresses(_ app: App) {
        app.get("/q/url") { request in
            let url = request.nextUrl
            return [
                "path": JSON(url.pathname), "search": JSON(url.search), "hash": JSON(request.url.hash),
                "basePath": JSON(url.basePath),
            ] as JSON
        }
        app.get("/q/ua") { request in
            let agent = userAgent(request)
            return [
                "browser": JSON(agent.browser.name ?? ""), "os": JSON(agent.os.name ?? ""),
                "isBot": JSON(agent.isBot), "device": JSON(agent.device.type ?? ""),
            ] as JSON
        }
        app.get("/q/origin") { request in request.url.origin }
        app.get("/q/search") { request in
            let params = request.nextUrl.searchParams
            return [
                "query": params.get("query").map { JSON($0) } ?? .null,
                "all": JSON(params.getAll("a").map { JSON($0) }),
                "entries": JSON(params.map { JSON([JSON($0.0), JSON($0.1)]) }),
            ] as JSON
        }
        app.get("/q/meta") { request in
            [
                "redirect": JSON(request.redirect.rawValue), "mode": JSON(request.mode.rawValue),
                "cache": JSON(request.cache.rawValue), "cred": JSON(request.credentials.rawValue),
                "dest": JSON(request.destination), "aborted": JSON(request.signal.aborted),
            ] as JSON
        }
    }

    private static func contents(_ app: App) {
        app.post("/q/json") { request -> JSON in try await request.json() }
        app.post("/q/jsontry") { request -> Response in
            do {
                let value: JSON = try await request.json()
                return Response.json(value)
            } catch let error as HTTPError {
                return Response.json(["error": JSON(Int(error.status.rawValue))], status: error.status)
            }
        }
        app.post("/q/text") { request in "[\(try await request.text())]" }
        app.group("/q/limit", bodyLimit: 4) { $0.post("") { request in "[\(try await request.text())]" } }
        app.post("/q/form") { request in
            JSON(
                try await request.formData().map { name, value in
                    guard let file = value.file else { return JSON([JSON(name), JSON(value.text ?? "")]) }
                    let object: JSON = [
                        "file": JSON(file.name), "type": JSON(file.blob.type), "size": JSON(file.blob.size),
                    ]
                    return JSON([JSON(name), object])
                })
        }
        app.post("/q/bytes") { request in ["len": JSON(try await request.bytes().count)] as JSON }
        app.route(
            "/q/bytes-large", bodyLimit: 8 * 1024 * 1024,
            POST: { request, _ in Response.json(["len": JSON(try await request.bytes().count)]) })
        let isNull: Handler = { request, _ in
            Response.json(["body": JSON(request.body == nil), "method": JSON(request.method.rawValue)])
        }
        app.route("/q/bodynull", GET: isNull, POST: isNull)
        app.post("/q/stream") { request -> JSON in
            var count = 0
            if let body = request.body { for try await chunk in body { count += chunk.count } }
            return ["n": JSON(count)]
        }
        app.post("/q/echo") { request in Response(request.body.map { Body($0) }) }
        app.post("/q/twice") { request -> String in
            _ = try await request.text()
            do {
                return try await request.text()
            } catch is TypeError {
                return "TypeError"
            }
        }
    }

    private static func fields(_ app: App) {
        app.get("/h/echo") { request in
            var object: JSON.Object = [:]
            for (name, value) in request.headers where name == "host" || name.hasPrefix("x-") {
                object[name] = JSON(value)
            }
            return JSON(object)
        }
        app.get("/h/reqset") { request -> JSON in
            var request = request
            request.headers["x-new"] = "1"
            return ["v": JSON(request.headers["x-new"] ?? "")]
        }
        app.get("/h/dup") { request -> JSON in
            [
                "a": request.headers["x-dup"].map { JSON($0) } ?? .null,
                "c": request.headers["cookie"].map { JSON($0) } ?? .null,
            ]
        }
        @Sendable func referer() throws -> String { try headers()["referer"] ?? "" }
        app.get("/h/referer") { try referer() }
        app.get("/h/copy") { request in Response("copied", headers: Headers(request.headers)) }
    }
}
