// Copyright 2026 the Whippet authors
// SPDX-License-Identifier: Apache-2.0

package import Whippet

/// The applications that the facts are asked of.
package enum Fixture {
    package struct Failure: Error {
        package init() {}
    }

    package static func app(
        basePath: String = "", trailingSlash: TrailingSlash = .remove, routes: Routes = Routes()
    ) -> App {
        App(
            routes: routes, basePath: basePath, trailingSlash: trailingSlash, environment: .production, log: { _ in })
    }

    package static func app(_ configuration: AppConfiguration) -> App {
        var configuration = configuration
        configuration.environment = .production
        return App(configuration, log: { _ in })
    }

    package static func methods() -> App {
        let app = app()
        app.get("/m/get") { Response("get", headers: ["x-h": "1"]) }
        app.post("/m/post") { "post" }
        app.get("/m/many") { "g" }
        app.post("/m/many") { "p" }
        app.delete("/m/many") { "d" }
        let own: Handler = { request, _ in
            let name = request.method.rawValue
            return Response(name, headers: ["x-method": name])
        }
        app.route("/m/all", GET: own, HEAD: own, POST: own, PUT: own, PATCH: own, DELETE: own, OPTIONS: own)
        app.get("/m/options") { "get" }
        app.options("/m/options") {
            Response("custom options", headers: ["access-control-allow-origin": "*", "allow": "GET"])
        }
        app.route("/m/headonly", HEAD: { _, _ in Response(headers: ["x-from": "head"]) })
        app.route("/m/none")
        app.put("/m/putpatch") { "put" }
        app.patch("/m/putpatch") { "patch" }
        app.delete("/m/delbody") { request in
            let name: JSON = try await request.json()
            return ["got": name] as JSON
        }
        app.route(
            "/m/custom", QUERY: { _, _ in Response("queried") },
            other: [HTTPMethod(rawValue: "PURGE"): { _, _ in Response("purged") }])
        return app
    }

    package static func paths(_ trailingSlash: TrailingSlash = .remove) -> App {
        let app = app(trailingSlash: trailingSlash)
        app.get("/") { "root" }
        app.get("/m/get") { "get" }
        app.post("/m/post") { "post" }
        return app
    }
}
