// Copyright 2026 the Whippet authors
// SPDX-License-Identifier: Apache-2.0

/// A set of ASCII bytes, as two words of bits.
struct ByteSet: Sendable {
    /// The bytes 0 to 63.
    let low: UInt64
    /// The bytes 64 to 127.
    let high: UInt64

    /// Whether the byte is in the set.
    @inline(__always)
    func contains(_ byte: UInt8) -> Bool {
        guard byte < 128 else { return false }
        return (byte < 64 ? low : high) &>> UInt64(byte) & 1 != 0
    }

    /// What a token is made of.
    ///
    /// Source: [RFC 9110 §5.6.2](https://www.rfc-editor.org/rfc/rfc9110#section-5.6.2).
    @inline(__always)
    static var token: ByteSet { ByteSet(low: 0x03FF_6CFA_0000_0000, high: 0x57FF_FFFF_C7FF_FFFE) }

    /// What a registered name is made of, `%` apart: letters, digits and `-._~!$&'()*+;=`.
    ///
    /// The comma, which the grammar allows, is left out: no host has one, and it is how a peer on the way joins two Host
    /// fields.
    ///
    /// Source: [RFC 3986 §3.2.2](https://www.rfc-editor.org/rfc/rfc3986#section-3.2.2).
    @inline(__always)
    static var registeredName: ByteSet { ByteSet(low: 0x2BFF_6FD2_0000_0000, high: 0x47FF_FFFE_87FF_FFFE) }

    /// What a request target is made of: all visible bytes except `#`.
    ///
    /// RFC 3986 allows fewer; browsers send `|`, `^` and others as they are, and none of them ends a target.
    @inline(__always)
    static var target: ByteSet { ByteSet(low: 0xFFFF_FFF6_0000_0000, high: 0x7FFF_FFFF_FFFF_FFFF) }
}
