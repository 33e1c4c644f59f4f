// Copyright 2026 the Whippet authors
// SPDX-License-Identifier: Apache-2.0

/// The [UTF-8 decoder](https://encoding.spec.whatwg.org/#utf-8-decoder), by way of the standard library's validation.
///
/// Of its state only the bytes of a sequence that a chunk's end cut are left: at most three.
struct UTF8Decoder: Sendable {
    private var pending: [UInt8] = []

    /// Decodes the next bytes; nil is an error in fatal mode.
    ///
    /// With `skipsBOM` a byte order mark in front is left out. `isEmpty` tells whether there was nothing to decode yet, so that the mark may still come.
    mutating func decode(
        _ input: Span<UInt8>, isLast: Bool, errorMode: EncodingErrorMode, skipsBOM: Bool
    ) -> (text: String, isEmpty: Bool)? {
        guard !pending.isEmpty else {
            let end = isLast ? input.count : input.count - Self.incompleteTail(input)
            let rest = input.extracting(end...)
            for index in rest.indices { pending.append(rest[index]) }
            return Self.text(input.extracting(..<end), errorMode, skipsBOM)
        }
        let bytes = input.withUnsafeBufferPointer { pending + $0 }
        let end = isLast ? bytes.count : bytes.count - Self.incompleteTail(bytes.span)
        pending = Array(bytes[end...])
        return Self.text(bytes.span.extracting(..<end), errorMode, skipsBOM)
    }

    private static func text(
        _ bytes: Span<UInt8>, _ errorMode: EncodingErrorMode, _ skipsBOM: Bool
    ) -> (text: String, isEmpty: Bool)? {
        let rest = skipsBOM && UTF8Decoding.startsWithBOM(bytes) ? bytes.extracting(3...) : bytes
        switch errorMode {
        case .replacement: return (UTF8Decoding.decodeWithoutBOM(rest), bytes.isEmpty)
        case .fatal: return UTF8Decoding.decodeWithoutBOMOrFail(rest).map { ($0, bytes.isEmpty) }
        }
    }

    /// How many bytes at the end begin a sequence that the next bytes may complete.
    private static func incompleteTail(_ bytes: Span<UInt8>) -> Int {
        for length in 1...3 where length <= bytes.count {
            let lead = bytes[bytes.count - length]
            // A trailing byte belongs to what stands before it.
            if lead & 0xC0 == 0x80 { continue }
            let needed =
                switch lead {
                case 0xC2...0xDF: 2
                case 0xE0...0xEF: 3
                case 0xF0...0xF4: 4
                default: 0
                }
            guard length < needed else { return 0 }
            // 1–2 of the lead bytes' cases, and step 4: the second byte's boundaries.
            if length > 1 {
                let second = bytes[bytes.count - length + 1]
                let lower: UInt8 = lead == 0xE0 ? 0xA0 : lead == 0xF0 ? 0x90 : 0x80
                let upper: UInt8 = lead == 0xED ? 0x9F : lead == 0xF4 ? 0x8F : 0xBF
                guard lower <= second, second <= upper else { return 0 }
            }
            return length
        }
        return 0
    }
}
