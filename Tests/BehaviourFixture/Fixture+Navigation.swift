// Copyright 2026 the Whippet authors
// SPDX-License-Identifier: Apache-2.0

package import Whippet

extension Fixture {
    package static func navigation() -> App {
        let app = app()
        app.get("/n/redirect") { try redirect("https://nextjs.org/") }
        app.post("/n/redirect") { try redirect("/after-post") }
        app.put("/n/redirect") { try redirect("/after-put") }
        app.get("/n/redirect-relative") { try redirect("x?y=1") }
        app.get("/n/redirect-replace") { try redirect("/x") }
        app.get("/n/permanent") { try permanentRedirect("/moved") }
        app.post("/n/permanent") { try permanentRedirect("/after-post") }
        app.get("/n/notfound") { () -> Response in try notFound() }
        app.get("/n/forbidden") { () -> Response in try forbidden() }
        app.get("/n/unauthorized") { () -> Response in try unauthorized() }
        app.get("/n/redirect-cookie") { () -> Response in
            try cookies().set("sid", "abc", httpOnly: true)
            try redirect("/home")
        }
        app.get("/n/notfound-cookie") { () -> Response in
            try cookies().set("sid", "abc")
            try notFound()
        }
        app.get("/n/redirect-caught") { () -> String in
            do {
                try redirect("/x")
            } catch {
                return "caught"
            }
        }
        @Sendable func deep() async throws -> String {
            await Task.yield()
            try redirect("/deep")
        }
        app.get("/n/redirect-nested") { try await deep() }
        app.get("/n/redirect-crlf") { try redirect("/x\r\nx-injected: 1") }
        app.get("/n/redirect-unicode") { try redirect("/你/é?q=é#%25") }
        app.get("/n/redirect-space") { try redirect("/a b") }
        return app
    }
}
