// Copyright 2026 the Whippet authors
// SPDX-License-Identifier: Apache-2.0

package import WhippetFetch
internal import WhippetInfra

extension Middleware {
    /// Gives answers of `GET` an `ETag`, and answers with 304 when the client has them already.
    ///
    /// The tag is the SHA-1 of a body that is in memory; a stream or file has none, and one that the handler has set is
    /// kept. Conditions are evaluated with it and with the `Last-Modified` that the handler has set, as by
    /// ``Response/conditional(for:ranges:)``.
    /// - Parameter weak: Whether the tag promises the same meaning only, not the same bytes.
    public static func etag(weak: Bool = false) -> Middleware {
        Middleware { request, _, next in
            var response = await next(request)
            guard request.method == .GET || request.method == .HEAD, response.status == .ok else { return response }
            if response.headers[.etag] == nil, !response.hasNullBody { response.addEntityTag(weak: weak) }
            return response.conditional(for: request, ranges: false)
        }
    }
}

extension Response {
    /// Gives the response an `ETag` of its body, if that is in memory: its SHA-1.
    package mutating func addEntityTag(weak: Bool = false) {
        guard bufferedLength != nil else { return }
        var digest: [UInt8] = []
        withBufferedBytes { digest = SHA1.hash($0.span) }
        var tag: [UInt8] = []
        tag.reserveCapacity(2 * digest.count + 4)
        if weak { tag += "W/".utf8 }
        tag.append(0x22)
        for byte in digest {
            tag.append(Self.hexadecimalDigit(byte >> 4))
            tag.append(Self.hexadecimalDigit(byte & 15))
        }
        tag.append(0x22)
        headers[.etag] = String(decoding: tag, as: UTF8.self)
    }

    private static func hexadecimalDigit(_ value: UInt8) -> UInt8 { value < 10 ? 0x30 + value : 0x57 + value }
}
