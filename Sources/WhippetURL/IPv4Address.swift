// Copyright 2026 the Whippet authors
// SPDX-License-Identifier: Apache-2.0

/// An [IPv4 address](https://url.spec.whatwg.org/#concept-ipv4).
struct IPv4Address {
    /// The address as a number.
    var value: UInt32

    /// Implements the [IPv4 parser](https://url.spec.whatwg.org/#concept-ipv4-parser).
    static func parse(_ input: Span<UInt8>) throws(URLFailure) -> IPv4Address {
        // 1–2. An empty last part doesn't count.
        var end = input.count
        if end > 1, input[end - 1] == 0x2E { end -= 1 }
        // 4. (3 is a validation error that stops nothing.)
        var count = 1
        for index in 0..<end where input[index] == 0x2E { count += 1 }
        guard count <= 4 else { throw .ipv4TooManyParts }
        // 5–6.
        var numbers = SIMD4<UInt64>.zero
        var start = 0
        for part in 0..<count {
            var stop = start
            while stop < end, input[stop] != 0x2E { stop += 1 }
            guard let number = parseNumber(input.extracting(start..<stop)) else { throw .ipv4NonNumericPart }
            numbers[part] = number
            start = stop + 1
        }
        // 8–12. All but the last fill one byte each, the last one fills the rest.
        var address: UInt64 = 0
        for part in 0..<count - 1 {
            guard numbers[part] <= 255 else { throw .ipv4OutOfRangePart }
            address = address << 8 | numbers[part]
        }
        let rest = UInt64(8 * (5 - count))
        let last = numbers[count - 1]
        guard last < 1 << rest, let value = UInt32(exactly: address << rest | last) else { throw .ipv4OutOfRangePart }
        // 13.
        return IPv4Address(value: value)
    }

    /// Whether the bytes are four decimal numbers as the serialiser writes them.
    static func isCanonical(_ input: Span<UInt8>) -> Bool {
        var index = 0
        for part in 0..<4 {
            if part > 0 {
                guard index < input.count, input[index] == 0x2E else { return false }
                index += 1
            }
            let start = index
            var number = 0
            while index < input.count, index - start < 3, input[index].isASCIIDigit {
                number = number * 10 + Int(input[index] - 0x30)
                index += 1
            }
            guard index > start, number <= 255, index - start == 1 || input[start] != 0x30 else { return false }
        }
        return index == input.count
    }

    /// Implements the [IPv4 serializer](https://url.spec.whatwg.org/#concept-ipv4-serializer).
    var serialized: [UInt8] {
        Array("\(value >> 24).\(value >> 16 & 255).\(value >> 8 & 255).\(value & 255)".utf8)
    }

    // MARK: - Algorithm

    /// Implements the [IPv4 number parser](https://url.spec.whatwg.org/#ipv4-number-parser); the number is capped.
    private static func parseNumber(_ input: Span<UInt8>) -> UInt64? {
        // 1.
        guard !input.isEmpty else { return nil }
        var radix: UInt64 = 10
        var index = 0
        if input.count >= 2, input[0] == 0x30 {
            // 4–5.
            radix = input[1] | 0x20 == 0x78 ? 16 : 8
            index = radix == 16 ? 2 : 1
        }
        // 6–8.
        var output: UInt64 = 0
        while index < input.count {
            guard let digit = input[index].hexDigitValue, digit < radix else { return nil }
            output = min(output * radix + UInt64(digit), 1 << 40)
            index += 1
        }
        return output
    }
}
