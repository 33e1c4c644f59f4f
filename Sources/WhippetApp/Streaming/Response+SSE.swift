// Copyright 2026 the Whippet authors
// SPDX-License-Identifier: Apache-2.0

public import WhippetFetch
internal import WhippetServer

extension Response {
    /// Makes a response of server-sent events, which a function sends for as long as it runs.
    ///
    /// ```swift
    /// app.get("/ticks") {
    ///     Response.sse { events in
    ///         var number = Int(events.lastEventID ?? "") ?? 0
    ///         while true {
    ///             number += 1
    ///             try await events.send(data: "tick", id: "\(number)")
    ///             try await Task.sleep(for: .seconds(1))
    ///         }
    ///     }
    /// }
    /// ```
    /// The head leaves before the function runs, so that the client's `EventSource` opens at once: what may refuse the
    /// client belongs before this call. An error of the function cuts the connection; a client then connects again, as it
    /// does when the function returns. When the client leaves, the function's task is cancelled and sending throws.
    /// Source: [HTML §9.2](https://html.spec.whatwg.org/multipage/server-sent-events.html).
    /// - Parameters:
    ///   - headers: More headers. `Content-Type` and `Cache-Control: no-cache` are set, and `X-Accel-Buffering: no`, which
    ///     has nginx pass events on at once.
    ///   - heartbeat: After which time a comment goes out, again and again, so that no proxy takes the connection for
    ///     dead and a client that vanished is noticed; by the application's clock. Nil for none.
    ///   - send: Sends the events; it runs in the task of the handler, after it.
    /// - Returns: The response.
    public static func sse(
        headers: Headers = Headers(), heartbeat: Duration? = .seconds(15),
        _ send: @escaping @Sendable (EventWriter) async throws -> Void
    ) -> Response {
        let scope = RequestScope.current
        let clock = scope?.clock ?? ContinuousClock()
        let lastEventID = scope?.request.flatMap(Response.lastEventID)
        var headers = headers
        headers[.contentType] = "text/event-stream"
        if headers[.cacheControl] == nil { headers[.cacheControl] = "no-cache" }
        if headers["x-accel-buffering"] == nil { headers["x-accel-buffering"] = "no" }
        let body = Body(writing: { sink in
            let events = EventWriter(sink: sink, lastEventID: lastEventID)
            try sink.flush()
            guard let heartbeat else { return try await send(events) }
            try await withHeartbeat(heartbeat, clock, events) { try await send(events) }
        })
        return Response(body, headers: headers)
    }

    /// Makes a response of the server-sent events that a sequence brings.
    ///
    /// - Parameters:
    ///   - events: The events; when they end the client connects again.
    ///   - headers: More headers.
    ///   - heartbeat: After which time a comment goes out, again and again; nil for none.
    /// - Returns: The response.
    public static func sse<Events: AsyncSequence & Sendable>(
        _ events: Events, headers: Headers = Headers(), heartbeat: Duration? = .seconds(15)
    ) -> Response where Events.Element == ServerSentEvent {
        sse(headers: headers, heartbeat: heartbeat) { writer in
            for try await event in events { try await writer.send(event) }
        }
    }

    /// The id that a client comes back with: sent as UTF-8, it is in the headers as Latin-1.
    private static func lastEventID(of request: Request) -> String? {
        guard let value = request.headers["last-event-id"] else { return nil }
        let bytes = value.unicodeScalars.prefix(1025).map { UInt8(truncatingIfNeeded: $0.value) }
        return bytes.isEmpty || bytes.count > 1024 ? nil : String(decoding: bytes, as: UTF8.self)
    }
}

/// Runs an operation and sends a comment each time a duration has passed; the comments end with the operation.
private func withHeartbeat(
    _ heartbeat: Duration, _ clock: any Clock<Duration>, _ events: EventWriter,
    _ operation: @Sendable () async throws -> Void
) async throws {
    try await withThrowingTaskGroup { group in
        group.addTask {
            let pulse = ServerSentEventText.comment("")
            while true {
                try await clock.sleep(for: heartbeat)
                try await events.write(pulse)
            }
        }
        defer { group.cancelAll() }
        try await operation()
    }
}
