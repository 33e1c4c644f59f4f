// Copyright 2026 the Whippet authors
// SPDX-License-Identifier: Apache-2.0

@_spi(Whippet) internal import WhippetInfra

extension URLParser {
    /// [Authority state](https://url.spec.whatwg.org/#authority-state).
    mutating func authority(_ input: Span<UInt8>) throws(URLFailure) -> State {
        // 2. The authority ends at a slash, "?", "#" or the end. 1. The last "@" ends the credentials.
        var end = pointer
        var at: Int?
        let stops = PercentEncodeSet.authorityStops
        loop: while end < input.count {
            if stops.contains(input[end]) {
                switch input[end] {
                case 0x2F, 0x3F, 0x23: break loop
                case 0x5C where parts.scheme.isSpecial: break loop
                case 0x40: at = end
                default: break
                }
            }
            end += 1
        }
        authorityEnd = end
        guard let at else { return .host }
        // 2.1. Credentials, but no host.
        guard at + 1 < end else { throw .hostMissing }
        // 1.4. The first ":" ends the user name; all others are encoded.
        var colon = pointer
        while colon < at, input[colon] != 0x3A { colon += 1 }
        parts.username = pointer..<colon
        parts.password = min(colon + 1, at)..<at
        pointer = at + 1
        return .host
    }

    /// [Host state](https://url.spec.whatwg.org/#host-state).
    mutating func host(_ input: Span<UInt8>) throws(URLFailure) -> State {
        let end = URLParser.endOfHost(input, pointer..<authorityEnd)
        let range = pointer..<end
        if end < authorityEnd {
            // 2.1. A port, but no host.
            guard !range.isEmpty else { throw .hostMissing }
            parts.host = try HostParser.parse(input, range, isOpaque: !parts.scheme.isSpecial)
            pointer = end + 1
            return .port
        }
        // 3.1. A special URL without a host.
        guard !range.isEmpty || !parts.scheme.isSpecial else { throw .hostMissing }
        parts.host = try HostParser.parse(input, range, isOpaque: !parts.scheme.isSpecial)
        pointer = end
        return .pathStart
    }

    /// Where the host ends: at the first colon outside brackets, else at the end of the range.
    static func endOfHost(_ input: Span<UInt8>, _ range: Range<Int>) -> Int {
        var isInsideBrackets = false
        var index = range.lowerBound
        while index < range.upperBound {
            switch input[index] {
            case 0x3A where !isInsideBrackets: return index
            case 0x5B: isInsideBrackets = true
            case 0x5D: isInsideBrackets = false
            default: break
            }
            index += 1
        }
        return index
    }

    /// [Port state](https://url.spec.whatwg.org/#port-state).
    mutating func port(_ input: Span<UInt8>) throws(URLFailure) -> State {
        // 1–2.
        parts.port = try URLParser.port(input, pointer..<authorityEnd, scheme: parts.scheme)
        pointer = authorityEnd
        return .pathStart
    }

    /// The number of a port, nil if there are no digits or if it is the scheme's default port.
    static func port(
        _ input: Span<UInt8>, _ range: Range<Int>, scheme: SpecialScheme
    ) throws(URLFailure) -> UInt16? {
        guard !range.isEmpty else { return nil }
        var port: UInt32 = 0
        for index in range {
            // 3. Anything but a digit.
            guard input[index].isASCIIDigit else { throw .portInvalid }
            // 2.1.2. Not a 16-bit unsigned integer; the value stays below 2^20, so that no length of it overflows.
            port = min(port * 10 + UInt32(input[index] - 0x30), 0xF_FFFF)
        }
        guard let port = UInt16(exactly: port) else { throw .portOutOfRange }
        // 2.1.3.
        return port == scheme.defaultPort ? nil : port
    }
}
