// Copyright 2026 the Whippet authors
// SPDX-License-Identifier: Apache-2.0

import Testing
import WhippetInfra

@testable import WhippetStreams

@Suite(.timeLimit(.minutes(1)))
struct CompressionStreamTests {
    private func joined(_ stream: ByteStream) async throws -> [UInt8] {
        try await stream.collected().flatMap { $0 }
    }

    @Test("What goes through both streams comes out as it was", arguments: CompressionFormat.allCases)
    func roundTrip(format: CompressionFormat) async throws {
        let chunks = (0..<50).map { [UInt8](repeating: UInt8($0), count: $0 * 100) }
        let packed = try ByteStream.from(chunks).pipeThrough(CompressionStream(format))
        #expect(try await joined(packed.pipeThrough(DecompressionStream(format))) == chunks.flatMap { $0 })
    }

    @Test("A stream reads the data of other implementations, byte by byte", arguments: CompressionVector.valid)
    func vectors(vector: CompressionVector) async throws {
        let source = ByteStream.from(vector.bytes.map { [$0] })
        #expect(try await joined(source.pipeThrough(DecompressionStream(vector.format))) == vector.plain)
    }

    @Test("Without input a CompressionStream makes empty data, and a DecompressionStream fails")
    func empty() async throws {
        let packed = try await joined(ByteStream.from([[UInt8]]()).pipeThrough(CompressionStream(.gzip)))
        #expect(try Inflater.decompress(packed, .gzip, maximumByteCount: 0) == [])
        let stream = try DecompressionStream(.gzip)
        let error = TypeError("DecompressionStream: the gzip data end too early")
        let writer = try stream.writable.getWriter()
        let close = Task { try await writer.close() }
        await #expect(throws: error) { try await stream.readable.getReader().read() }
        await #expect(throws: error) { try await close.value }
    }

    @Test("Input that is not of the format breaks both sides", arguments: CompressionVector.invalid)
    func invalid(vector: CompressionVector) async throws {
        let stream = try DecompressionStream(vector.format)
        let writer = try stream.writable.getWriter()
        let reader = try stream.readable.getReader()
        let read = Task { while try await reader.read() != nil {} }
        await #expect(throws: TypeError.self) { try await writer.write(vector.bytes) }
        await #expect(throws: TypeError.self) { try await read.value }
        await #expect(throws: TypeError.self) { try await writer.closed }
    }

    @Test("Bytes after the end break both sides once the output is out")
    func trailing() async throws {
        let stream = try DecompressionStream(.deflateRaw)
        let writer = try stream.writable.getWriter()
        let reader = try stream.readable.getReader()
        let packed = try Deflater.compress([1, 2, 3], .deflateRaw)
        let write = Task { try await writer.write(packed + [0]) }
        #expect(try await reader.read() == [1, 2, 3])
        let error = TypeError("DecompressionStream: bytes follow the end of the deflate-raw data")
        await #expect(throws: error) { try await reader.read() }
        await #expect(throws: error) { try await write.value }
    }

    @Test("A write ends when its output is taken, without another read", arguments: CompressionFormat.allCases)
    func oneRead(format: CompressionFormat) async throws {
        let stream = try DecompressionStream(format)
        let writer = try stream.writable.getWriter()
        let reader = try stream.readable.getReader()
        let packed = try Deflater.compress([1, 2, 3], format)
        let read = Task { try await reader.read() }
        try await writer.write(packed)
        #expect(try await read.value == [1, 2, 3])
        try await writer.close()
        #expect(try await reader.read() == nil)
    }

    @Test(
        "A bomb waits for its reader: never more than a piece lies in the queue", arguments: CompressionFormat.allCases)
    func bomb(format: CompressionFormat) async throws {
        let count = 20_000_000
        let packed = try Deflater.compress([UInt8](repeating: 0, count: count), format)
        let stream = try DecompressionStream(format)
        let writer = try stream.writable.getWriter()
        let reader = try stream.readable.getReader()
        let log = Log<String>()
        let write = Task {
            try await writer.write(packed)
            log.add("written")
            try await writer.close()
        }
        var read = 0
        while let piece = try await reader.read() {
            read += piece.count
            #expect(piece.count <= 65_536)
            let queued = stream.readable.domain.enter { stream.readable.core.defaultController?.queueTotalSize ?? 0 }
            #expect(queued <= 1)
            if read < count / 2 { #expect(log.all.isEmpty) }
        }
        try await write.value
        #expect(read == count)
    }

    @Test("A bomb that nobody reads any more is left")
    func abandonedBomb() async throws {
        let packed = try Deflater.compress([UInt8](repeating: 0, count: 10_000_000), .gzip)
        let stream = try DecompressionStream(.gzip)
        let writer = try stream.writable.getWriter()
        let reader = try stream.readable.getReader()
        let write = Task { try await writer.write(packed) }
        #expect(try await reader.read()?.count == 65_536)
        try await reader.cancel(Failure("enough"))
        await #expect(throws: Failure("enough")) { try await write.value }
    }

    // MARK: - Lifetime

    /// An engine that passes bytes on, fails at 0xFF, and says when it dies.
    private final class PassingEngine: CompressionEngine {
        private let witness: Witness

        init(_ log: Log<String>) {
            witness = Witness(log, "freed")
        }

        override func step(
            _ input: UnsafeBufferPointer<UInt8>, _ output: UnsafeMutableBufferPointer<UInt8>, _ operation: Operation
        ) -> Step {
            if input.first == 0xFF { return Step(failure: "odd") }
            let count = min(input.count, output.count)
            _ = output.update(fromContentsOf: input[..<count])
            return Step(consumed: count, produced: count, hasEnded: operation == .finish && count == input.count)
        }
    }

    enum End: CaseIterable {
        case close
        case cancel
        case abort
        case cancelMidway
        case error
        case drop
        case dropMidway
    }

    @Test("However a stream ends, the library's memory is freed", arguments: End.allCases)
    func lifetime(end: End) async throws {
        let log = Log<String>()
        do {
            let stream = TransformStream(CompressionContext(PassingEngine(log)))
            let writer = try stream.writable.getWriter()
            let reader = try stream.readable.getReader()
            let write = Task { try await writer.write([UInt8](repeating: 1, count: 200_000)) }
            #expect(try await reader.read()?.count == 65_536)
            if end != .dropMidway, end != .cancelMidway {
                while try await reader.read()?.count == 65_536 {}
                try await write.value
            }
            #expect(log.all.isEmpty)
            switch end {
            case .close:
                let last = Task { try await reader.read() }
                try await writer.close()
                #expect(try await last.value == nil)
            case .cancel, .cancelMidway: try await reader.cancel()
            case .abort: try await writer.abort()
            case .error:
                let last = Task { try await reader.read() }
                await #expect(throws: TypeError("CompressionStream: odd")) { try await writer.write([0xFF]) }
                await #expect(throws: TypeError("CompressionStream: odd")) { try await last.value }
            case .drop: break
            case .dropMidway: write.cancel()
            }
        }
        await eventually { log.all.contains("freed") }
    }
}
