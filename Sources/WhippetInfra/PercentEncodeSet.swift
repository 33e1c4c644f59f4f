// Copyright 2026 the Whippet authors
// SPDX-License-Identifier: Apache-2.0

/// A [percent-encode set](https://url.spec.whatwg.org/#percent-encode-set): which bytes of a UTF-8 string to encode.
///
/// Every set of the standard holds all bytes that are not ASCII. The type is public to sister modules alone, as the
/// compiler inlines what is `package` in its own module only.
@_spi(Whippet) public struct PercentEncodeSet: Sendable {
    @usableFromInline let low: UInt64
    @usableFromInline let high: UInt64

    /// Makes a set of two masks: the bytes 0x00–0x3F and 0x40–0x7F, lowest bit first.
    @inlinable
    public init(low: UInt64, high: UInt64) {
        self.low = low
        self.high = high
    }

    /// Whether the byte is to be encoded.
    @inlinable
    public func contains(_ byte: UInt8) -> Bool {
        byte >= 0x80 || ((byte < 0x40 ? low : high) &>> UInt64(byte & 0x3F)) & 1 != 0
    }

    /// C0 controls and everything after `~`.
    public static let c0Control = PercentEncodeSet(low: 0x0000_0000_FFFF_FFFF, high: 0x8000_0000_0000_0000)
    /// C0 controls, space, `"`, `<`, `>` and the grave accent.
    public static let fragment = PercentEncodeSet(low: 0x5000_0005_FFFF_FFFF, high: 0x8000_0001_0000_0000)
    /// C0 controls, space, `"`, `#`, `<` and `>`.
    public static let query = PercentEncodeSet(low: 0x5000_000D_FFFF_FFFF, high: 0x8000_0000_0000_0000)
    /// The query set and `'`.
    public static let specialQuery = PercentEncodeSet(low: 0x5000_008D_FFFF_FFFF, high: 0x8000_0000_0000_0000)
    /// The query set, `?`, `^`, the grave accent, `{` and `}`.
    public static let path = PercentEncodeSet(low: 0xD000_000D_FFFF_FFFF, high: 0xA800_0001_4000_0000)
    /// The path set, `/`, `:`, `;`, `=`, `@`, `[`, `\`, `]` and `|`.
    public static let userinfo = PercentEncodeSet(low: 0xFC00_800D_FFFF_FFFF, high: 0xB800_0001_7800_0001)
    /// The userinfo set, `$`, `%`, `&`, `+` and `,`: that of JavaScript's `encodeURIComponent`.
    public static let component = PercentEncodeSet(low: 0xFC00_987D_FFFF_FFFF, high: 0xB800_0001_7800_0001)
    /// The component set, `!`, `'`, `(`, `)` and `~`: all but letters, digits, `*`, `-`, `.` and `_`.
    public static let formURLEncoded = PercentEncodeSet(low: 0xFC00_9BFF_FFFF_FFFF, high: 0xF800_0001_7800_0001)
}
