// Copyright 2026 the Whippet authors
// SPDX-License-Identifier: Apache-2.0

internal import WhippetInfra

/// The algorithms that a driver sets a controller up with: where the chunks go.
///
/// It is an item of the outbox so that a sink which works outside the lock can post itself.
class CoreUnderlyingSink<Chunk>: OutboxItem {
    /// Performs the write algorithm.
    ///
    /// In its time the driver performs `writableStreamDefaultControllerWriteFulfilled` or `…WriteRejected` as a job of
    /// its own: the steps that the standard hangs on the algorithm's promise.
    func write(_ chunk: Chunk, _ controller: CoreWritableStreamDefaultController<Chunk>) {}

    /// Performs the close algorithm, and in its time `…CloseFulfilled` or `…CloseRejected`.
    func close(_ controller: CoreWritableStreamDefaultController<Chunk>) {}

    /// Performs the abort algorithm.
    func abort(_ reason: (any Error)?, _ jobs: JobQueue) -> CorePromise { .resolved(jobs) }

    /// Hears that the stream is aborted, before what is under way has ended.
    func abortSignaled() {}

    /// Hears that the controller has let go of the algorithms; one of them may be under way.
    func cleared() {}
}

/// The state of a [default controller](https://streams.spec.whatwg.org/#ws-default-controller-class).
final class CoreWritableStreamDefaultController<Chunk> {
    /// A chunk in the queue; nil is the close sentinel.
    struct Entry {
        var chunk: Chunk?
        var size: Double
    }

    unowned let stream: CoreWritableStream<Chunk>
    let jobs: JobQueue
    var sink: CoreUnderlyingSink<Chunk>?
    /// Aborts the controller's signal: the standard's \[[abortController]], which outlives the algorithms.
    var signalAbort: (((any Error)?) -> Void)?
    let strategyHighWaterMark: Double
    var queue = RingBuffer<Entry>()
    /// The entry that the sink works on: peeked at by the standard, taken out here, and still part of the total size.
    var inFlightSize: Double?
    var queueTotalSize = 0.0
    var started = false

    /// Implements the first steps of
    /// [SetUpWritableStreamDefaultController](https://streams.spec.whatwg.org/#set-up-writable-stream-default-controller);
    /// the driver performs the start algorithm and then `…StartFulfilled` or `…StartRejected`.
    init(_ stream: CoreWritableStream<Chunk>, _ sink: CoreUnderlyingSink<Chunk>, highWaterMark: Double) {
        // 1–13. Assert: stream has no controller. Set the controller's slots.
        assert(stream.controller == nil)
        self.stream = stream
        self.jobs = stream.jobs
        self.sink = sink
        self.strategyHighWaterMark = highWaterMark
        stream.controller = self
        // 14–15. Perform ! WritableStreamUpdateBackpressure(stream, backpressure).
        writableStreamUpdateBackpressure(stream, backpressure)
    }

    /// Implements [WritableStreamDefaultControllerGetDesiredSize](https://streams.spec.whatwg.org/#writable-stream-default-controller-get-desired-size).
    var desiredSize: Double { strategyHighWaterMark - queueTotalSize }

    /// Implements [WritableStreamDefaultControllerGetBackpressure](https://streams.spec.whatwg.org/#writable-stream-default-controller-get-backpressure).
    var backpressure: Bool { desiredSize <= 0 }

    /// Implements [[[AbortSteps]]](https://streams.spec.whatwg.org/#ws-default-controller-private-abort).
    func abortSteps(_ reason: (any Error)?) -> CorePromise {
        // 1. Let result be the result of performing this.[[abortAlgorithm]], passing reason.
        let result = sink?.abort(reason, jobs) ?? .resolved(jobs)
        // 2. Perform ! WritableStreamDefaultControllerClearAlgorithms(this).
        writableStreamDefaultControllerClearAlgorithms(self)
        // 3. Return result.
        return result
    }

    /// Implements [[[ErrorSteps]]](https://streams.spec.whatwg.org/#ws-default-controller-private-error).
    func errorSteps() {
        // 1. Perform ! ResetQueue(this).
        queueTotalSize = 0
        guard !queue.isEmpty else { return }
        jobs.release(queue)
        queue = RingBuffer()
    }
}

/// The steps upon fulfillment of the start promise: SetUpWritableStreamDefaultController 18.
func writableStreamDefaultControllerStartFulfilled<Chunk>(_ controller: CoreWritableStreamDefaultController<Chunk>) {
    // 18.2. Set controller.[[started]] to true.
    controller.started = true
    // 18.3. Perform ! WritableStreamDefaultControllerAdvanceQueueIfNeeded(controller).
    writableStreamDefaultControllerAdvanceQueueIfNeeded(controller)
}

/// The steps upon rejection of the start promise: SetUpWritableStreamDefaultController 19.
func writableStreamDefaultControllerStartRejected<Chunk>(
    _ controller: CoreWritableStreamDefaultController<Chunk>, _ reason: any Error
) {
    // 19.2. Set controller.[[started]] to true.
    controller.started = true
    // 19.3. Perform ! WritableStreamDealWithRejection(stream, r). Beyond the standard the algorithms are let go of when
    // no abort waits that would call them: nothing else would ever end the sink.
    writableStreamDealWithRejection(controller.stream, reason)
    if controller.stream.state == .errored { writableStreamDefaultControllerClearAlgorithms(controller) }
}

/// Implements [WritableStreamDefaultControllerAdvanceQueueIfNeeded](https://streams.spec.whatwg.org/#writable-stream-default-controller-advance-queue-if-needed).
func writableStreamDefaultControllerAdvanceQueueIfNeeded<Chunk>(
    _ controller: CoreWritableStreamDefaultController<Chunk>
) {
    let stream = controller.stream
    // 2–3. If the controller has not started, or a write is in flight, return.
    guard controller.started, stream.inFlightWriteRequest == nil else { return }
    // 4–5. Assert: the stream is "writable" or "erroring".
    assert(stream.state == .writable || stream.state == .erroring)
    // 6. If state is "erroring", perform ! WritableStreamFinishErroring(stream) and return.
    if stream.state == .erroring { return writableStreamFinishErroring(stream) }
    // 7–8. If the queue is empty, return. Let value be ! PeekQueueValue(controller).
    guard let entry = controller.queue.popFirst() else { return }
    // 9–10. Process the close sentinel or the chunk.
    if let chunk = entry.chunk {
        controller.inFlightSize = entry.size
        writableStreamDefaultControllerProcessWrite(controller, chunk)
    } else {
        writableStreamDefaultControllerProcessClose(controller)
    }
}

/// Implements [WritableStreamDefaultControllerClearAlgorithms](https://streams.spec.whatwg.org/#writable-stream-default-controller-clear-algorithms).
func writableStreamDefaultControllerClearAlgorithms<Chunk>(_ controller: CoreWritableStreamDefaultController<Chunk>) {
    guard let sink = controller.sink else { return }
    controller.sink = nil
    sink.cleared()
    controller.jobs.release(sink)
}

/// Implements [WritableStreamDefaultControllerClose](https://streams.spec.whatwg.org/#writable-stream-default-controller-close).
func writableStreamDefaultControllerClose<Chunk>(_ controller: CoreWritableStreamDefaultController<Chunk>) {
    // 1. Perform ! EnqueueValueWithSize(controller, close sentinel, 0).
    controller.queue.append(.init(chunk: nil, size: 0))
    // 2. Perform ! WritableStreamDefaultControllerAdvanceQueueIfNeeded(controller).
    writableStreamDefaultControllerAdvanceQueueIfNeeded(controller)
}

/// Implements [WritableStreamDefaultControllerErrorIfNeeded](https://streams.spec.whatwg.org/#writable-stream-default-controller-error-if-needed).
func writableStreamDefaultControllerErrorIfNeeded<Chunk>(
    _ controller: CoreWritableStreamDefaultController<Chunk>, _ error: any Error
) {
    // 1. If the stream is "writable", perform ! WritableStreamDefaultControllerError(controller, error): clear the
    // algorithms and start erroring.
    guard controller.stream.state == .writable else { return }
    writableStreamDefaultControllerClearAlgorithms(controller)
    writableStreamStartErroring(controller.stream, error)
}

/// Implements [WritableStreamDefaultControllerProcessClose](https://streams.spec.whatwg.org/#writable-stream-default-controller-process-close).
func writableStreamDefaultControllerProcessClose<Chunk>(_ controller: CoreWritableStreamDefaultController<Chunk>) {
    let stream = controller.stream
    // 2. WritableStreamMarkCloseRequestInFlight(stream).
    assert(stream.inFlightCloseRequest == nil && stream.closeRequest != nil)
    stream.inFlightCloseRequest = stream.closeRequest
    stream.closeRequest = nil
    // 3–4. DequeueValue(controller) was done before; the queue is empty now.
    assert(controller.queue.isEmpty)
    // 5. Perform controller.[[closeAlgorithm]].
    controller.sink?.close(controller)
    // 6. Perform ! WritableStreamDefaultControllerClearAlgorithms(controller).
    writableStreamDefaultControllerClearAlgorithms(controller)
}

/// The steps upon fulfillment of the close promise: WritableStreamDefaultControllerProcessClose 7.
func writableStreamDefaultControllerCloseFulfilled<Chunk>(_ controller: CoreWritableStreamDefaultController<Chunk>) {
    // 7.1. Perform ! WritableStreamFinishInFlightClose(stream).
    writableStreamFinishInFlightClose(controller.stream)
}

/// The steps upon rejection of the close promise: WritableStreamDefaultControllerProcessClose 8.
func writableStreamDefaultControllerCloseRejected<Chunk>(
    _ controller: CoreWritableStreamDefaultController<Chunk>, _ reason: any Error
) {
    // 8.1. Perform ! WritableStreamFinishInFlightCloseWithError(stream, reason).
    writableStreamFinishInFlightCloseWithError(controller.stream, reason)
}

/// Implements [WritableStreamDefaultControllerProcessWrite](https://streams.spec.whatwg.org/#writable-stream-default-controller-process-write).
func writableStreamDefaultControllerProcessWrite<Chunk>(
    _ controller: CoreWritableStreamDefaultController<Chunk>, _ chunk: Chunk
) {
    let stream = controller.stream
    // 2. WritableStreamMarkFirstWriteRequestInFlight(stream).
    assert(stream.inFlightWriteRequest == nil && !stream.writeRequests.isEmpty)
    stream.inFlightWriteRequest = stream.writeRequests.popFirst()
    // 3. Perform controller.[[writeAlgorithm]], passing chunk.
    controller.sink?.write(chunk, controller)
}

/// The steps upon fulfillment of the write promise: WritableStreamDefaultControllerProcessWrite 4.
func writableStreamDefaultControllerWriteFulfilled<Chunk>(_ controller: CoreWritableStreamDefaultController<Chunk>) {
    let stream = controller.stream
    assert(controller.jobs.isHeld)
    // 4.1. WritableStreamFinishInFlightWrite(stream).
    let request = stream.inFlightWriteRequest
    stream.inFlightWriteRequest = nil
    request?.fulfilledSteps()
    // 4.2–4.3. Assert: the stream is "writable" or "erroring".
    assert(stream.state == .writable || stream.state == .erroring)
    // 4.4. Perform ! DequeueValue(controller).
    controller.queueTotalSize = max(0, controller.queueTotalSize - (controller.inFlightSize ?? 0))
    controller.inFlightSize = nil
    // 4.5. If the stream is not closing and is "writable", update the backpressure.
    if !writableStreamCloseQueuedOrInFlight(stream), stream.state == .writable {
        writableStreamUpdateBackpressure(stream, controller.backpressure)
    }
    // 4.6. Perform ! WritableStreamDefaultControllerAdvanceQueueIfNeeded(controller).
    writableStreamDefaultControllerAdvanceQueueIfNeeded(controller)
}

/// The steps upon rejection of the write promise: WritableStreamDefaultControllerProcessWrite 5.
func writableStreamDefaultControllerWriteRejected<Chunk>(
    _ controller: CoreWritableStreamDefaultController<Chunk>, _ reason: any Error
) {
    let stream = controller.stream
    // 5.1. If the stream is "writable", perform ! WritableStreamDefaultControllerClearAlgorithms(controller).
    if stream.state == .writable { writableStreamDefaultControllerClearAlgorithms(controller) }
    // 5.2. WritableStreamFinishInFlightWriteWithError(stream, reason).
    controller.inFlightSize = nil
    let request = stream.inFlightWriteRequest
    stream.inFlightWriteRequest = nil
    request?.rejectedSteps(reason)
    writableStreamDealWithRejection(stream, reason)
}

/// Implements [WritableStreamDefaultControllerWrite](https://streams.spec.whatwg.org/#writable-stream-default-controller-write).
func writableStreamDefaultControllerWrite<Chunk>(
    _ controller: CoreWritableStreamDefaultController<Chunk>, _ chunk: Chunk, size: Double
) {
    // 1. EnqueueValueWithSize(controller, chunk, chunkSize).
    guard size >= 0, size.isFinite else {
        // 2. If it throws, perform ! WritableStreamDefaultControllerErrorIfNeeded and return.
        let error = controller.jobs.rangeError("QueuingStrategy.size: \(size) is not a finite number of at least 0")
        return writableStreamDefaultControllerErrorIfNeeded(controller, error)
    }
    controller.queue.append(.init(chunk: chunk, size: size))
    controller.queueTotalSize += size
    // 3–4. If the stream is not closing and is "writable", update the backpressure.
    let stream = controller.stream
    if !writableStreamCloseQueuedOrInFlight(stream), stream.state == .writable {
        writableStreamUpdateBackpressure(stream, controller.backpressure)
    }
    // 5. Perform ! WritableStreamDefaultControllerAdvanceQueueIfNeeded(controller).
    writableStreamDefaultControllerAdvanceQueueIfNeeded(controller)
}
