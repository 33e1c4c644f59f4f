// Copyright 2026 the Whippet authors
// SPDX-License-Identifier: Apache-2.0

/// A set of ASCII characters: all that a character class can match, as a URL's components are ASCII.
struct ASCIISet: Equatable {
    private var low: UInt64 = 0
    private var high: UInt64 = 0

    static let digits = ASCIISet(0x30...0x39)
    static let wordCharacters = digits.union(ASCIISet(0x41...0x5A)).union(ASCIISet(0x61...0x7A)).union(
        ASCIISet(0x5F...0x5F))
    static let whiteSpace = ASCIISet(0x09...0x0D).union(ASCIISet(0x20...0x20))

    init() {}

    /// The characters of a range of code points; those above ASCII are left out.
    init(_ range: ClosedRange<UInt32>) {
        guard range.lowerBound < 128 else { return }
        for value in range.lowerBound...min(range.upperBound, 127) { insert(value) }
    }

    var isEmpty: Bool { low == 0 && high == 0 }

    func contains(_ value: UInt32) -> Bool {
        value < 128 && ((value < 64 ? low : high) >> UInt64(value & 63)) & 1 != 0
    }

    private mutating func insert(_ value: UInt32) {
        if value < 64 { low |= 1 << UInt64(value) } else { high |= 1 << UInt64(value & 63) }
    }

    func union(_ other: ASCIISet) -> ASCIISet {
        var result = self
        result.low |= other.low
        result.high |= other.high
        return result
    }

    func intersection(_ other: ASCIISet) -> ASCIISet {
        var result = self
        result.low &= other.low
        result.high &= other.high
        return result
    }

    var complement: ASCIISet {
        var result = self
        result.low = ~low
        result.high = ~high
        return result
    }

    /// The set with each letter in both cases.
    var ignoringCase: ASCIISet {
        var result = self
        for letter in UInt32(0x41)...0x5A where contains(letter) || contains(letter | 0x20) {
            result.insert(letter)
            result.insert(letter | 0x20)
        }
        return result
    }

    /// The set as a character class of Swift's syntax; the empty one as what never matches.
    var source: String {
        if isEmpty { return "(?!)" }
        var source = "["
        var value: UInt32 = 0
        while value < 128 {
            let start = value
            while value < 128, contains(value) { value += 1 }
            if value > start {
                source += Self.escape(start)
                if value - start > 1 { source += "-" + Self.escape(value - 1) }
            }
            value += 1
        }
        return source + "]"
    }

    /// A code point in Swift's syntax.
    static func escape(_ value: UInt32) -> String {
        "\\u{" + String(value, radix: 16) + "}"
    }
}
