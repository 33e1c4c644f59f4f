// Copyright 2026 the Whippet authors
// SPDX-License-Identifier: Apache-2.0

/// The state and steps that `TextDecoder` and `TextDecoderStream` share: one stream of bytes on its way to text.
///
/// Source: [TextDecoderCommon](https://encoding.spec.whatwg.org/#interface-mixin-textdecodercommon).
package struct TextDecoding: Sendable {
    private enum Instance {
        case utf8(UTF8Decoder)
        case other(any EncodingDecoder)
    }

    /// The encoding that is decoded.
    package let encoding: Encoding
    /// What becomes of an error.
    package let errorMode: EncodingErrorMode
    /// Whether a byte order mark stays in the text.
    package let ignoreBOM: Bool
    private var isBOMSeen = false
    private var instance: Instance

    /// Makes a new decoder of the encoding; nil if its decoder lives in a module that is not there.
    package init?(_ encoding: Encoding, errorMode: EncodingErrorMode, ignoreBOM: Bool) {
        self.init(encoding, errorMode: errorMode, ignoreBOM: ignoreBOM) { MultiByteDecoders.make }
    }

    init?(
        _ encoding: Encoding, errorMode: EncodingErrorMode, ignoreBOM: Bool,
        multiByteDecoders: () -> MultiByteDecoders.Make?
    ) {
        self.encoding = encoding
        self.errorMode = errorMode
        self.ignoreBOM = ignoreBOM
        switch encoding {
        case .utf8: instance = .utf8(UTF8Decoder())
        case .utf16BE: instance = .other(UTF16Decoder(isBigEndian: true))
        case .utf16LE: instance = .other(UTF16Decoder(isBigEndian: false))
        case .userDefined: instance = .other(UserDefinedDecoder())
        case .replacement: instance = .other(ReplacementDecoder())
        default:
            if let decoder = SingleByteDecoder(encoding) {
                instance = .other(decoder)
            } else if let decoder = multiByteDecoders()?(encoding) {
                instance = .other(decoder)
            } else {
                return nil
            }
        }
    }

    /// Decodes the next bytes, the last ones with `isLast`; nil is an error in fatal mode.
    package mutating func decode(_ input: Span<UInt8>, isLast: Bool) -> String? {
        switch instance {
        case .utf8(var decoder):
            // The array in the decoder must have one owner only.
            instance = .utf8(UTF8Decoder())
            defer { instance = .utf8(decoder) }
            guard
                let (text, isEmpty) = decoder.decode(
                    input, isLast: isLast, errorMode: errorMode, skipsBOM: !ignoreBOM && !isBOMSeen)
            else { return nil }
            if !isEmpty { isBOMSeen = true }
            return text
        case .other(var decoder):
            var output = UTF8Buffer(minimumCapacity: input.count)
            guard decoder.decode(input, isLast: isLast, errorMode: errorMode, into: &output) else { return nil }
            instance = .other(decoder)
            return serialize(output)
        }
    }

    /// Implements [serialize I/O queue](https://encoding.spec.whatwg.org/#concept-td-serialize) but for UTF-8.
    private mutating func serialize(_ output: borrowing UTF8Buffer) -> String {
        // 2.3. If encoding is UTF-16BE/LE, and ignore BOM and BOM seen are false:
        let skipsBOM = (encoding == .utf16BE || encoding == .utf16LE) && !ignoreBOM && !isBOMSeen
        if skipsBOM, !output.isEmpty { isBOMSeen = true }
        return output.text(skipsBOM: skipsBOM)
    }

    /// Implements [decode](https://encoding.spec.whatwg.org/#decode): a byte order mark counts more than the encoding.
    ///
    /// Nil only if the encoding's decoder lives in a module that is not there.
    package static func decode(_ bytes: Span<UInt8>, fallback encoding: Encoding) -> String? {
        // 1–4. The mark is left out; the encoding's own decoding does that, for it stands in front.
        let encoding = UTF8Decoding.sniffBOM(bytes).flatMap(Encoding.get) ?? encoding
        // 5–6.
        var decoding = TextDecoding(encoding, errorMode: .replacement, ignoreBOM: false)
        return decoding?.decode(bytes, isLast: true)
    }
}
