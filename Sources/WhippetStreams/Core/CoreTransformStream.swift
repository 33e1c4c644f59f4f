// Copyright 2026 the Whippet authors
// SPDX-License-Identifier: Apache-2.0

internal import WhippetInfra

/// The algorithms that a driver sets a transform stream up with.
///
/// It is an item of the outbox so that a transformer which works outside the lock can post itself.
class CoreTransformer<Input, Output>: OutboxItem {
    /// Performs the transform algorithm.
    ///
    /// In its time the driver performs `transformStreamDefaultControllerTransformFulfilled` or `…Rejected` as a job of
    /// its own.
    func transform(_ chunk: Input, _ stream: CoreTransformStream<Input, Output>) {}

    /// Performs the transform algorithm in a reaction: the write's promise follows the one that it returns.
    func transformAfterBackpressure(_ chunk: Input, _ stream: CoreTransformStream<Input, Output>) {
        transform(chunk, stream)
    }

    /// Performs the flush algorithm.
    func flush(_ jobs: JobQueue) -> CorePromise { .resolved(jobs) }

    /// Performs the cancel algorithm.
    func cancel(_ reason: (any Error)?, _ jobs: JobQueue) -> CorePromise { .resolved(jobs) }

    /// Hears that the controller has let go of the algorithms; a transform may be under way.
    func cleared() {}
}

/// The state of a [transform stream](https://streams.spec.whatwg.org/#ts-class) and of its controller.
///
/// The two sides own it through their algorithms. The standard's \[[backpressureChangePromise]] has one reader at a time
/// (a write as long as there is backpressure, the pull as long as there is none), so that two variables stand for it.
final class CoreTransformStream<Input, Output> {
    let jobs: JobQueue
    let readable: CoreReadableStream<Output>
    let writable: CoreWritableStream<Input>
    var transformer: CoreTransformer<Input, Output>?
    var finishPromise: CorePromise?
    var backpressure = true
    var blockedChunk: Input?
    var isPullPending = false

    /// Implements [InitializeTransformStream](https://streams.spec.whatwg.org/#initialize-transform-stream) and
    /// [SetUpTransformStreamDefaultController](https://streams.spec.whatwg.org/#set-up-transform-stream-default-controller);
    /// the driver performs the start algorithm and then `transformStreamStartFulfilled` or `…StartRejected`.
    init(
        _ jobs: JobQueue, _ transformer: CoreTransformer<Input, Output>, writableHighWaterMark: Double,
        readableHighWaterMark: Double
    ) {
        self.jobs = jobs
        self.transformer = transformer
        // 1–5. Set stream.[[writable]] to ! CreateWritableStream(…).
        writable = CoreWritableStream(jobs)
        // 6–8. Set stream.[[readable]] to ! CreateReadableStream(…).
        readable = CoreReadableStream(jobs)
        _ = CoreWritableStreamDefaultController(writable, TransformSink(self), highWaterMark: writableHighWaterMark)
        _ = CoreReadableStreamDefaultController(readable, TransformSource(self), highWaterMark: readableHighWaterMark)
        // 9–10. Perform ! TransformStreamSetBackpressure(stream, true): so it stands from the start.
    }
}

/// The start promise's fulfillment: both sides have started.
func transformStreamStartFulfilled<Input, Output>(_ stream: CoreTransformStream<Input, Output>) {
    if let controller = stream.writable.controller { writableStreamDefaultControllerStartFulfilled(controller) }
    if let controller = stream.readable.defaultController { readableStreamDefaultControllerStartFulfilled(controller) }
}

/// The start promise's rejection: neither side can start.
func transformStreamStartRejected<Input, Output>(_ stream: CoreTransformStream<Input, Output>, _ reason: any Error) {
    transformStreamDefaultControllerClearAlgorithms(stream)
    if let controller = stream.writable.controller { writableStreamDefaultControllerStartRejected(controller, reason) }
    if let controller = stream.readable.defaultController {
        readableStreamDefaultControllerStartRejected(controller, reason)
    }
}

/// Implements [TransformStreamError](https://streams.spec.whatwg.org/#transform-stream-error).
func transformStreamError<Input, Output>(_ stream: CoreTransformStream<Input, Output>, _ error: any Error) {
    // 1. Perform ! ReadableStreamDefaultControllerError(stream.[[readable]].[[controller]], e).
    if let controller = stream.readable.defaultController { readableStreamDefaultControllerError(controller, error) }
    // 2. Perform ! TransformStreamErrorWritableAndUnblockWrite(stream, e).
    transformStreamErrorWritableAndUnblockWrite(stream, error)
}

/// Implements [TransformStreamErrorWritableAndUnblockWrite](https://streams.spec.whatwg.org/#transform-stream-error-writable-and-unblock-write).
func transformStreamErrorWritableAndUnblockWrite<Input, Output>(
    _ stream: CoreTransformStream<Input, Output>, _ error: any Error
) {
    // 1. Perform ! TransformStreamDefaultControllerClearAlgorithms(stream.[[controller]]).
    transformStreamDefaultControllerClearAlgorithms(stream)
    // 2. Perform ! WritableStreamDefaultControllerErrorIfNeeded(stream.[[writable]].[[controller]], e).
    if let controller = stream.writable.controller { writableStreamDefaultControllerErrorIfNeeded(controller, error) }
    // 3. Perform ! TransformStreamUnblockWrite(stream).
    transformStreamUnblockWrite(stream)
}

/// Implements [TransformStreamSetBackpressure](https://streams.spec.whatwg.org/#transform-stream-set-backpressure).
func transformStreamSetBackpressure<Input, Output>(
    _ stream: CoreTransformStream<Input, Output>, _ backpressure: Bool
) {
    // 1. Assert: stream.[[backpressure]] is not backpressure.
    assert(stream.backpressure != backpressure)
    // 2–3. Resolve stream.[[backpressureChangePromise]]: whoever waits for it goes on in a job.
    if let chunk = stream.blockedChunk {
        stream.blockedChunk = nil
        stream.jobs.enqueue { transformStreamUnblockedWrite(stream, chunk) }
    }
    if stream.isPullPending {
        stream.isPullPending = false
        stream.jobs.enqueue { stream.readable.defaultController?.pullFulfilled() }
    }
    // 4. Set stream.[[backpressure]] to backpressure.
    stream.backpressure = backpressure
}

/// Implements [TransformStreamUnblockWrite](https://streams.spec.whatwg.org/#transform-stream-unblock-write).
func transformStreamUnblockWrite<Input, Output>(_ stream: CoreTransformStream<Input, Output>) {
    // 1. If stream.[[backpressure]] is true, perform ! TransformStreamSetBackpressure(stream, false).
    if stream.backpressure { transformStreamSetBackpressure(stream, false) }
}

/// Implements [TransformStreamDefaultControllerClearAlgorithms](https://streams.spec.whatwg.org/#transform-stream-default-controller-clear-algorithms).
func transformStreamDefaultControllerClearAlgorithms<Input, Output>(_ stream: CoreTransformStream<Input, Output>) {
    guard let transformer = stream.transformer else { return }
    stream.transformer = nil
    transformer.cleared()
    stream.jobs.release(transformer)
}

/// Implements [TransformStreamDefaultControllerEnqueue](https://streams.spec.whatwg.org/#transform-stream-default-controller-enqueue)
/// for a chunk whose size the driver has asked the strategy for; false if the readable side can't take it.
func transformStreamDefaultControllerEnqueue<Input, Output>(
    _ stream: CoreTransformStream<Input, Output>, _ chunk: Output, size: Double = 1
) -> Bool {
    assert(stream.jobs.isHeld)
    // 1–3. If the readable side can't be enqueued to, throw a TypeError exception.
    guard let controller = stream.readable.defaultController,
        readableStreamDefaultControllerCanCloseOrEnqueue(controller)
    else { return false }
    // 4. Perform ReadableStreamDefaultControllerEnqueue(readableController, chunk).
    readableStreamDefaultControllerEnqueue(controller, chunk, size: size)
    // 6–7. If the backpressure has changed, it is there now: set it.
    transformStreamDefaultControllerUpdateBackpressure(stream, controller)
    return true
}

/// The steps 6 and 7 of TransformStreamDefaultControllerEnqueue.
func transformStreamDefaultControllerUpdateBackpressure<Input, Output>(
    _ stream: CoreTransformStream<Input, Output>, _ controller: CoreReadableStreamDefaultController<Output>
) {
    let backpressure = readableStreamDefaultControllerHasBackpressure(controller)
    guard backpressure != stream.backpressure else { return }
    assert(backpressure)
    transformStreamSetBackpressure(stream, true)
}

/// Implements [TransformStreamDefaultControllerTerminate](https://streams.spec.whatwg.org/#transform-stream-default-controller-terminate).
func transformStreamDefaultControllerTerminate<Input, Output>(_ stream: CoreTransformStream<Input, Output>) {
    // 1–3. Perform ! ReadableStreamDefaultControllerClose(readableController).
    if let controller = stream.readable.defaultController { readableStreamDefaultControllerClose(controller) }
    // 4–5. Perform ! TransformStreamErrorWritableAndUnblockWrite(stream, a TypeError exception).
    let terminated = stream.jobs.typeError("The transform stream was terminated.")
    transformStreamErrorWritableAndUnblockWrite(stream, terminated)
}

/// Implements [TransformStreamDefaultControllerPerformTransform](https://streams.spec.whatwg.org/#transform-stream-default-controller-perform-transform).
func transformStreamDefaultControllerPerformTransform<Input, Output>(
    _ stream: CoreTransformStream<Input, Output>, _ chunk: Input, afterBackpressure: Bool = false
) {
    // 1. Perform controller.[[transformAlgorithm]], passing chunk.
    if let transformer = stream.transformer {
        if afterBackpressure { return transformer.transformAfterBackpressure(chunk, stream) }
        return transformer.transform(chunk, stream)
    }
    // The readable side was cancelled and its cancel algorithm waits: the standard has no algorithm to perform any more.
    stream.jobs.enqueue {
        if let controller = stream.writable.controller {
            let error = stream.jobs.typeError("The transform stream's readable side was cancelled.")
            writableStreamDefaultControllerWriteRejected(controller, error)
        }
    }
}

/// The steps upon fulfillment of TransformStreamDefaultControllerPerformTransform's promise.
func transformStreamDefaultControllerTransformFulfilled<Input, Output>(
    _ stream: CoreTransformStream<Input, Output>
) {
    if let controller = stream.writable.controller { writableStreamDefaultControllerWriteFulfilled(controller) }
}

/// The steps upon rejection of
/// [TransformStreamDefaultControllerPerformTransform](https://streams.spec.whatwg.org/#transform-stream-default-controller-perform-transform)'s
/// promise.
func transformStreamDefaultControllerTransformRejected<Input, Output>(
    _ stream: CoreTransformStream<Input, Output>, _ reason: any Error
) {
    // 2.1. Perform ! TransformStreamError(controller.[[stream]], r).
    transformStreamError(stream, reason)
    // 2.2. Throw r.
    if let controller = stream.writable.controller { writableStreamDefaultControllerWriteRejected(controller, reason) }
}
