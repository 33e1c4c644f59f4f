// Copyright 2026 the Whippet authors
// SPDX-License-Identifier: Apache-2.0

/// Writes responses.
///
/// Source: [RFC 9112 §4](https://www.rfc-editor.org/rfc/rfc9112#section-4).
@usableFromInline
package enum ResponseWriter: MessageWriter {
    /// What a client that expects it waits for.
    package static let continueResponse: StaticString = "HTTP/1.1 100 Continue\r\n\r\n"

    /// Writes a status line.
    ///
    /// - Parameters:
    ///   - status: 100 to 999; another is written as 500.
    ///   - reason: nil: the usual one. One with bytes that may not stand there is left out.
    package static func statusLine(_ status: UInt16, reason: String? = nil, into output: inout ByteBuffer) {
        let code = (100...999).contains(status) ? status : 500
        if reason == nil, let line = readyLine(code) { return output.append(line) }
        output.append("HTTP/1.1 ")
        output.appendDecimal(UInt64(code))
        output.appendByte(0x20)
        if let reason, isValidFieldValue(reason) { output.append(reason) }
        output.append("\r\n")
    }

    /// Writes a whole answer, with one look at the room for it.
    ///
    /// - Parameters:
    ///   - head: The head up to the value of Content-Length, which is its last field but those of `lines`.
    ///   - contentLength: That value.
    ///   - lines: Whole field lines behind it; mostly none.
    ///   - content: The content, empty for one that is not sent with the head.
    @inlinable
    package static func answer(
        _ head: UnsafeBufferPointer<UInt8>, contentLength: Int, _ lines: StaticString,
        _ content: UnsafeBufferPointer<UInt8>, into output: inout ByteBuffer
    ) {
        let room = head.count &+ lines.utf8CodeUnitCount &+ content.count
        let start = output.reserve(room &+ DecimalDigits.maximumCount &+ 4)
        var cursor = start
        if let source = head.baseAddress { cursor.update(from: source, count: head.count) }
        cursor = DecimalDigits.write(UInt64(clamping: contentLength), to: cursor + head.count)
        cursor[0] = 0x0D
        cursor[1] = 0x0A
        cursor += 2
        if lines.utf8CodeUnitCount > 0 {
            cursor.update(from: lines.utf8Start, count: lines.utf8CodeUnitCount)
            cursor += lines.utf8CodeUnitCount
        }
        cursor[0] = 0x0D
        cursor[1] = 0x0A
        cursor += 2
        if let source = content.baseAddress { cursor.update(from: source, count: content.count) }
        output.commit(cursor + content.count - start)
    }

    /// Writes a whole answer whose fields are at hand as bytes, with one look at the room for it.
    ///
    /// - Parameters:
    ///   - head: The status line and whole field lines.
    ///   - field: One more field line.
    ///   - lines: Whole field lines behind it; mostly none.
    ///   - content: The content, empty for one that is not sent with the head.
    @inlinable
    package static func answer(
        _ head: UnsafeBufferPointer<UInt8>, _ field: UnsafeBufferPointer<UInt8>, _ lines: StaticString,
        _ content: UnsafeBufferPointer<UInt8>, into output: inout ByteBuffer
    ) {
        let count = head.count &+ field.count &+ lines.utf8CodeUnitCount &+ 2 &+ content.count
        var cursor = output.reserve(count)
        if let source = head.baseAddress { cursor.update(from: source, count: head.count) }
        cursor += head.count
        if let source = field.baseAddress { cursor.update(from: source, count: field.count) }
        cursor += field.count
        if lines.utf8CodeUnitCount > 0 {
            cursor.update(from: lines.utf8Start, count: lines.utf8CodeUnitCount)
            cursor += lines.utf8CodeUnitCount
        }
        cursor[0] = 0x0D
        cursor[1] = 0x0A
        if let source = content.baseAddress { (cursor + 2).update(from: source, count: content.count) }
        output.commit(count)
    }

    /// The status lines of the registry, as they go out.
    ///
    /// Source: [RFC 9110 §15](https://www.rfc-editor.org/rfc/rfc9110#section-15) and IANA's
    /// [status code registry](https://www.iana.org/assignments/http-status-codes).
    private static func readyLine(_ status: UInt16) -> StaticString? {
        switch status {
        case 100: "HTTP/1.1 100 Continue\r\n"
        case 101: "HTTP/1.1 101 Switching Protocols\r\n"
        case 102: "HTTP/1.1 102 Processing\r\n"
        case 103: "HTTP/1.1 103 Early Hints\r\n"
        case 200: "HTTP/1.1 200 OK\r\n"
        case 201: "HTTP/1.1 201 Created\r\n"
        case 202: "HTTP/1.1 202 Accepted\r\n"
        case 203: "HTTP/1.1 203 Non-Authoritative Information\r\n"
        case 204: "HTTP/1.1 204 No Content\r\n"
        case 205: "HTTP/1.1 205 Reset Content\r\n"
        case 206: "HTTP/1.1 206 Partial Content\r\n"
        case 207: "HTTP/1.1 207 Multi-Status\r\n"
        case 208: "HTTP/1.1 208 Already Reported\r\n"
        case 226: "HTTP/1.1 226 IM Used\r\n"
        case 300: "HTTP/1.1 300 Multiple Choices\r\n"
        case 301: "HTTP/1.1 301 Moved Permanently\r\n"
        case 302: "HTTP/1.1 302 Found\r\n"
        case 303: "HTTP/1.1 303 See Other\r\n"
        case 304: "HTTP/1.1 304 Not Modified\r\n"
        case 305: "HTTP/1.1 305 Use Proxy\r\n"
        case 307: "HTTP/1.1 307 Temporary Redirect\r\n"
        case 308: "HTTP/1.1 308 Permanent Redirect\r\n"
        case 400: "HTTP/1.1 400 Bad Request\r\n"
        case 401: "HTTP/1.1 401 Unauthorized\r\n"
        case 402: "HTTP/1.1 402 Payment Required\r\n"
        case 403: "HTTP/1.1 403 Forbidden\r\n"
        case 404: "HTTP/1.1 404 Not Found\r\n"
        case 405: "HTTP/1.1 405 Method Not Allowed\r\n"
        case 406: "HTTP/1.1 406 Not Acceptable\r\n"
        case 407: "HTTP/1.1 407 Proxy Authentication Required\r\n"
        case 408: "HTTP/1.1 408 Request Timeout\r\n"
        case 409: "HTTP/1.1 409 Conflict\r\n"
        case 410: "HTTP/1.1 410 Gone\r\n"
        case 411: "HTTP/1.1 411 Length Required\r\n"
        case 412: "HTTP/1.1 412 Precondition Failed\r\n"
        case 413: "HTTP/1.1 413 Content Too Large\r\n"
        case 414: "HTTP/1.1 414 URI Too Long\r\n"
        case 415: "HTTP/1.1 415 Unsupported Media Type\r\n"
        case 416: "HTTP/1.1 416 Range Not Satisfiable\r\n"
        case 417: "HTTP/1.1 417 Expectation Failed\r\n"
        case 421: "HTTP/1.1 421 Misdirected Request\r\n"
        case 422: "HTTP/1.1 422 Unprocessable Content\r\n"
        case 423: "HTTP/1.1 423 Locked\r\n"
        case 424: "HTTP/1.1 424 Failed Dependency\r\n"
        case 425: "HTTP/1.1 425 Too Early\r\n"
        case 426: "HTTP/1.1 426 Upgrade Required\r\n"
        case 428: "HTTP/1.1 428 Precondition Required\r\n"
        case 429: "HTTP/1.1 429 Too Many Requests\r\n"
        case 431: "HTTP/1.1 431 Request Header Fields Too Large\r\n"
        case 451: "HTTP/1.1 451 Unavailable For Legal Reasons\r\n"
        case 500: "HTTP/1.1 500 Internal Server Error\r\n"
        case 501: "HTTP/1.1 501 Not Implemented\r\n"
        case 502: "HTTP/1.1 502 Bad Gateway\r\n"
        case 503: "HTTP/1.1 503 Service Unavailable\r\n"
        case 504: "HTTP/1.1 504 Gateway Timeout\r\n"
        case 505: "HTTP/1.1 505 HTTP Version Not Supported\r\n"
        case 506: "HTTP/1.1 506 Variant Also Negotiates\r\n"
        case 507: "HTTP/1.1 507 Insufficient Storage\r\n"
        case 508: "HTTP/1.1 508 Loop Detected\r\n"
        case 511: "HTTP/1.1 511 Network Authentication Required\r\n"
        default: nil
        }
    }
}
