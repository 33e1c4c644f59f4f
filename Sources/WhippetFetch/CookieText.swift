// Copyright 2026 the Whippet authors
// SPDX-License-Identifier: Apache-2.0

internal import WhippetInfra

/// What cookies of both directions share: limits, and values as text.
enum CookieText {
    /// How many bytes name and value may have together.
    ///
    /// Source: [RFC 6265bis §5.6](https://datatracker.ietf.org/doc/html/draft-ietf-httpbis-rfc6265bis#section-5.6).
    static let pairLimit = 4096
    /// How many bytes the value of an attribute may have.
    static let attributeLimit = 1024

    /// The value percent-encoded as `encodeURIComponent` does, so that it has the characters of a cookie's value only.
    static func encode(_ value: String) -> String {
        // Fast path: nothing to encode; the table of values tests both ways.
        if value.utf8.allSatisfy({ isUnreserved($0) }) { return value }
        var bytes: [UInt8] = []
        bytes.reserveCapacity(value.utf8.count + 16)
        for byte in value.utf8 {
            if isUnreserved(byte) {
                bytes.append(byte)
            } else {
                bytes.append(0x25)
                bytes.append(hexDigits[Int(byte >> 4)])
                bytes.append(hexDigits[Int(byte & 15)])
            }
        }
        return String(decoding: bytes, as: UTF8.self)
    }

    /// The value percent-decoded, nil for a bad escape or bytes that are not UTF-8, as `decodeURIComponent` does.
    static func decode(_ value: Slice<UnsafeBufferPointer<UInt8>>) -> String? {
        guard value.contains(0x25) else { return String(decoding: value, as: UTF8.self) }
        var bytes: [UInt8] = []
        bytes.reserveCapacity(value.count)
        var rest = value
        while let byte = rest.popFirst() {
            guard byte == 0x25 else {
                bytes.append(byte)
                continue
            }
            guard let high = rest.popFirst().flatMap(ASCII.hexValue), let low = rest.popFirst().flatMap(ASCII.hexValue)
            else { return nil }
            bytes.append(high << 4 | low)
        }
        return String(validating: bytes, as: UTF8.self)
    }

    /// Whether the byte may stand in an attribute's value: ASCII without control characters and semicolon.
    static func isAttributeByte(_ byte: UInt8) -> Bool {
        0x20...0x7E ~= byte && byte != 0x3B
    }

    /// Whether it is a host's name, with a dot in front or not: labels of letters, digits, `-` and `_`.
    static func isDomain(_ domain: String) -> Bool {
        let name = domain.utf8.first == 0x2E ? domain.utf8.dropFirst() : domain.utf8[...]
        return name.split(separator: 0x2E, omittingEmptySubsequences: false).allSatisfy { label in
            !label.isEmpty
                && label.allSatisfy {
                    ASCII.isDigit($0) || ASCII.lowercased($0) &- 0x61 < 26 || $0 == 0x2D || $0 == 0x5F
                }
        }
    }

    private static let hexDigits = Array("0123456789ABCDEF".utf8)

    private static func isUnreserved(_ byte: UInt8) -> Bool {
        if ASCII.isDigit(byte) || ASCII.lowercased(byte) &- 0x61 < 26 { return true }
        return switch byte {
        case 0x21, 0x27, 0x28, 0x29, 0x2A, 0x2D, 0x2E, 0x5F, 0x7E: true
        default: false
        }
    }
}
