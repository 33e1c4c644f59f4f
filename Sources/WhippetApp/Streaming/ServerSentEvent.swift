// Copyright 2026 the Whippet authors
// SPDX-License-Identifier: Apache-2.0

public import WhippetInfra
internal import WhippetJSON

/// An event as an `EventSource` reads it, ready to be sent to any number of clients.
///
/// ```swift
/// let event = try ServerSentEvent(data: "3 unread", event: "inbox", id: "42")
/// ```
/// Source: [HTML §9.2.6](https://html.spec.whatwg.org/multipage/server-sent-events.html#event-stream-interpretation).
public struct ServerSentEvent: Sendable, Hashable, CustomStringConvertible {
    /// The lines of the event with the empty one that ends it.
    let bytes: [UInt8]

    /// Makes an event.
    ///
    /// - Parameters:
    ///   - data: What the listener gets as `event.data`; lines may end with LF, CR or CRLF and arrive with LF. Nil: the
    ///     listener hears nothing, and `id` and `retry` are noted.
    ///   - event: The name to listen for; nil for `message`.
    ///   - id: What the client sends as `Last-Event-ID` when it connects again; an empty one has it send none.
    ///   - retry: How long the client waits before it connects again, in whole milliseconds.
    /// - Throws: `TypeError` for a name with a line break, an id with a line break or NUL, or a negative time.
    public init(
        data: String? = nil, event: String? = nil, id: String? = nil, retry: Duration? = nil
    ) throws(TypeError) {
        var text = ServerSentEventText()
        try text.add(event: event, id: id, retry: retry)
        if var data { data.withUTF8 { text.add(data: $0) } }
        bytes = text.finished()
    }

    /// Makes an event whose data is a value as JSON.
    ///
    /// - Throws: `TypeError` as above; `JSONError` for a value that can't be written.
    public init(
        json value: some Encodable, event: String? = nil, id: String? = nil, retry: Duration? = nil
    ) throws {
        var text = ServerSentEventText()
        try text.add(event: event, id: id, retry: retry)
        try JSON.encode(value).withUnsafeBufferPointer { text.add(data: $0) }
        bytes = text.finished()
    }

    /// The event as it goes out.
    public var description: String { String(decoding: bytes, as: UTF8.self) }
}

/// Puts the lines of an event together.
struct ServerSentEventText {
    private var bytes: [UInt8] = []

    mutating func add(event: String?, id: String?, retry: Duration?) throws(TypeError) {
        if let event {
            guard !Self.breaks(event) else { throw TypeError("ServerSentEvent: the name has a line break") }
            add("event", event)
        }
        if let id {
            // A client ignores an id with NUL, and would come back with an older one.
            guard !Self.breaks(id), !id.utf8.contains(0) else {
                throw TypeError("ServerSentEvent: the id has a line break or NUL")
            }
            add("id", id)
        }
        if let retry {
            guard retry >= .zero else { throw TypeError("ServerSentEvent: retry is negative") }
            let (seconds, attoseconds) = retry.components
            let (milliseconds, overflow) = seconds.multipliedReportingOverflow(by: 1000)
            guard !overflow else { throw TypeError("ServerSentEvent: retry is too long") }
            add("retry", "\(milliseconds + attoseconds / 1_000_000_000_000_000)")
        }
    }

    /// Adds data, one field for each line; no data is one empty line.
    mutating func add(data: UnsafeBufferPointer<UInt8>) {
        bytes.reserveCapacity(bytes.count + data.count + 16)
        var start = 0
        while true {
            var end = start
            while end < data.count, data[end] != 0x0A, data[end] != 0x0D { end += 1 }
            bytes += "data: ".utf8
            bytes.append(contentsOf: UnsafeBufferPointer(rebasing: data[start..<end]))
            bytes.append(0x0A)
            guard end < data.count else { return }
            let isPair = data[end] == 0x0D && end + 1 < data.count && data[end + 1] == 0x0A
            start = end + (isPair ? 2 : 1)
        }
    }

    /// A comment, which no listener hears.
    static func comment(_ text: String) -> [UInt8] {
        var bytes: [UInt8] = []
        for line in text.split(omittingEmptySubsequences: false, whereSeparator: \.isLineBreakOfEvents) {
            bytes.append(0x3A)
            if !line.isEmpty { bytes.append(0x20) }
            bytes += line.utf8
            bytes.append(0x0A)
        }
        bytes.append(0x0A)
        return bytes
    }

    func finished() -> [UInt8] {
        bytes.isEmpty ? [] : bytes + [0x0A]
    }

    private mutating func add(_ name: StaticString, _ value: String) {
        bytes.append(contentsOf: UnsafeBufferPointer(start: name.utf8Start, count: name.utf8CodeUnitCount))
        bytes += ": ".utf8
        bytes += value.utf8
        bytes.append(0x0A)
    }

    private static func breaks(_ text: String) -> Bool {
        text.utf8.contains { $0 == 0x0A || $0 == 0x0D }
    }
}

extension Character {
    /// Whether a reader of events ends a line here; Swift takes CRLF for one character.
    fileprivate var isLineBreakOfEvents: Bool { self == "\n" || self == "\r" || self == "\r\n" }
}
