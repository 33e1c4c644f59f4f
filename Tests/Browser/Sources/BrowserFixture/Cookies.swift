// Copyright 2026 the Whippet authors
// SPDX-License-Identifier: Apache-2.0

import Whippet

extension BrowserFixture {
    /// Cookies that a script sees, that none sees, and that other sites don't send.
    static func declareCookieRoutes(_ app: App, _ channels: Channels) {
        app.post("/login") {
            let cookies = try cookies()
            try cookies.set("session", "7b0e; é", maxAge: .seconds(600), httpOnly: true, sameSite: .lax)
            try cookies.set("theme", "dark", maxAge: .seconds(600))
            // A browser takes it without encryption of localhost alone.
            try cookies.set("embedded", "yes", secure: true, httpOnly: true, sameSite: SetCookie.SameSite.none)
            return Response(status: .noContent)
        }
        app.get("/cookies") {
            var names: [String: String] = [:]
            for cookie in try cookies().getAll() { names[cookie.name] = cookie.value }
            return Response.json(names)
        }
        // Tells a channel which cookies came, for who asks without being allowed to look at the answer.
        app.get("/cookies/[channel]") { request, context in
            let channel = channels[context.params.channel]
            channel.send(Array(request.cookies.map(\.name).joined(separator: " ").utf8))
            channel.finish()
            return Response(status: .noContent)
        }
        app.post("/logout") {
            let cookies = try cookies()
            for name in ["session", "theme"] { cookies.delete(name) }
            return Response(status: .noContent)
        }
    }
}
