// Copyright 2026 the Whippet authors
// SPDX-License-Identifier: Apache-2.0

internal import WhippetInfra

/// The [indexes](https://encoding.spec.whatwg.org/#indexes) of the multi-byte encodings.
enum LegacyIndexes {
    static var big5: EncodingIndex { EncodingIndex(Big5Index.digits) }
    static var eucKR: EncodingIndex { EncodingIndex(EUCKRIndex.digits) }
    static var gb18030: EncodingIndex { EncodingIndex(GB18030Index.digits) }
    static var jis0208: EncodingIndex { EncodingIndex(JIS0208Index.digits) }
    static var jis0212: EncodingIndex { EncodingIndex(JIS0212Index.digits) }

    /// A pointer and a code point, by turns.
    private static var gb18030Ranges: EncodingIndex { EncodingIndex(GB18030Ranges.digits) }

    /// Implements
    /// [index gb18030 ranges code point](https://encoding.spec.whatwg.org/#index-gb18030-ranges-code-point).
    static func gb18030RangesCodePoint(_ pointer: Int) -> UInt32? {
        // 1. If pointer is greater than 39419 and less than 189000, or greater than 1237575, then return null.
        guard 0...39_419 ~= pointer || 189_000...1_237_575 ~= pointer else { return nil }
        // 2. If pointer is 7457, then return code point U+E7C7.
        if pointer == 7457 { return 0xE7C7 }
        // 3. Let offset be the last pointer in the index that is less than or equal to pointer.
        var first = 0
        var end = gb18030Ranges.count / 2
        while end - first > 1 {
            let middle = (first + end) / 2
            if Int(gb18030Ranges[2 * middle]) <= pointer { first = middle } else { end = middle }
        }
        // 4. Return codePointOffset + pointer − offset.
        return gb18030Ranges[2 * first + 1] + UInt32(clamping: pointer - Int(gb18030Ranges[2 * first]))
    }
}
