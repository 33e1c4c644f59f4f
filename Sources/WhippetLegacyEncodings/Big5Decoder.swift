// Copyright 2026 the Whippet authors
// SPDX-License-Identifier: Apache-2.0

internal import WhippetInfra

/// The [Big5 decoder](https://encoding.spec.whatwg.org/#big5-decoder).
struct Big5Decoder: DecoderHandler {
    private var leading: UInt8 = 0

    var isBetweenCharacters: Bool { leading == 0 }

    mutating func handle(_ byte: UInt8?) -> DecoderResult {
        // 1–2. End-of-queue is an error behind a leading byte.
        guard let byte else {
            defer { leading = 0 }
            return leading == 0 ? .finished : .error
        }
        // 3. If Big5 leading is not 0x00:
        if leading != 0 {
            // 3.1–2.
            let first = leading
            leading = 0
            // 3.3–5.
            var pointer: Int?
            let offset = byte < 0x7F ? 0x40 : 0x62
            if 0x40...0x7E ~= byte || 0xA1...0xFE ~= byte {
                pointer = (Int(first) - 0x81) * 157 + (Int(byte) - offset)
            }
            // 3.6. These stand for two code points.
            switch pointer {
            case 1133: return .codePoints(0x00CA, 0x0304)
            case 1135: return .codePoints(0x00CA, 0x030C)
            case 1164: return .codePoints(0x00EA, 0x0304)
            case 1166: return .codePoints(0x00EA, 0x030C)
            default: break
            }
            // 3.7–8.
            if let pointer, let codePoint = LegacyIndexes.big5.codePoint(pointer) { return .codePoint(codePoint) }
            // 3.9–10.
            return .errorRestoringASCII(byte)
        }
        switch byte {
        // 4.
        case 0x00...0x7F: return .codePoint(UInt32(byte))
        // 5.
        case 0x81...0xFE:
            leading = byte
            return .continue
        // 6.
        default: return .error
        }
    }
}
