// Copyright 2026 the Whippet authors
// SPDX-License-Identifier: Apache-2.0

/// A [decoder](https://encoding.spec.whatwg.org/#decoder) of the Encoding Standard: its state between two chunks.
package protocol EncodingDecoder: Sendable {
    /// Implements [process a queue](https://encoding.spec.whatwg.org/#concept-encoding-run): appends the text as UTF-8.
    ///
    /// With `isLast` the end of the queue follows the input. Returns false at an error if the error mode is fatal.
    mutating func decode(
        _ input: Span<UInt8>, isLast: Bool, errorMode: EncodingErrorMode, into output: inout [UInt8]
    ) -> Bool
}

/// The Encoding Standard's [error mode](https://encoding.spec.whatwg.org/#error-mode) of decoders.
package enum EncodingErrorMode: Sendable {
    /// An error becomes U+FFFD.
    case replacement
    /// An error ends the work.
    case fatal
}

extension [UInt8] {
    /// Appends a scalar value's UTF-8; the caller vouches that it is one.
    package mutating func appendUTF8(_ scalar: UInt32) {
        if scalar < 0x80 {
            append(UInt8(truncatingIfNeeded: scalar))
            return
        }
        if scalar < 0x800 {
            append(UInt8(truncatingIfNeeded: 0xC0 | scalar >> 6))
        } else {
            if scalar < 0x10000 {
                append(UInt8(truncatingIfNeeded: 0xE0 | scalar >> 12))
            } else {
                append(UInt8(truncatingIfNeeded: 0xF0 | scalar >> 18))
                append(UInt8(truncatingIfNeeded: 0x80 | scalar >> 12 & 0x3F))
            }
            append(UInt8(truncatingIfNeeded: 0x80 | scalar >> 6 & 0x3F))
        }
        append(UInt8(truncatingIfNeeded: 0x80 | scalar & 0x3F))
    }

    /// Appends U+FFFD, or returns false if the error mode is fatal.
    package mutating func appendError(_ errorMode: EncodingErrorMode) -> Bool {
        guard errorMode == .replacement else { return false }
        appendUTF8(0xFFFD)
        return true
    }

    /// Appends the ASCII bytes of `input` from `start` on, up to the first other byte; returns where that is.
    package mutating func appendASCII(_ input: Span<UInt8>, from start: Int) -> Int {
        var end = start
        while end < input.count, input[end] < 0x80 { end += 1 }
        if end > start {
            input.extracting(start..<end).withUnsafeBufferPointer { append(contentsOf: $0) }
        }
        return end
    }
}
