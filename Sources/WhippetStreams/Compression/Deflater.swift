// Copyright 2026 the Whippet authors
// SPDX-License-Identifier: Apache-2.0

package import WhippetInfra

/// Compresses bytes without a stream.
///
///     let deflater = try Deflater(.gzip)
///     deflater.write(bytes)
///     deflater.finish()
///     while let piece = try deflater.read() { send(piece) }
package final class Deflater: CompressionContext {
    /// Begins to compress.
    ///
    /// - Parameter level: How hard to try: 0 to 9, for Brotli 0 to 11; nil takes a middling one.
    package init(_ format: CompressionFormat, level: Int? = nil) throws(MissingLibraryError) {
        switch format {
        case .brotli: super.init(BrotliEncodeEngine(try BrotliEncoderLibrary.load(), level: level))
        case .deflate, .deflateRaw, .gzip:
            super.init(ZlibDeflateEngine(try ZlibLibrary.load(), format, level: level))
        }
    }

    /// Has all that was written come out, so that its receiver can use it; what follows compresses less well.
    package override func flush() {
        super.flush()
    }

    /// Compresses bytes at once.
    package static func compress(
        _ bytes: [UInt8], _ format: CompressionFormat, level: Int? = nil
    ) throws -> [UInt8] {
        let deflater = try Deflater(format, level: level)
        deflater.write(bytes)
        deflater.finish()
        var output: [UInt8] = []
        while let piece = try deflater.read() { output += piece }
        return output
    }
}
