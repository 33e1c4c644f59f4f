// Copyright 2026 the Whippet authors
// SPDX-License-Identifier: Apache-2.0

import Whippet

extension BrowserFixture {
    /// Server-sent events that tell each client where it stood.
    static func declareEventRoutes(_ app: App, _ channels: Channels) {
        app.get("/events/[name]") { _, context in
            let name: String = context.params.name
            let channel = channels["\(name)-left"]
            return Response.sse { events in
                let last = events.lastEventID ?? "none"
                // The page need not wait long for the client's next try.
                try await events.send(
                    data: "after \(last)\nön line two", event: "place", id: "\((Int(last) ?? 0) + 1)",
                    retry: .milliseconds(200))
                do {
                    try await Task.sleep(for: .seconds(60))
                } catch {
                    channel.send(Array("left".utf8))
                    channel.finish()
                }
            }
        }
        app.group("/packed") { packed in
            packed.use(.compression())
            packed.get("") { String(repeating: "the same words again and again, ", count: 10_000) }
            packed.get("/events") {
                Response.sse { events in
                    for number in 1...3 { try await events.send(data: "\(number)") }
                    try await Task.sleep(for: .seconds(60))
                }
            }
        }
    }
}
