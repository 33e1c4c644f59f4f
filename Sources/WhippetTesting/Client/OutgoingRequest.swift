// Copyright 2026 the Whippet authors
// SPDX-License-Identifier: Apache-2.0

internal import WhippetFetch
internal import WhippetHTTP1
internal import WhippetInfra

/// A request as it goes over the wire: its head is made, its body claimed.
struct OutgoingRequest: Sendable {
    /// What follows the head.
    enum Content: Sendable {
        case none
        case bytes([UInt8])
        /// Chunks that are still to come; with a length they are sent as they are, without one in the chunked coding.
        case chunks(BodySource, length: Int?)
    }

    let request: Request
    /// The head with its empty line.
    let head: [UInt8]
    let content: Content
    /// Whether the content waits for `100 Continue`.
    let expectsContinue: Bool
    /// Whether the caller asked for the connection's end.
    let closes: Bool

    /// Makes the head and claims the body.
    ///
    /// - Throws: What keeps the request from being made, or `TypeError` for a body that was used.
    init(_ request: Request) throws {
        if let failure = request.failure { throw failure }
        self.request = request
        let target = request.targetOnWire
        guard RequestWriter.isValidTarget(target) else {
            throw TypeError("Request: \"\(target)\" can't be written as a request target")
        }
        let method = request.method
        let declared = request.headers[.contentLength].flatMap { Int($0) }
        content =
            switch try request.sourceForSending() {
            case .empty: .none
            case .string(let text): .bytes(Array(text.utf8))
            case .bytes(let bytes): .bytes(bytes)
            case let source: .chunks(source, length: request.bodyLength ?? declared)
            }
        var output = ByteBuffer(capacity: 512)
        RequestWriter.requestLine(method: method, target: target, into: &output)
        RequestWriter.host(request.headers["host"] ?? request.authorityOnWire, into: &output)
        var expectsContinue = false
        var closes = false
        request.headers.forEachField { name, value in
            switch ASCII.lowercased(String(decoding: name, as: UTF8.self)) {
            case "host", "content-length", "transfer-encoding", "keep-alive": return
            case "connection":
                // The connection is the client's; a caller may only ask for its end.
                closes = ASCII.equalsIgnoringCase(String(decoding: value, as: UTF8.self), "close")
                return
            case "expect":
                expectsContinue = ASCII.equalsIgnoringCase(String(decoding: value, as: UTF8.self), "100-continue")
            default: break
            }
            RequestWriter.field(name: name, value: value, into: &output)
        }
        switch content {
        case .none:
            // Fetch, HTTP-network-or-cache fetch, step 8.4: a null body of POST and PUT is said to be empty.
            if method == .POST || method == .PUT || request.hasBody { RequestWriter.contentLength(0, into: &output) }
            expectsContinue = false
        case .bytes(let bytes): RequestWriter.contentLength(bytes.count, into: &output)
        case .chunks(_, let length?): RequestWriter.contentLength(length, into: &output)
        case .chunks(_, nil): RequestWriter.transferEncodingChunked(into: &output)
        }
        if closes { output.append(RequestWriter.connectionClose) }
        RequestWriter.endOfHead(into: &output)
        head = Array(output.readableBytes)
        self.expectsContinue = expectsContinue
        self.closes = closes
    }

    /// Whether the request may be sent again when a kept connection was closed under it.
    ///
    /// Source: [RFC 9110 §9.2.2](https://www.rfc-editor.org/rfc/rfc9110#section-9.2.2).
    var mayRepeat: Bool {
        if case .chunks = content { return false }
        switch request.method {
        case .GET, .HEAD, .PUT, .DELETE, .OPTIONS, .TRACE, .QUERY: return true
        default: return false
        }
    }

    /// An error that names the request.
    func error(_ kind: ClientError.Kind, _ reason: String) -> ClientError {
        ClientError(kind, "\(request.method) \(request.targetOnWire): \(reason)")
    }
}
