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
    /// How much memory it takes while it lives.
    package enum Memory: Sendable {
        /// What the library takes by itself: for zlib some 260 KiB.
        case usual
        /// Some 40 KiB for zlib, with an output that is a little larger: where many live for a long time.
        case small
    }

    /// Begins to compress.
    ///
    /// - Parameters:
    ///   - level: How hard to try: 0 to 9, for Brotli 0 to 11; nil takes a middling one.
    ///   - memory: How much it may take.
    package init(
        _ format: CompressionFormat, level: Int? = nil, memory: Memory = .usual
    ) throws(MissingLibraryError) {
        switch format {
        case .brotli: super.init(BrotliEncodeEngine(try BrotliEncoderLibrary.load(), level: level, memory: memory))
        case .deflate, .deflateRaw, .gzip:
            super.init(ZlibDeflateEngine(try ZlibLibrary.load(), format, level: level, memory: memory))
        }
    }

    /// Has all that was written come out, so that its receiver can use it; what follows compresses less well.
    package override func flush() {
        super.flush()
    }

    /// Begins anew with the memory that it has, which is quicker than a new one; false where that can't be done.
    package override func reset() -> Bool {
        super.reset()
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
