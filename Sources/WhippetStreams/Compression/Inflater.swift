// Copyright 2026 the Whippet authors
// SPDX-License-Identifier: Apache-2.0

package import WhippetInfra

/// Decompresses bytes without a stream; read as you go, for a few bytes may become a great many.
package final class Inflater: CompressionContext {
    private let format: CompressionFormat

    /// Begins to decompress.
    package init(_ format: CompressionFormat) throws(MissingLibraryError) {
        self.format = format
        switch format {
        case .brotli: super.init(BrotliDecodeEngine(try BrotliDecoderLibrary.load()))
        case .deflate, .deflateRaw, .gzip: super.init(ZlibInflateEngine(try ZlibLibrary.load(), format))
        }
    }

    override func failure(_ rule: String) -> TypeError {
        TypeError("DecompressionStream: the data are not valid \(format.rawValue): \(rule)")
    }

    override func truncated() -> TypeError {
        TypeError("DecompressionStream: the \(format.rawValue) data end too early")
    }

    override func trailing() -> TypeError {
        TypeError("DecompressionStream: bytes follow the end of the \(format.rawValue) data")
    }

    /// Decompresses bytes at once.
    ///
    /// - Throws: `RangeError` when the output is longer than `maximumByteCount`; `TypeError` for input that is not of
    ///   the format.
    package static func decompress(
        _ bytes: [UInt8], _ format: CompressionFormat, maximumByteCount: Int
    ) throws -> [UInt8] {
        let inflater = try Inflater(format)
        inflater.write(bytes)
        inflater.finish()
        var output: [UInt8] = []
        while let piece = try inflater.read() {
            guard piece.count <= maximumByteCount - output.count else {
                throw RangeError("Inflater: the output is longer than \(maximumByteCount) bytes")
            }
            output += piece
        }
        return output
    }
}
