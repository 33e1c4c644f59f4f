// Copyright 2026 the Whippet authors
// SPDX-License-Identifier: Apache-2.0

internal import WhippetInfra

extension URL {
    /// Makes the URL of a request that a server received: the scheme, the authority and the target put together, parsed.
    ///
    /// - Parameters:
    ///   - isSecure: Whether the scheme is `https` rather than `http`.
    ///   - authority: A host with or without a port, such as `Example.com:8080`.
    ///   - target: A target in origin-form, [RFC 9112 §3.2.1](https://www.rfc-editor.org/rfc/rfc9112#section-3.2.1).
    /// - Returns: nil if the whole is no URL, or if a part of it would spill into another.
    package init?(isSecure: Bool, authority: UnsafeBufferPointer<UInt8>, target: UnsafeBufferPointer<UInt8>) {
        let scheme = isSecure ? SpecialScheme.https : .http
        // Fast path: nothing to encode or to resolve ("the fast path of a request target agrees with the parser").
        if let host = RequestAuthority(authority.span, scheme), let path = RequestTarget(target.span) {
            self = URL.plain(scheme, authority.span, host, target.span, path)
            return
        }
        guard target.first == 0x2F, authority.allSatisfy({ $0 != 0x40 && $0 != 0x2F && $0 != 0x5C }),
            authority.allSatisfy({ $0 != 0x3F && $0 != 0x23 })
        else { return nil }
        var input = Array((isSecure ? "https://" : "http://").utf8)
        input.append(contentsOf: authority)
        input.append(contentsOf: target)
        guard let url = try? URLParser.parse(input.span, base: nil) else { return nil }
        self = url
    }

    private static func plain(
        _ scheme: SpecialScheme, _ authority: Span<UInt8>, _ host: RequestAuthority, _ target: Span<UInt8>,
        _ path: RequestTarget
    ) -> URL {
        let schemeCount = scheme == .https ? 5 : 4
        let capacity = schemeCount + 3 + (host.port == nil ? host.hostCount : authority.count) + target.count
        return URLWriter.url(capacity: capacity) { writer in
            writer.append(scheme == .https ? "https://" : "http://")
            writer.offsets.scheme = scheme
            writer.offsets.schemeEnd = UInt32(truncatingIfNeeded: schemeCount + 1)
            writer.offsets.hasHost = true
            writer.offsets.usernameEnd = writer.position
            writer.offsets.hostStart = writer.position
            writer.appendLowercased(authority.extracting(0..<host.hostCount))
            writer.writePort(host.port)
            writer.append(target)
            writer.offsets.queryStart = writer.offsets.pathStart + UInt32(truncatingIfNeeded: path.pathCount)
            writer.offsets.fragmentStart = writer.position
        }
    }
}

/// An authority that the fast path can take as it is, but for its case.
private struct RequestAuthority {
    /// The length of the host, a domain or a canonical IPv4 address.
    let hostCount: Int
    /// The port, nil if there is none or if it is the scheme's default port.
    let port: UInt16?

    init?(_ authority: Span<UInt8>, _ scheme: SpecialScheme) {
        var end = 0
        loop: while end < authority.count {
            switch authority[end] {
            case 0x30...0x39, 0x41...0x5A, 0x61...0x7A, 0x2D, 0x2E, 0x5F: end += 1
            case 0x3A: break loop
            default: return nil
            }
        }
        guard end > 0, end < URLParser.maximumInputLength else { return nil }
        let host = authority.extracting(0..<end)
        guard !HostParser.endsInNumber(host) || IPv4Address.isCanonical(host) else { return nil }
        hostCount = end
        guard end < authority.count else {
            port = nil
            return
        }
        // A port with leading zeros would be written without them.
        let digits = end + 1..<authority.count
        guard (1...5).contains(digits.count), authority[digits.lowerBound] != 0x30 else { return nil }
        do {
            port = try URLParser.port(authority, digits, scheme: scheme)
        } catch {
            return nil
        }
    }
}

/// A target that the fast path can take as it is.
private struct RequestTarget {
    /// The length of the path.
    let pathCount: Int

    init?(_ target: Span<UInt8>) {
        guard target.count < URLParser.maximumInputLength, !target.isEmpty, target[0] == 0x2F else { return nil }
        var index = 0
        let path = PercentEncodeSet.path
        while index < target.count {
            let byte = target[index]
            if path.contains(byte) {
                if byte == 0x3F { break }
                return nil
            }
            switch byte {
            case 0x2F:
                // What begins with "." or "%" may be a dot segment.
                if index + 1 < target.count, target[index + 1] == 0x2E || target[index + 1] == 0x25 { return nil }
            case 0x5C: return nil
            default: break
            }
            index += 1
        }
        pathCount = index
        // The set has "#", too: a fragment is left to the parser.
        let query = PercentEncodeSet.specialQuery
        var rest = index + 1
        while rest < target.count {
            if query.contains(target[rest]) { return nil }
            rest += 1
        }
    }
}
