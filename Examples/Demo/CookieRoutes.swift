// Copyright 2026 the Whippet authors
// SPDX-License-Identifier: Apache-2.0

import Whippet

extension Demo {
    /// Cookies and headers, read and set.
    static func declareCookieRoutes() {
        app.route(
            "/token",
            GET: { request, _ in
                let token = request.cookies["token"] ?? "none"
                return Response("Your token: \(token)\n", headers: ["Set-Cookie": "token=\(token); Path=/; HttpOnly"])
            })

        app.route(
            "/referer",
            GET: { request, _ in
                let referer = request.headers[.referer] ?? "none"
                return Response("You come from: \(referer)\n", headers: [.referer: referer])
            })
    }
}
