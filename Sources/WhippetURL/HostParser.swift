// Copyright 2026 the Whippet authors
// SPDX-License-Identifier: Apache-2.0

@_spi(Whippet) internal import WhippetInfra

/// The standard's [host parser](https://url.spec.whatwg.org/#concept-host-parser).
enum HostParser {
    /// Parses the host that stands in a range of the input.
    static func parse(_ input: Span<UInt8>, _ range: Range<Int>, isOpaque: Bool) throws(URLFailure) -> URLParts.Host {
        guard !range.isEmpty else { return .empty }
        let host = input.extracting(range)
        // 1. An IPv6 address in brackets.
        if host[0] == 0x5B {
            guard host[host.count - 1] == 0x5D else { throw .ipv6Unclosed }
            return .converted(try IPv6Address.parse(host.extracting(1..<host.count - 1)).serialized)
        }
        // 2.
        if isOpaque {
            try parseOpaque(host)
            return .opaque(range)
        }
        // Fast path: a domain in ASCII decodes to itself, and the writer lower-cases it ("encoded domains are those that they decode to").
        if try isPlainDomain(host) {
            guard endsInNumber(host) else { return .domain(range) }
            if IPv4Address.isCanonical(host) { return .domain(range) }
            return .converted(try IPv4Address.parse(host).serialized)
        }
        // 5. UTF-8 decode without BOM the percent-decoding.
        let domain = UTF8Decoding.decodeWithoutBOM(PercentEncoding.decode(host).span)
        // 6–7.
        let ascii = try parseDomain(domain)
        // 8.
        if endsInNumber(ascii.span) { return .converted(try IPv4Address.parse(ascii.span).serialized) }
        // 9.
        return .converted(ascii)
    }

    /// Whether a parsed host is the domain `localhost`.
    static func isLocalhost(_ host: URLParts.Host, _ input: Span<UInt8>) -> Bool {
        func matches(_ bytes: Span<UInt8>) -> Bool {
            let name: StaticString = "localhost"
            guard bytes.count == name.utf8CodeUnitCount else { return false }
            return name.withUTF8Buffer { name in
                bytes.indices.allSatisfy { bytes[$0].asciiLowercased == name[$0] }
            }
        }
        switch host {
        case .domain(let range): return matches(input.extracting(range))
        case .converted(let bytes): return matches(bytes.span)
        default: return false
        }
    }

    // MARK: - Algorithm

    /// Implements the [domain parser](https://url.spec.whatwg.org/#concept-domain-to-ascii), not strict.
    static func parseDomain(_ domain: String) throws(URLFailure) -> [UInt8] {
        // 1–3. The strict result only reports validation errors.
        var result: [UInt8]
        if domain.utf8.allSatisfy({ $0 < 0x80 }) {
            // 5. An ASCII domain is lower-cased and never failed by IDNA.
            result = domain.utf8.map(\.asciiLowercased)
        } else {
            // 6.
            guard let converted = IDNA.toASCII(domain) else { throw .domainToASCII }
            result = converted
        }
        // 7.
        guard !result.isEmpty else { throw .domainToASCII }
        // 8.
        guard !result.contains(where: PercentEncodeSet.domainStops.contains) else { throw .domainInvalidCodePoint }
        // 9.
        return result
    }

    /// Implements the [opaque-host parser](https://url.spec.whatwg.org/#concept-opaque-host-parser), as far as it fails.
    private static func parseOpaque(_ host: Span<UInt8>) throws(URLFailure) {
        // 1. The writer does 4, the percent-encoding.
        for index in host.indices where isForbiddenInHost(host[index]) {
            throw .hostInvalidCodePoint
        }
    }

    /// Whether a domain is ASCII and needs no percent-decoding; such a domain fails on a forbidden byte.
    ///
    /// Elsewhere a forbidden byte may still compose with what follows it, as `<` does with U+0338.
    private static func isPlainDomain(_ host: Span<UInt8>) throws(URLFailure) -> Bool {
        var isPlain = true
        var hasForbidden = false
        for index in host.indices {
            let byte = host[index]
            guard PercentEncodeSet.domainStops.contains(byte) else { continue }
            if byte >= 0x80 || byte == 0x25 {
                isPlain = false
            } else {
                hasForbidden = true
            }
        }
        guard !isPlain || !hasForbidden else { throw .domainInvalidCodePoint }
        return isPlain
    }

    /// A [forbidden host code point](https://url.spec.whatwg.org/#forbidden-host-code-point).
    static func isForbiddenInHost(_ byte: UInt8) -> Bool {
        switch byte {
        case 0x00, 0x09, 0x0A, 0x0D, 0x20, 0x23, 0x2F, 0x3A, 0x3C, 0x3E, 0x3F, 0x40, 0x5B, 0x5C, 0x5D, 0x5E, 0x7C: true
        default: false
        }
    }

    /// Implements the [ends in a number checker](https://url.spec.whatwg.org/#ends-in-a-number-checker).
    static func endsInNumber(_ input: Span<UInt8>) -> Bool {
        // 2–4. The last part; an empty one at the end doesn't count.
        var end = input.count
        if end > 0, input[end - 1] == 0x2E { end -= 1 }
        // Fast path: neither a decimal nor a hexadecimal number ends otherwise ("what ends in a number is an IPv4 address").
        guard end > 0, input[end - 1].hexDigitValue != nil || input[end - 1] | 0x20 == 0x78 else { return false }
        var start = end
        while start > 0, input[start - 1] != 0x2E { start -= 1 }
        guard start < end else { return false }
        let last = input.extracting(start..<end)
        // 5. Digits only.
        var digits = 0
        while digits < last.count, last[digits].isASCIIDigit { digits += 1 }
        if digits == last.count { return true }
        // 6. "0x" and hexadecimal digits.
        guard last.count >= 2, last[0] == 0x30, last[1] | 0x20 == 0x78 else { return false }
        var index = 2
        while index < last.count, last[index].hexDigitValue != nil { index += 1 }
        return index == last.count
    }
}
