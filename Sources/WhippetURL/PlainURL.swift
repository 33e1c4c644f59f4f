// Copyright 2026 the Whippet authors
// SPDX-License-Identifier: Apache-2.0

@_spi(Whippet) internal import WhippetInfra

/// The parser's fast path: an `http` or `https` URL without a base, in which nothing is to be encoded or resolved.
///
/// Most URLs are of that kind. One pass over the bytes finds their components; a URL that is in its normal form already
/// shares the memory of its input. What does not fit gives nil and is left to the state machine, never failed here. The
/// test "the fast path agrees with the state machine" proves both equal.
struct PlainURL {
    /// A host with or without a port that can be taken as it is, but for its case.
    struct Authority {
        /// The length of the host: a domain or an IPv4 address in its normal form.
        let hostCount: Int
        /// The port, nil if there is none or if it is the scheme's default port.
        let port: UInt16?
        /// Whether it is in its normal form.
        let isNormal: Bool

        init?(_ authority: Span<UInt8>, _ scheme: SpecialScheme) {
            var end = 0
            var isLowercase = true
            while end < authority.count {
                let byte = authority[end]
                if byte &- 0x61 < 26 || byte &- 0x30 < 10 || byte == 0x2D || byte == 0x2E || byte == 0x5F {
                    end += 1
                } else if byte &- 0x41 < 26 {
                    isLowercase = false
                    end += 1
                } else {
                    break
                }
            }
            guard end > 0 else { return nil }
            let host = authority.extracting(0..<end)
            guard !HostParser.endsInNumber(host) || IPv4Address.isCanonical(host) else { return nil }
            hostCount = end
            if end == authority.count {
                port = nil
                isNormal = isLowercase
                return
            }
            // A port with leading zeros would be written without them.
            let digits = end + 1..<authority.count
            guard authority[end] == 0x3A, 1...5 ~= digits.count, authority[end + 1] != 0x30 else { return nil }
            do {
                port = try URLParser.port(authority, digits, scheme: scheme)
            } catch {
                return nil
            }
            isNormal = isLowercase && port != nil
        }
    }

    /// A path with or without a query and a fragment that can be taken as it is.
    struct Target {
        /// Whether there is a path; if not, it is a slash.
        let hasPath: Bool
        /// Where the query or else the fragment begins, or the end.
        let pathEnd: Int
        /// Where the fragment begins, or the end.
        let queryEnd: Int

        init?(_ target: Span<UInt8>) {
            // Without the span's checks, which take as long as the loops' own work.
            let ends = target.withUnsafeBufferPointer { Self.ends($0) }
            guard let ends else { return nil }
            hasPath = !target.isEmpty && target[0] == 0x2F
            (pathEnd, queryEnd) = ends
        }

        /// Where path and query end, nil where something is to be encoded or resolved.
        // SAFETY: each index is compared with the count right before it is used.
        private static func ends(_ target: UnsafeBufferPointer<UInt8>) -> (path: Int, query: Int)? {
            // The sets in local variables: an accessor is called for each use of another module's.
            let (stops, querySet) = (PercentEncodeSet.pathStops, PercentEncodeSet.specialQuery)
            let count = target.count
            var index = 0
            if count > 0, target[0] == 0x2F {
                while index < count {
                    let byte = target[index]
                    // Small letters, which most bytes are, need no look at the set.
                    if byte &- 0x61 >= 26, stops.contains(byte) {
                        if byte == 0x2F {
                            // What begins with "." or "%" may be a dot segment.
                            if index + 1 < count, target[index + 1] == 0x2E || target[index + 1] == 0x25 { return nil }
                        } else if byte == 0x3F || byte == 0x23 {
                            break
                        } else {
                            return nil
                        }
                    }
                    index += 1
                }
            }
            let pathEnd = index
            if index < count, target[index] == 0x3F {
                index += 1
                // The set has "#", too.
                while index < count, target[index] &- 0x61 < 26 || !querySet.contains(target[index]) { index += 1 }
            }
            let queryEnd = index
            // Neither the end nor a fragment: something to encode, or no path and not a query.
            if index < count, target[index] != 0x23 { return nil }
            index += 1
            while index < count {
                if PercentEncodeSet.fragment.contains(target[index]) { return nil }
                index += 1
            }
            return (pathEnd, queryEnd)
        }
    }

    let scheme: SpecialScheme
    let authority: Authority
    let target: Target

    /// Whether the URL is in its normal form.
    var isNormal: Bool { authority.isNormal && target.hasPath }

    /// Finds the components of a whole URL, nil if it is not plain; `authorityEnd` is set to where its target begins.
    init?(_ input: Span<UInt8>, _ authorityEnd: inout Int) {
        guard input.count <= URLParser.maximumInputLength, input.count > 8 else { return nil }
        guard input[0] == 0x68, input[1] == 0x74, input[2] == 0x74, input[3] == 0x70 else { return nil }
        let isSecure = input[4] == 0x73
        let start = isSecure ? 8 : 7
        guard input[start - 3] == 0x3A, input[start - 2] == 0x2F, input[start - 1] == 0x2F else { return nil }
        scheme = isSecure ? .https : .http
        var end = start
        while end < input.count, !PercentEncodeSet.authorityStops.contains(input[end]) { end += 1 }
        authorityEnd = end
        guard let authority = Authority(input.extracting(start..<end), scheme),
            let target = Target(input.extracting(end..<input.count))
        else { return nil }
        self.authority = authority
        self.target = target
    }

    init(scheme: SpecialScheme, authority: Authority, target: Target) {
        self.scheme = scheme
        self.authority = authority
        self.target = target
    }

    /// The offsets in the serialisation, whose target has `targetCount` bytes.
    func offsets(targetCount: Int) -> URLOffsets {
        var offsets = URLOffsets()
        offsets.scheme = scheme
        offsets.hasHost = true
        offsets.schemeEnd = scheme == .https ? 6 : 5
        offsets.usernameEnd = offsets.schemeEnd + 2
        offsets.hostStart = offsets.usernameEnd
        offsets.hostEnd = offsets.hostStart + UInt32(truncatingIfNeeded: authority.hostCount)
        offsets.pathStart = offsets.hostEnd + (authority.port.map { 1 + URLWriter.digitCount($0) } ?? 0)
        let start = offsets.pathStart + (target.hasPath ? 0 : 1)
        offsets.queryStart = start + UInt32(truncatingIfNeeded: target.pathEnd)
        offsets.fragmentStart = start + UInt32(truncatingIfNeeded: target.queryEnd)
        offsets.end = start + UInt32(truncatingIfNeeded: targetCount)
        return offsets
    }

    /// Writes the URL.
    func url(authority bytes: Span<UInt8>, target rest: Span<UInt8>) -> URL {
        let offsets = offsets(targetCount: rest.count)
        return URLWriter.url(capacity: Int(offsets.end)) { writer in
            writer.append(scheme == .https ? "https://" : "http://")
            if authority.isNormal {
                writer.append(bytes)
            } else {
                writer.appendLowercased(bytes.extracting(0..<authority.hostCount))
                if let port = authority.port { writer.append(port: port) }
            }
            if !target.hasPath { writer.append(0x2F) }
            writer.append(rest)
            writer.offsets = offsets
        }
    }
}
