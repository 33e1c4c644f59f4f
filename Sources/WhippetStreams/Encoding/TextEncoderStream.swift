// Copyright 2026 the Whippet authors
// SPDX-License-Identifier: Apache-2.0

/// Turns pieces of text into chunks of UTF-8.
///
/// ```swift
/// let bytes = try ReadableStream.from(["caf", "é"]).pipeThrough(TextEncoderStream())
/// for try await chunk in bytes { expect(!chunk.isEmpty) }
/// ```
///
/// Unlike in a browser a surrogate pair can't lie in two chunks: a Swift string has no half of it.
/// Source: [TextEncoderStream](https://encoding.spec.whatwg.org/#interface-textencoderstream).
public final class TextEncoderStream: GenericTransformStream {
    /// The stream of both sides.
    public let transform: TransformStream<String, [UInt8]>

    /// Makes a stream.
    ///
    /// [new TextEncoderStream()](https://encoding.spec.whatwg.org/#dom-textencoderstream).
    public init() {
        transform = TransformStream { chunk, controller in
            // Implements https://encoding.spec.whatwg.org/#encode-and-enqueue-a-chunk
            if !chunk.isEmpty { try controller.enqueue(Array(chunk.utf8)) }
        }
    }

    /// The encoding's name: `utf-8`.
    public var encoding: String { "utf-8" }
}
