// Copyright 2026 the Whippet authors
// SPDX-License-Identifier: Apache-2.0

import Testing
import WhippetInfra

@testable import WhippetStreams

/// Compression contexts without streams.
struct CompressionTests {
    /// What a context makes of pieces of input.
    private func output(_ context: CompressionContext, _ pieces: [ArraySlice<UInt8>]) throws -> [UInt8] {
        var output: [UInt8] = []
        for piece in pieces {
            context.write(Array(piece))
            while let chunk = try context.read() { output += chunk }
        }
        context.finish()
        while let chunk = try context.read() { output += chunk }
        return output
    }

    /// Bytes that compress neither well nor badly.
    private static func bytes(_ count: Int) -> [UInt8] {
        var state: UInt32 = 1
        return (0..<count).map { index in
            state = state &* 1_664_525 &+ 1_013_904_223
            return index % 3 == 0 ? UInt8(state >> 24) : UInt8(truncatingIfNeeded: index >> 4)
        }
    }

    @Test("The data of other implementations are read", arguments: CompressionVector.valid)
    func vectors(vector: CompressionVector) throws {
        #expect(try output(Inflater(vector.format), [vector.bytes[...]]) == vector.plain)
    }

    @Test("Data cut in two at any place are read as at once", arguments: CompressionVector.valid)
    func borders(vector: CompressionVector) throws {
        for border in vector.bytes.indices {
            let pieces = [vector.bytes[..<border], vector.bytes[border...]]
            #expect(try output(Inflater(vector.format), pieces) == vector.plain, "cut at \(border)")
        }
        let single = vector.bytes.indices.map { vector.bytes[$0...$0] }
        #expect(try output(Inflater(vector.format), single) == vector.plain)
    }

    @Test("What was compressed is read again", arguments: CompressionFormat.allCases, [0, 1, 1000, 65_536, 300_000])
    func roundTrip(format: CompressionFormat, count: Int) throws {
        let bytes = Self.bytes(count)
        let packed = try Deflater.compress(bytes, format)
        #expect(count < 1000 || packed.count < count)
        #expect(try Inflater.decompress(packed, format, maximumByteCount: count) == bytes)
        let pieces = stride(from: 0, to: count, by: 777).map { bytes[$0..<min($0 + 777, count)] }
        let packedInPieces = try output(Deflater(format), pieces)
        #expect(try output(Inflater(format), [packedInPieces[...]]) == bytes)
    }

    @Test("Data that end too early are a TypeError", arguments: CompressionVector.valid)
    func truncation(vector: CompressionVector) throws {
        let error = TypeError("DecompressionStream: the \(vector.format.rawValue) data end too early")
        for count in vector.bytes.indices {
            #expect(throws: error, "\(count) bytes") { try output(Inflater(vector.format), [vector.bytes[..<count]]) }
        }
    }

    @Test("Bytes after the end are a TypeError, in the same chunk or the next", arguments: CompressionVector.valid)
    func trailing(vector: CompressionVector) throws {
        let error = TypeError("DecompressionStream: bytes follow the end of the \(vector.format.rawValue) data")
        let longer = vector.bytes + [0]
        #expect(throws: error) { try output(Inflater(vector.format), [longer[...]]) }
        #expect(throws: error) { try output(Inflater(vector.format), [vector.bytes[...], [0]]) }
        #expect(try output(Inflater(vector.format), [vector.bytes[...], []]) == vector.plain)
    }

    @Test("What is not of the format is a TypeError, now and afterwards", arguments: CompressionVector.invalid)
    func invalid(vector: CompressionVector) throws {
        let inflater = try Inflater(vector.format)
        for _ in 0..<2 {
            let error = #expect(throws: TypeError.self) { try output(inflater, [vector.bytes[...]]) }
            let start = "DecompressionStream: the data are not valid \(vector.format.rawValue): "
            #expect(error?.message.hasPrefix(start) == true)
        }
    }

    @Test("The message of an error says what zlib found")
    func message() throws {
        #expect(throws: TypeError("DecompressionStream: the data are not valid gzip: incorrect header check")) {
            try Inflater.decompress([1, 2, 3, 4], .gzip, maximumByteCount: 1)
        }
    }

    @Test("Output comes in pieces of at most 64 KiB", arguments: CompressionFormat.allCases)
    func pieces(format: CompressionFormat) throws {
        let inflater = try Inflater(format)
        inflater.write(try Deflater.compress([UInt8](repeating: 0, count: 1_000_000), format))
        inflater.finish()
        var count = 0
        while let piece = try inflater.read() {
            #expect(1...65_536 ~= piece.count)
            count += piece.count
        }
        #expect(count == 1_000_000)
    }

    @Test("Decompressing at once keeps its bound", arguments: CompressionFormat.allCases)
    func bound(format: CompressionFormat) throws {
        let packed = try Deflater.compress([UInt8](repeating: 7, count: 100_000), format)
        #expect(try Inflater.decompress(packed, format, maximumByteCount: 100_000).count == 100_000)
        #expect(throws: RangeError("Inflater: the output is longer than 99999 bytes")) {
            try Inflater.decompress(packed, format, maximumByteCount: 99_999)
        }
    }

    @Test("After a flush all that was written can be read", arguments: CompressionFormat.allCases)
    func flush(format: CompressionFormat) throws {
        let deflater = try Deflater(format)
        let inflater = try Inflater(format)
        for text in ["data: one\n\n", "data: two\n\n", "data: three\n\n"] {
            deflater.write(Array(text.utf8))
            deflater.flush()
            while let piece = try deflater.read() { inflater.write(piece) }
            var plain: [UInt8] = []
            while let piece = try inflater.read() { plain += piece }
            #expect(String(decoding: plain, as: UTF8.self) == text)
        }
    }

    @Test("A flush is done once")
    func flushOnce() throws {
        let deflater = try Deflater(.gzip)
        deflater.write([1])
        deflater.flush()
        while try deflater.read() != nil {}
        #expect(try deflater.read() == nil)
        deflater.write([2])
        #expect(try deflater.read() == nil)
    }

    @Test("A higher level compresses more", arguments: [.gzip, .brotli] as [CompressionFormat])
    func levels(format: CompressionFormat) throws {
        let bytes = Self.bytes(50_000)
        let sizes = try [0, 9].map { try Deflater.compress(bytes, format, level: $0).count }
        #expect(sizes[1] < sizes[0])
        #expect(try Deflater.compress(bytes, format, level: .max).count <= sizes[1])
        #expect(try Deflater.compress(bytes, format, level: .min).count == sizes[0])
    }

    @Test("A library that is missing is an error that names the package to install")
    func missing() {
        let name = SystemLibrary.Name(
            "zlib", linux: "libwhippet-none.so.1", darwin: "libwhippet-none.so.1", packages: "zlib1g")
        #expect(throws: MissingLibraryError("zlib: libwhippet-none.so.1 can't be loaded; install zlib1g")) {
            try ZlibLibrary(name)
        }
        #expect(throws: MissingLibraryError.self) { try BrotliEncoderLibrary(name) }
        #expect(throws: MissingLibraryError.self) { try BrotliDecoderLibrary(name) }
    }

    @Test("A library that is another one is an error, too")
    func otherLibrary() throws {
        let name = BrotliDecoderLibrary.name
        #expect(throws: MissingLibraryError.self) { try ZlibLibrary(name) }
    }
}
