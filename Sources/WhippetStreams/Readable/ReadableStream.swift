// Copyright 2026 the Whippet authors
// SPDX-License-Identifier: Apache-2.0

internal import WhippetInfra

/// A readable stream of bytes in chunks: what the body of a request or a response is.
///
/// One that is made with `type: .bytes` has readers, too, that bring their own buffers.
public typealias ByteStream = ReadableStream<[UInt8]>

/// A source of chunks that arrive over time, with back-pressure.
///
/// A stream is read once, by one consumer: `for try await chunk in stream`, or by a reader.
///
/// ```swift
/// let ticks = ReadableStream<Int> { controller in
///     try await Task.sleep(for: .seconds(1))
///     try controller.enqueue(1)
/// }
/// ```
///
/// Unlike in a browser, the stream hears when nobody can read it any more: when the last reference to it and its
/// readers is gone it is cancelled, so that its source can let go of what it holds.
/// Source: [Streams §4](https://streams.spec.whatwg.org/#rs).
public final class ReadableStream<Chunk: Sendable> {
    let domain: StreamDomain
    let core: CoreReadableStream<Chunk>

    init(_ domain: StreamDomain, _ core: CoreReadableStream<Chunk>) {
        self.domain = domain
        self.core = core
    }

    deinit {
        domain.enter {
            if core.state == .readable { _ = readableStreamCancel(core, nil) }
        }
    }

    /// Makes a stream that somebody else feeds through the controller, and whose `pull` does not wait.
    ///
    /// [new ReadableStream()](https://streams.spec.whatwg.org/#rs-constructor).
    ///
    /// - Parameters:
    ///   - strategy: How much to buffer; one chunk unless said otherwise.
    ///   - start: Runs at once, here. What it throws errors the stream.
    ///   - cancel: Runs in a task of its own when the consumer has lost interest; whoever cancelled waits for it and
    ///     gets what it throws.
    ///   - pull: Runs whenever the stream wants a chunk, never twice at the same time, on the thread that made room in
    ///     the queue: a reader's, as a rule. What it throws errors the stream.
    public convenience init(
        strategy: QueuingStrategy<Chunk> = QueuingStrategy(),
        start: (ReadableStreamDefaultController<Chunk>) throws -> Void = { _ in },
        cancel: (@Sendable ((any Error)?) async throws -> Void)? = nil,
        pull: @escaping @Sendable (ReadableStreamDefaultController<Chunk>) throws -> Void
    ) {
        let domain = StreamDomain()
        let source = SynchronousSource<Chunk>(domain, executor: currentTaskExecutor(), cancel: cancel)
        self.init(domain, source, strategy, start: start) { controller in
            source.prepare(controller.core) { try pull(controller) }
        }
    }

    // Disfavored so that a closure without a label is the pull function.
    /// Makes a stream that somebody else feeds through the controller.
    ///
    /// ```swift
    /// let stream = ReadableStream<String>(start: { controller in
    ///     try controller.enqueue("one and only")
    ///     try controller.close()
    /// })
    /// ```
    ///
    /// [new ReadableStream()](https://streams.spec.whatwg.org/#rs-constructor).
    ///
    /// - Parameters:
    ///   - strategy: How much to buffer before `desiredSize` says to wait; one chunk unless said otherwise.
    ///   - start: Runs at once, here. What it throws errors the stream.
    ///   - cancel: Runs in a task of its own when the consumer has lost interest.
    @_disfavoredOverload
    public convenience init(
        strategy: QueuingStrategy<Chunk> = QueuingStrategy(),
        start: (ReadableStreamDefaultController<Chunk>) throws -> Void,
        cancel: (@Sendable ((any Error)?) async throws -> Void)? = nil
    ) {
        let domain = StreamDomain()
        let source = PushSource<Chunk>(domain, executor: currentTaskExecutor(), cancel: cancel)
        self.init(domain, source, strategy, start: start)
    }

    /// Makes a stream whose `pull` fetches chunks and may wait for them.
    ///
    /// [new ReadableStream()](https://streams.spec.whatwg.org/#rs-constructor).
    ///
    /// - Parameters:
    ///   - strategy: How much to buffer; one chunk unless said otherwise.
    ///   - start: Runs at once, here. What it throws errors the stream.
    ///   - cancel: Runs in a task of its own when the consumer has lost interest; whoever cancelled waits for it and
    ///     gets what it throws. A `pull` that still runs then finds its task cancelled.
    ///   - pull: Runs whenever the stream wants a chunk, never twice at the same time, in one task that belongs to the
    ///     stream and prefers the task executor that the stream's maker preferred. What it throws errors the stream.
    public convenience init(
        strategy: QueuingStrategy<Chunk> = QueuingStrategy(),
        start: (ReadableStreamDefaultController<Chunk>) throws -> Void = { _ in },
        cancel: (@Sendable ((any Error)?) async throws -> Void)? = nil,
        pull: @escaping @Sendable (ReadableStreamDefaultController<Chunk>) async throws -> Void
    ) {
        let domain = StreamDomain()
        let executor = currentTaskExecutor()
        let source = PumpedSource<Chunk>(domain, executor: executor, cancel: cancel)
        func prepare(_ controller: ReadableStreamDefaultController<Chunk>) {
            source.pump = Pump(domain, executor: executor) {
                do {
                    try await pull(controller)
                    controller.pullFulfilled()
                } catch {
                    controller.pullRejected(error)
                }
            }
        }
        self.init(domain, source, strategy, start: start, prepare: prepare)
    }

    /// Whether the stream has a reader.
    ///
    /// [ReadableStream.locked](https://streams.spec.whatwg.org/#rs-locked).
    public var locked: Bool {
        domain.enter { isReadableStreamLocked(core) }
    }

    /// Whether somebody has read from the stream or cancelled it.
    ///
    /// [IsDisturbed](https://streams.spec.whatwg.org/#is-readable-stream-disturbed).
    package var disturbed: Bool {
        domain.enter { core.disturbed }
    }

    /// Locks the stream to a new reader.
    ///
    /// [ReadableStream.getReader](https://streams.spec.whatwg.org/#rs-get-reader).
    ///
    /// - Throws: `TypeError` when the stream is locked.
    public func getReader() throws -> ReadableStreamDefaultReader<Chunk> {
        try ReadableStreamDefaultReader(self)
    }

    /// Tells the source that nobody wants its chunks, and waits until it has heard.
    ///
    /// [ReadableStream.cancel](https://streams.spec.whatwg.org/#rs-cancel).
    ///
    /// - Throws: `TypeError` when the stream is locked; the error of an errored stream; what the source's cancel
    ///   function throws.
    public func cancel(_ reason: (any Error)? = nil) async throws {
        let promise = domain.enter { isReadableStreamLocked(core) ? nil : readableStreamCancel(core, reason) }
        guard let promise else { throw TypeError("ReadableStream.cancel: the stream is locked to a reader") }
        try await Wait.promise(domain, promise)
    }

    /// Sets up stream, source and controller, and performs the start function while the lock is free.
    convenience init(
        _ domain: StreamDomain, _ source: CoreUnderlyingSource<Chunk>, _ strategy: QueuingStrategy<Chunk>,
        start: (ReadableStreamDefaultController<Chunk>) throws -> Void = { _ in },
        prepare: (ReadableStreamDefaultController<Chunk>) -> Void = { _ in }
    ) {
        let core = CoreReadableStream<Chunk>(domain)
        let coreController = CoreReadableStreamDefaultController(
            core, source, highWaterMark: strategy.highWaterMark)
        let controller = ReadableStreamDefaultController(domain, core, coreController, size: strategy.size)
        prepare(controller)
        self.init(domain, core)
        do {
            try start(controller)
            domain.enter { readableStreamDefaultControllerStartFulfilled(coreController) }
        } catch {
            domain.enter { readableStreamDefaultControllerStartRejected(coreController, error) }
        }
    }
}

// SAFETY: the core's objects are touched only within `domain.enter`.
extension ReadableStream: @unchecked Sendable {}

extension ReadableStreamDefaultController {
    /// Reports the end of a pull function to the core.
    @_specialize(where Chunk == [UInt8])
    func pullFulfilled() {
        domain.enter { core.pullFulfilled() }
    }

    /// Reports the error of a pull function to the core.
    func pullRejected(_ reason: any Error) {
        domain.enter { core.pullRejected(reason) }
    }

    /// Enqueues a chunk that may come too late: a stream that has ended meanwhile drops it.
    @_specialize(where Chunk == [UInt8])
    func offer(_ chunk: Chunk) {
        domain.enter { readableStreamDefaultControllerEnqueue(core, chunk) }
    }

    /// Ends the stream, unless it has ended meanwhile.
    func finish() {
        domain.enter { readableStreamDefaultControllerClose(core) }
    }
}
