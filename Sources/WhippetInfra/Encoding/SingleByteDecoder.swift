// Copyright 2026 the Whippet authors
// SPDX-License-Identifier: Apache-2.0

/// The [single-byte decoder](https://encoding.spec.whatwg.org/#single-byte-decoder) of one index.
struct SingleByteDecoder: EncodingDecoder {
    private let index: EncodingIndex

    /// Makes a decoder, nil if the encoding is not one with a single-byte index.
    init?(_ encoding: Encoding) {
        guard let digits = encoding.singleByteIndex else { return nil }
        index = EncodingIndex(digits)
    }

    mutating func decode(
        _ input: Span<UInt8>, isLast: Bool, errorMode: EncodingErrorMode, into output: inout UTF8Buffer
    ) -> Bool {
        var position = 0
        while true {
            // 2. An ASCII byte is its own code point.
            position = output.appendASCII(input, from: position)
            // 1. End-of-queue.
            guard position < input.count else { return true }
            // 3–5.
            if let codePoint = index.codePoint(Int(input[position]) - 0x80) {
                output.append(codePoint)
            } else if !output.appendError(errorMode) {
                return false
            }
            position += 1
        }
    }
}

extension Encoding {
    /// The digits of the encoding's [index](https://encoding.spec.whatwg.org/#index-single-byte), if it has one.
    fileprivate var singleByteIndex: StaticString? {
        switch self {
        case .ibm866: SingleByteIndexes.ibm866
        case .iso88592: SingleByteIndexes.iso88592
        case .iso88593: SingleByteIndexes.iso88593
        case .iso88594: SingleByteIndexes.iso88594
        case .iso88595: SingleByteIndexes.iso88595
        case .iso88596: SingleByteIndexes.iso88596
        case .iso88597: SingleByteIndexes.iso88597
        case .iso88598, .iso88598I: SingleByteIndexes.iso88598
        case .iso885910: SingleByteIndexes.iso885910
        case .iso885913: SingleByteIndexes.iso885913
        case .iso885914: SingleByteIndexes.iso885914
        case .iso885915: SingleByteIndexes.iso885915
        case .iso885916: SingleByteIndexes.iso885916
        case .koi8R: SingleByteIndexes.koi8R
        case .koi8U: SingleByteIndexes.koi8U
        case .macintosh: SingleByteIndexes.macintosh
        case .windows874: SingleByteIndexes.windows874
        case .windows1250: SingleByteIndexes.windows1250
        case .windows1251: SingleByteIndexes.windows1251
        case .windows1252: SingleByteIndexes.windows1252
        case .windows1253: SingleByteIndexes.windows1253
        case .windows1254: SingleByteIndexes.windows1254
        case .windows1255: SingleByteIndexes.windows1255
        case .windows1256: SingleByteIndexes.windows1256
        case .windows1257: SingleByteIndexes.windows1257
        case .windows1258: SingleByteIndexes.windows1258
        case .macCyrillic: SingleByteIndexes.macCyrillic
        default: nil
        }
    }
}
