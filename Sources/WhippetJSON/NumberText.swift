// Copyright 2026 the Whippet authors
// SPDX-License-Identifier: Apache-2.0

/// Numbers as JavaScript writes them.
enum NumberText {
    /// The text of a number, `NaN` and `Infinity` included.
    static func javaScript(_ value: Double) -> String {
        guard value.isFinite else { return value.isNaN ? "NaN" : value < 0 ? "-Infinity" : "Infinity" }
        var buffer = TextBuffer()
        defer { buffer.deallocate() }
        append(value, to: &buffer)
        return String(decoding: buffer.bytes, as: UTF8.self)
    }

    /// Writes a finite number with the fewest digits that read back as the same value.
    static func append(_ value: Double, to buffer: inout TextBuffer) {
        if appendShort(value, to: &buffer) { return }
        append(description: value.description, to: &buffer)
    }

    /// Writes a finite number with the fewest digits that read back as the same value.
    static func append(_ value: Float, to buffer: inout TextBuffer) {
        append(description: value.description, to: &buffer)
    }

    /// Writes integers, and fractions of up to six decimals among fifteen digits.
    ///
    /// Fast path: `append(description:to:)` gives the same for them ("numbers are written as JavaScript writes them").
    /// No two decimals of fifteen digits or fewer are nearest to the same `Double`, and division rounds correctly: where
    /// an integer divided by a power of ten gives the value back, its digits are the shortest ones.
    private static func appendShort(_ value: Double, to buffer: inout TextBuffer) -> Bool {
        let magnitude = value.magnitude
        // Conversion to an integer drops the fraction. It is one instruction, where rounding calls a function.
        guard magnitude < 1e9 else {
            guard magnitude < 1e15, Double(Int64(value)) == value else { return false }
            buffer.append(integer: Int64(value))
            return true
        }
        guard magnitude >= 1e-6 || magnitude == 0 else { return false }
        var decimals = 0
        var digits = Int64(magnitude)
        if Double(digits) != magnitude {
            digits = Int64(magnitude * 100 + 0.5)
            decimals = 2
            if Double(digits) / 100 != magnitude {
                digits = Int64(magnitude * 1e6 + 0.5)
                decimals = 6
                if Double(digits) / 1e6 != magnitude { return false }
            }
            while decimals > 0, digits % 10 == 0 {
                digits /= 10
                decimals -= 1
            }
        }
        if value < 0 { buffer.append(UInt8(ascii: "-")) }
        buffer.append(digits: UInt64(digits.magnitude), decimals: decimals)
        return true
    }

    /// Writes what Swift's description says as JavaScript would.
    private static func append(description: String, to buffer: inout TextBuffer) {
        // Fast path: without an exponent Swift differs by the fraction `.0` only. `append(digitsOf:to:)` gives the same.
        var description = description
        let isDone = description.withUTF8 { text in
            guard !text.contains(UInt8(ascii: "e")), text.count >= 3,
                text[text.count - 2] != UInt8(ascii: ".") || text[text.count - 1] != UInt8(ascii: "0")
            else { return false }
            buffer.append(text)
            return true
        }
        if !isDone { append(digitsOf: description, to: &buffer) }
    }

    /// Implements [Number::toString](https://tc39.es/ecma262/#sec-numeric-types-number-tostring) for base 10.
    ///
    /// Swift's description has the shortest digits, but places the decimal point by other rules.
    private static func append(digitsOf description: String, to buffer: inout TextBuffer) {
        // 5. Let n, k, and s be integers such that s × 10^(n - k) is the value and k is as small as possible.
        var digits: [UInt8] = []
        var pointPlace: Int?
        var exponent = 0
        var text = description.utf8[...]
        let isNegative = text.first == UInt8(ascii: "-")
        if isNegative { text = text.dropFirst() }
        if let mark = text.firstIndex(of: UInt8(ascii: "e")) {
            exponent = Int(Substring(text[text.index(after: mark)...])) ?? 0
            text = text[..<mark]
        }
        for byte in text {
            if byte == UInt8(ascii: ".") {
                pointPlace = digits.count
            } else {
                digits.append(byte)
            }
        }
        var point = (pointPlace ?? digits.count) + exponent
        let leading = digits.prefix { $0 == UInt8(ascii: "0") }.count
        digits.removeFirst(leading)
        point -= leading
        while digits.last == UInt8(ascii: "0") { digits.removeLast() }
        // 2. If x is either +0 or -0, return "0".
        if digits.isEmpty {
            buffer.append(UInt8(ascii: "0"))
            return
        }
        // 3. If x < -0, return the string-concatenation of "-" and Number::toString(-x, radix).
        if isNegative { buffer.append(UInt8(ascii: "-")) }
        digits.withUnsafeBufferPointer { digits in
            let count = digits.count
            if (-5...21).contains(point) {
                // 6. If -5 ≤ n ≤ 21, then no exponent is needed.
                if point >= count {
                    buffer.append(digits)
                    buffer.append(zeros: point - count)
                } else if point > 0 {
                    buffer.append(UnsafeBufferPointer(rebasing: digits[..<point]))
                    buffer.append(UInt8(ascii: "."))
                    buffer.append(UnsafeBufferPointer(rebasing: digits[point...]))
                } else {
                    buffer.append("0.")
                    buffer.append(zeros: -point)
                    buffer.append(digits)
                }
                return
            }
            // 7–12. The first digit, the others after a point, and the exponent with its sign.
            buffer.append(UnsafeBufferPointer(rebasing: digits[..<1]))
            if count > 1 {
                buffer.append(UInt8(ascii: "."))
                buffer.append(UnsafeBufferPointer(rebasing: digits[1...]))
            }
            buffer.append(point - 1 < 0 ? "e-" : "e+")
            buffer.append(integer: (point - 1).magnitude)
        }
    }
}
