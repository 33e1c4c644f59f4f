// Copyright 2026 the Whippet authors
// SPDX-License-Identifier: Apache-2.0

public import WhippetInfra

/// Decompresses the bytes that are written to it.
///
/// ```swift
/// let packed = ByteStream.from([[0x03, 0x00]])
/// let text = try packed.pipeThrough(DecompressionStream(.deflateRaw)).pipeThrough(TextDecoderStream())
/// for try await piece in text { expect(!piece.isEmpty) }
/// ```
///
/// Input that is not of the format, that ends too early or goes on after its end breaks both sides with a `TypeError`.
/// A chunk's output comes in pieces of at most 64 KiB, each made when it is asked for: what a small chunk becomes is
/// never in memory as a whole, unless its reader keeps it.
///
/// It uses the system's zlib and libbrotli.
/// Source: [DecompressionStream](https://compression.spec.whatwg.org/#decompression-stream).
public final class DecompressionStream: GenericTransformStream {
    /// The stream of both sides.
    public let transform: TransformStream<[UInt8], [UInt8]>

    /// Makes a stream that decompresses this format.
    ///
    /// [new DecompressionStream(format)](https://compression.spec.whatwg.org/#dom-decompressionstream-decompressionstream).
    ///
    /// - Throws: `MissingLibraryError` when the system has no library for the format; its message names the package.
    public init(_ format: CompressionFormat) throws(MissingLibraryError) {
        transform = TransformStream(try Inflater(format))
    }
}
