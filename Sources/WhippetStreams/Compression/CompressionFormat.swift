// Copyright 2026 the Whippet authors
// SPDX-License-Identifier: Apache-2.0

/// A format of compressed data.
///
/// Source: [CompressionFormat](https://compression.spec.whatwg.org/#enumdef-compressionformat).
public enum CompressionFormat: String, Sendable, CaseIterable {
    /// Brotli, [RFC 7932](https://www.rfc-editor.org/rfc/rfc7932); needs the system's libbrotli.
    case brotli
    /// The ZLIB format, [RFC 1950](https://www.rfc-editor.org/rfc/rfc1950): HTTP's `deflate`.
    case deflate
    /// DEFLATE without a wrapping, [RFC 1951](https://www.rfc-editor.org/rfc/rfc1951).
    case deflateRaw = "deflate-raw"
    /// The gzip format, [RFC 1952](https://www.rfc-editor.org/rfc/rfc1952).
    case gzip
}
