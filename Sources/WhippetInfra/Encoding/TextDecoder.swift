// Copyright 2026 the Whippet authors
// SPDX-License-Identifier: Apache-2.0

/// Turns bytes of one encoding into text, at once or chunk by chunk.
///
/// Source: [TextDecoder](https://encoding.spec.whatwg.org/#interface-textdecoder).
///
/// ```swift
/// let city = try TextDecoder("iso-8859-2", fatal: true).decode([0xA3, 0xF3, 0x64, 0xBC])
///
/// let decoder = try TextDecoder()
/// var price = ""
/// for chunk in [[0xE2, 0x82], [0xAC, 0x20, 0x35]] as [[UInt8]] {
///     price += try decoder.decode(chunk, stream: true)
/// }
/// price += try decoder.decode()
/// ```
///
/// A decoder is an object, as on the web: its references share one stream. Decoding at once leaves no state behind, so
/// one decoder may serve many tasks; chunks of one stream are the business of one task at a time.
///
/// Big5, EUC-JP, EUC-KR, GBK, gb18030, ISO-2022-JP and Shift_JIS live in the module WhippetLegacyEncodings. Other than
/// in a browser an error in fatal mode ends the stream: what follows the error in the chunk is dropped, and the next
/// chunk begins a new stream.
public final class TextDecoder: Sendable {
    /// The encoding's name in lower case, such as `utf-8`.
    public let encoding: String
    /// Whether bytes that are not of the encoding are an error; else each becomes U+FFFD.
    public let fatal: Bool
    /// Whether a byte order mark in front stays in the text.
    public let ignoreBOM: Bool

    /// A new stream of this encoding.
    private let initial: TextDecoding
    /// The stream between two chunks: it is there if the last call said that more follows, the "do not flush" flag.
    private let pending = Locked<TextDecoding?>(nil)

    /// Makes a decoder of the encoding that has this label, such as `utf-8`, `latin1` or `shift_jis`.
    ///
    /// - Throws: `RangeError` if no encoding has the label, if it is the replacement encoding's, or if the encoding
    ///   lives in the module WhippetLegacyEncodings and that is not part of the program.
    public convenience init(
        _ label: String = "utf-8", fatal: Bool = false, ignoreBOM: Bool = false
    ) throws(RangeError) {
        try self.init(label, fatal: fatal, ignoreBOM: ignoreBOM) { MultiByteDecoders.make }
    }

    init(
        _ label: String, fatal: Bool, ignoreBOM: Bool, multiByteDecoders: () -> MultiByteDecoders.Make?
    ) throws(RangeError) {
        // 1–2. Get an encoding; failure and replacement throw.
        guard let encoding = Encoding.get(label) else {
            throw RangeError("TextDecoder: \"\(label)\" is not the label of an encoding")
        }
        guard encoding != .replacement else {
            throw RangeError("TextDecoder: \"\(label)\" is a label of the replacement encoding, which has no text")
        }
        // 3–5.
        guard
            let initial = TextDecoding(
                encoding, errorMode: fatal ? .fatal : .replacement, ignoreBOM: ignoreBOM,
                multiByteDecoders: multiByteDecoders)
        else {
            throw RangeError(
                "TextDecoder: \(encoding.name) needs the module WhippetLegacyEncodings (LegacyEncodings.register())")
        }
        self.encoding = ASCII.lowercased(encoding.name)
        self.fatal = fatal
        self.ignoreBOM = ignoreBOM
        self.initial = initial
    }

    /// Decodes the next bytes: the last ones, or with `stream` all but the sequence that the chunk's end may cut.
    ///
    /// - Throws: `TypeError` if the decoder is fatal and the bytes are not of its encoding.
    public func decode(_ input: [UInt8] = [], stream: Bool = false) throws(TypeError) -> String {
        try decode(input.span, stream: stream)
    }

    /// Decodes the next bytes: the last ones, or with `stream` all but the sequence that the chunk's end may cut.
    ///
    /// - Throws: `TypeError` if the decoder is fatal and the bytes are not of its encoding.
    public func decode(_ input: Span<UInt8>, stream: Bool = false) throws(TypeError) -> String {
        // 1. If do not flush is false, then set decoder to a new instance. The lock is not held while decoding.
        let taken = pending.withLock { state -> TextDecoding? in
            defer { state = nil }
            return state
        }
        var decoding = taken ?? initial
        // 3–5.
        guard let text = decoding.decode(input, isLast: !stream) else {
            throw TypeError("TextDecoder.decode: the bytes are not valid \(encoding)")
        }
        // 2. Set do not flush to stream.
        if stream {
            pending.withLock { [decoding] in $0 = decoding }
        }
        return text
    }
}
