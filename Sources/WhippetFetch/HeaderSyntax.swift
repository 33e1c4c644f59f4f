// Copyright 2026 the Whippet authors
// SPDX-License-Identifier: Apache-2.0

internal import WhippetInfra

/// What may stand in a header.
enum HeaderSyntax {
    /// Whether it is a [header name](https://fetch.spec.whatwg.org/#header-name): a token.
    static func isName(_ name: String) -> Bool {
        name.withBytes { bytes in
            for byte in bytes where !ASCII.isToken(byte) { return false }
            return !bytes.isEmpty
        }
    }

    /// Implements [normalize](https://fetch.spec.whatwg.org/#concept-header-value-normalize): strips HTTP white space
    /// bytes (HT, LF, CR, SP) at the ends, and nothing else.
    static func normalized(_ value: String) -> String {
        // Fast path: nothing to strip, and so nothing to copy; the table of normalisation tests both ways.
        let isNormal = value.withBytes { bytes in
            bytes.isEmpty || !isWhiteSpace(bytes[0]) && !isWhiteSpace(bytes[bytes.count - 1])
        }
        if isNormal { return value }
        let bytes = value.utf8
        guard let start = bytes.firstIndex(where: { !isWhiteSpace($0) }),
            let end = bytes.lastIndex(where: { !isWhiteSpace($0) })
        else { return "" }
        return String(value[start...end])
    }

    /// Whether a normalised value is a [header value](https://fetch.spec.whatwg.org/#header-value): a byte string
    /// without NUL, LF, CR.
    static func isValue(_ value: String) -> Bool {
        // In UTF-8 a scalar above U+00FF starts with a byte of 0xC4 or more.
        value.withBytes { bytes in
            for byte in bytes where byte == 0x00 || byte == 0x0A || byte == 0x0D || byte >= 0xC4 { return false }
            return true
        }
    }

    /// Whether it matches [reason-phrase](https://www.rfc-editor.org/rfc/rfc9112#section-4): tabs, spaces, visible
    /// characters and Latin-1's upper half, or nothing.
    static func isReasonPhrase(_ text: String) -> Bool {
        text.unicodeScalars.allSatisfy { scalar in
            scalar.value == 0x09 || 0x20...0x7E ~= scalar.value || 0x80...0xFF ~= scalar.value
        }
    }

    private static func isWhiteSpace(_ byte: UInt8) -> Bool {
        byte == 0x20 || byte == 0x09 || byte == 0x0A || byte == 0x0D
    }
}
