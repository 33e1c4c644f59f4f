// Copyright 2026 the Whippet authors
// SPDX-License-Identifier: Apache-2.0

/// Numbers as decimal digits.
@usableFromInline
enum DecimalDigits {
    /// The most digits that a number has.
    @inlinable static var maximumCount: Int { 20 }

    /// Writes a number; returns where its digits end.
    ///
    /// - Parameter output: Memory for `maximumCount` bytes.
    @inlinable @inline(__always)
    static func write(_ value: UInt64, to output: UnsafeMutablePointer<UInt8>) -> UnsafeMutablePointer<UInt8> {
        var count = 1
        var power: UInt64 = 10
        while count < maximumCount, value >= power {
            count &+= 1
            power &*= 10
        }
        var rest = value
        var index = count
        while index > 0 {
            index &-= 1
            output[index] = UInt8(truncatingIfNeeded: 0x30 &+ rest % 10)
            rest /= 10
        }
        return output + count
    }
}
