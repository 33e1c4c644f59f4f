// Copyright 2026 the Whippet authors
// SPDX-License-Identifier: Apache-2.0

import Whippet

/// A message with what the request said of itself.
struct Message: Codable, Sendable {
    var text: String
    var trace: String?
    var session: String?
}

extension BrowserFixture {
    /// Methods that a browser asks about first, and answers that are errors.
    static func declareMessageRoutes(_ app: App, origin: String) {
        app.get("/messages/[id]") { _, context in "message \(context.params.id)" }
        app.put("/messages/[id]") { request, context in
            var message = try await request.json(as: Message.self)
            message.trace = request.headers["x-trace"]
            message.session = request.cookies["session"]
            return Response.json(message, status: .created, headers: [.etag: "\"\(context.params.id)\""])
        }
        app.delete("/messages/[id]") { Response(status: .noContent) }
        app.route(
            "/search",
            QUERY: { request, _ in
                let asked = try await request.json(as: Message.self)
                return Response("found \(asked.text)")
            })

        // A preflight for more than this is refused, by the browser.
        let narrow = CORS(origins: [origin], methods: [.GET, .PUT], headers: ["x-trace"], credentials: true)
        app.route(
            "/narrow", cors: narrow, GET: { _, _ in Response("got") }, PUT: { _, _ in Response("put") },
            DELETE: { _, _ in Response("deleted") })

        app.get("/conflict") { () -> Response in throw HTTPError(.conflict, "The name is taken.") }
        app.get("/failure") { () -> Response in throw Failure() }
        app.route(
            "/small", bodyLimit: 1024,
            POST: { request, _ in Response("\(try await request.bytes().count) bytes") })
    }

    struct Failure: Error {}
}
