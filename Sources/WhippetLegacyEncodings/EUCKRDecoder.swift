// Copyright 2026 the Whippet authors
// SPDX-License-Identifier: Apache-2.0

internal import WhippetInfra

/// The [EUC-KR decoder](https://encoding.spec.whatwg.org/#euc-kr-decoder).
struct EUCKRDecoder: DecoderHandler {
    private var leading: UInt8 = 0

    var isBetweenCharacters: Bool { leading == 0 }

    mutating func handle(_ byte: UInt8?) -> DecoderResult {
        // 1–2. End-of-queue is an error behind a leading byte.
        guard let byte else {
            defer { leading = 0 }
            return leading == 0 ? .finished : .error
        }
        // 3. If EUC-KR leading is not 0x00:
        if leading != 0 {
            // 3.1–2.
            let first = leading
            leading = 0
            // 3.3–4.
            var pointer: Int?
            if 0x41...0xFE ~= byte {
                pointer = (Int(first) - 0x81) * 190 + (Int(byte) - 0x41)
            }
            // 3.5–6.
            if let pointer, let codePoint = LegacyIndexes.eucKR.codePoint(pointer) { return .codePoint(codePoint) }
            // 3.7–8.
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
