// Copyright 2026 the Whippet authors
// SPDX-License-Identifier: Apache-2.0

internal import WhippetFetch

/// Sends the events of `Response.sse`, at the pace of the client.
public struct EventWriter: Sendable {
    let sink: any BodySink

    /// The id of the last event that the client has seen, when it connects again; nil for a client that is new.
    ///
    /// One of more than 1,024 bytes is taken for none.
    public let lastEventID: String?

    /// Sends an event; one that goes to many clients is made once.
    ///
    /// - Throws: `CancellationError` when the client has left.
    public func send(_ event: ServerSentEvent) async throws {
        try await write(event.bytes)
    }

    /// Sends an event.
    ///
    /// - Parameters:
    ///   - data: What the listener gets as `event.data`, of any number of lines; nil: `id` and `retry` only are noted.
    ///   - event: The name to listen for; nil for `message`.
    ///   - id: What the client sends as `Last-Event-ID` when it connects again.
    ///   - retry: How long the client waits before it connects again.
    /// - Throws: `CancellationError` when the client has left; `TypeError` for a name or id that can't be sent.
    public func send(
        data: String? = nil, event: String? = nil, id: String? = nil, retry: Duration? = nil
    ) async throws {
        try await send(ServerSentEvent(data: data, event: event, id: id, retry: retry))
    }

    /// Sends an event whose data is a value as JSON.
    ///
    /// - Throws: `JSONError` for a value that can't be written; else as for text.
    public func send(
        json value: some Encodable, event: String? = nil, id: String? = nil, retry: Duration? = nil
    ) async throws {
        try await send(ServerSentEvent(json: value, event: event, id: id, retry: retry))
    }

    /// Sends a comment, which no listener hears and which keeps the connection in use.
    ///
    /// - Throws: `CancellationError` when the client has left.
    public func comment(_ text: String = "") async throws {
        try await write(ServerSentEventText.comment(text))
    }

    func write(_ bytes: [UInt8]) async throws {
        if !(try bytes.withUnsafeBufferPointer(sink.put)) { try await sink.ready() }
    }
}
