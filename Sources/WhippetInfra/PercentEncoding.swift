// Copyright 2026 the Whippet authors
// SPDX-License-Identifier: Apache-2.0

/// [Percent-encoded bytes](https://url.spec.whatwg.org/#percent-encoded-bytes).
@_spi(Whippet) public enum PercentEncoding {
    /// The ASCII upper hex digit of a value below 16.
    @inlinable
    public static func upperHexDigit(_ value: UInt8) -> UInt8 {
        value < 10 ? 0x30 &+ value : 0x37 &+ value
    }

    /// Appends bytes with those of the set [percent-encoded](https://url.spec.whatwg.org/#string-utf-8-percent-encode).
    package static func encode(_ input: Span<UInt8>, _ set: PercentEncodeSet, into output: inout [UInt8]) {
        for index in input.indices {
            let byte = input[index]
            if set.contains(byte) {
                output.append(0x25)
                output.append(upperHexDigit(byte >> 4))
                output.append(upperHexDigit(byte & 0xF))
            } else {
                output.append(byte)
            }
        }
    }

    /// The string with the bytes of the set [percent-encoded](https://url.spec.whatwg.org/#string-utf-8-percent-encode).
    package static func encode(_ text: String, _ set: PercentEncodeSet) -> String {
        guard text.utf8.contains(where: set.contains) else { return text }
        var output: [UInt8] = []
        encode(Array(text.utf8).span, set, into: &output)
        return String(decoding: output, as: UTF8.self)
    }

    /// Implements [percent-decode](https://url.spec.whatwg.org/#percent-decode) of a byte sequence.
    package static func decode(_ input: Span<UInt8>) -> [UInt8] {
        var output: [UInt8] = []
        output.reserveCapacity(input.count)
        var index = 0
        while index < input.count {
            // 2.1–2.2. Not a percent sign, or one without two hex digits after it: as it is.
            output.append(decodedByte(input, at: &index))
        }
        return output
    }

    /// Reads one byte, percent-encoded or not, and moves past it.
    @inlinable
    public static func decodedByte(_ input: Span<UInt8>, at index: inout Int) -> UInt8 {
        let byte = input[index]
        if byte == 0x25, index + 2 < input.count,
            let high = hexValue(input[index + 1]), let low = hexValue(input[index + 2])
        {
            index += 3
            return high << 4 | low
        }
        index += 1
        return byte
    }

    /// The value of a hex digit: a copy of that in `ASCII`, to be inlined.
    @inlinable
    public static func hexValue(_ byte: UInt8) -> UInt8? {
        if byte &- 0x30 < 10 { return byte &- 0x30 }
        let letter = byte | 0x20
        return letter &- 0x61 < 6 ? letter &- 0x57 : nil
    }

    /// The bytes of a [percent-decoded](https://url.spec.whatwg.org/#string-percent-decode) string.
    package static func decode(_ text: String) -> [UInt8] {
        decode(Array(text.utf8).span)
    }
}
