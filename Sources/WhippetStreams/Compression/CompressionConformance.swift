// Copyright 2026 the Whippet authors
// SPDX-License-Identifier: Apache-2.0

internal import WhippetInfra

// What the packages beside this one (conformance, fuzzing, benchmarks) reach inside for. No API: it may change any day.

/// A compression context without a stream: bytes in, pieces of at most 64 KiB out.
@_spi(Conformance) public final class CompressionContexts {
    private let context: CompressionContext

    /// Begins to compress or to decompress.
    ///
    /// - Throws: `MissingLibraryError`.
    public init(_ format: CompressionFormat, decompresses: Bool) throws {
        context = decompresses ? try Inflater(format) : try Deflater(format)
    }

    /// Adds input.
    public func write(_ bytes: [UInt8]) {
        context.write(bytes)
    }

    /// Says that no input follows.
    public func finish() {
        context.finish()
    }

    /// The next bytes of the output; nil when there are none until more is written.
    ///
    /// - Throws: `TypeError` for input that is not of the format, ends too early or goes on after its end.
    public func read() throws -> [UInt8]? {
        try context.read()
    }
}
