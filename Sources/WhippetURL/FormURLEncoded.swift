// Copyright 2026 the Whippet authors
// SPDX-License-Identifier: Apache-2.0

@_spi(Whippet) internal import WhippetInfra

/// The [`application/x-www-form-urlencoded`](https://url.spec.whatwg.org/#application/x-www-form-urlencoded) format.
@usableFromInline package enum FormURLEncoded {
    /// Implements the [urlencoded parser](https://url.spec.whatwg.org/#concept-urlencoded-parser).
    package static func parse(_ input: Span<UInt8>) -> [(name: String, value: String)] {
        var output: [(name: String, value: String)] = []
        var position = 0
        while let pair = nextPair(input, &position) {
            // 3.5–3.6.
            output.append((decode(input.extracting(pair.name)), decode(input.extracting(pair.value))))
        }
        return output
    }

    /// Implements the [urlencoded serializer](https://url.spec.whatwg.org/#concept-urlencoded-serializer).
    package static func serialize(_ pairs: some Sequence<(name: String, value: String)>) -> [UInt8] {
        var output: [UInt8] = []
        for pair in pairs {
            // 3.4.
            if !output.isEmpty { output.append(0x26) }
            // 3.2–3.3, 3.5.
            encode(pair.name, into: &output)
            output.append(0x3D)
            encode(pair.value, into: &output)
        }
        return output
    }

    // MARK: - Pairs

    /// Steps 1 to 3.3: where the next name and value stand, nil at the end; `position` moves past them.
    static func nextPair(_ input: Span<UInt8>, _ position: inout Int) -> (name: Range<Int>, value: Range<Int>)? {
        // 3.1. Empty sequences are left out.
        while position < input.count, input[position] == 0x26 { position += 1 }
        guard position < input.count else { return nil }
        let start = position
        var equals: Int?
        while position < input.count, input[position] != 0x26 {
            // 3.2. The first "=" ends the name.
            if input[position] == 0x3D, equals == nil { equals = position }
            position += 1
        }
        let nameEnd = equals ?? position
        return (start..<nameEnd, min(nameEnd + 1, position)..<position)
    }

    /// Steps 3.4 and 3.5: "+" is a space, then percent-decode and UTF-8 decode without BOM.
    static func decode(_ input: Span<UInt8>) -> String {
        var isPlain = true
        for index in input.indices where input[index] == 0x2B || input[index] == 0x25 {
            isPlain = false
            break
        }
        if isPlain { return UTF8Decoding.decodeWithoutBOM(input) }
        return input.withUnsafeBufferPointer { bytes in
            // What is not UTF-8 is repaired with U+FFFD here, too.
            // SAFETY: each byte written has consumed at least one byte read, so that the capacity holds them all.
            String(unsafeUninitializedCapacity: bytes.count) { output in
                var count = 0
                var index = 0
                while index < bytes.count {
                    output[count] = decodedByte(bytes.span, at: &index)
                    count += 1
                }
                return count
            }
        }
    }

    static func decodedByte(_ input: Span<UInt8>, at index: inout Int) -> UInt8 {
        if input[index] == 0x2B {
            index += 1
            return 0x20
        }
        return PercentEncoding.decodedByte(input, at: &index)
    }

    private static func encode(_ text: String, into output: inout [UInt8]) {
        let set = PercentEncodeSet.formURLEncoded
        for byte in text.utf8 {
            if byte == 0x20 {
                output.append(0x2B)
            } else if set.contains(byte) {
                output.append(0x25)
                output.append(PercentEncoding.upperHexDigit(byte >> 4))
                output.append(PercentEncoding.upperHexDigit(byte & 0xF))
            } else {
                output.append(byte)
            }
        }
    }
}
