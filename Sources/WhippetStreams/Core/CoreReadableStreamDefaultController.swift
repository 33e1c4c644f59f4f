// Copyright 2026 the Whippet authors
// SPDX-License-Identifier: Apache-2.0

internal import WhippetInfra

/// The algorithms that a driver sets a controller up with: where the chunks come from.
///
/// It is an item of the outbox so that a source which pulls outside the lock can post itself.
class CoreUnderlyingSource<Chunk>: OutboxItem {
    /// Whether there is a pull algorithm.
    ///
    /// Without one nobody can see whether the controller pulls, and it need not.
    var hasPull: Bool { false }

    /// Performs the pull algorithm.
    ///
    /// In its time the driver performs the controller's `pullFulfilled` or `pullRejected` as a job of its own: the
    /// steps that the standard hangs on the algorithm's promise.
    func pull(_ controller: CoreReadableStreamController<Chunk>) {}

    /// Performs the cancel algorithm.
    func cancel(_ reason: (any Error)?, _ jobs: JobQueue) -> CorePromise { .resolved(jobs) }

    /// Hears that the controller has let go of the algorithms, so that nothing is pulled any more.
    func cleared() {}
}

/// The state of a [default controller](https://streams.spec.whatwg.org/#rs-default-controller-class).
final class CoreReadableStreamDefaultController<Chunk>: CoreReadableStreamController<Chunk> {
    struct Entry {
        var chunk: Chunk
        var size: Double
    }

    unowned let stream: CoreReadableStream<Chunk>
    let jobs: JobQueue
    var source: CoreUnderlyingSource<Chunk>?
    let strategyHighWaterMark: Double
    var queue = RingBuffer<Entry>()
    var queueTotalSize = 0.0
    var started = false
    var closeRequested = false
    var pulling = false
    var pullAgain = false

    /// Implements the first steps of
    /// [SetUpReadableStreamDefaultController](https://streams.spec.whatwg.org/#set-up-readable-stream-default-controller);
    /// the driver performs the start algorithm and then `…StartFulfilled` or `…StartRejected`.
    init(_ stream: CoreReadableStream<Chunk>, _ source: CoreUnderlyingSource<Chunk>, highWaterMark: Double) {
        // 1–7. Assert: stream has no controller. Set the controller's slots.
        assert(stream.controller == nil)
        self.stream = stream
        self.jobs = stream.jobs
        self.source = source
        self.strategyHighWaterMark = highWaterMark
        super.init()
        // 8. Set stream.[[controller]] to controller.
        stream.controller = self
        stream.defaultController = self
    }

    /// Implements [[[CancelSteps]]](https://streams.spec.whatwg.org/#rs-default-controller-private-cancel).
    override func cancelSteps(_ reason: (any Error)?) -> CorePromise {
        // 1. Perform ! ResetQueue(this).
        resetQueue()
        // 2. Let result be the result of performing this.[[cancelAlgorithm]], passing reason.
        let result = source?.cancel(reason, jobs) ?? .resolved(jobs)
        // 3. Perform ! ReadableStreamDefaultControllerClearAlgorithms(this).
        readableStreamDefaultControllerClearAlgorithms(self)
        assertInvariants()
        // 4. Return result.
        return result
    }

    /// Implements [[[PullSteps]]](https://streams.spec.whatwg.org/#rs-default-controller-private-pull).
    @_specialize(where Chunk == [UInt8])
    override func pullSteps(_ readRequest: CoreReadRequest<Chunk>) {
        // 2. If this.[[queue]] is not empty, give its first chunk to the request.
        if case .chunk(let chunk) = pullNow() { return readRequest.chunkSteps(chunk) }
        // 3. Otherwise, add the request to the stream and call pull if needed.
        readableStreamAddReadRequest(stream, readRequest)
        readableStreamDefaultControllerCallPullIfNeeded(self)
    }

    override func pullNow() -> CoreReadResult<Chunk> {
        // 2.1. Let chunk be ! DequeueValue(this).
        guard let entry = queue.popFirst() else { return .pending }
        queueTotalSize = max(0, queueTotalSize - entry.size)
        if closeRequested, queue.isEmpty {
            // 2.2. If this.[[closeRequested]] is true and this.[[queue]] is empty, clear the algorithms and close.
            readableStreamDefaultControllerClearAlgorithms(self)
            readableStreamClose(stream)
        } else {
            // 2.3. Otherwise, perform ! ReadableStreamDefaultControllerCallPullIfNeeded(this).
            readableStreamDefaultControllerCallPullIfNeeded(self)
        }
        assertInvariants()
        return .chunk(entry.chunk)
    }

    /// The steps upon fulfillment of the pull promise: ReadableStreamDefaultControllerCallPullIfNeeded 7.
    @_specialize(where Chunk == [UInt8])
    override func pullFulfilled() {
        assert(jobs.isHeld)
        // 7.1. Set controller.[[pulling]] to false.
        pulling = false
        // 7.2. If controller.[[pullAgain]] is true, set it to false and call pull if needed.
        if pullAgain {
            pullAgain = false
            readableStreamDefaultControllerCallPullIfNeeded(self)
        }
    }

    /// The steps upon rejection of the pull promise: ReadableStreamDefaultControllerCallPullIfNeeded 8.
    override func pullRejected(_ reason: any Error) {
        // 8.1. Perform ! ReadableStreamDefaultControllerError(controller, e).
        readableStreamDefaultControllerError(self, reason)
    }

    /// Implements [ResetQueue](https://streams.spec.whatwg.org/#reset-queue); the chunks die where user code may run.
    func resetQueue() {
        queueTotalSize = 0
        guard !queue.isEmpty else { return }
        jobs.release(queue)
        queue = RingBuffer()
    }

    /// Checks, in debug builds, what holds whenever no operation is under way.
    func assertInvariants() {
        // A size function that reads or closes in the midst of an enqueue breaks them for good, as the standard has it.
        guard !jobs.isReentrant else { return }
        assert(queueTotalSize >= 0)
        assert(pulling || !pullAgain, "it wants to pull again and does not pull")
        assert(queue.isEmpty || readableStreamGetNumReadRequests(stream) == 0, "a read waits beside a chunk")
        if stream.state != .readable {
            assert(queue.isEmpty && source == nil, "an ended stream holds chunks or algorithms")
            assert(readableStreamGetNumReadRequests(stream) == 0, "a read waits for an ended stream")
        }
    }
}

/// The steps upon fulfillment of the start promise: SetUpReadableStreamDefaultController 11.
func readableStreamDefaultControllerStartFulfilled<Chunk>(_ controller: CoreReadableStreamDefaultController<Chunk>) {
    // 11.1–11.3. Set controller.[[started]] to true; assert that it neither pulls nor wants to pull again.
    controller.started = true
    assert(!controller.pulling && !controller.pullAgain)
    // 11.4. Perform ! ReadableStreamDefaultControllerCallPullIfNeeded(controller).
    readableStreamDefaultControllerCallPullIfNeeded(controller)
}

/// The steps upon rejection of the start promise: SetUpReadableStreamDefaultController 12.
func readableStreamDefaultControllerStartRejected<Chunk>(
    _ controller: CoreReadableStreamDefaultController<Chunk>, _ reason: any Error
) {
    // 12.1. Perform ! ReadableStreamDefaultControllerError(controller, r).
    readableStreamDefaultControllerError(controller, reason)
}

/// Implements [ReadableStreamDefaultControllerCallPullIfNeeded](https://streams.spec.whatwg.org/#readable-stream-default-controller-call-pull-if-needed).
func readableStreamDefaultControllerCallPullIfNeeded<Chunk>(_ controller: CoreReadableStreamDefaultController<Chunk>) {
    // Fast path: without a pull algorithm the slots [[pulling]] and [[pullAgain]] can't be observed.
    guard let source = controller.source, source.hasPull else { return }
    // 1–2. Let shouldPull be ! ReadableStreamDefaultControllerShouldCallPull(controller). If it is false, return.
    guard readableStreamDefaultControllerShouldCallPull(controller) else { return }
    // 3. If controller.[[pulling]] is true, set controller.[[pullAgain]] to true and return.
    if controller.pulling {
        controller.pullAgain = true
        return
    }
    // 4–5. Assert: controller.[[pullAgain]] is false. Set controller.[[pulling]] to true.
    assert(!controller.pullAgain)
    controller.pulling = true
    // 6. Perform controller.[[pullAlgorithm]].
    source.pull(controller)
}

/// Implements [ReadableStreamDefaultControllerShouldCallPull](https://streams.spec.whatwg.org/#readable-stream-default-controller-should-call-pull).
func readableStreamDefaultControllerShouldCallPull<Chunk>(
    _ controller: CoreReadableStreamDefaultController<Chunk>
) -> Bool {
    // 2. If ! ReadableStreamDefaultControllerCanCloseOrEnqueue(controller) is false, return false.
    guard readableStreamDefaultControllerCanCloseOrEnqueue(controller) else { return false }
    // 3. If controller.[[started]] is false, return false.
    guard controller.started else { return false }
    // 4. If the stream is locked and has read requests, return true.
    if readableStreamGetNumReadRequests(controller.stream) > 0 { return true }
    // 5–8. Return whether desiredSize is above 0.
    return controller.strategyHighWaterMark - controller.queueTotalSize > 0
}

/// Implements [ReadableStreamDefaultControllerClearAlgorithms](https://streams.spec.whatwg.org/#readable-stream-default-controller-clear-algorithms).
func readableStreamDefaultControllerClearAlgorithms<Chunk>(_ controller: CoreReadableStreamDefaultController<Chunk>) {
    guard let source = controller.source else { return }
    controller.source = nil
    source.cleared()
    controller.jobs.release(source)
}

/// Implements [ReadableStreamDefaultControllerClose](https://streams.spec.whatwg.org/#readable-stream-default-controller-close).
func readableStreamDefaultControllerClose<Chunk>(_ controller: CoreReadableStreamDefaultController<Chunk>) {
    // 1. If ! ReadableStreamDefaultControllerCanCloseOrEnqueue(controller) is false, return.
    guard readableStreamDefaultControllerCanCloseOrEnqueue(controller) else { return }
    // 3. Set controller.[[closeRequested]] to true.
    controller.closeRequested = true
    // 4. If controller.[[queue]] is empty, clear the algorithms and close the stream.
    if controller.queue.isEmpty {
        readableStreamDefaultControllerClearAlgorithms(controller)
        readableStreamClose(controller.stream)
    }
    controller.assertInvariants()
}

/// Implements [ReadableStreamDefaultControllerEnqueue](https://streams.spec.whatwg.org/#readable-stream-default-controller-enqueue)
/// for a chunk whose size the driver has asked the strategy for, 1 if nobody waits for it.
func readableStreamDefaultControllerEnqueue<Chunk>(
    _ controller: CoreReadableStreamDefaultController<Chunk>, _ chunk: Chunk, size: Double = 1
) {
    assert(controller.jobs.isHeld)
    // 1. If ! ReadableStreamDefaultControllerCanCloseOrEnqueue(controller) is false, return.
    guard readableStreamDefaultControllerCanCloseOrEnqueue(controller) else { return }
    // 3. If the stream is locked and has read requests, fulfill the first of them.
    if let reader = controller.stream.defaultReader, !reader.readRequests.isEmpty {
        readableStreamFulfillReadRequest(reader, chunk)
    } else {
        // 4. Otherwise, perform EnqueueValueWithSize(controller, chunk, chunkSize); the driver checks the size.
        assert(size >= 0 && size.isFinite)
        controller.queue.append(.init(chunk: chunk, size: size))
        controller.queueTotalSize += size
    }
    // 5. Perform ! ReadableStreamDefaultControllerCallPullIfNeeded(controller).
    readableStreamDefaultControllerCallPullIfNeeded(controller)
    controller.assertInvariants()
}

/// Implements [ReadableStreamDefaultControllerError](https://streams.spec.whatwg.org/#readable-stream-default-controller-error).
func readableStreamDefaultControllerError<Chunk>(
    _ controller: CoreReadableStreamDefaultController<Chunk>, _ reason: any Error
) {
    // 1–2. If the stream's state is not "readable", return.
    guard controller.stream.state == .readable else { return }
    // 3. Perform ! ResetQueue(controller).
    controller.resetQueue()
    // 4. Perform ! ReadableStreamDefaultControllerClearAlgorithms(controller).
    readableStreamDefaultControllerClearAlgorithms(controller)
    // 5. Perform ! ReadableStreamError(stream, e).
    readableStreamError(controller.stream, reason)
    controller.assertInvariants()
}

/// Implements [ReadableStreamDefaultControllerGetDesiredSize](https://streams.spec.whatwg.org/#readable-stream-default-controller-get-desired-size).
func readableStreamDefaultControllerGetDesiredSize<Chunk>(
    _ controller: CoreReadableStreamDefaultController<Chunk>
) -> Double? {
    switch controller.stream.state {
    // 2. If state is "errored", return null.
    case .errored: return nil
    // 3. If state is "closed", return 0.
    case .closed: return 0
    // 4. Return controller.[[strategyHWM]] − controller.[[queueTotalSize]].
    case .readable: return controller.strategyHighWaterMark - controller.queueTotalSize
    }
}

/// Implements [ReadableStreamDefaultControllerHasBackpressure](https://streams.spec.whatwg.org/#rs-default-controller-has-backpressure).
func readableStreamDefaultControllerHasBackpressure<Chunk>(
    _ controller: CoreReadableStreamDefaultController<Chunk>
) -> Bool {
    // 1–2. Return the opposite of ! ReadableStreamDefaultControllerShouldCallPull(controller).
    !readableStreamDefaultControllerShouldCallPull(controller)
}

/// Implements [ReadableStreamDefaultControllerCanCloseOrEnqueue](https://streams.spec.whatwg.org/#readable-stream-default-controller-can-close-or-enqueue).
func readableStreamDefaultControllerCanCloseOrEnqueue<Chunk>(
    _ controller: CoreReadableStreamDefaultController<Chunk>
) -> Bool {
    // 1–3. Return whether the stream is "readable" and no close was requested.
    !controller.closeRequested && controller.stream.state == .readable
}
