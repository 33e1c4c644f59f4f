// Copyright 2026 the Whippet authors
// SPDX-License-Identifier: Apache-2.0

/// Byte classes of HTTP and the web's standards, as tables and masks.
@usableFromInline package enum ASCII {
    /// For each byte: its lower-case form where it may stand in a token, else 0.
    ///
    /// Source: [RFC 9110 §5.6.2](https://www.rfc-editor.org/rfc/rfc9110#section-5.6.2).
    @usableFromInline package static let lowercasedToken: StaticTable = StaticTable(
        """
        \0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\
        \0!\0#$%&'\0\0*+\0-.\0\
        0123456789\0\0\0\0\0\0\
        \0abcdefghijklmnopqrstuvwxyz\0\0\0^_\
        `abcdefghijklmnopqrstuvwxyz\0|\0~\0
        """
    )

    /// Whether the byte may stand in a token: a method or a field name.
    @inlinable
    package static func isToken(_ byte: UInt8) -> Bool {
        lowercasedToken[byte] != 0
    }

    /// Whether these bytes are a token: not empty, each byte of the token set.
    package static func isToken(_ text: String) -> Bool {
        !text.isEmpty && text.utf8.allSatisfy(isToken)
    }

    /// The byte with A–Z mapped to a–z.
    @inlinable
    package static func lowercased(_ byte: UInt8) -> UInt8 {
        byte &- 0x41 < 26 ? byte | 0x20 : byte
    }

    /// The byte with a–z mapped to A–Z.
    @inlinable
    package static func uppercased(_ byte: UInt8) -> UInt8 {
        byte &- 0x61 < 26 ? byte & 0xDF : byte
    }

    /// Whether the byte is 0–9.
    @inlinable
    package static func isDigit(_ byte: UInt8) -> Bool {
        byte &- 0x30 < 10
    }

    /// Whether the byte is 0–9, A–Z or a–z.
    @inlinable
    package static func isAlphanumeric(_ byte: UInt8) -> Bool {
        isDigit(byte) || lowercased(byte) &- 0x61 < 26
    }

    /// The value of a hexadecimal digit, nil for another byte.
    @inlinable
    package static func hexValue(_ byte: UInt8) -> UInt8? {
        if byte &- 0x30 < 10 { return byte &- 0x30 }
        let letter = byte | 0x20
        return letter &- 0x61 < 6 ? letter &- 0x57 : nil
    }

    /// Whether two strings are equal without regard to ASCII case.
    package static func equalsIgnoringCase(_ left: String, _ right: String) -> Bool {
        guard left.utf8.count == right.utf8.count else { return false }
        return zip(left.utf8, right.utf8).allSatisfy { lowercased($0) == lowercased($1) }
    }

    /// The string with A–Z mapped to a–z: [ASCII lowercase](https://infra.spec.whatwg.org/#ascii-lowercase).
    package static func lowercased(_ text: String) -> String {
        guard text.utf8.contains(where: { $0 &- 0x41 < 26 }) else { return text }
        return String(decoding: text.utf8.map(lowercased), as: UTF8.self)
    }

    /// The string with a–z mapped to A–Z: [ASCII uppercase](https://infra.spec.whatwg.org/#ascii-uppercase).
    package static func uppercased(_ text: String) -> String {
        guard text.utf8.contains(where: { $0 &- 0x61 < 26 }) else { return text }
        return String(decoding: text.utf8.map(uppercased), as: UTF8.self)
    }
}

/// A byte table that lives in the binary: no allocation, no work at start.
// SAFETY: the pointer names immutable memory of the binary.
@usableFromInline package struct StaticTable: @unchecked Sendable {
    @usableFromInline let bytes: UnsafePointer<UInt8>
    @usableFromInline let count: UInt8

    /// Takes the first bytes of a literal; bytes past its end answer 0.
    init(_ literal: StaticString) {
        // SAFETY: a StaticString's storage is immutable and lives as long as the process.
        bytes = literal.utf8Start
        count = UInt8(clamping: literal.utf8CodeUnitCount)
    }

    /// The entry of `byte`.
    @inlinable
    package subscript(_ byte: UInt8) -> UInt8 {
        byte < count ? bytes[Int(byte)] : 0
    }
}
