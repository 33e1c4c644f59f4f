// Copyright 2026 the Whippet authors
// SPDX-License-Identifier: Apache-2.0

package import Whippet

extension Fixture {
    /// Answers with the parameters and the path.
    private static let report: Handler = { request, context in
        Response.json(["params": object(context.params), "path": JSON(request.nextUrl.pathname)])
    }

    /// Answers with a route's name and the parameters.
    private static func report(_ route: String) -> Handler {
        { _, context in Response.json(["route": JSON(route), "params": object(context.params)]) }
    }

    /// The parameters as JSON; `slug` is the name of the catch-alls.
    private static func object(_ params: Params) -> JSON {
        var object: JSON.Object = [:]
        for name in params.keys {
            if name == "slug" {
                let list: [String]? = params.slug
                if let list { object[name] = JSON(list.map { JSON($0) }) }
            } else if let text = params[name] {
                object[name] = JSON(text)
            }
        }
        return JSON(object)
    }

    package static func params() -> App {
        let files = Routes()
        for folder in ["(a)/(b)/p/deepgroup", "(grp)/p/grouped", "@slot/p/slotted"] {
            files.file(folder, source: "app/\(folder)/route.swift") { file in
                file.export(
                    .GET, { (request: Request, context: Context) in try await report(request, context) }, line: 1)
            }
        }
        let app = app(routes: files)
        for path in ["/p/one/[id]", "/p/two/[a]/x/[b]", "/p/all/[...slug]", "/p/opt/[[...slug]]"] {
            app.route(path, GET: report)
        }
        app.route("/p/prec/[...slug]", GET: report("slug"))
        app.route("/p/prec/[id]", GET: report("id"))
        app.route("/p/prec/new", GET: report("new"))
        app.route("/p/prec2/[[...slug]]", GET: report("slug"))
        app.route("/p/prec2/[id]/edit", GET: report("edit"))
        app.get("/p/file.json") { ["route": "file.json"] as JSON }
        app.get("/p/int/[id]") { _, context in "\(try context.params("id", as: Int.self))" }
        app.get("/book/[slug]") { _, context in Response(context.params.slug) }
        app.get("/book/a") { "a" }
        app.get("/あ") { "ok" }
        app.get("/wild/[any]/card") { "ok" }
        return app
    }
}
