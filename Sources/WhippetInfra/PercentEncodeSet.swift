// Copyright 2026 the Whippet authors
// SPDX-License-Identifier: Apache-2.0

/// A [percent-encode set](https://url.spec.whatwg.org/#percent-encode-set): which bytes of a UTF-8 string to encode.
///
/// Every set of the standard holds all bytes that are not ASCII.
package struct PercentEncodeSet: Sendable {
    @usableFromInline let low: UInt64
    @usableFromInline let high: UInt64

    /// Makes a set of two masks: the bytes 0x00–0x3F and 0x40–0x7F, lowest bit first.
    @inlinable
    package init(low: UInt64, high: UInt64) {
        self.low = low
        self.high = high
    }

    /// Whether the byte is to be encoded.
    @inlinable
    package func contains(_ byte: UInt8) -> Bool {
        byte >= 0x80 || ((byte < 0x40 ? low : high) &>> UInt64(byte & 0x3F)) & 1 != 0
    }

    /// C0 controls and everything after `~`.
    package static let c0Control = PercentEncodeSet(low: 0x0000_0000_FFFF_FFFF, high: 0x8000_0000_0000_0000)
    /// C0 controls, space, `"`, `<`, `>` and the grave accent.
    package static let fragment = PercentEncodeSet(low: 0x5000_0005_FFFF_FFFF, high: 0x8000_0001_0000_0000)
    /// C0 controls, space, `"`, `#`, `<` and `>`.
    package static let query = PercentEncodeSet(low: 0x5000_000D_FFFF_FFFF, high: 0x8000_0000_0000_0000)
    /// The query set and `'`.
    package static let specialQuery = PercentEncodeSet(low: 0x5000_008D_FFFF_FFFF, high: 0x8000_0000_0000_0000)
    /// The query set, `?`, `^`, the grave accent, `{` and `}`.
    package static let path = PercentEncodeSet(low: 0xD000_000D_FFFF_FFFF, high: 0xA800_0001_4000_0000)
    /// The path set, `/`, `:`, `;`, `=`, `@`, `[`, `\`, `]` and `|`.
    package static let userinfo = PercentEncodeSet(low: 0xFC00_800D_FFFF_FFFF, high: 0xB800_0001_7800_0001)
    /// The userinfo set, `$`, `%`, `&`, `+` and `,`: that of JavaScript's `encodeURIComponent`.
    package static let component = PercentEncodeSet(low: 0xFC00_987D_FFFF_FFFF, high: 0xB800_0001_7800_0001)
    /// The component set, `!`, `'`, `(`, `)` and `~`: all but letters, digits, `*`, `-`, `.` and `_`.
    package static let formURLEncoded = PercentEncodeSet(low: 0xFC00_9BFF_FFFF_FFFF, high: 0xF800_0001_7800_0001)
}
