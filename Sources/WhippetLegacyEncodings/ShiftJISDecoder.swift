// Copyright 2026 the Whippet authors
// SPDX-License-Identifier: Apache-2.0

internal import WhippetInfra

/// The [Shift_JIS decoder](https://encoding.spec.whatwg.org/#shift_jis-decoder).
struct ShiftJISDecoder: DecoderHandler {
    private var leading: UInt8 = 0

    var isBetweenCharacters: Bool { leading == 0 }

    mutating func handle(_ byte: UInt8?) -> DecoderResult {
        // 1–2. End-of-queue is an error behind a leading byte.
        guard let byte else {
            defer { leading = 0 }
            return leading == 0 ? .finished : .error
        }
        // 3. If Shift_JIS leading is not 0x00:
        if leading != 0 {
            // 3.1–2.
            let first = leading
            leading = 0
            // 3.3–6.
            var pointer: Int?
            let offset = byte < 0x7F ? 0x40 : 0x41
            let leadingOffset = first < 0xA0 ? 0x81 : 0xC1
            if 0x40...0x7E ~= byte || 0x80...0xFC ~= byte {
                pointer = (Int(first) - leadingOffset) * 188 + Int(byte) - offset
            }
            // 3.7. What Windows leaves to the user to define is for private use here too.
            if let pointer, 8836...10_715 ~= pointer { return .codePoint(UInt32(0xE000 - 8836 + pointer)) }
            // 3.8–9.
            if let pointer, let codePoint = LegacyIndexes.jis0208.codePoint(pointer) { return .codePoint(codePoint) }
            // 3.10–11.
            return .errorRestoringASCII(byte)
        }
        switch byte {
        // 4.
        case 0x00...0x80: return .codePoint(UInt32(byte))
        // 5. Katakana.
        case 0xA1...0xDF: return .codePoint(0xFF61 - 0xA1 + UInt32(byte))
        // 6.
        case 0x81...0x9F, 0xE0...0xFC:
            leading = byte
            return .continue
        // 7.
        default: return .error
        }
    }
}
