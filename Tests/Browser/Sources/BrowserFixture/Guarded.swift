// Copyright 2026 the Whippet authors
// SPDX-License-Identifier: Apache-2.0

import Whippet

extension BrowserFixture {
    /// Forms that are taken from this origin's pages alone.
    static func declareGuardedRoutes(_ app: App, origin: String) {
        app.group("/guarded") { guarded in
            guarded.use(.csrf())
            guarded.post("") { "saved" }
            // A page of the host itself, whose form answers the frame's parent.
            guarded.get("/form") {
                Response(
                    """
                    <!doctype html><form action="/guarded/answer" method="post"><input name="a" value="b"></form>
                    <script>document.forms[0].submit()</script>
                    """,
                    headers: [.contentType: "text/html;charset=utf-8"])
            }
            guarded.post("/answer") { request in
                let form = try await request.formData()
                return Response(
                    "<!doctype html><script>parent.postMessage(\(JSON(form["a"] ?? "")), '*')</script>",
                    headers: [.contentType: "text/html;charset=utf-8"])
            }
        }
        app.group("/guarded-but-for-a-friend") { guarded in
            guarded.use(.csrf(origins: [origin]))
            guarded.post("") { "saved" }
        }
    }
}
