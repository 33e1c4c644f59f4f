// Copyright 2026 the Whippet authors
// SPDX-License-Identifier: Apache-2.0

internal import WhippetApp
public import WhippetFetch
@_spi(Whippet) internal import WhippetInfra
public import WhippetJSON
public import WhippetStreams

/// The answer that an API route of Next makes, by calling methods.
///
/// `ResponseData` is the type that `json` and `send` take; with `Any` they take whatever can be encoded. What is written
/// leaves while the handler runs; an error after that cuts the connection, and when the client leaves the handler is
/// cancelled.
/// ```swift
/// import Whippet
/// import WhippetPagesAPI
///
/// struct ResponseData: Encodable {
///     var message: String
/// }
///
/// func handler(_ req: NextApiRequest, _ res: NextApiResponse<ResponseData>) {
///     res.status(200).json(ResponseData(message: "Hello from Next.js!"))
/// }
/// ```
public final class NextApiResponse<ResponseData>: Sendable {
    let answer: NextApiAnswer

    init(_ answer: NextApiAnswer) {
        self.answer = answer
    }

    // MARK: - Status and headers

    /// Sets the status.
    @discardableResult
    public func status(_ status: Status) -> Self {
        answer.change("status") { $0.status = status }
        return self
    }

    /// The status.
    public var statusCode: Status { answer.state.withLock { $0.status } }

    /// Sets a header.
    @discardableResult
    public func setHeader(_ name: String, _ value: String) -> Self {
        answer.change("setHeader") { $0.headers[name] = value }
        return self
    }

    /// Sets a header to several values, each in a field of its own.
    @discardableResult
    public func setHeader(_ name: String, _ values: [String]) -> Self {
        answer.change("setHeader") { state in
            state.headers[name] = nil
            for value in values { state.headers.append(Headers.Name(name), value) }
        }
        return self
    }

    /// Adds a value to a header.
    @discardableResult
    public func appendHeader(_ name: String, _ value: String) -> Self {
        answer.change("appendHeader") { $0.headers.append(Headers.Name(name), value) }
        return self
    }

    /// The value of a header; nil if it is not set.
    public func getHeader(_ name: String) -> String? { answer.state.withLock { $0.headers[name] } }

    /// Whether a header is set.
    public func hasHeader(_ name: String) -> Bool { getHeader(name) != nil }

    /// Removes a header.
    @discardableResult
    public func removeHeader(_ name: String) -> Self {
        answer.change("removeHeader") { $0.headers[name] = nil }
        return self
    }

    /// Sets status and headers at once.
    @discardableResult
    public func writeHead(_ status: Status, _ headers: Headers = [:]) -> Self {
        answer.change("writeHead") { state in
            state.status = status
            for (name, value) in headers {
                if name == "set-cookie" {
                    state.headers.append(.setCookie, value)
                } else {
                    state.headers[name] = value
                }
            }
        }
        return self
    }

    // MARK: - Bodies

    /// Writes text, which leaves for the client while the handler goes on; the head leaves with the first of it.
    ///
    /// - Returns: Whether the client has taken what was written; if not, `drain()` waits for it.
    @discardableResult
    public func write(_ text: String) -> Bool { answer.write("write", Array(text.utf8)) }

    /// Writes bytes, which leave for the client while the handler goes on.
    ///
    /// - Returns: Whether the client has taken what was written; if not, `drain()` waits for it.
    @discardableResult
    public func write(_ bytes: [UInt8]) -> Bool { answer.write("write", bytes) }

    /// Writes what a sequence brings, to its end and at the client's pace, as `stream.pipe(res)` does in Node.
    ///
    /// - Throws: What the sequence throws; `CancellationError` when the client has left.
    public func write<Chunks: AsyncSequence>(contentsOf chunks: Chunks) async throws where Chunks.Element == [UInt8] {
        for try await chunk in chunks {
            if !write(chunk) { try await drain() }
        }
    }

    /// Waits until the client has taken what was written, as the event `drain` tells in Node.
    ///
    /// - Throws: `CancellationError` when the client has left.
    public func drain() async throws { try await answer.drain() }

    /// Sends the head, before there is anything of the body.
    public func flushHeaders() { answer.flush() }

    /// Whether the head is on its way, so that status and headers can't be changed any more.
    public var headersSent: Bool { answer.hasBegun || answer.hasEnded }

    /// Whether the answer has ended.
    public var writableEnded: Bool { answer.hasEnded }

    /// Whether the client has yet to take what was written.
    public var writableNeedDrain: Bool { answer.state.withLock { $0.needsDrain } }

    /// Ends the answer: with what was written, and this.
    public func end(_ text: String = "") { end(Array(text.utf8)) }

    /// Ends the answer: with what was written, and these bytes.
    public func end(_ bytes: [UInt8]) {
        answer.finish("end", bytes)
    }

    /// Answers with text, without a type unless a header says one.
    public func send(_ text: String) {
        let bytes = Array(text.utf8)
        answer.change("send") { $0.content = .tagged(bytes, NextApiTag.make(bytes)) }
    }

    /// Answers with bytes, as `application/octet-stream` unless a header says another type.
    public func send(_ bytes: [UInt8]) {
        answer.change("send") { state in
            if state.headers[.contentType] == nil { state.headers[.contentType] = "application/octet-stream" }
            state.content = .tagged(bytes, NextApiTag.make(buffer: bytes))
        }
    }

    /// Answers with a stream, as `application/octet-stream` unless a header says another type.
    public func send(_ stream: ByteStream) {
        answer.change("send") { state in
            if state.headers[.contentType] == nil { state.headers[.contentType] = "application/octet-stream" }
            state.content = .stream(Response(stream))
        }
    }

    /// Answers with an empty body.
    public func send() {
        answer.change("send") { $0.content = .written }
    }

    /// Sends the client elsewhere: with 307, and the URL as the body.
    public func redirect(_ url: String) { redirect(.temporaryRedirect, url) }

    /// Sends the client elsewhere, with the URL as the body.
    ///
    /// - Parameters:
    ///   - status: The status, such as 307.
    ///   - url: What `Location` says, absolute or relative; letters beyond ASCII are escaped.
    public func redirect(_ status: Status, _ url: String) {
        answer.change("redirect") { state in
            state.status = status
            state.headers[.location] = PercentEncoding.encode(url, PercentEncodeSet(low: 0, high: 0))
            state.written += url.utf8
            state.content = .written
        }
    }
}

extension NextApiResponse where ResponseData: Encodable {
    /// Answers with JSON, whatever type was set before.
    public func json(_ data: ResponseData) { answer.sendJSON(Response.json(data), "json") }

    /// Answers with JSON, whatever type was set before.
    public func send(_ data: ResponseData) { answer.sendJSON(Response.json(data), "send") }
}

extension NextApiResponse where ResponseData == Any {
    /// Answers with JSON.
    public func json(_ data: JSON) { answer.sendJSON(Response.json(data), "json") }

    /// Answers with JSON.
    @_disfavoredOverload
    public func json(_ data: some Encodable) { answer.sendJSON(Response.json(data), "json") }

    /// Answers with JSON, whatever type was set before; with an empty body for null.
    public func send(_ data: JSON) {
        if data.isNull { return send() }
        answer.sendJSON(Response.json(data), "send")
    }

    /// Answers with JSON, whatever type was set before.
    @_disfavoredOverload
    public func send(_ data: some Encodable) { answer.sendJSON(Response.json(data), "send") }
}
