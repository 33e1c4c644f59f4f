// Copyright 2026 the Whippet authors
// SPDX-License-Identifier: Apache-2.0

import Whippet

extension Demo {
    /// Parameters of the path, JSON and form bodies.
    static func declareItemRoutes() {
        app.route(
            "/items",
            POST: { request, _ in
                let res = try await request.json()
                return Response.json(["res": res])
            })

        app.route("/items/[slug]", Item.self)

        app.route(
            "/shop/[[...slug]]",
            GET: { _, context in
                let slug: [String]? = context.params.slug
                return Response.json(Shop(slug: slug))
            })

        app.route(
            "/orders",
            POST: { request, _ in
                let order = try await request.json(as: Order.self)
                return Response.json(["total": JSON(Double(order.count) * order.price)], status: .created)
            })

        app.route(
            "/contact",
            POST: { request, _ in
                let formData = try await request.formData()
                return Response.json(Contact(name: formData["name"], email: formData["email"]))
            })
    }

    /// A route as a type: each protocol that it conforms to is a method that it answers.
    enum Item: GETHandler, DELETEHandler {
        static func GET(_ request: Request, _ context: Context) async throws -> Response {
            Response.json(["slug": JSON(context.params.slug)])
        }

        static func DELETE(_ request: Request, _ context: Context) async throws -> Response {
            guard context.params.slug != "a" else {
                throw HTTPError(.forbidden, "Item \"a\" can't be removed.")
            }
            return Response(status: .noContent)
        }
    }

    struct Shop: Codable {
        var slug: [String]?
    }

    struct Order: Codable {
        var item: String
        var count: Int
        var price: Double
    }

    struct Contact: Codable {
        var name: String?
        var email: String?
    }
}
