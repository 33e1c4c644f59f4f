// Copyright 2026 the Whippet authors
// SPDX-License-Identifier: Apache-2.0

/// A number of bytes as Next's settings write it: `1048576`, `"1mb"`, `"500kb"`, `"1.5 GB"`; or `false` for none.
///
/// The units are powers of 1024, without regard to case. As in the package `bytes`, text that begins with a number and
/// goes on with something else is that many bytes.
public struct ByteLimit: Sendable, Hashable, ExpressibleByIntegerLiteral, ExpressibleByStringLiteral,
    ExpressibleByBooleanLiteral
{
    /// The bytes; nil for no limit.
    public let bytes: Int?
    /// The limit as it was written.
    let text: String
    /// Whether the text is no number of bytes.
    let isMalformed: Bool

    /// Makes a limit of a number.
    public init(_ bytes: Int) {
        self.bytes = bytes
        text = "\(bytes)"
        isMalformed = bytes < 0
    }

    /// Makes a limit of text; one that is no number of bytes is an error at start.
    public init(_ text: String) {
        let bytes = Self.parse(text)
        self.bytes = bytes
        self.text = text
        isMalformed = (bytes ?? -1) < 0
    }

    /// Makes a limit of a number.
    public init(integerLiteral bytes: Int) { self.init(bytes) }

    /// Makes a limit of text.
    public init(stringLiteral text: String) { self.init(text) }

    /// Makes no limit of `false`, and the usual one, `4mb`, of `true`.
    public init(booleanLiteral isLimited: Bool) {
        bytes = isLimited ? 4 << 20 : nil
        text = isLimited ? "4MB" : "no"
        isMalformed = false
    }

    // MARK: - Algorithm

    /// How many bytes a text says; nil if it does not begin with a number, or says too many.
    static func parse(_ text: String) -> Int? {
        let bytes = Array(text.utf8)
        var end = 0
        if end < bytes.count, bytes[end] == 0x2B || bytes[end] == 0x2D { end += 1 }
        let digits = end
        while end < bytes.count, 0x30...0x39 ~= bytes[end] { end += 1 }
        guard end > digits else { return nil }
        let wholeEnd = end
        if end + 1 < bytes.count, bytes[end] == 0x2E, 0x30...0x39 ~= bytes[end + 1] {
            end += 1
            while end < bytes.count, 0x30...0x39 ~= bytes[end] { end += 1 }
        }
        let unit = String(decoding: bytes[end...].drop { $0 == 0x20 }, as: UTF8.self).lowercased()
        guard let shift = ["kb": 10, "mb": 20, "gb": 30, "tb": 40, "pb": 50][unit] else {
            // No unit, or something else: as many bytes as the whole number says.
            return Int(String(decoding: bytes[..<wholeEnd], as: UTF8.self))
        }
        guard let number = Double(String(decoding: bytes[..<end], as: UTF8.self)) else { return nil }
        return Int(exactly: (number * Double(1 << shift)).rounded(.down))
    }
}
