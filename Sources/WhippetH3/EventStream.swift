// Copyright 2026 the Whippet authors
// SPDX-License-Identifier: Apache-2.0

internal import WhippetApp
internal import WhippetFetch

/// Answers with server-sent events, which a function pushes for as long as it runs.
///
/// ```swift
/// let app = H3()
/// app.get("/ticks") { event in
///     createEventStream(event) { stream in
///         for number in 1...3 {
///             try await stream.push(EventStreamMessage("tick", event: "tick", id: "\(number)"))
///             try await Task.sleep(for: .seconds(1))
///         }
///     }
/// }
/// ```
/// In h3 the stream is an object that others push into, and its end is `close()`; here it ends when the function returns.
/// When the client leaves the function's task is cancelled.
/// - Parameters:
///   - event: The event that is answered.
///   - push: Pushes the events; it runs in the task of the handler, after it.
/// - Returns: The stream, as an answer.
public func createEventStream(
    _ event: H3Event, _ push: @escaping @Sendable (EventStream) async throws -> Void
) -> EventValue {
    let response = Response.stream(headers: [
        .contentType: "text/event-stream",
        .cacheControl: "private, no-cache, no-store, no-transform, must-revalidate, max-age=0",
        "x-accel-buffering": "no",
    ]) { writer in
        // The client's `EventSource` opens at once.
        try await writer.flush()
        try await push(EventStream(writer: writer))
    }
    return EventValue(kind: .value { _ in response })
}

/// Where `createEventStream` pushes events to, at the pace of the client.
public struct EventStream: Sendable {
    let writer: StreamWriter

    /// Pushes text.
    ///
    /// - Throws: `CancellationError` when the client has left.
    public func push(_ data: String) async throws { try await push(EventStreamMessage(data)) }

    /// Pushes a message.
    ///
    /// - Throws: `CancellationError` when the client has left.
    public func push(_ message: EventStreamMessage) async throws { try await writer.write(message.text) }

    /// Pushes messages.
    ///
    /// - Throws: `CancellationError` when the client has left.
    public func push(_ messages: [EventStreamMessage]) async throws {
        try await writer.write(messages.map(\.text).joined())
    }

    /// Pushes a comment, which no listener hears and which keeps the connection in use.
    ///
    /// - Throws: `CancellationError` when the client has left.
    public func pushComment(_ comment: String) async throws {
        try await writer.write(EventStreamMessage.lines(comment).map { ": \($0)\n" }.joined() + "\n")
    }
}

/// A server-sent event as h3 writes it: line breaks are taken out of its name and id.
///
/// Source: [HTML §9.2](https://html.spec.whatwg.org/multipage/server-sent-events.html).
public struct EventStreamMessage: Sendable, Hashable {
    /// What the listener gets as `event.data`, of any number of lines.
    public var data: String
    /// The name to listen for; nil for `message`.
    public var event: String?
    /// What the client sends as `Last-Event-ID` when it connects again.
    public var id: String?
    /// After how many milliseconds the client connects again.
    public var retry: Int?

    /// Makes a message.
    public init(_ data: String, event: String? = nil, id: String? = nil, retry: Int? = nil) {
        self.data = data
        self.event = event
        self.id = id
        self.retry = retry
    }

    /// The message with the empty line that ends it.
    var text: String {
        var text = ""
        if let id { text += "id: \(Self.lines(id).joined())\n" }
        if let event { text += "event: \(Self.lines(event).joined())\n" }
        if let retry { text += "retry: \(retry)\n" }
        for line in Self.lines(data) { text += "data: \(line)\n" }
        return text + "\n"
    }

    /// The lines of a text, which end with CR, LF or both.
    static func lines(_ text: String) -> [String] {
        var lines: [String] = []
        var line: [UInt8] = []
        var isAfterReturn = false
        for byte in text.utf8 {
            if byte == 0x0A, isAfterReturn {
                isAfterReturn = false
                continue
            }
            isAfterReturn = byte == 0x0D
            guard byte == 0x0A || byte == 0x0D else {
                line.append(byte)
                continue
            }
            lines.append(String(decoding: line, as: UTF8.self))
            line = []
        }
        return lines + [String(decoding: line, as: UTF8.self)]
    }
}
