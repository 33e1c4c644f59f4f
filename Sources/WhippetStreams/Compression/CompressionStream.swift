// Copyright 2026 the Whippet authors
// SPDX-License-Identifier: Apache-2.0

public import WhippetInfra

/// Compresses the bytes that are written to it.
///
/// ```swift
/// let page = ByteStream.from([Array("<!doctype html>".utf8)])
/// let response = Response(try page.pipeThrough(CompressionStream(.gzip)))
/// ```
///
/// It uses the system's zlib and libbrotli.
/// Source: [CompressionStream](https://compression.spec.whatwg.org/#compression-stream).
public final class CompressionStream: GenericTransformStream {
    /// The stream of both sides.
    public let transform: TransformStream<[UInt8], [UInt8]>

    /// Makes a stream that compresses to this format.
    ///
    /// [new CompressionStream(format)](https://compression.spec.whatwg.org/#dom-compressionstream-compressionstream).
    ///
    /// - Throws: `MissingLibraryError` when the system has no library for the format; its message names the package.
    public init(_ format: CompressionFormat) throws(MissingLibraryError) {
        transform = TransformStream(try Deflater(format))
    }
}
