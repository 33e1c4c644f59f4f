// Copyright 2026 the Whippet authors
// SPDX-License-Identifier: Apache-2.0

internal import WhippetInfra

/// A destination for chunks that takes them in its own time, with back-pressure.
///
/// ```swift
/// let stream = WritableStream<String> { line, _ in
///     print(line)
/// }
/// let writer = try stream.getWriter()
/// try await writer.write("hello")
/// try await writer.close()
/// ```
///
/// Unlike in a browser, the stream hears when nobody can write to it any more: when the last reference to it and its
/// writers is gone without a `close`, it is aborted, so that its sink can let go of what it holds.
/// Source: [Streams §5](https://streams.spec.whatwg.org/#ws).
public final class WritableStream<Chunk: Sendable> {
    let domain: StreamDomain
    let core: CoreWritableStream<Chunk>
    let size: (@Sendable (Chunk) throws -> Double)?

    init(_ domain: StreamDomain, _ core: CoreWritableStream<Chunk>, size: (@Sendable (Chunk) throws -> Double)?) {
        self.domain = domain
        self.core = core
        self.size = size
    }

    deinit {
        domain.enter {
            guard core.state == .writable, !writableStreamCloseQueuedOrInFlight(core) else { return }
            _ = writableStreamAbort(core, nil)
        }
    }

    /// Makes a stream whose `write` does not wait.
    ///
    /// [new WritableStream()](https://streams.spec.whatwg.org/#ws-constructor).
    ///
    /// - Parameters:
    ///   - strategy: How much to buffer before a writer is asked to wait; one chunk unless said otherwise.
    ///   - start: Runs at once, here. What it throws errors the stream.
    ///   - close: Runs in a task of its own after the last chunk was written. What it throws errors the stream.
    ///   - abort: Runs in a task of its own when the producer gives up; whoever aborted waits for it and gets what it
    ///     throws.
    ///   - write: Takes a chunk; never runs twice at the same time, on the thread that writes. What it throws errors
    ///     the stream.
    public convenience init(
        strategy: QueuingStrategy<Chunk> = QueuingStrategy(),
        start: (WritableStreamDefaultController<Chunk>) throws -> Void = { _ in },
        close: (@Sendable () async throws -> Void)? = nil,
        abort: (@Sendable ((any Error)?) async throws -> Void)? = nil,
        write: @escaping @Sendable (Chunk, WritableStreamDefaultController<Chunk>) throws -> Void
    ) {
        let domain = StreamDomain()
        let algorithms = SinkAlgorithms<Chunk>(close: close, abort: abort)
        let sink = SynchronousSink(domain, executor: currentTaskExecutor(), algorithms, write: write)
        self.init(domain, sink, strategy, start)
    }

    /// Makes a stream whose `write` may wait.
    ///
    /// [new WritableStream()](https://streams.spec.whatwg.org/#ws-constructor).
    ///
    /// - Parameters:
    ///   - strategy: How much to buffer before a writer is asked to wait; one chunk unless said otherwise.
    ///   - start: Runs at once, here. What it throws errors the stream.
    ///   - close: Runs after the last chunk was written. What it throws errors the stream.
    ///   - abort: Runs in a task of its own when the producer gives up; whoever aborted waits for it and gets what it
    ///     throws. A `write` that still runs then finds its task cancelled, and is waited for.
    ///   - write: Takes a chunk; never runs twice at the same time, in one task that belongs to the stream and prefers
    ///     the task executor that the stream's maker preferred. What it throws errors the stream.
    public convenience init(
        strategy: QueuingStrategy<Chunk> = QueuingStrategy(),
        start: (WritableStreamDefaultController<Chunk>) throws -> Void = { _ in },
        close: (@Sendable () async throws -> Void)? = nil,
        abort: (@Sendable ((any Error)?) async throws -> Void)? = nil,
        write: @escaping @Sendable (Chunk, WritableStreamDefaultController<Chunk>) async throws -> Void
    ) {
        let domain = StreamDomain()
        let algorithms = SinkAlgorithms<Chunk>(close: close, abort: abort)
        let sink = PumpedSink(domain, executor: currentTaskExecutor(), algorithms, write: write)
        self.init(domain, sink, strategy, start)
    }

    /// Whether the stream has a writer.
    ///
    /// [WritableStream.locked](https://streams.spec.whatwg.org/#ws-locked).
    public var locked: Bool {
        domain.enter { isWritableStreamLocked(core) }
    }

    /// Locks the stream to a new writer.
    ///
    /// [WritableStream.getWriter](https://streams.spec.whatwg.org/#ws-get-writer).
    ///
    /// - Throws: `TypeError` when the stream is locked.
    public func getWriter() throws -> WritableStreamDefaultWriter<Chunk> {
        try WritableStreamDefaultWriter(self)
    }

    /// Gives up: what is not written yet is dropped, and the sink's `abort` is waited for.
    ///
    /// [WritableStream.abort](https://streams.spec.whatwg.org/#ws-abort).
    ///
    /// - Throws: `TypeError` when the stream is locked; what the sink's abort function throws.
    public func abort(_ reason: (any Error)? = nil) async throws {
        let promise = domain.enter { isWritableStreamLocked(core) ? nil : writableStreamAbort(core, reason) }
        guard let promise else { throw TypeError("WritableStream.abort: the stream is locked to a writer") }
        try await Wait.promise(domain, promise)
    }

    /// Ends the stream after the chunks that it holds, and waits until the sink has taken them and closed.
    ///
    /// [WritableStream.close](https://streams.spec.whatwg.org/#ws-close).
    ///
    /// - Throws: `TypeError` when the stream is locked, closing, closed or errored; what the sink throws.
    public func close() async throws {
        let promise = try domain.enter { () throws(TypeError) -> CorePromise in
            if isWritableStreamLocked(core) {
                throw TypeError("WritableStream.close: the stream is locked to a writer")
            }
            if writableStreamCloseQueuedOrInFlight(core) {
                throw TypeError("WritableStream.close: the stream is closing")
            }
            return writableStreamClose(core)
        }
        try await Wait.promise(domain, promise)
    }

    /// Sets up stream, sink and controller, and performs the start function while the lock is free.
    convenience init(
        _ domain: StreamDomain, _ sink: FaceSink<Chunk>, _ strategy: QueuingStrategy<Chunk>,
        _ start: (WritableStreamDefaultController<Chunk>) throws -> Void
    ) {
        let core = CoreWritableStream<Chunk>(domain)
        let coreController = CoreWritableStreamDefaultController(core, sink, highWaterMark: strategy.highWaterMark)
        let controller = WritableStreamDefaultController(domain, core, coreController)
        sink.controller = controller
        coreController.signalAbort = { [abortController = controller.abortController] reason in
            domain.post(OutboxAction { abortController.abort(reason) })
        }
        self.init(domain, core, size: strategy.size)
        do {
            try start(controller)
            domain.enter { writableStreamDefaultControllerStartFulfilled(coreController) }
        } catch {
            domain.enter { writableStreamDefaultControllerStartRejected(coreController, error) }
        }
    }
}

// SAFETY: the core's objects are touched only within `domain.enter`.
extension WritableStream: @unchecked Sendable {}
