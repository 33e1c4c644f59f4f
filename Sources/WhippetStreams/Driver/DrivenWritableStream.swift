// Copyright 2026 the Whippet authors
// SPDX-License-Identifier: Apache-2.0

/// The functions of an [underlying sink](https://streams.spec.whatwg.org/#underlying-sink-api) in a driver's language;
/// what they throw is in the promise that they return.
@_spi(Conformance) public struct DrivenSink {
    /// Starts the sink; what it throws is thrown by the set-up.
    ///
    /// It returns nil, or a promise to wait for.
    public var start: ((DrivenWritableStreamDefaultController) throws -> (any StreamDriverPromise)?)?
    /// Takes a chunk.
    public var write: ((AnyObject) -> any StreamDriverPromise)?
    /// Hears that there are no more chunks.
    public var close: (() -> any StreamDriverPromise)?
    /// Hears that the producer gives up.
    public var abort: ((any Error) -> any StreamDriverPromise)?
    /// Aborts the controller's signal.
    public var signalAbort: ((any Error) -> Void)?

    /// Makes a sink.
    public init(
        start: ((DrivenWritableStreamDefaultController) throws -> (any StreamDriverPromise)?)? = nil,
        write: ((AnyObject) -> any StreamDriverPromise)? = nil,
        close: (() -> any StreamDriverPromise)? = nil,
        abort: ((any Error) -> any StreamDriverPromise)? = nil,
        signalAbort: ((any Error) -> Void)? = nil
    ) {
        self.start = start
        self.write = write
        self.close = close
        self.abort = abort
        self.signalAbort = signalAbort
    }
}

/// A [WritableStream](https://streams.spec.whatwg.org/#ws-class) that a driver drives.
@_spi(Conformance) public final class DrivenWritableStream {
    let realm: StreamRealm
    let core: CoreWritableStream<AnyObject>
    private(set) var size: (AnyObject) throws -> Double

    /// Implements [InitializeWritableStream](https://streams.spec.whatwg.org/#initialize-writable-stream); the set-up
    /// comes next.
    public convenience init(_ realm: StreamRealm) {
        self.init(realm, CoreWritableStream(realm.jobs), size: { _ in 1 })
    }

    init(_ realm: StreamRealm, _ core: CoreWritableStream<AnyObject>, size: @escaping (AnyObject) throws -> Double) {
        self.realm = realm
        self.core = core
        self.size = size
        realm.jobs.streams.append(core)
    }

    /// Implements [SetUpWritableStreamDefaultController](https://streams.spec.whatwg.org/#set-up-writable-stream-default-controller);
    /// throws what `start` throws.
    public func setUpDefaultController(
        _ sink: DrivenSink, highWaterMark: Double, size: ((AnyObject) throws -> Double)? = nil
    ) throws {
        if let size { self.size = size }
        let controller = CoreWritableStreamDefaultController(
            core, CoreDrivenSink(realm, sink), highWaterMark: highWaterMark)
        let realm = realm
        controller.signalAbort = { sink.signalAbort?($0 ?? realm.driver.typeError("aborted")) }
        let startPromise = realm.startPromise(try sink.start?(DrivenWritableStreamDefaultController(controller)))
        startPromise.react(
            fulfilled: { writableStreamDefaultControllerStartFulfilled(controller) },
            rejected: { writableStreamDefaultControllerStartRejected(controller, $0) })
    }

    /// [WritableStream.locked](https://streams.spec.whatwg.org/#ws-locked).
    public var locked: Bool { isWritableStreamLocked(core) }

    /// [WritableStream.abort](https://streams.spec.whatwg.org/#ws-abort).
    public func abort(_ reason: any Error) -> any StreamDriverPromise {
        if locked { return realm.rejected("WritableStream.abort: the stream is locked to a writer") }
        return realm.handle(writableStreamAbort(core, reason))
    }

    /// [WritableStream.close](https://streams.spec.whatwg.org/#ws-close).
    public func close() -> any StreamDriverPromise {
        if locked { return realm.rejected("WritableStream.close: the stream is locked to a writer") }
        if writableStreamCloseQueuedOrInFlight(core) {
            return realm.rejected("WritableStream.close: the stream is closing")
        }
        return realm.handle(writableStreamClose(core))
    }

    /// [WritableStream.getWriter](https://streams.spec.whatwg.org/#ws-get-writer).
    public func getWriter() throws -> DrivenWritableStreamDefaultWriter {
        if locked { throw realm.driver.typeError("WritableStream.getWriter: the stream is locked to a writer") }
        return DrivenWritableStreamDefaultWriter(self, try acquireWritableStreamDefaultWriter(core))
    }
}

/// A [WritableStreamDefaultController](https://streams.spec.whatwg.org/#ws-default-controller-class) that a driver
/// drives; its signal is the driver's.
@_spi(Conformance) public final class DrivenWritableStreamDefaultController {
    private let core: CoreWritableStreamDefaultController<AnyObject>

    init(_ core: CoreWritableStreamDefaultController<AnyObject>) {
        self.core = core
    }

    /// [WritableStreamDefaultController.error](https://streams.spec.whatwg.org/#ws-default-controller-error).
    public func error(_ reason: any Error) {
        writableStreamDefaultControllerErrorIfNeeded(core, reason)
    }
}

/// A [WritableStreamDefaultWriter](https://streams.spec.whatwg.org/#default-writer-class) that a driver drives.
@_spi(Conformance) public final class DrivenWritableStreamDefaultWriter {
    private let realm: StreamRealm
    private let stream: DrivenWritableStream
    private let core: CoreWritableStreamDefaultWriter<AnyObject>

    init(_ stream: DrivenWritableStream, _ core: CoreWritableStreamDefaultWriter<AnyObject>) {
        self.realm = stream.realm
        self.stream = stream
        self.core = core
    }

    /// [WritableStreamDefaultWriter.closed](https://streams.spec.whatwg.org/#default-writer-closed): the same promise
    /// each time, until the core replaces it.
    public var closed: any StreamDriverPromise { realm.handle(core.closedPromise) }

    /// [WritableStreamDefaultWriter.ready](https://streams.spec.whatwg.org/#default-writer-ready).
    public var ready: any StreamDriverPromise { realm.handle(core.readyPromise) }

    /// [WritableStreamDefaultWriter.desiredSize](https://streams.spec.whatwg.org/#default-writer-desired-size); throws
    /// once the writer is released.
    public var desiredSize: Double? {
        get throws {
            guard let stream = core.stream else { throw realm.driver.typeError(released("desiredSize")) }
            return writableStreamDefaultWriterGetDesiredSize(stream)
        }
    }

    /// [WritableStreamDefaultWriter.abort](https://streams.spec.whatwg.org/#default-writer-abort).
    public func abort(_ reason: any Error) -> any StreamDriverPromise {
        guard let stream = core.stream else { return realm.rejected(released("abort")) }
        return realm.handle(writableStreamAbort(stream, reason))
    }

    /// [WritableStreamDefaultWriter.close](https://streams.spec.whatwg.org/#default-writer-close).
    public func close() -> any StreamDriverPromise {
        guard let stream = core.stream else { return realm.rejected(released("close")) }
        if writableStreamCloseQueuedOrInFlight(stream) {
            return realm.rejected("WritableStreamDefaultWriter.close: the stream is closing")
        }
        return realm.handle(writableStreamClose(stream))
    }

    /// [WritableStreamDefaultWriter.write](https://streams.spec.whatwg.org/#default-writer-write).
    public func write(_ chunk: AnyObject) -> any StreamDriverPromise {
        if core.stream == nil { return realm.rejected(released("write")) }
        let promise = realm.jobs.promise()
        writableStreamDefaultWriterWrite(
            core, chunk, measuredBy: stream.size, DrivenWriteRequest(promise))
        return realm.handle(promise)
    }

    /// [WritableStreamDefaultWriter.releaseLock](https://streams.spec.whatwg.org/#default-writer-release-lock).
    public func releaseLock() {
        writableStreamDefaultWriterRelease(core)
    }

    private func released(_ operation: String) -> String {
        "WritableStreamDefaultWriter.\(operation): the writer was released"
    }
}

/// A write whose end settles a promise.
private final class DrivenWriteRequest: CoreWriteRequest {
    private let promise: CorePromise

    init(_ promise: CorePromise) {
        self.promise = promise
    }

    override func fulfilledSteps() {
        promise.resolve()
    }

    override func rejectedSteps(_ reason: any Error) {
        promise.reject(reason)
    }
}

/// The algorithms of a driven sink.
private final class CoreDrivenSink: CoreUnderlyingSink<AnyObject> {
    private let realm: StreamRealm
    private let sink: DrivenSink

    init(_ realm: StreamRealm, _ sink: DrivenSink) {
        self.realm = realm
        self.sink = sink
    }

    override func write(_ chunk: AnyObject, _ controller: CoreWritableStreamDefaultController<AnyObject>) {
        let written = sink.write.map { realm.promise($0(chunk)) } ?? .resolved(realm.jobs)
        written.react(
            fulfilled: { writableStreamDefaultControllerWriteFulfilled(controller) },
            rejected: { writableStreamDefaultControllerWriteRejected(controller, $0) })
    }

    override func close(_ controller: CoreWritableStreamDefaultController<AnyObject>) {
        let closed = sink.close.map { realm.promise($0()) } ?? .resolved(realm.jobs)
        closed.react(
            fulfilled: { writableStreamDefaultControllerCloseFulfilled(controller) },
            rejected: { writableStreamDefaultControllerCloseRejected(controller, $0) })
    }

    override func abort(_ reason: (any Error)?, _ jobs: JobQueue) -> CorePromise {
        guard let abort = sink.abort else { return .resolved(jobs) }
        return realm.promise(abort(reason ?? jobs.typeError("aborted")))
    }
}
