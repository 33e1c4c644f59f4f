// Copyright 2026 the Whippet authors
// SPDX-License-Identifier: Apache-2.0

internal import WhippetInfra

/// The [gb18030 decoder](https://encoding.spec.whatwg.org/#gb18030-decoder), which is GBK's too.
struct GB18030Decoder: DecoderHandler {
    private var first: UInt8 = 0
    private var second: UInt8 = 0
    private var third: UInt8 = 0

    var isBetweenCharacters: Bool { first == 0 }

    mutating func handle(_ byte: UInt8?) -> DecoderResult {
        // 1–2. End-of-queue is an error behind the first bytes of a sequence.
        guard let byte else {
            defer { (first, second, third) = (0, 0, 0) }
            return first == 0 && second == 0 && third == 0 ? .finished : .error
        }
        // 3. If gb18030 third is not 0x00:
        if third != 0 { return handleFourth(byte) }
        // 4. If gb18030 second is not 0x00:
        if second != 0 {
            // 4.1.
            if 0x81...0xFE ~= byte {
                third = byte
                return .continue
            }
            // 4.2.
            defer { (first, second) = (0, 0) }
            return .error(RestoredBytes(second, byte))
        }
        // 5. If gb18030 first is not 0x00:
        if first != 0 { return handleSecond(byte) }
        switch byte {
        // 6.
        case 0x00...0x7F: return .codePoint(UInt32(byte))
        // 7.
        case 0x80: return .codePoint(0x20AC)
        // 8.
        case 0x81...0xFE:
            first = byte
            return .continue
        // 9.
        default: return .error
        }
    }

    /// Step 3.
    private mutating func handleFourth(_ byte: UInt8) -> DecoderResult {
        defer { (first, second, third) = (0, 0, 0) }
        // 3.1. If byte is not in the range 0x30 to 0x39, inclusive, then restore what follows the first byte.
        guard 0x30...0x39 ~= byte else { return .error(RestoredBytes(second, third, byte)) }
        // 3.2–3.
        let pointer =
            (Int(first) - 0x81) * (10 * 126 * 10) + (Int(second) - 0x30) * (10 * 126) + (Int(third) - 0x81) * 10
            + Int(byte) - 0x30
        // 3.4–5.
        return LegacyIndexes.gb18030RangesCodePoint(pointer).map { .codePoint($0) } ?? .error
    }

    /// Step 5.
    private mutating func handleSecond(_ byte: UInt8) -> DecoderResult {
        // 5.1.
        if 0x30...0x39 ~= byte {
            second = byte
            return .continue
        }
        // 5.2–3.
        let leading = first
        first = 0
        // 5.4–6.
        var pointer: Int?
        let offset = byte < 0x7F ? 0x40 : 0x41
        if 0x40...0x7E ~= byte || 0x80...0xFE ~= byte {
            pointer = (Int(leading) - 0x81) * 190 + (Int(byte) - offset)
        }
        // 5.7–8.
        if let pointer, let codePoint = LegacyIndexes.gb18030.codePoint(pointer) { return .codePoint(codePoint) }
        // 5.9–10.
        return .errorRestoringASCII(byte)
    }
}
