// Copyright 2026 the Whippet authors
// SPDX-License-Identifier: Apache-2.0

/// The [shared UTF-16 decoder](https://encoding.spec.whatwg.org/#shared-utf-16-decoder).
struct UTF16Decoder: EncodingDecoder {
    private let isBigEndian: Bool
    private var leadingByte: UInt8?
    private var leadingSurrogate: UInt16?

    init(isBigEndian: Bool) {
        self.isBigEndian = isBigEndian
    }

    mutating func decode(
        _ input: Span<UInt8>, isLast: Bool, errorMode: EncodingErrorMode, into output: inout UTF8Buffer
    ) -> Bool {
        for index in input.indices {
            let byte = input[index]
            // 3. If UTF-16 leading byte is null, then set it to byte and return continue.
            guard let first = leadingByte else {
                leadingByte = byte
                continue
            }
            // 4–5.
            leadingByte = nil
            let codeUnit = isBigEndian ? UInt16(first) << 8 | UInt16(byte) : UInt16(byte) << 8 | UInt16(first)
            // 6. If UTF-16 leading surrogate is non-null:
            if let surrogate = leadingSurrogate {
                leadingSurrogate = nil
                if codeUnit & 0xFC00 == 0xDC00 {
                    output.append(0x10000 + ((UInt32(surrogate) & 0x3FF) << 10 | UInt32(codeUnit) & 0x3FF))
                    continue
                }
                // The code unit's two bytes are restored: it goes through the steps below.
                guard output.appendError(errorMode) else { return false }
            }
            // 7. A leading surrogate waits for its partner.
            if codeUnit & 0xFC00 == 0xD800 {
                leadingSurrogate = codeUnit
            } else if codeUnit & 0xFC00 == 0xDC00 {
                // 8. If codeUnit is a trailing surrogate, then return error.
                guard output.appendError(errorMode) else { return false }
            } else {
                // 9.
                output.append(UInt32(codeUnit))
            }
        }
        // 1. At the end of the queue a byte or a surrogate without its partner, or both, are one error.
        if isLast, leadingByte != nil || leadingSurrogate != nil {
            (leadingByte, leadingSurrogate) = (nil, nil)
            return output.appendError(errorMode)
        }
        // 2.
        return true
    }
}
