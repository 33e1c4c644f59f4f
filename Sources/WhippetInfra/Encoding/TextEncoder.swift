// Copyright 2026 the Whippet authors
// SPDX-License-Identifier: Apache-2.0

/// Turns text into UTF-8 bytes.
///
/// Source: [TextEncoder](https://encoding.spec.whatwg.org/#interface-textencoder).
///
/// ```swift
/// let bytes = TextEncoder().encode("héllo")
/// ```
///
/// A Swift string has no lone surrogates, so no character is ever replaced.
public struct TextEncoder: Sendable {
    /// How far `encodeInto` came.
    ///
    /// Source: [TextEncoderEncodeIntoResult](https://encoding.spec.whatwg.org/#dictdef-textencoderencodeintoresult).
    public struct EncodeIntoResult: Hashable, Sendable {
        /// How many UTF-16 code units of the source were converted.
        public let read: Int
        /// How many bytes of the destination were written.
        public let written: Int
    }

    /// Always `utf-8`.
    public var encoding: String { "utf-8" }

    /// Makes an encoder.
    public init() {}

    /// The text's UTF-8 bytes.
    ///
    /// Implements [encode](https://encoding.spec.whatwg.org/#dom-textencoder-encode).
    public func encode(_ input: String = "") -> [UInt8] {
        Array(input.utf8)
    }

    /// Writes as many whole characters of the text as fit into the bytes from their start on.
    ///
    /// Implements [encodeInto](https://encoding.spec.whatwg.org/#dom-textencoder-encodeinto).
    public func encodeInto(_ source: String, _ destination: inout [UInt8]) -> EncodeIntoResult {
        var span = destination.mutableSpan
        return encodeInto(source, &span)
    }

    /// Writes as many whole characters of the text as fit into the bytes from their start on.
    ///
    /// Implements [encodeInto](https://encoding.spec.whatwg.org/#dom-textencoder-encodeinto).
    public func encodeInto(_ source: String, _ destination: inout MutableSpan<UInt8>) -> EncodeIntoResult {
        var source = source
        return source.withUTF8 { bytes in
            // 6.4. An item whose bytes don't fit ends the work: no part of it is written.
            var written = min(bytes.count, destination.count)
            while written > 0, written < bytes.count, bytes[written] & 0xC0 == 0x80 { written -= 1 }
            var read = 0
            for index in 0..<written {
                let byte = bytes[index]
                destination[index] = byte
                // An item above U+FFFF counts two code units, each other item one.
                read += byte & 0xC0 == 0x80 ? 0 : byte >= 0xF0 ? 2 : 1
            }
            return EncodeIntoResult(read: read, written: written)
        }
    }
}
