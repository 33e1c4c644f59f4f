// Copyright 2026 the Whippet authors
// SPDX-License-Identifier: Apache-2.0

internal import WhippetInfra

/// Reads a JSON number and works out its value.
///
/// Source: [RFC 8259 §6](https://www.rfc-editor.org/rfc/rfc8259#section-6).
// SAFETY (of the pointers): `position` is read only below `end`.
enum NumberScanner {
    /// Scans the number at `first`, which is a digit or a minus sign.
    ///
    /// - Returns: The number's entry, and where the text goes on.
    @inline(__always)
    static func scan(
        _ first: UnsafePointer<UInt8>, _ start: UnsafePointer<UInt8>, _ end: UnsafePointer<UInt8>
    ) throws(ScanError) -> (TapeEntry, UnsafePointer<UInt8>) {
        var position = first
        let isNegative = position.pointee == UInt8(ascii: "-")
        if isNegative { position += 1 }
        let digits = position
        var mantissa: UInt64 = 0
        while position < end, position.pointee &- 0x30 < 10 {
            mantissa = mantissa &* 10 &+ UInt64(position.pointee &- 0x30)
            position += 1
        }
        let count = position - digits
        guard count > 0 else { throw ScanError(.badNumber, at: first - start) }
        if count > 1, digits.pointee == 0x30 { throw ScanError(.leadingZero, at: first - start) }
        // Fast path: an integer that surely fits in 64 bits. `slow` gives the same for it.
        if count <= 18, position == end || !(position.pointee == UInt8(ascii: ".") || position.pointee | 0x20 == 0x65),
            !(isNegative && mantissa == 0)
        {
            let value = Int64(bitPattern: mantissa)
            let payload = UInt64(bitPattern: isNegative ? 0 &- value : value)
            return (TapeEntry(.signed, offset: first - start, payload: payload), position)
        }
        // Fast path: a fraction of so few digits that both numbers are exact as `Double`. `slow` gives the same for it.
        if position < end, position.pointee == UInt8(ascii: ".") {
            var next = position + 1
            var scaled = mantissa
            while next < end, next.pointee &- 0x30 < 10 {
                scaled = scaled &* 10 &+ UInt64(next.pointee &- 0x30)
                next += 1
            }
            let places = next - position &- 1
            if places > 0, count &+ places <= 15, next == end || next.pointee | 0x20 != 0x65 {
                let magnitude = Double(Int64(truncatingIfNeeded: scaled)) / powersOfTen[places]
                let value = isNegative ? -magnitude : magnitude
                return (TapeEntry(.double, offset: first - start, payload: value.bitPattern), next)
            }
        }
        return try slow(position, from: first, mantissa: mantissa, integerDigits: count, start, end)
    }

    /// Goes on after the integer's digits.
    @inline(never)
    private static func slow(
        _ reached: UnsafePointer<UInt8>, from first: UnsafePointer<UInt8>, mantissa integer: UInt64,
        integerDigits: Int, _ start: UnsafePointer<UInt8>, _ end: UnsafePointer<UInt8>
    ) throws(ScanError) -> (TapeEntry, UnsafePointer<UInt8>) {
        var position = reached
        let isNegative = first.pointee == UInt8(ascii: "-")
        var mantissa = integer
        var isInteger = true
        var fractionDigits = 0
        if position < end, position.pointee == UInt8(ascii: ".") {
            isInteger = false
            position += 1
            let digits = position
            while position < end, ASCII.isDigit(position.pointee) {
                mantissa = mantissa &* 10 &+ UInt64(position.pointee &- 0x30)
                position += 1
            }
            fractionDigits = position - digits
            guard fractionDigits > 0 else { throw ScanError(.badNumber, at: first - start) }
        }
        var exponent = 0
        if position < end, position.pointee | 0x20 == 0x65 {
            isInteger = false
            position += 1
            let isMinus = position < end && position.pointee == UInt8(ascii: "-")
            if isMinus || position < end && position.pointee == UInt8(ascii: "+") { position += 1 }
            let digits = position
            while position < end, ASCII.isDigit(position.pointee) {
                if exponent < 1_000_000 { exponent = exponent * 10 + Int(position.pointee &- 0x30) }
                position += 1
            }
            guard position > digits else { throw ScanError(.badNumber, at: first - start) }
            if isMinus { exponent = -exponent }
        }
        let text = UnsafeBufferPointer(start: first, count: position - first)
        if isInteger, let entry = integerEntry(text, offset: first - start) { return (entry, position) }

        // Fast path: mantissa and power of ten are both exact as `Double`, so one rounding gives the nearest value.
        let scale = exponent - fractionDigits
        let value: Double
        if integerDigits + fractionDigits <= 19, mantissa <= 1 << 53, scale >= -22, scale <= 22 {
            let magnitude =
                scale < 0 ? Double(mantissa) / powersOfTen[-scale] : Double(mantissa) * powersOfTen[scale]
            value = isNegative ? -magnitude : magnitude
        } else {
            value = Double(String(decoding: text, as: UTF8.self)) ?? .infinity
        }
        guard value.isFinite else { throw ScanError(.numberOutOfRange, at: first - start) }
        return (TapeEntry(.double, offset: first - start, payload: value.bitPattern), position)
    }

    /// The entry of an integer of 64 bits, nil for a wider one and for -0, which only a `Double` can hold.
    private static func integerEntry(_ text: UnsafeBufferPointer<UInt8>, offset: Int) -> TapeEntry? {
        let isNegative = text.first == UInt8(ascii: "-")
        var magnitude: UInt64 = 0
        for byte in text.dropFirst(isNegative ? 1 : 0) {
            let (product, productOverflows) = magnitude.multipliedReportingOverflow(by: 10)
            let (sum, sumOverflows) = product.addingReportingOverflow(UInt64(byte &- 0x30))
            if productOverflows || sumOverflows { return nil }
            magnitude = sum
        }
        if isNegative {
            guard magnitude > 0, magnitude <= Int64.min.magnitude else { return nil }
            return TapeEntry(.signed, offset: offset, payload: 0 &- magnitude)
        }
        return TapeEntry(magnitude > Int64.max.magnitude ? .unsigned : .signed, offset: offset, payload: magnitude)
    }

    private static let powersOfTen: [Double] = [
        1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15, 1e16, 1e17, 1e18, 1e19,
        1e20, 1e21, 1e22,
    ]
}
