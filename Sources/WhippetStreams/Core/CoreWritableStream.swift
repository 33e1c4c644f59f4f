// Copyright 2026 the Whippet authors
// SPDX-License-Identifier: Apache-2.0

internal import WhippetInfra

/// The state of a [writable stream](https://streams.spec.whatwg.org/#ws-class), without a lock and without a language.
///
/// A stream owns its controller and its writer; both know it without owning it. The driver's objects own the stream.
final class CoreWritableStream<Chunk> {
    enum State {
        case writable
        case erroring
        case closed
        case errored
    }

    /// What the standard calls a
    /// [pending abort request](https://streams.spec.whatwg.org/#pending-abort-request).
    struct PendingAbortRequest {
        var promise: CorePromise
        var reason: (any Error)?
        var wasAlreadyErroring: Bool
    }

    let jobs: JobQueue
    var state: State = .writable
    var storedError: (any Error)?
    var backpressure = false
    var closeRequest: CorePromise?
    var inFlightCloseRequest: CorePromise?
    var inFlightWriteRequest: CoreWriteRequest?
    var pendingAbortRequest: PendingAbortRequest?
    let writeRequests = RingBuffer<CoreWriteRequest>()
    var writer: CoreWritableStreamDefaultWriter<Chunk>?
    var controller: CoreWritableStreamDefaultController<Chunk>?

    init(_ jobs: JobQueue) {
        self.jobs = jobs
    }

    /// The error that an erroring or errored stream reports.
    var reportedError: any Error {
        storedError ?? DOMException("The stream was aborted", name: .abortError)
    }
}

/// What waits for a chunk to be written: the standard's promise in \[[writeRequests]], as a read request is one.
class CoreWriteRequest: OutboxItem {
    func fulfilledSteps() {}
    func rejectedSteps(_ reason: any Error) {}
}

/// Implements [IsWritableStreamLocked](https://streams.spec.whatwg.org/#is-writable-stream-locked).
func isWritableStreamLocked<Chunk>(_ stream: CoreWritableStream<Chunk>) -> Bool {
    stream.writer != nil
}

/// Implements [WritableStreamAbort](https://streams.spec.whatwg.org/#writable-stream-abort).
func writableStreamAbort<Chunk>(_ stream: CoreWritableStream<Chunk>, _ reason: (any Error)?) -> CorePromise {
    assert(stream.jobs.isHeld)
    // 1. If stream.[[state]] is "closed" or "errored", return a promise resolved with undefined.
    if stream.state == .closed || stream.state == .errored { return .resolved(stream.jobs) }
    // 2. Signal abort on the controller's [[abortController]] with reason.
    stream.controller?.signalAbort?(reason)
    stream.controller?.sink?.abortSignaled()
    // 3–4. If its listeners ran and ended the stream, return a promise resolved with undefined.
    if stream.state == .closed || stream.state == .errored { return .resolved(stream.jobs) }
    // 5. If stream.[[pendingAbortRequest]] is not undefined, return its promise.
    if let pending = stream.pendingAbortRequest { return pending.promise }
    // 6–8. Let wasAlreadyErroring say whether the state is "erroring"; then the reason is not used.
    let wasAlreadyErroring = stream.state == .erroring
    // 9–10. Let promise be a new promise and set the pending abort request.
    let promise = stream.jobs.promise()
    stream.pendingAbortRequest = .init(
        promise: promise, reason: wasAlreadyErroring ? nil : reason, wasAlreadyErroring: wasAlreadyErroring)
    // 11. If wasAlreadyErroring is false, perform ! WritableStreamStartErroring(stream, reason).
    if !wasAlreadyErroring {
        writableStreamStartErroring(stream, reason ?? DOMException("The stream was aborted", name: .abortError))
    }
    // 12. Return promise.
    return promise
}

/// Implements [WritableStreamClose](https://streams.spec.whatwg.org/#writable-stream-close).
func writableStreamClose<Chunk>(_ stream: CoreWritableStream<Chunk>) -> CorePromise {
    assert(stream.jobs.isHeld)
    // 1–2. If the state is "closed" or "errored", return a promise rejected with a TypeError exception.
    if stream.state == .closed || stream.state == .errored {
        return .rejected(
            stream.jobs,
            stream.jobs.typeError(
                "WritableStream.close: the stream is \(stream.state == .closed ? "closed" : "errored")"))
    }
    // 3–4. Assert: the stream is not closing already.
    assert(!writableStreamCloseQueuedOrInFlight(stream))
    // 5–6. Let promise be a new promise; set stream.[[closeRequest]] to it.
    let promise = stream.jobs.promise()
    stream.closeRequest = promise
    // 7–8. If the writer waits for backpressure to end, resolve its [[readyPromise]].
    if stream.backpressure, stream.state == .writable { stream.writer?.readyPromise.resolve() }
    // 9. Perform ! WritableStreamDefaultControllerClose(stream.[[controller]]).
    if let controller = stream.controller { writableStreamDefaultControllerClose(controller) }
    // 10. Return promise.
    return promise
}

/// Implements [WritableStreamCloseQueuedOrInFlight](https://streams.spec.whatwg.org/#writable-stream-close-queued-or-in-flight).
func writableStreamCloseQueuedOrInFlight<Chunk>(_ stream: CoreWritableStream<Chunk>) -> Bool {
    stream.closeRequest != nil || stream.inFlightCloseRequest != nil
}

/// Implements [WritableStreamDealWithRejection](https://streams.spec.whatwg.org/#writable-stream-deal-with-rejection).
func writableStreamDealWithRejection<Chunk>(_ stream: CoreWritableStream<Chunk>, _ error: any Error) {
    // 1–2. If state is "writable", perform ! WritableStreamStartErroring(stream, error) and return.
    if stream.state == .writable { return writableStreamStartErroring(stream, error) }
    // 3–4. Assert: state is "erroring". Perform ! WritableStreamFinishErroring(stream).
    assert(stream.state == .erroring)
    writableStreamFinishErroring(stream)
}

/// Implements [WritableStreamFinishErroring](https://streams.spec.whatwg.org/#writable-stream-finish-erroring).
func writableStreamFinishErroring<Chunk>(_ stream: CoreWritableStream<Chunk>) {
    // 1–2. Assert: the state is "erroring" and no operation is in flight.
    assert(stream.state == .erroring && !writableStreamHasOperationMarkedInFlight(stream))
    // 3–4. Set stream.[[state]] to "errored" and perform the controller's [[ErrorSteps]].
    stream.state = .errored
    stream.controller?.errorSteps()
    // 5–7. Reject the write requests with storedError, and forget them.
    let storedError = stream.reportedError
    while let writeRequest = stream.writeRequests.popFirst() { writeRequest.rejectedSteps(storedError) }
    // 8–10. Let abortRequest be the pending abort request; without one, reject what else waits and return.
    guard let abortRequest = stream.pendingAbortRequest else {
        return writableStreamRejectCloseAndClosedPromiseIfNeeded(stream)
    }
    stream.pendingAbortRequest = nil
    // 11. If abortRequest's was already erroring is true, reject its promise, and what else waits, and return.
    if abortRequest.wasAlreadyErroring {
        abortRequest.promise.reject(storedError)
        return writableStreamRejectCloseAndClosedPromiseIfNeeded(stream)
    }
    // 12. Let promise be ! stream.[[controller]].[[AbortSteps]](abortRequest's reason).
    let promise = stream.controller?.abortSteps(abortRequest.reason) ?? .resolved(stream.jobs)
    promise.react(
        fulfilled: {
            // 13. Upon fulfillment of promise, resolve abortRequest's promise, and reject what else waits.
            abortRequest.promise.resolve()
            writableStreamRejectCloseAndClosedPromiseIfNeeded(stream)
        },
        rejected: { reason in
            // 14. Upon rejection of promise with reason, reject abortRequest's promise, and what else waits.
            abortRequest.promise.reject(reason)
            writableStreamRejectCloseAndClosedPromiseIfNeeded(stream)
        })
}

/// Implements [WritableStreamFinishInFlightClose](https://streams.spec.whatwg.org/#writable-stream-finish-in-flight-close).
func writableStreamFinishInFlightClose<Chunk>(_ stream: CoreWritableStream<Chunk>) {
    // 1–3. Resolve stream.[[inFlightCloseRequest]] with undefined, and forget it.
    stream.inFlightCloseRequest?.resolve()
    stream.inFlightCloseRequest = nil
    // 4–6. If state is "erroring", the error was too late to do anything: it is forgotten.
    if stream.state == .erroring {
        stream.storedError = nil
        stream.pendingAbortRequest?.promise.resolve()
        stream.pendingAbortRequest = nil
    }
    // 7. Set stream.[[state]] to "closed".
    stream.state = .closed
    // 8–9. If the stream has a writer, resolve its [[closedPromise]].
    stream.writer?.closedPromise.resolve()
}

/// Implements [WritableStreamFinishInFlightCloseWithError](https://streams.spec.whatwg.org/#writable-stream-finish-in-flight-close-with-error).
func writableStreamFinishInFlightCloseWithError<Chunk>(_ stream: CoreWritableStream<Chunk>, _ error: any Error) {
    // 1–3. Reject stream.[[inFlightCloseRequest]] with error, and forget it.
    stream.inFlightCloseRequest?.reject(error)
    stream.inFlightCloseRequest = nil
    // 5. Reject a pending abort request: the sink's abort never runs after its close.
    stream.pendingAbortRequest?.promise.reject(error)
    stream.pendingAbortRequest = nil
    // 6. Perform ! WritableStreamDealWithRejection(stream, error).
    writableStreamDealWithRejection(stream, error)
}

/// Implements [WritableStreamHasOperationMarkedInFlight](https://streams.spec.whatwg.org/#writable-stream-has-operation-marked-in-flight).
func writableStreamHasOperationMarkedInFlight<Chunk>(_ stream: CoreWritableStream<Chunk>) -> Bool {
    stream.inFlightWriteRequest != nil || stream.inFlightCloseRequest != nil
}

/// Implements [WritableStreamRejectCloseAndClosedPromiseIfNeeded](https://streams.spec.whatwg.org/#writable-stream-reject-close-and-closed-promise-if-needed).
func writableStreamRejectCloseAndClosedPromiseIfNeeded<Chunk>(_ stream: CoreWritableStream<Chunk>) {
    // 1. Assert: stream.[[state]] is "errored".
    assert(stream.state == .errored)
    // 2. Reject stream.[[closeRequest]] with stream.[[storedError]], and forget it.
    stream.closeRequest?.reject(stream.reportedError)
    stream.closeRequest = nil
    // 3–4. Reject the writer's [[closedPromise]].
    stream.writer?.closedPromise.reject(stream.reportedError)
    stream.writer?.closedPromise.setHandled()
}

/// Implements [WritableStreamStartErroring](https://streams.spec.whatwg.org/#writable-stream-start-erroring).
func writableStreamStartErroring<Chunk>(_ stream: CoreWritableStream<Chunk>, _ reason: any Error) {
    // 1–2. Assert: there is no stored error, and the state is "writable".
    assert(stream.storedError == nil && stream.state == .writable)
    // 5–6. Set stream.[[state]] to "erroring" and stream.[[storedError]] to reason.
    stream.state = .erroring
    stream.storedError = reason
    // 7–8. Reject the writer's [[readyPromise]].
    if let writer = stream.writer { writableStreamDefaultWriterEnsureReadyPromiseRejected(writer, reason) }
    // 9. If nothing is in flight and the controller has started, perform ! WritableStreamFinishErroring(stream).
    if !writableStreamHasOperationMarkedInFlight(stream), stream.controller?.started == true {
        writableStreamFinishErroring(stream)
    }
}

/// Implements [WritableStreamUpdateBackpressure](https://streams.spec.whatwg.org/#writable-stream-update-backpressure).
func writableStreamUpdateBackpressure<Chunk>(_ stream: CoreWritableStream<Chunk>, _ backpressure: Bool) {
    // 1–2. Assert: the stream is "writable" and not closing.
    assert(stream.state == .writable && !writableStreamCloseQueuedOrInFlight(stream))
    // 3–4. If backpressure changes, renew or resolve the writer's [[readyPromise]].
    if let writer = stream.writer, backpressure != stream.backpressure {
        if backpressure {
            writer.readyPromise = stream.jobs.promise()
        } else {
            writer.readyPromise.resolve()
        }
    }
    // 5. Set stream.[[backpressure]] to backpressure.
    stream.backpressure = backpressure
}
