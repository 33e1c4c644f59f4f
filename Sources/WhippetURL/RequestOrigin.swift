// Copyright 2026 the Whippet authors
// SPDX-License-Identifier: Apache-2.0

#if canImport(Darwin)
internal import Darwin
#elseif canImport(Musl)
internal import Musl
#else
internal import Glibc
#endif

/// Scheme and authority of a received request, parsed once for all requests of a connection that name the same.
///
/// Parsing and writing an authority takes longer than the rest of making a request's URL.
package final class RequestOrigin: Sendable {
    /// Longer authorities are not kept: the client decides how long they are.
    private static let maximumCount = 256

    /// The authority as it came.
    private let authority: [UInt8]
    /// The URL up to its path, and its offsets, of which those after the path's start don't count.
    private let start: [UInt8]
    private let offsets: URLOffsets

    /// Takes an authority, nil where it is not plain or is unusually long.
    package init?(isSecure: Bool, authority: UnsafeBufferPointer<UInt8>) {
        let scheme = isSecure ? SpecialScheme.https : .http
        let root: [UInt8] = [0x2F]
        guard authority.count <= Self.maximumCount, let host = PlainURL.Authority(authority.span, scheme),
            let path = PlainURL.Target(root.span)
        else { return nil }
        let url = PlainURL(scheme: scheme, authority: host, target: path).url(
            authority: authority.span, target: root.span)
        self.authority = Array(authority)
        start = Array(url.serialization.utf8.dropLast())
        offsets = url.offsets
    }

    /// The URL of a target at an authority, nil where `URL(isSecure:authority:target:)` has to decide: the authority is
    /// another one, or the target is not plain.
    package func url(authority: UnsafeBufferPointer<UInt8>, target: UnsafeBufferPointer<UInt8>) -> URL? {
        guard authority.count == self.authority.count, let given = authority.baseAddress,
            // SAFETY: both have the same count of bytes.
            self.authority.withUnsafeBytes({ known in known.baseAddress.map { memcmp($0, given, known.count) } == 0 }),
            target.first == 0x2F, authority.count + target.count < URLParser.maximumInputLength,
            let path = PlainURL.Target(target.span)
        else { return nil }
        var offsets = offsets
        offsets.queryStart = offsets.pathStart + UInt32(truncatingIfNeeded: path.pathEnd)
        offsets.fragmentStart = offsets.pathStart + UInt32(truncatingIfNeeded: path.queryEnd)
        let start = start
        return URLWriter.url(capacity: start.count + target.count) { writer in
            writer.append(start.span)
            writer.append(target.span)
            writer.offsets = offsets
        }
    }
}
