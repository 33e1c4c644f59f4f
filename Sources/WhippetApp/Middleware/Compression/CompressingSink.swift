// Copyright 2026 the Whippet authors
// SPDX-License-Identifier: Apache-2.0

internal import WhippetFetch
internal import WhippetInfra
internal import WhippetStreams

/// Compresses what is written to it; each write leaves at once.
final class CompressingSink: BodySink {
    private let sink: any BodySink
    private let compression: Locked<Compression>

    // SAFETY: the compression belongs to this sink, and is touched under its lock only.
    private struct Compression: @unchecked Sendable {
        let deflater: Deflater
    }

    init(_ sink: any BodySink, _ deflater: Deflater) {
        self.sink = sink
        compression = Locked(Compression(deflater: deflater))
    }

    func put(_ bytes: UnsafeBufferPointer<UInt8>) throws -> Bool {
        guard !bytes.isEmpty else { return true }
        let input = Array(bytes)
        return try pass { deflater in
            deflater.write(input)
            deflater.flush()
        }
    }

    var sliceSize: Int { CompressedBody.sliceSize }

    func flush() throws {
        try sink.flush()
    }

    func ready() async throws {
        try await sink.ready()
    }

    /// Writes what ends the compressed data.
    func finish() throws -> Bool {
        try pass { $0.finish() }
    }

    /// Passes on what comes out.
    ///
    /// Under the lock, so that the output of two tasks that write at once does not change places; only they ever wait.
    private func pass(_ change: (Deflater) -> Void) throws -> Bool {
        try compression.withLock { compression in
            change(compression.deflater)
            var mayGoOn = true
            while let piece = try compression.deflater.read() {
                mayGoOn = try piece.withUnsafeBufferPointer(sink.put) && mayGoOn
            }
            return mayGoOn
        }
    }
}
