// Copyright 2026 the Whippet authors
// SPDX-License-Identifier: Apache-2.0

/// A 64-bit hash of short byte strings, eight bytes at a time.
///
/// It needs no secret: a lookup by it ends after one comparison, whatever a client sends.
package enum PathHash {
    /// The hash of a text's bytes, for tables that are built at start.
    package static func hash(_ text: String) -> UInt64 {
        var text = text
        return text.withUTF8 { hash($0, seed: 0) }
    }

    @inline(__always)
    static func hash(_ bytes: UnsafeBufferPointer<UInt8>, seed: UInt64) -> UInt64 {
        let count = bytes.count
        guard let base = bytes.baseAddress, count > 0 else { return fold(seed ^ first, second) }
        // SAFETY: each load below lies in `base ..< base + count`; the comments say why.
        let start = UnsafeRawPointer(base)
        var state = seed ^ first
        let low: UInt64
        let high: UInt64
        if count >= 8 {
            var offset = 0
            while count - offset > 16 {  // At least 17 bytes are left: two words fit.
                state = fold(word(start, offset) ^ second, word(start, offset + 8) ^ state)
                offset += 16
            }
            // The last 16 bytes, or of 8 to 15 bytes the first and the last word.
            low = word(start, max(count - 16, 0))
            high = word(start, count - 8)
        } else if count >= 4 {
            low = halfWord(start, 0)
            high = halfWord(start, count - 4)
        } else {
            // One to three bytes: the first, the middle one and the last name each of them.
            low = UInt64(base[0]) | UInt64(base[count >> 1]) << 8 | UInt64(base[count - 1]) << 16
            high = 0
        }
        return fold(fold(low ^ second, high ^ state) ^ UInt64(truncatingIfNeeded: count), third)
    }

    /// Whether two runs of `count` bytes are equal; both must be that long.
    @inline(__always)
    static func equals(_ left: UnsafePointer<UInt8>, _ right: UnsafePointer<UInt8>, count: Int) -> Bool {
        // SAFETY: each load below lies in the first `count` bytes; the last one of each kind overlaps the one before.
        let left = UnsafeRawPointer(left)
        let right = UnsafeRawPointer(right)
        if count >= 8 {
            var offset = 0
            while offset < count - 8 {
                if word(left, offset) != word(right, offset) { return false }
                offset += 8
            }
            return word(left, count - 8) == word(right, count - 8)
        }
        if count >= 4 {
            return halfWord(left, 0) == halfWord(right, 0) && halfWord(left, count - 4) == halfWord(right, count - 4)
        }
        for offset in 0..<count
        where left.load(fromByteOffset: offset, as: UInt8.self) != right.load(fromByteOffset: offset, as: UInt8.self) {
            return false
        }
        return true
    }

    /// The two halves of the product, exclusively or-ed.
    @inline(__always)
    static func fold(_ left: UInt64, _ right: UInt64) -> UInt64 {
        let product = left.multipliedFullWidth(by: right)
        return product.high ^ product.low
    }

    @inline(__always)
    private static func word(_ start: UnsafeRawPointer, _ offset: Int) -> UInt64 {
        start.loadUnaligned(fromByteOffset: offset, as: UInt64.self)
    }

    @inline(__always)
    private static func halfWord(_ start: UnsafeRawPointer, _ offset: Int) -> UInt64 {
        UInt64(start.loadUnaligned(fromByteOffset: offset, as: UInt32.self))
    }

    // Odd numbers without a pattern: the fractions of the square roots of 2, 3 and 5.
    private static let first: UInt64 = 0x6A09_E667_F3BC_C909
    private static let second: UInt64 = 0xBB67_AE85_84CA_A73B
    private static let third: UInt64 = 0x3C6E_F372_FE94_F82B
}
