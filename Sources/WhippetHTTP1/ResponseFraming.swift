// Copyright 2026 the Whippet authors
// SPDX-License-Identifier: Apache-2.0

package import WhippetInfra

/// Tells how a response to be sent is framed.
///
/// Source: [RFC 9112 §6](https://www.rfc-editor.org/rfc/rfc9112#section-6).
package struct ResponseFraming: Sendable, Hashable {
    /// How the content is sent: `none`, `length`, `chunked` or `untilClose`.
    package var body: BodyFraming
    /// The value to write as Content-Length; nil: write none from the body.
    package var contentLength: Int?
    /// Whether a Content-Length that the handler itself has set may be written where `contentLength` is nil.
    package var mayCarryOwnContentLength: Bool

    /// Decides how a response is framed.
    ///
    /// - Parameters:
    ///   - minorVersion: That of the request: 0 for HTTP/1.0, 1 for HTTP/1.1.
    ///   - bodyLength: The number of bytes of the content, nil if nobody knows yet.
    package static func decide(
        requestMethod: HTTPMethod, minorVersion: UInt8, status: UInt16, bodyLength: Int?
    ) -> ResponseFraming {
        // RFC 9110 §8.6: neither with 1xx and 204, nor with the answer that opens a tunnel.
        if status < 200 || status == 204 || requestMethod == .CONNECT && status < 300 {
            return ResponseFraming(body: .none, contentLength: nil, mayCarryOwnContentLength: false)
        }
        // RFC 9110 §15.4.5: the length would be that of the content left out, which only the handler knows.
        if status == 304 {
            return ResponseFraming(body: .none, contentLength: nil, mayCarryOwnContentLength: true)
        }
        // RFC 9110 §15.3.6: no content, and the client is told so.
        if status == 205 {
            return ResponseFraming(body: .none, contentLength: 0, mayCarryOwnContentLength: false)
        }
        // RFC 9110 §9.3.2: the fields of GET without its content.
        if requestMethod == .HEAD {
            return ResponseFraming(body: .none, contentLength: bodyLength, mayCarryOwnContentLength: true)
        }
        if let bodyLength {
            let body = bodyLength > 0 ? BodyFraming.length(bodyLength) : .none
            return ResponseFraming(body: body, contentLength: bodyLength, mayCarryOwnContentLength: false)
        }
        // RFC 9112 §6.1: no transfer coding in an answer to HTTP/1.0.
        let body = minorVersion > 0 ? BodyFraming.chunked : .untilClose
        return ResponseFraming(body: body, contentLength: nil, mayCarryOwnContentLength: false)
    }
}
