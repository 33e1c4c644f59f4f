// Copyright 2026 the Whippet authors
// SPDX-License-Identifier: Apache-2.0

internal import WhippetInfra

/// The kinds of stream that are asked for by name.
///
/// [ReadableStreamType](https://streams.spec.whatwg.org/#enumdef-readablestreamtype).
public enum ReadableStreamType: Sendable {
    /// A stream of bytes whose readers may bring their own buffers.
    case bytes
}

/// The kinds of reader that are asked for by name.
///
/// [ReadableStreamReaderMode](https://streams.spec.whatwg.org/#enumdef-readablestreamreadermode).
public enum ReadableStreamReaderMode: Sendable {
    /// A reader that brings its own buffers.
    case byob
}

extension ReadableStream where Chunk == [UInt8] {
    /// Makes a byte stream whose `pull` does not wait.
    ///
    /// [new ReadableStream()](https://streams.spec.whatwg.org/#rs-constructor) with the type "bytes". Its readers get
    /// chunks as from any stream, or bring buffers with `getReader(mode: .byob)`.
    ///
    /// - Parameters:
    ///   - type: `.bytes`.
    ///   - highWaterMark: How many bytes to buffer, not negative; none unless said otherwise.
    ///   - autoAllocateChunkSize: If there is one, a reader without a buffer gets one of this many bytes, above 0, so
    ///     that `pull` always finds a `byobRequest` where it is asked for bytes.
    ///   - start: Runs at once, here. What it throws errors the stream.
    ///   - cancel: Runs in a task of its own when the consumer has lost interest; whoever cancelled waits for it and
    ///     gets what it throws.
    ///   - pull: Runs whenever the stream wants bytes, never twice at the same time, on the thread that wants them: a
    ///     reader's, as a rule. What it throws errors the stream.
    public convenience init(
        type: ReadableStreamType, highWaterMark: Double = 0, autoAllocateChunkSize: Int? = nil,
        start: (ReadableByteStreamController) throws -> Void = { _ in },
        cancel: (@Sendable ((any Error)?) async throws -> Void)? = nil,
        pull: @escaping @Sendable (ReadableByteStreamController) throws -> Void
    ) {
        let domain = StreamDomain()
        let source = SynchronousSource<Chunk>(domain, executor: currentTaskExecutor(), cancel: cancel)
        self.init(domain, source, highWaterMark, autoAllocateChunkSize, start: start) { controller in
            source.prepare(controller.core) { try pull(controller) }
        }
    }

    // Disfavored so that a closure without a label is the pull function.
    /// Makes a byte stream that somebody else feeds through the controller.
    ///
    /// [new ReadableStream()](https://streams.spec.whatwg.org/#rs-constructor) with the type "bytes".
    ///
    /// - Parameters:
    ///   - type: `.bytes`.
    ///   - highWaterMark: How many bytes to buffer before `desiredSize` says to wait, not negative.
    ///   - autoAllocateChunkSize: If there is one, a reader without a buffer gets one of this many bytes, above 0.
    ///   - start: Runs at once, here. What it throws errors the stream.
    ///   - cancel: Runs in a task of its own when the consumer has lost interest.
    @_disfavoredOverload
    public convenience init(
        type: ReadableStreamType, highWaterMark: Double = 0, autoAllocateChunkSize: Int? = nil,
        start: (ReadableByteStreamController) throws -> Void,
        cancel: (@Sendable ((any Error)?) async throws -> Void)? = nil
    ) {
        let domain = StreamDomain()
        let source = PushSource<Chunk>(domain, executor: currentTaskExecutor(), cancel: cancel)
        self.init(domain, source, highWaterMark, autoAllocateChunkSize, start: start)
    }

    /// Makes a byte stream whose `pull` may wait.
    ///
    /// [new ReadableStream()](https://streams.spec.whatwg.org/#rs-constructor) with the type "bytes".
    ///
    /// - Parameters:
    ///   - type: `.bytes`.
    ///   - highWaterMark: How many bytes to buffer, not negative; none unless said otherwise.
    ///   - autoAllocateChunkSize: If there is one, a reader without a buffer gets one of this many bytes, above 0.
    ///   - start: Runs at once, here. What it throws errors the stream.
    ///   - cancel: Runs in a task of its own when the consumer has lost interest; whoever cancelled waits for it and
    ///     gets what it throws. A `pull` that still runs then finds its task cancelled.
    ///   - pull: Runs whenever the stream wants bytes, never twice at the same time, in one task that belongs to the
    ///     stream and prefers the task executor that the stream's maker preferred. What it throws errors the stream.
    public convenience init(
        type: ReadableStreamType, highWaterMark: Double = 0, autoAllocateChunkSize: Int? = nil,
        start: (ReadableByteStreamController) throws -> Void = { _ in },
        cancel: (@Sendable ((any Error)?) async throws -> Void)? = nil,
        pull: @escaping @Sendable (ReadableByteStreamController) async throws -> Void
    ) {
        let domain = StreamDomain()
        let executor = currentTaskExecutor()
        let source = PumpedSource<Chunk>(domain, executor: executor, cancel: cancel)
        self.init(domain, source, highWaterMark, autoAllocateChunkSize, start: start) { controller in
            source.pump = Pump(domain, executor: executor) {
                do {
                    try await pull(controller)
                    domain.enter { controller.core.pullFulfilled() }
                } catch {
                    domain.enter { controller.core.pullRejected(error) }
                }
            }
        }
    }

    /// Makes a byte stream that calls a function for each chunk that is asked for, and buffers nothing.
    ///
    /// - Parameters:
    ///   - pullingBytes: Returns the next chunk, nil at the end; runs in the stream's own task, never twice at once. An
    ///     empty chunk is passed over.
    ///   - cancelled: Hears, once and without a lock held, that nobody will read any more. It runs on the thread that
    ///     cancelled or dropped the stream.
    ///   - executor: Where `pullingBytes` runs; by default where the current task prefers to run.
    package convenience init(
        pullingBytes: @escaping @Sendable () async throws -> [UInt8]?,
        cancelled: (@Sendable ((any Error)?) -> Void)? = nil,
        executor: (any TaskExecutor)? = currentTaskExecutor()
    ) {
        let domain = StreamDomain()
        let source = PumpedSource<Chunk>(domain, executor: executor, cancel: nil, cancelled: cancelled)
        func prepare(_ controller: ReadableByteStreamController) {
            source.pump = Pump(domain, executor: executor) {
                do {
                    var chunk = try await pullingBytes()
                    while chunk?.isEmpty == true { chunk = try await pullingBytes() }
                    // The stream may have ended meanwhile: the chunk comes too late then.
                    if let chunk { try? controller.enqueue(chunk) } else { try? controller.close() }
                    domain.enter { controller.core.pullFulfilled() }
                } catch {
                    domain.enter { controller.core.pullRejected(error) }
                }
            }
        }
        self.init(domain, source, 0, nil, start: { _ in }, prepare: prepare)
    }

    /// Locks the stream to a new reader that brings its own buffers.
    ///
    /// [ReadableStream.getReader](https://streams.spec.whatwg.org/#rs-get-reader).
    ///
    /// - Throws: `TypeError` when the stream is locked, or was not made with the type `.bytes`.
    public func getReader(mode: ReadableStreamReaderMode) throws -> ReadableStreamBYOBReader {
        try ReadableStreamBYOBReader(self)
    }

    /// Sets up stream, source and controller, and performs the start function while the lock is free.
    private convenience init(
        _ domain: StreamDomain, _ source: CoreUnderlyingSource<Chunk>, _ highWaterMark: Double,
        _ autoAllocateChunkSize: Int?, start: (ReadableByteStreamController) throws -> Void,
        prepare: (ReadableByteStreamController) -> Void = { _ in }
    ) {
        precondition(highWaterMark >= 0, "ReadableStream: highWaterMark must be 0 or more")
        precondition((autoAllocateChunkSize ?? 1) > 0, "ReadableStream: autoAllocateChunkSize must be above 0")
        let core = CoreReadableStream<Chunk>(domain)
        let coreController = CoreArrayStreamController(
            core, ArrayMemory(), source, highWaterMark: highWaterMark, autoAllocateChunkSize: autoAllocateChunkSize)
        let controller = ReadableByteStreamController(domain, core, coreController)
        prepare(controller)
        self.init(domain, core)
        do {
            try start(controller)
            domain.enter { coreController.startFulfilled() }
        } catch {
            domain.enter { readableByteStreamControllerError(coreController, error) }
        }
    }
}
