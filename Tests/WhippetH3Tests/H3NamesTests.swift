// Copyright 2026 the Whippet authors
// SPDX-License-Identifier: Apache-2.0

import Testing
import Whippet
import WhippetH3

/// A file that imports the runtime and the door needs no qualified names.
struct H3NamesTests {
    @Test("Names of the core and of the door stand side by side")
    func names() async throws {
        let app = H3()
        app.get("/own") { event -> Response in
            let url: URL = event.url
            let headers: Headers = event.req.headers
            return Response(url.pathname, headers: headers)
        }
        app.get("/error") { _ -> HTTPError in .notFound("nothing") }
        app.get("/redirect") { event in redirect(event, "/") }
        app.get("/steered") { _ -> String in try redirect("/") }
        app.get("/cookie") { event in
            setCookie(event, "theme", "dark")
            try cookies().set("session", "1")
            return "set"
        }
        let core = App()
        core.get("/") { HTTPError.forbidden }
        core.mount(app.routes)
        #expect(await core.fetch(Request("/")).status == .forbidden)
        #expect(await core.fetch(Request("/error")).status == .notFound)
        #expect(await core.fetch(Request("/redirect")).status == .found)
        #expect(await core.fetch(Request("/steered")).status == .temporaryRedirect)
        #expect(await core.fetch(Request("/cookie")).headers.getSetCookie().count == 2)
    }
}
