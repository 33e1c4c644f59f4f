// Copyright 2026 the Whippet authors
// SPDX-License-Identifier: Apache-2.0

/// The functions of an [underlying source](https://streams.spec.whatwg.org/#underlying-source-api) in a driver's
/// language; what they throw is in the promise that they return.
@_spi(Conformance) public struct DrivenSource<Controller> {
    /// Starts the source; what it throws is thrown by the set-up.
    ///
    /// It returns nil, or a promise to wait for.
    public var start: ((Controller) throws -> (any StreamDriverPromise)?)?
    /// Fetches a chunk.
    public var pull: (() -> any StreamDriverPromise)?
    /// Hears that nobody reads any more.
    public var cancel: ((any Error) -> any StreamDriverPromise)?

    /// Makes a source.
    public init(
        start: ((Controller) throws -> (any StreamDriverPromise)?)? = nil,
        pull: (() -> any StreamDriverPromise)? = nil,
        cancel: ((any Error) -> any StreamDriverPromise)? = nil
    ) {
        self.start = start
        self.pull = pull
        self.cancel = cancel
    }
}

/// A [ReadableStream](https://streams.spec.whatwg.org/#rs-class) that a driver drives.
@_spi(Conformance) public final class DrivenReadableStream {
    let realm: StreamRealm
    let core: CoreReadableStream<AnyObject>

    /// Implements [InitializeReadableStream](https://streams.spec.whatwg.org/#initialize-readable-stream); one of the
    /// set-up operations comes next.
    public convenience init(_ realm: StreamRealm) {
        self.init(realm, CoreReadableStream(realm.jobs))
    }

    init(_ realm: StreamRealm, _ core: CoreReadableStream<AnyObject>) {
        self.realm = realm
        self.core = core
        realm.jobs.streams.append(core)
    }

    /// Implements [SetUpReadableStreamDefaultController](https://streams.spec.whatwg.org/#set-up-readable-stream-default-controller);
    /// throws what `start` throws.
    public func setUpDefaultController(
        _ source: DrivenSource<DrivenReadableStreamDefaultController>, highWaterMark: Double,
        size: ((AnyObject) throws -> Double)? = nil
    ) throws {
        let coreController = CoreReadableStreamDefaultController(
            core, CoreDrivenSource(realm, pull: source.pull, cancel: source.cancel), highWaterMark: highWaterMark)
        let controller = DrivenReadableStreamDefaultController(coreController, size: size ?? { _ in 1 })
        let startPromise = realm.startPromise(try source.start?(controller))
        startPromise.react(
            fulfilled: { readableStreamDefaultControllerStartFulfilled(coreController) },
            rejected: { readableStreamDefaultControllerStartRejected(coreController, $0) })
    }

    /// [ReadableStream.locked](https://streams.spec.whatwg.org/#rs-locked).
    public var locked: Bool { isReadableStreamLocked(core) }

    /// Whether it was ever read from or cancelled.
    public var disturbed: Bool { core.disturbed }

    /// [ReadableStream.cancel](https://streams.spec.whatwg.org/#rs-cancel).
    public func cancel(_ reason: any Error) -> any StreamDriverPromise {
        if locked { return realm.rejected("ReadableStream.cancel: the stream is locked to a reader") }
        return realm.handle(readableStreamCancel(core, reason))
    }

    /// [ReadableStream.getReader](https://streams.spec.whatwg.org/#rs-get-reader) without a mode.
    public func getReader() throws -> DrivenReadableStreamDefaultReader {
        if locked { throw realm.driver.typeError("ReadableStream.getReader: the stream is locked to a reader") }
        return DrivenReadableStreamDefaultReader(realm, try acquireReadableStreamDefaultReader(core))
    }

    /// [ReadableStream.tee](https://streams.spec.whatwg.org/#rs-tee).
    ///
    /// Other standards tee with a function that clones the chunks for the second branch.
    public func tee(
        cloneForBranch2: ((AnyObject) throws -> AnyObject)? = nil
    ) throws -> (DrivenReadableStream, DrivenReadableStream) {
        if locked { throw realm.driver.typeError("ReadableStream.tee: the stream is locked to a reader") }
        let branches = try readableStreamTee(core, cloneForBranch2: cloneForBranch2)
        return (DrivenReadableStream(realm, branches.0), DrivenReadableStream(realm, branches.1))
    }

    /// Implements [ReadableStreamFromIterable](https://streams.spec.whatwg.org/#readable-stream-from-iterable) for an
    /// iterator that is open.
    ///
    /// - Parameters:
    ///   - next: Gets the next value, and calls the function that it is given once, in a job.
    ///   - close: Closes the iterator with a reason.
    public static func from(
        _ realm: StreamRealm, next: @escaping (@escaping (DrivenIteration) -> Void) -> Void,
        close: @escaping (any Error) -> any StreamDriverPromise
    ) -> DrivenReadableStream {
        let stream = DrivenReadableStream(realm)
        let core = stream.core
        func pull() -> any StreamDriverPromise {
            let pulled = realm.jobs.promise()
            next { iteration in
                guard let controller = core.defaultController else { return }
                switch iteration {
                case .end: readableStreamDefaultControllerClose(controller)
                case .value(let chunk): readableStreamDefaultControllerEnqueue(controller, chunk)
                case .error(let reason): readableStreamDefaultControllerError(controller, reason)
                }
                pulled.resolve()
            }
            return realm.handle(pulled)
        }
        let controller = CoreReadableStreamDefaultController(
            core, CoreDrivenSource(realm, pull: pull, cancel: close), highWaterMark: 0)
        realm.jobs.enqueue { readableStreamDefaultControllerStartFulfilled(controller) }
        return stream
    }
}

/// What an iterator's step comes to.
@_spi(Conformance) public enum DrivenIteration {
    /// The next value.
    case value(AnyObject)
    /// There are no more values.
    case end
    /// The iterator broke.
    case error(any Error)
}

/// A [ReadableStreamDefaultController](https://streams.spec.whatwg.org/#rs-default-controller-class) that a driver
/// drives.
@_spi(Conformance) public final class DrivenReadableStreamDefaultController {
    private let core: CoreReadableStreamDefaultController<AnyObject>
    private let size: (AnyObject) throws -> Double

    init(_ core: CoreReadableStreamDefaultController<AnyObject>, size: @escaping (AnyObject) throws -> Double) {
        self.core = core
        self.size = size
    }

    /// [ReadableStreamDefaultController.desiredSize](https://streams.spec.whatwg.org/#rs-default-controller-desired-size).
    public var desiredSize: Double? { readableStreamDefaultControllerGetDesiredSize(core) }

    /// [ReadableStreamDefaultController.close](https://streams.spec.whatwg.org/#rs-default-controller-close).
    public func close() throws {
        try check("close")
        readableStreamDefaultControllerClose(core)
    }

    /// [ReadableStreamDefaultController.enqueue](https://streams.spec.whatwg.org/#rs-default-controller-enqueue).
    public func enqueue(_ chunk: AnyObject) throws {
        try check("enqueue")
        try readableStreamDefaultControllerEnqueue(core, chunk, measuredBy: size)
    }

    /// [ReadableStreamDefaultController.error](https://streams.spec.whatwg.org/#rs-default-controller-error).
    public func error(_ reason: any Error) {
        readableStreamDefaultControllerError(core, reason)
    }

    private func check(_ operation: String) throws {
        if readableStreamDefaultControllerCanCloseOrEnqueue(core) { return }
        throw core.jobs.typeError("ReadableStreamDefaultController.\(operation): the stream is closed or errored")
    }
}

/// The algorithms of a driven source.
final class CoreDrivenSource: CoreUnderlyingSource<AnyObject> {
    private let realm: StreamRealm
    private let pullAlgorithm: (() -> any StreamDriverPromise)?
    private let cancelAlgorithm: ((any Error) -> any StreamDriverPromise)?

    init(
        _ realm: StreamRealm, pull: (() -> any StreamDriverPromise)?,
        cancel: ((any Error) -> any StreamDriverPromise)?
    ) {
        self.realm = realm
        self.pullAlgorithm = pull
        self.cancelAlgorithm = cancel
    }

    override var hasPull: Bool { pullAlgorithm != nil }

    override func pull(_ controller: CoreReadableStreamController<AnyObject>) {
        guard let pullAlgorithm else { return }
        realm.promise(pullAlgorithm()).react(
            fulfilled: { controller.pullFulfilled() },
            rejected: { controller.pullRejected($0) })
    }

    override func cancel(_ reason: (any Error)?, _ jobs: JobQueue) -> CorePromise {
        guard let cancelAlgorithm else { return .resolved(jobs) }
        return realm.promise(cancelAlgorithm(reason ?? jobs.typeError("cancelled")))
    }
}
