// Copyright 2026 the Whippet authors
// SPDX-License-Identifier: Apache-2.0

/// The Encoding Standard's ways to [decode UTF-8](https://encoding.spec.whatwg.org/#utf-8-decode).
package enum UTF8Decoding {
    /// Implements [UTF-8 decode](https://encoding.spec.whatwg.org/#utf-8-decode): without a byte order mark in front.
    package static func decode(_ bytes: Span<UInt8>) -> String {
        decodeWithoutBOM(startsWithBOM(bytes) ? bytes.extracting(3..<bytes.count) : bytes)
    }

    /// Implements [UTF-8 decode without BOM](https://encoding.spec.whatwg.org/#utf-8-decode-without-bom).
    ///
    /// What is not UTF-8 becomes U+FFFD, one for each maximal part of a sequence.
    package static func decodeWithoutBOM(_ bytes: Span<UInt8>) -> String {
        bytes.withUnsafeBufferPointer { String(decoding: $0, as: UTF8.self) }
    }

    /// Implements
    /// [UTF-8 decode without BOM or fail](https://encoding.spec.whatwg.org/#utf-8-decode-without-bom-or-fail).
    package static func decodeWithoutBOMOrFail(_ bytes: Span<UInt8>) -> String? {
        bytes.withUnsafeBufferPointer { String(validating: $0, as: UTF8.self) }
    }

    /// Whether the bytes begin with the UTF-8 byte order mark.
    package static func startsWithBOM(_ bytes: Span<UInt8>) -> Bool {
        bytes.count >= 3 && bytes[0] == 0xEF && bytes[1] == 0xBB && bytes[2] == 0xBF
    }

    /// Implements [BOM sniff](https://encoding.spec.whatwg.org/#bom-sniff): the encoding's name, nil without a mark.
    package static func sniffBOM(_ bytes: Span<UInt8>) -> String? {
        // 1–2.
        if startsWithBOM(bytes) { return "UTF-8" }
        guard bytes.count >= 2 else { return nil }
        if bytes[0] == 0xFE, bytes[1] == 0xFF { return "UTF-16BE" }
        if bytes[0] == 0xFF, bytes[1] == 0xFE { return "UTF-16LE" }
        // 3.
        return nil
    }
}
