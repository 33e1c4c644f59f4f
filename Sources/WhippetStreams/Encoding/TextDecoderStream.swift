// Copyright 2026 the Whippet authors
// SPDX-License-Identifier: Apache-2.0

public import WhippetInfra

/// Turns chunks of bytes into pieces of text; a character that a chunk's end cuts comes with the next piece.
///
/// ```swift
/// let body = ByteStream.from([[0xE2, 0x82], [0xAC]])
/// for try await text in try body.pipeThrough(TextDecoderStream("utf-8", fatal: true)) {
///     expect(text == "€")
/// }
/// ```
///
/// Source: [TextDecoderStream](https://encoding.spec.whatwg.org/#interface-textdecoderstream).
public final class TextDecoderStream: GenericTransformStream {
    /// The stream of both sides.
    public let transform: TransformStream<[UInt8], String>
    private let decoder: TextDecoder

    /// Makes a stream of the encoding that has this label, such as `utf-8`, `latin1` or `shift_jis`.
    ///
    /// [new TextDecoderStream(label, options)](https://encoding.spec.whatwg.org/#dom-textdecoderstream).
    ///
    /// - Parameters:
    ///   - label: A label of the encoding.
    ///   - fatal: Whether bytes that are not of the encoding break the stream, with a `TypeError`; else each becomes
    ///     U+FFFD.
    ///   - ignoreBOM: Whether a byte order mark in front stays in the text.
    /// - Throws: `RangeError` as `TextDecoder` does.
    public init(_ label: String = "utf-8", fatal: Bool = false, ignoreBOM: Bool = false) throws(RangeError) {
        // 1–6.
        let decoder = try TextDecoder(label, fatal: fatal, ignoreBOM: ignoreBOM)
        self.decoder = decoder
        // 7–11.
        transform = TransformStream(
            flush: { controller in
                // Implements https://encoding.spec.whatwg.org/#flush-and-enqueue
                let text = try decoder.decode()
                if !text.isEmpty { try controller.enqueue(text) }
            },
            transform: { chunk, controller in
                // Implements https://encoding.spec.whatwg.org/#decode-and-enqueue-a-chunk
                let text = try decoder.decode(chunk, stream: true)
                if !text.isEmpty { try controller.enqueue(text) }
            })
    }

    /// The encoding's name in lower case, such as `utf-8`.
    public var encoding: String { decoder.encoding }
    /// Whether bytes that are not of the encoding are an error.
    public var fatal: Bool { decoder.fatal }
    /// Whether a byte order mark in front stays in the text.
    public var ignoreBOM: Bool { decoder.ignoreBOM }
}
