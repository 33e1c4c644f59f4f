// Copyright 2026 the Whippet authors
// SPDX-License-Identifier: Apache-2.0

/// The [x-user-defined decoder](https://encoding.spec.whatwg.org/#x-user-defined-decoder).
struct UserDefinedDecoder: EncodingDecoder {
    mutating func decode(
        _ input: Span<UInt8>, isLast: Bool, errorMode: EncodingErrorMode, into output: inout UTF8Buffer
    ) -> Bool {
        var position = 0
        while true {
            // 2. An ASCII byte is its own code point.
            position = output.appendASCII(input, from: position)
            // 1. End-of-queue.
            guard position < input.count else { return true }
            // 3. Return a code point whose value is 0xF780 + byte − 0x80.
            output.append(0xF780 + UInt32(input[position]) - 0x80)
            position += 1
        }
    }
}
