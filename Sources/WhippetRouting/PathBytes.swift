// Copyright 2026 the Whippet authors
// SPDX-License-Identifier: Apache-2.0

internal import WhippetInfra

/// What a byte may do in a URL path.
enum PathBytes {
    static let slash = UInt8(ascii: "/")
    static let backslash = UInt8(ascii: "\\")
    static let dot = UInt8(ascii: ".")
    static let percent = UInt8(ascii: "%")

    /// For each byte: `1` if it stands for itself in a canonical segment, else `0`.
    ///
    /// That is `pchar` without the escapes: [RFC 3986 §3.3](https://www.rfc-editor.org/rfc/rfc3986#section-3.3).
    private static var literals: StaticString {
        """
        0000000000000000000000000000000001001011111111101111111111110100\
        1111111111111111111111111110000101111111111111111111111111100010\
        0000000000000000000000000000000000000000000000000000000000000000\
        0000000000000000000000000000000000000000000000000000000000000000
        """
    }

    /// Whether the byte stands for itself in a canonical segment.
    @inline(__always)
    static func isLiteral(_ byte: UInt8) -> Bool {
        // SAFETY: the table has 256 entries, one for each value of a byte.
        literals.utf8Start[Int(byte)] & 1 != 0
    }

    /// Whether no path may hold the byte unescaped: controls, space, and what ends a path.
    static func isForbidden(_ byte: UInt8) -> Bool {
        byte <= 0x20 || byte == 0x7F || byte == UInt8(ascii: "?") || byte == UInt8(ascii: "#")
    }

    /// Whether the byte is one of A–Z, a–z and 0–9.
    static func isLetterOrDigit(_ byte: UInt8) -> Bool {
        ASCII.isDigit(byte) || ASCII.lowercased(byte) &- 0x61 < 26
    }

    /// The byte that the escape at `index` stands for, nil if two hexadecimal digits do not follow the `%`.
    static func escapedByte(_ bytes: UnsafeBufferPointer<UInt8>, at index: Int) -> UInt8? {
        guard bytes.count - index > 2, let high = ASCII.hexValue(bytes[index + 1]),
            let low = ASCII.hexValue(bytes[index + 2])
        else { return nil }
        return high << 4 | low
    }

    /// Appends a byte in its one canonical spelling: as it is, or as an escape with upper-case digits.
    static func appendCanonical(_ byte: UInt8, to output: inout [UInt8]) {
        if isLiteral(byte) {
            output.append(byte)
        } else {
            output.append(percent)
            output.append(hexDigit(byte >> 4))
            output.append(hexDigit(byte & 15))
        }
    }

    private static func hexDigit(_ value: UInt8) -> UInt8 {
        value < 10 ? 0x30 + value : 0x37 + value
    }
}
