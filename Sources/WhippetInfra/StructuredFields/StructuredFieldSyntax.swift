// Copyright 2026 the Whippet authors
// SPDX-License-Identifier: Apache-2.0

/// The byte classes of structured fields, for the parser and the serialiser.
enum StructuredFieldSyntax {
    static func isKeyStart(_ byte: UInt8) -> Bool {
        byte &- 0x61 < 26 || byte == 0x2A
    }

    static func isKey(_ byte: UInt8) -> Bool {
        isKeyStart(byte) || ASCII.isDigit(byte) || byte == 0x5F || byte == 0x2D || byte == 0x2E
    }

    static func isTokenStart(_ byte: UInt8) -> Bool {
        (byte | 0x20) &- 0x61 < 26 || byte == 0x2A
    }

    static func isToken(_ byte: UInt8) -> Bool {
        ASCII.isToken(byte) || byte == 0x3A || byte == 0x2F
    }

    /// The value of at most 15 digits.
    static func number(_ digits: ArraySlice<UInt8>) -> Int64 {
        digits.reduce(0) { $0 * 10 + Int64($1 - 0x30) }
    }

    static func lowerHexValue(_ byte: UInt8) -> UInt8? {
        ASCII.isDigit(byte) || byte &- 0x61 < 6 ? ASCII.hexValue(byte) : nil
    }
}
