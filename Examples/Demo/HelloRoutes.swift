// Copyright 2026 the Whippet authors
// SPDX-License-Identifier: Apache-2.0

import Whippet

extension Demo {
    /// The first examples: JSON, a redirect, and headers for other origins.
    static func declareHelloRoutes() {
        app.route(
            "/",
            GET: { _, _ in
                Response("Hello, World!\n")
            })

        app.route(
            "/hello",
            GET: { _, _ in
                Response.json(["message": "Hello from Whippet!"])
            })

        app.route(
            "/redirect",
            GET: { _, _ in
                try Response.redirect("/hello", status: .temporaryRedirect)
            })

        app.route(
            "/cors",
            GET: { _, _ in
                Response(
                    "Hello, other origins!\n",
                    headers: [
                        "Access-Control-Allow-Origin": "*",
                        "Access-Control-Allow-Methods": "GET, POST, PUT, DELETE, OPTIONS",
                        "Access-Control-Allow-Headers": "Content-Type, Authorization",
                    ])
            })
    }
}
