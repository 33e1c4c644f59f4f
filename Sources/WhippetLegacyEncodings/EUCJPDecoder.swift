// Copyright 2026 the Whippet authors
// SPDX-License-Identifier: Apache-2.0

internal import WhippetInfra

/// The [EUC-JP decoder](https://encoding.spec.whatwg.org/#euc-jp-decoder).
struct EUCJPDecoder: DecoderHandler {
    private var isJIS0212 = false
    private var leading: UInt8 = 0

    var isBetweenCharacters: Bool { leading == 0 }

    mutating func handle(_ byte: UInt8?) -> DecoderResult {
        // 1–2. End-of-queue is an error behind a leading byte; no character follows it, whatever the set.
        guard let byte else {
            defer { leading = 0 }
            return leading == 0 ? .finished : .error
        }
        // 3. Katakana.
        if leading == 0x8E, 0xA1...0xDF ~= byte {
            leading = 0
            return .codePoint(0xFF61 - 0xA1 + UInt32(byte))
        }
        // 4. The set JIS X 0212.
        if leading == 0x8F, 0xA1...0xFE ~= byte {
            isJIS0212 = true
            leading = byte
            return .continue
        }
        // 5. If EUC-JP leading is not 0x00:
        if leading != 0 {
            // 5.1–2.
            let first = leading
            leading = 0
            // 5.3–4.
            var codePoint: UInt32?
            if 0xA1...0xFE ~= first, 0xA1...0xFE ~= byte {
                let pointer = (Int(first) - 0xA1) * 94 + Int(byte) - 0xA1
                codePoint = (isJIS0212 ? LegacyIndexes.jis0212 : LegacyIndexes.jis0208).codePoint(pointer)
            }
            // 5.5.
            isJIS0212 = false
            // 5.6.
            if let codePoint { return .codePoint(codePoint) }
            // 5.7–8.
            return .errorRestoringASCII(byte)
        }
        switch byte {
        // 6.
        case 0x00...0x7F: return .codePoint(UInt32(byte))
        // 7.
        case 0x8E, 0x8F, 0xA1...0xFE:
            leading = byte
            return .continue
        // 8.
        default: return .error
        }
    }
}
