// Copyright 2026 the Whippet authors
// SPDX-License-Identifier: Apache-2.0

extension ReadableStream {
    /// Makes a stream of what an asynchronous sequence gives, one element for each chunk that is asked for.
    ///
    /// [ReadableStream.from](https://streams.spec.whatwg.org/#rs-from). The sequence is iterated in the stream's own
    /// task; cancelling the stream cancels that task and drops the iterator.
    public convenience init<Source: AsyncSequence & Sendable>(from sequence: Source) where Source.Element == Chunk {
        let iteration = AsyncIteration(sequence)
        self.init(pulling: { try await iteration.next() }, executor: currentTaskExecutor())
    }

    /// Makes a stream of the elements of a sequence.
    ///
    /// [ReadableStream.from](https://streams.spec.whatwg.org/#rs-from).
    @inlinable
    public convenience init<Source: Sequence & Sendable>(from sequence: Source) where Source.Element == Chunk {
        let iteration = Iteration(sequence)
        self.init(next: { iteration.next() })
    }

    /// Makes a stream of what an asynchronous sequence gives.
    ///
    /// [ReadableStream.from](https://streams.spec.whatwg.org/#rs-from).
    public static func from<Source: AsyncSequence & Sendable>(_ sequence: Source) -> ReadableStream
    where Source.Element == Chunk {
        ReadableStream(from: sequence)
    }

    /// Makes a stream of the elements of a sequence.
    ///
    /// [ReadableStream.from](https://streams.spec.whatwg.org/#rs-from).
    @inlinable
    public static func from<Source: Sequence & Sendable>(_ sequence: Source) -> ReadableStream
    where Source.Element == Chunk {
        ReadableStream(from: sequence)
    }

    /// Makes a stream that calls a function, which does not wait, for each chunk that is asked for.
    @usableFromInline
    convenience init(next: @escaping @Sendable () -> Chunk?) {
        self.init(strategy: .count(highWaterMark: 0)) { controller in
            if let chunk = next() {
                controller.offer(chunk)
            } else {
                controller.finish()
            }
        }
    }

    /// Makes a stream that calls a function for each chunk that is asked for, and buffers nothing.
    ///
    /// - Parameters:
    ///   - pulling: Returns the next chunk, nil at the end; runs in the stream's own task, never twice at once.
    ///   - cancelled: Hears, once and without a lock held, that nobody will read any more. It runs on the thread that
    ///     cancelled or dropped the stream.
    ///   - executor: Where `pulling` runs; by default where the current task prefers to run.
    package convenience init(
        pulling: @escaping @Sendable () async throws -> Chunk?,
        cancelled: (@Sendable ((any Error)?) -> Void)? = nil,
        executor: (any TaskExecutor)? = currentTaskExecutor()
    ) {
        let domain = StreamDomain()
        let source = PumpedSource<Chunk>(domain, executor: executor, cancel: nil, cancelled: cancelled)
        func prepare(_ controller: ReadableStreamDefaultController<Chunk>) {
            source.pump = Pump(domain, executor: executor) {
                do {
                    if let chunk = try await pulling() {
                        controller.offer(chunk)
                    } else {
                        controller.finish()
                    }
                    controller.pullFulfilled()
                } catch {
                    controller.pullRejected(error)
                }
            }
        }
        self.init(domain, source, .count(highWaterMark: 0), prepare: prepare)
    }
}

/// An iteration that the pump alone goes through.
// SAFETY: `next` is called by one task, one call after another.
private final class AsyncIteration<Source: AsyncSequence & Sendable>: @unchecked Sendable {
    private let sequence: Source
    private var iterator: Source.AsyncIterator?

    init(_ sequence: Source) {
        self.sequence = sequence
    }

    func next() async throws -> Source.Element? {
        if iterator == nil { iterator = sequence.makeAsyncIterator() }
        return try await iterator?.next(isolation: nil)
    }
}

/// An iteration that the source alone goes through.
///
/// It is inlined into the module that knows the sequence: the iterator's `next` would cost an allocation otherwise.
// SAFETY: a stream never pulls twice at the same time, and one pull happens before the next.
@usableFromInline
final class Iteration<Source: Sequence & Sendable>: @unchecked Sendable {
    @usableFromInline var iterator: Source.Iterator

    @inlinable
    init(_ sequence: Source) {
        iterator = sequence.makeIterator()
    }

    @inlinable
    func next() -> Source.Element? {
        iterator.next()
    }
}
