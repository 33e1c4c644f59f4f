// Copyright 2026 the Whippet authors
// SPDX-License-Identifier: Apache-2.0

/// The functions of a [transformer](https://streams.spec.whatwg.org/#transformer-api) in a driver's language; what they
/// throw is in the promise that they return.
@_spi(Conformance) public struct DrivenTransformer {
    /// Starts the transformer; what it throws is thrown by the stream's initializer.
    ///
    /// It returns nil, or a promise to wait for.
    public var start: ((DrivenTransformStreamDefaultController) throws -> (any StreamDriverPromise)?)?
    /// Takes a chunk; without it every chunk is passed on.
    public var transform: ((AnyObject) -> any StreamDriverPromise)?
    /// Hears that there are no more chunks.
    public var flush: (() -> any StreamDriverPromise)?
    /// Hears that one of the sides was cancelled or aborted.
    public var cancel: ((any Error) -> any StreamDriverPromise)?

    /// Makes a transformer.
    public init(
        start: ((DrivenTransformStreamDefaultController) throws -> (any StreamDriverPromise)?)? = nil,
        transform: ((AnyObject) -> any StreamDriverPromise)? = nil,
        flush: (() -> any StreamDriverPromise)? = nil,
        cancel: ((any Error) -> any StreamDriverPromise)? = nil
    ) {
        self.start = start
        self.transform = transform
        self.flush = flush
        self.cancel = cancel
    }
}

/// A queuing strategy of a driver: a high-water mark, and a size function if it has one.
@_spi(Conformance) public struct DrivenStrategy {
    /// From which total size on the stream wants no more.
    public var highWaterMark: Double
    /// The size of a chunk; 1 without it.
    public var size: ((AnyObject) throws -> Double)?

    /// Makes a strategy.
    public init(highWaterMark: Double, size: ((AnyObject) throws -> Double)? = nil) {
        self.highWaterMark = highWaterMark
        self.size = size
    }
}

/// A [TransformStream](https://streams.spec.whatwg.org/#ts-class) that a driver drives.
@_spi(Conformance) public final class DrivenTransformStream {
    /// [TransformStream.readable](https://streams.spec.whatwg.org/#ts-readable).
    public let readable: DrivenReadableStream
    /// [TransformStream.writable](https://streams.spec.whatwg.org/#ts-writable).
    public let writable: DrivenWritableStream

    /// Implements the [constructor](https://streams.spec.whatwg.org/#ts-constructor) from its step 9 on; throws what
    /// `start` throws.
    public init(
        _ realm: StreamRealm, _ transformer: DrivenTransformer, writableStrategy: DrivenStrategy,
        readableStrategy: DrivenStrategy
    ) throws {
        let size = readableStrategy.size ?? { _ in 1 }
        let core = CoreTransformStream(
            realm.jobs, CoreDrivenTransformer(realm, transformer, size: size),
            writableHighWaterMark: writableStrategy.highWaterMark,
            readableHighWaterMark: readableStrategy.highWaterMark)
        realm.jobs.streams.append(core)
        readable = DrivenReadableStream(realm, core.readable)
        writable = DrivenWritableStream(realm, core.writable, size: writableStrategy.size ?? { _ in 1 })
        let startPromise = realm.jobs.promise()
        // Each side's start algorithm returns startPromise, and each waits for a promise resolved with that.
        if let controller = core.writable.controller {
            realm.resolved(with: startPromise).react(
                fulfilled: { writableStreamDefaultControllerStartFulfilled(controller) },
                rejected: { writableStreamDefaultControllerStartRejected(controller, $0) })
        }
        if let controller = core.readable.defaultController {
            realm.resolved(with: startPromise).react(
                fulfilled: { readableStreamDefaultControllerStartFulfilled(controller) },
                rejected: { readableStreamDefaultControllerStartRejected(controller, $0) })
        }
        // 12–13. Resolve startPromise with what start returns.
        if let started = try transformer.start?(DrivenTransformStreamDefaultController(core, size: size)) {
            startPromise.resolve(with: realm.promise(started))
        } else {
            startPromise.resolve()
        }
    }
}

/// A [TransformStreamDefaultController](https://streams.spec.whatwg.org/#ts-default-controller-class) that a driver
/// drives.
@_spi(Conformance) public final class DrivenTransformStreamDefaultController {
    private let core: CoreTransformStream<AnyObject, AnyObject>
    private let size: (AnyObject) throws -> Double

    init(_ core: CoreTransformStream<AnyObject, AnyObject>, size: @escaping (AnyObject) throws -> Double) {
        self.core = core
        self.size = size
    }

    /// [TransformStreamDefaultController.desiredSize](https://streams.spec.whatwg.org/#ts-default-controller-desired-size).
    public var desiredSize: Double? {
        core.readable.defaultController.flatMap { readableStreamDefaultControllerGetDesiredSize($0) }
    }

    /// [TransformStreamDefaultController.enqueue](https://streams.spec.whatwg.org/#ts-default-controller-enqueue).
    public func enqueue(_ chunk: AnyObject) throws {
        try transformStreamDefaultControllerEnqueue(core, chunk, measuredBy: size)
    }

    /// [TransformStreamDefaultController.error](https://streams.spec.whatwg.org/#ts-default-controller-error).
    public func error(_ reason: any Error) {
        transformStreamError(core, reason)
    }

    /// [TransformStreamDefaultController.terminate](https://streams.spec.whatwg.org/#ts-default-controller-terminate).
    public func terminate() {
        transformStreamDefaultControllerTerminate(core)
    }
}

/// The algorithms of a driven transformer.
private final class CoreDrivenTransformer: CoreTransformer<AnyObject, AnyObject> {
    private let realm: StreamRealm
    private let transformer: DrivenTransformer
    private let size: (AnyObject) throws -> Double

    init(_ realm: StreamRealm, _ transformer: DrivenTransformer, size: @escaping (AnyObject) throws -> Double) {
        self.realm = realm
        self.transformer = transformer
        self.size = size
    }

    override func transform(_ chunk: AnyObject, _ stream: CoreTransformStream<AnyObject, AnyObject>) {
        finish(stream, perform(chunk, stream))
    }

    override func transformAfterBackpressure(
        _ chunk: AnyObject, _ stream: CoreTransformStream<AnyObject, AnyObject>
    ) {
        let written = realm.jobs.promise()
        finish(stream, written)
        written.resolve(with: perform(chunk, stream))
    }

    override func flush(_ jobs: JobQueue) -> CorePromise {
        transformer.flush.map { realm.promise($0()) } ?? .resolved(jobs)
    }

    override func cancel(_ reason: (any Error)?, _ jobs: JobQueue) -> CorePromise {
        guard let cancel = transformer.cancel else { return .resolved(jobs) }
        return realm.promise(cancel(reason ?? jobs.typeError("cancelled")))
    }

    /// TransformStreamDefaultControllerPerformTransform: its steps hang on promises here, not on calls.
    private func perform(_ chunk: AnyObject, _ stream: CoreTransformStream<AnyObject, AnyObject>) -> CorePromise {
        algorithm(chunk, stream).transformed(rejected: { reason in
            transformStreamError(stream, reason)
            throw reason
        })
    }

    private func algorithm(_ chunk: AnyObject, _ stream: CoreTransformStream<AnyObject, AnyObject>) -> CorePromise {
        if let transform = transformer.transform { return realm.promise(transform(chunk)) }
        do {
            try transformStreamDefaultControllerEnqueue(stream, chunk, measuredBy: size)
            return .resolved(realm.jobs)
        } catch {
            return .rejected(realm.jobs, error)
        }
    }

    private func finish(_ stream: CoreTransformStream<AnyObject, AnyObject>, _ written: CorePromise) {
        written.react(
            fulfilled: { transformStreamDefaultControllerTransformFulfilled(stream) },
            rejected: { reason in
                if let controller = stream.writable.controller {
                    writableStreamDefaultControllerWriteRejected(controller, reason)
                }
            })
    }
}
