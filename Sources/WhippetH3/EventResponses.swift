// Copyright 2026 the Whippet authors
// SPDX-License-Identifier: Apache-2.0

public import WhippetFetch
internal import WhippetInfra
internal import WhippetStreams
internal import WhippetURL

private let htmlType = "text/html; charset=utf-8"

/// Answers with markup as it is, which is trusted.
///
/// ```swift
/// let app = H3()
/// app.get("/") { event in html(event, "<h1>hello world</h1>") }
/// ```
/// - Returns: The markup as `text/html`.
public func html(_ event: H3Event, _ markup: String) -> HTTPResponse {
    HTTPResponse(markup, headers: [.contentType: htmlType])
}

/// Answers with markup in which everything that is interpolated is escaped.
///
/// - Returns: The markup as `text/html`.
public func html(_ markup: EscapedHTML) -> HTTPResponse {
    HTTPResponse(markup.description, headers: [.contentType: htmlType])
}

/// Sends the client elsewhere, with a page that does the same.
///
/// ```swift
/// let app = H3()
/// app.get("/old") { event in redirect(event, "/new", status: 301) }
/// ```
/// - Parameters:
///   - event: The event that is answered.
///   - location: What `Location` says, as it is.
///   - status: The status.
///   - statusText: The reason phrase; empty for `Moved Permanently` with 301 and `Found` with all others, as in h3.
/// - Returns: The redirect.
public func redirect(
    _ event: H3Event, _ location: String, status: Status = .found, statusText: String = ""
) -> HTTPResponse {
    HTTPResponse(
        "<html><head><meta http-equiv=\"refresh\" content=\"0; url=\(HTMLEscaping.escape(location))\" /></head></html>",
        status: status,
        statusText: statusText.isEmpty ? (status == .movedPermanently ? "Moved Permanently" : "Found") : statusText,
        headers: [.location: location, .contentType: htmlType])
}

/// Sends the client back to the page of this origin that it comes from.
///
/// - Parameters:
///   - event: The event that is answered.
///   - fallback: Where to, when the client does not tell, or comes from another origin.
///   - status: The status.
///   - allowQuery: Whether the query of that page is kept.
/// - Returns: The redirect.
public func redirectBack(
    _ event: H3Event, fallback: String = "/", status: Status = .found, allowQuery: Bool = false
) -> HTTPResponse {
    var location = fallback
    if let referer = event.req.headers[.referer].flatMap({ URL.parse($0) }), referer.origin == event.url.origin {
        // Two slashes in front would name another host.
        location = "/" + referer.pathname.drop { $0 == "/" } + (allowQuery ? referer.search : "")
    }
    return redirect(event, location, status: status)
}

/// Answers with 204 and nothing else, or with another status that has no content.
///
/// - Returns: The empty answer.
public func noContent(_ event: H3Event, status: Status = .noContent) -> HTTPResponse {
    HTTPResponse(status: status, statusText: "No Content")
}

/// Names what a client may load while it waits for the answer.
///
/// - Parameter links: The values of `Link`, such as `</a.css>; rel=preload`, which the answer then has.
public func writeEarlyHints(_ event: H3Event, link links: [String]) {
    for link in links { event.res.headers.append(.link, link) }
}

/// Answers with a sequence of texts as they come; the first is waited for, so that what is prepared until then counts.
///
/// ```swift
/// let app = H3()
/// app.get("/") { event in
///     try await iterable(event, AsyncStream { continuation in
///         continuation.yield("a")
///         continuation.finish()
///     })
/// }
/// ```
/// - Returns: The answer, whose body is sent as it comes.
/// - Throws: What the sequence throws before its first element.
public func iterable<Texts: AsyncSequence & Sendable>(
    _ event: H3Event, _ texts: Texts
) async throws -> EventValue where Texts.Element: CustomStringConvertible & Sendable {
    let stream = ReadableStream.from(texts)
    let reader = try stream.getReader()
    guard let first = try await reader.read() else { return EventValue(kind: .value { _ in Response([UInt8]()) }) }
    reader.releaseLock()
    let chunks = ReadableStream.from(TextChunks(first: first, rest: stream))
    return EventValue(kind: .value { _ in Response(chunks) })
}

/// Texts as bytes: one that was read already, and those behind it.
private struct TextChunks<Text: CustomStringConvertible & Sendable>: AsyncSequence, Sendable {
    let first: Text
    let rest: ReadableStream<Text>

    struct AsyncIterator: AsyncIteratorProtocol {
        var first: Text?
        var rest: ReadableStream<Text>.AsyncIterator

        mutating func next() async throws -> [UInt8]? {
            if let first {
                self.first = nil
                return Array(first.description.utf8)
            }
            return try await rest.next().map { Array($0.description.utf8) }
        }
    }

    func makeAsyncIterator() -> AsyncIterator { AsyncIterator(first: first, rest: rest.makeAsyncIterator()) }
}
