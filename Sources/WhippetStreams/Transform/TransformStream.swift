// Copyright 2026 the Whippet authors
// SPDX-License-Identifier: Apache-2.0

/// A pair of streams of which the one gives what was written to the other, changed on its way.
///
/// ```swift
/// let upper = TransformStream<String, String> { line, controller in
///     try controller.enqueue(line.uppercased())
/// }
/// let lines = try ReadableStream.from(["a", "b"]).pipeThrough(upper)
/// ```
///
/// Source: [Streams §6](https://streams.spec.whatwg.org/#ts).
public final class TransformStream<Input: Sendable, Output: Sendable>: Sendable {
    /// The side that gives the changed chunks.
    ///
    /// [TransformStream.readable](https://streams.spec.whatwg.org/#ts-readable).
    public let readable: ReadableStream<Output>
    /// The side that takes the chunks.
    ///
    /// [TransformStream.writable](https://streams.spec.whatwg.org/#ts-writable).
    public let writable: WritableStream<Input>

    /// Makes a stream whose `transform` does not wait.
    ///
    /// [new TransformStream()](https://streams.spec.whatwg.org/#ts-constructor).
    ///
    /// - Parameters:
    ///   - writableStrategy: How much the writable side buffers; one chunk unless said otherwise.
    ///   - readableStrategy: How much the readable side buffers; nothing unless said otherwise.
    ///   - start: Runs at once, here. What it throws errors both sides.
    ///   - flush: Runs in a task of its own after the last chunk, before the readable side closes.
    ///   - cancel: Runs in a task of its own when the readable side is cancelled or the writable side aborted.
    ///   - transform: Takes a chunk and enqueues what becomes of it; never runs twice at the same time, on the thread
    ///     that writes or reads. What it throws errors both sides.
    public convenience init(
        writableStrategy: QueuingStrategy<Input> = QueuingStrategy(),
        readableStrategy: QueuingStrategy<Output> = QueuingStrategy(highWaterMark: 0),
        start: (TransformStreamDefaultController<Input, Output>) throws -> Void = { _ in },
        flush: (@Sendable (TransformStreamDefaultController<Input, Output>) async throws -> Void)? = nil,
        cancel: (@Sendable ((any Error)?) async throws -> Void)? = nil,
        transform: @escaping @Sendable (Input, TransformStreamDefaultController<Input, Output>) throws -> Void
    ) {
        let domain = StreamDomain()
        let transformer = SynchronousTransformer<Input, Output>(
            domain, executor: currentTaskExecutor(), .init(flush: flush, cancel: cancel), transform: transform)
        self.init(domain, transformer, writableStrategy, readableStrategy) { controller in
            transformer.controller = controller
            try start(controller)
        }
    }

    /// Makes a stream whose `transform` may wait.
    ///
    /// [new TransformStream()](https://streams.spec.whatwg.org/#ts-constructor).
    ///
    /// - Parameters:
    ///   - writableStrategy: How much the writable side buffers; one chunk unless said otherwise.
    ///   - readableStrategy: How much the readable side buffers; nothing unless said otherwise.
    ///   - start: Runs at once, here. What it throws errors both sides.
    ///   - flush: Runs in a task of its own after the last chunk, before the readable side closes.
    ///   - cancel: Runs in a task of its own when the readable side is cancelled or the writable side aborted; a
    ///     `transform` that still runs then finds its task cancelled.
    ///   - transform: Takes a chunk and enqueues what becomes of it; never runs twice at the same time, in one task that
    ///     belongs to the stream and prefers the task executor that the stream's maker preferred. What it throws errors
    ///     both sides.
    public convenience init(
        writableStrategy: QueuingStrategy<Input> = QueuingStrategy(),
        readableStrategy: QueuingStrategy<Output> = QueuingStrategy(highWaterMark: 0),
        start: (TransformStreamDefaultController<Input, Output>) throws -> Void = { _ in },
        flush: (@Sendable (TransformStreamDefaultController<Input, Output>) async throws -> Void)? = nil,
        cancel: (@Sendable ((any Error)?) async throws -> Void)? = nil,
        transform: @escaping @Sendable (Input, TransformStreamDefaultController<Input, Output>) async throws -> Void
    ) {
        let domain = StreamDomain()
        let transformer = PumpedTransformer<Input, Output>(
            domain, executor: currentTaskExecutor(), .init(flush: flush, cancel: cancel), transform: transform)
        self.init(domain, transformer, writableStrategy, readableStrategy) { controller in
            transformer.controller = controller
            try start(controller)
        }
    }

    /// Sets up both sides, and performs the start function while the lock is free.
    init(
        _ domain: StreamDomain, _ transformer: CoreTransformer<Input, Output>,
        _ writableStrategy: QueuingStrategy<Input>, _ readableStrategy: QueuingStrategy<Output>,
        start: (TransformStreamDefaultController<Input, Output>) throws -> Void
    ) {
        let core = CoreTransformStream(
            domain, transformer, writableHighWaterMark: writableStrategy.highWaterMark,
            readableHighWaterMark: readableStrategy.highWaterMark)
        let controller = TransformStreamDefaultController(domain, core, size: readableStrategy.size)
        readable = ReadableStream(domain, core.readable)
        writable = WritableStream(domain, core.writable, size: writableStrategy.size)
        do {
            try start(controller)
            domain.enter { transformStreamStartFulfilled(core) }
        } catch {
            domain.enter { transformStreamStartRejected(core, error) }
        }
    }
}

extension TransformStream where Input == Output {
    /// Makes a stream that passes every chunk on as it is.
    ///
    /// [new TransformStream()](https://streams.spec.whatwg.org/#ts-constructor).
    public convenience init(
        writableStrategy: QueuingStrategy<Input> = QueuingStrategy(),
        readableStrategy: QueuingStrategy<Output> = QueuingStrategy(highWaterMark: 0)
    ) {
        if readableStrategy.size != nil {
            // The size of a chunk is the user's function, which must not run under the lock.
            self.init(writableStrategy: writableStrategy, readableStrategy: readableStrategy) { chunk, controller in
                try controller.enqueue(chunk)
            }
        } else {
            self.init(StreamDomain(), IdentityTransformer<Input>(), writableStrategy, readableStrategy) { _ in }
        }
    }
}
