// Copyright 2026 the Whippet authors
// SPDX-License-Identifier: Apache-2.0

package import WhippetInfra

/// Writes requests, for clients.
///
/// Source: [RFC 9112 §3](https://www.rfc-editor.org/rfc/rfc9112#section-3).
@usableFromInline
package enum RequestWriter: MessageWriter {
    /// Whether this string may be written as a request target.
    package static func isValidTarget(_ target: String) -> Bool {
        target.utf8.withContiguousStorageIfAvailable { WireBytes.isTarget($0) }
            ?? Array(target.utf8).withUnsafeBufferPointer { WireBytes.isTarget($0) }
    }

    /// Writes a request line; the method must be a token, the target one that `isValidTarget` accepts.
    package static func requestLine(method: HTTPMethod, target: String, into output: inout ByteBuffer) {
        output.append(method.rawValue)
        output.appendByte(0x20)
        output.append(target)
        output.append(" HTTP/1.1\r\n")
    }

    /// Writes Host, which belongs first: [RFC 9110 §7.2](https://www.rfc-editor.org/rfc/rfc9110#section-7.2).
    package static func host(_ authority: String, into output: inout ByteBuffer) {
        field(name: "host", value: authority, into: &output)
    }
}
