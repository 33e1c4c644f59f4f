// Copyright 2026 the Whippet authors
// SPDX-License-Identifier: Apache-2.0

internal import WhippetFetch
public import WhippetStreams

extension Middleware {
    /// Compresses answers for clients that take it: gzip and deflate, by the system's zlib.
    ///
    /// ```swift
    /// app.use(.compression(), .etag())
    /// ```
    /// What is compressed already stays as it is: images, archives, video, an answer with a `Content-Encoding`. So do
    /// parts of content (206), what says `no-transform` or has a digest, and what is short. Each chunk of a stream and
    /// each server-sent event leaves at once. An `ETag` becomes weak, `Vary` gets `Accept-Encoding`, `Content-Length` is
    /// that of what is sent. Where zlib is missing, answers go out as they are, after one line in the log.
    ///
    /// An answer that holds both a secret and what a stranger chose tells the secret by its length (BREACH): leave it
    /// out, with `no-transform` or by a group without compression.
    ///
    /// Sources: [RFC 9110 §8.4](https://www.rfc-editor.org/rfc/rfc9110#section-8.4),
    /// [§12.5.3](https://www.rfc-editor.org/rfc/rfc9110#section-12.5.3).
    /// - Parameters:
    ///   - formats: What may be used, the favourite first; `.brotli` needs the system's libbrotli, and `.deflateRaw` is
    ///     no content coding.
    ///   - level: How hard to try, from 1, quick, to 9, small.
    ///   - minimumBytes: How many bytes an answer has at least; one whose length is not known is always compressed.
    ///   - isCompressible: Which types are worth it, by their essence such as `text/html`; nil for text, JSON, XML,
    ///     scripts, WebAssembly, uncompressed fonts and images, and the like.
    public static func compression(
        _ formats: [CompressionFormat] = [.gzip, .deflate], level: Int = 6, minimumBytes: Int = 1024,
        isCompressible: (@Sendable (String) -> Bool)? = nil
    ) -> Middleware {
        compression(
            Compressor(
                formats, level: level, minimumBytes: minimumBytes,
                isCompressible: isCompressible ?? CompressibleTypes.contains))
    }

    static func compression(_ compressor: Compressor) -> Middleware {
        Middleware { request, _, next in
            compressor.compress(await next(request), for: request, log: next.host.log)
        }
    }
}
