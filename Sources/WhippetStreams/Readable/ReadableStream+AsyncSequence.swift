// Copyright 2026 the Whippet authors
// SPDX-License-Identifier: Apache-2.0

extension ReadableStream: AsyncSequence {
    /// A chunk of the stream.
    public typealias Element = Chunk

    /// Iterates over the chunks; leaving the loop early cancels the stream.
    ///
    /// [Asynchronous iteration](https://streams.spec.whatwg.org/#rs-asynciterator). Iterating over a locked stream
    /// throws a `TypeError` at the first step.
    public func makeAsyncIterator() -> AsyncIterator {
        AsyncIterator(self, preventCancel: false)
    }

    /// The chunks as a sequence that says what leaving the loop early does to the stream.
    ///
    /// [ReadableStream.values](https://streams.spec.whatwg.org/#rs-asynciterator).
    ///
    /// - Parameter preventCancel: Whether the stream lives on, unlocked, when the loop is left early.
    public func values(preventCancel: Bool = false) -> Values {
        Values(stream: self, preventCancel: preventCancel)
    }

    /// The chunks of a stream, as `values(preventCancel:)` gives them.
    public struct Values: AsyncSequence, Sendable {
        /// A chunk of the stream.
        public typealias Element = Chunk

        let stream: ReadableStream
        let preventCancel: Bool

        /// Locks the stream and iterates over its chunks.
        public func makeAsyncIterator() -> AsyncIterator {
            AsyncIterator(stream, preventCancel: preventCancel)
        }
    }

    /// Reads a stream chunk by chunk, and lets go of it when it is gone itself.
    public struct AsyncIterator: AsyncIteratorProtocol {
        private let iteration: StreamIteration<Chunk>

        init(_ stream: ReadableStream, preventCancel: Bool) {
            iteration = StreamIteration(stream, preventCancel: preventCancel)
        }

        /// Reads the next chunk, nil at the stream's end.
        ///
        /// - Throws: As `ReadableStreamDefaultReader.read`; `TypeError` for a stream that was locked.
        public mutating func next() async throws -> Chunk? {
            try await iteration.next()
        }

        /// Reads the next chunk, nil at the stream's end, without leaving the caller's actor.
        ///
        /// - Throws: As `ReadableStreamDefaultReader.read`; `TypeError` for a stream that was locked.
        @_specialize(where Chunk == [UInt8])
        public mutating func next(isolation actor: isolated (any Actor)?) async throws -> Chunk? {
            try await iteration.next()
        }
    }
}

/// An iteration over a stream: a class, because its end is the only sign that a loop was left early.
private final class StreamIteration<Chunk: Sendable> {
    private let stream: ReadableStream<Chunk>
    private let preventCancel: Bool
    private var reader: Result<ReadableStreamDefaultReader<Chunk>, any Error>
    private var isFinished = false

    init(_ stream: ReadableStream<Chunk>, preventCancel: Bool) {
        self.stream = stream
        self.preventCancel = preventCancel
        self.reader = Result { try stream.getReader() }
    }

    deinit {
        // The iterator's return steps: cancel, unless that is prevented, then release the reader.
        guard !isFinished, case .success(let reader) = reader else { return }
        stream.domain.enter {
            if !preventCancel { _ = readableStreamReaderGenericCancel(reader.core, nil) }
            readableStreamDefaultReaderRelease(reader.core)
        }
    }

    func next() async throws -> Chunk? {
        if isFinished { return nil }
        let reader = try reader.get()
        do {
            if let chunk = try await reader.read() { return chunk }
        } catch {
            // A cancelled task leaves by itself; only the stream's own error ends the iteration.
            if stream.domain.enter({ stream.core.state }) != .readable { finish(reader) }
            throw error
        }
        finish(reader)
        return nil
    }

    /// The next steps' end: at the stream's end or error the reader is released.
    private func finish(_ reader: ReadableStreamDefaultReader<Chunk>) {
        isFinished = true
        reader.releaseLock()
    }
}
