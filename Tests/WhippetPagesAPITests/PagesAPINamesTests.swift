// Copyright 2026 the Whippet authors
// SPDX-License-Identifier: Apache-2.0

import Testing
import Whippet
import WhippetPagesAPI

/// A file that imports the runtime and the door needs no qualified names.
struct PagesAPINamesTests {
    @Test("Names of the core and of the door stand side by side")
    func names() async throws {
        let app = App()
        app.api("/names") { req, res in
            let request: Request = req.request
            let headers: Headers = req.headers
            let url: URL = request.url
            res.status(.created).send("\(url.pathname) \(headers.keys().count)")
        }
        app.get("/error") { HTTPError.forbidden }
        app.get("/items/[id]") { _, context in context.params.id }
        #expect(await app.fetch(Request("/api/names")).status == .created)
        #expect(await app.fetch(Request("/error")).status == .forbidden)
        #expect(try await app.fetch(Request("/items/7")).text() == "7")
    }
}
