// Copyright 2026 the Whippet authors
// SPDX-License-Identifier: Apache-2.0

internal import WhippetInfra

/// The state of a [readable stream](https://streams.spec.whatwg.org/#rs-class), without a lock and without a language.
///
/// A stream owns its controller and its reader; both know it without owning it. The driver's objects own the stream.
final class CoreReadableStream<Chunk> {
    enum State {
        case readable
        case closed
        case errored
    }

    let jobs: JobQueue
    var state: State = .readable
    var storedError: (any Error)?
    var disturbed = false
    var reader: CoreReadableStreamReader<Chunk>?
    /// The reader, if it is a default reader: kept beside it so that a chunk passes without a dynamic call.
    var defaultReader: CoreReadableStreamDefaultReader<Chunk>?
    var controller: CoreReadableStreamController<Chunk>?
    /// The controller, if it is a default controller, for the same reason.
    unowned var defaultController: CoreReadableStreamDefaultController<Chunk>?

    init(_ jobs: JobQueue) {
        self.jobs = jobs
    }

    /// The error that an errored stream reports.
    var reportedError: any Error {
        storedError ?? jobs.typeError("The stream is errored.")
    }
}

/// What the standard calls a [read request](https://streams.spec.whatwg.org/#read-request), answered exactly once.
class CoreReadRequest<Chunk>: OutboxItem {
    func chunkSteps(_ chunk: Chunk) {}
    func closeSteps() {}
    func errorSteps(_ reason: any Error) {}
}

/// What every [controller](https://streams.spec.whatwg.org/#rs-abstract-ops-used-by-controllers) does for its stream.
class CoreReadableStreamController<Chunk> {
    /// Implements [[[CancelSteps]]](https://streams.spec.whatwg.org/#abstract-opdef-readablestreamcontroller-cancelsteps).
    func cancelSteps(_ reason: (any Error)?) -> CorePromise { preconditionFailure("a controller overrides this") }
    /// Implements [[[PullSteps]]](https://streams.spec.whatwg.org/#abstract-opdef-readablestreamcontroller-pullsteps).
    func pullSteps(_ readRequest: CoreReadRequest<Chunk>) {}
    /// Implements [[[ReleaseSteps]]](https://streams.spec.whatwg.org/#abstract-opdef-readablestreamcontroller-releasesteps).
    func releaseSteps() {}
    /// Answers as `pullSteps` would, if it can do so at once.
    func pullNow() -> CoreReadResult<Chunk> { .pending }
    /// The steps upon fulfillment of the pull promise.
    func pullFulfilled() {}
    /// The steps upon rejection of the pull promise.
    func pullRejected(_ reason: any Error) {}
    /// Tees the stream if its kind of controller has a way of its own.
    func tee(owner: AnyObject?) throws(TypeError) -> (CoreReadableStream<Chunk>, CoreReadableStream<Chunk>)? { nil }
    /// Hears that a read request which waited was taken back.
    func readRequestWithdrawn() {}
}

/// What a read comes to, without a request.
enum CoreReadResult<Chunk> {
    case chunk(Chunk)
    case closed
    case errored(any Error)
    case pending
}

/// Implements [IsReadableStreamLocked](https://streams.spec.whatwg.org/#is-readable-stream-locked).
func isReadableStreamLocked<Chunk>(_ stream: CoreReadableStream<Chunk>) -> Bool {
    stream.reader != nil
}

/// Implements [ReadableStreamAddReadRequest](https://streams.spec.whatwg.org/#readable-stream-add-read-request).
func readableStreamAddReadRequest<Chunk>(_ stream: CoreReadableStream<Chunk>, _ readRequest: CoreReadRequest<Chunk>) {
    // 1. Assert: stream.[[reader]] implements ReadableStreamDefaultReader.
    guard let reader = stream.defaultReader else {
        return assertionFailure("ReadableStreamAddReadRequest: no default reader")
    }
    // 2. Assert: stream.[[state]] is "readable".
    assert(stream.state == .readable)
    // 3. Append readRequest to stream.[[reader]].[[readRequests]].
    reader.readRequests.append(readRequest)
}

/// Implements [ReadableStreamCancel](https://streams.spec.whatwg.org/#readable-stream-cancel).
func readableStreamCancel<Chunk>(_ stream: CoreReadableStream<Chunk>, _ reason: (any Error)?) -> CorePromise {
    assert(stream.jobs.isHeld)
    // 1. Set stream.[[disturbed]] to true.
    stream.disturbed = true
    switch stream.state {
    // 2. If stream.[[state]] is "closed", return a promise resolved with undefined.
    case .closed: return .resolved(stream.jobs)
    // 3. If stream.[[state]] is "errored", return a promise rejected with stream.[[storedError]].
    case .errored: return .rejected(stream.jobs, stream.reportedError)
    case .readable: break
    }
    // 4. Perform ! ReadableStreamClose(stream).
    readableStreamClose(stream)
    // 5. A BYOB reader's requests are closed by the byte controller's own steps.
    stream.reader?.closeReadIntoRequests()
    // 6. Let sourceCancelPromise be ! stream.[[controller]].[[CancelSteps]](reason).
    guard let controller = stream.controller else { return .resolved(stream.jobs) }
    let sourceCancelPromise = controller.cancelSteps(reason)
    // 7. Return the result of reacting to sourceCancelPromise with a fulfillment step that returns undefined.
    return sourceCancelPromise.transformed()
}

/// Implements [ReadableStreamClose](https://streams.spec.whatwg.org/#readable-stream-close).
func readableStreamClose<Chunk>(_ stream: CoreReadableStream<Chunk>) {
    // 1. Assert: stream.[[state]] is "readable".
    assert(stream.state == .readable)
    // 2. Set stream.[[state]] to "closed".
    stream.state = .closed
    // 3–4. Let reader be stream.[[reader]]. If reader is undefined, return.
    guard let reader = stream.reader else { return }
    // 5. Resolve reader.[[closedPromise]] with undefined.
    reader.closedPromise.resolve()
    // 6. If reader implements ReadableStreamDefaultReader, close each of its read requests. None can join them now that
    // the stream is closed, so that the list need not be emptied first.
    guard let reader = stream.defaultReader else { return }
    while let readRequest = reader.readRequests.popFirst() { readRequest.closeSteps() }
}

/// Implements [ReadableStreamError](https://streams.spec.whatwg.org/#readable-stream-error).
func readableStreamError<Chunk>(_ stream: CoreReadableStream<Chunk>, _ error: any Error) {
    // 1. Assert: stream.[[state]] is "readable".
    assert(stream.state == .readable)
    // 2–3. Set stream.[[state]] to "errored" and stream.[[storedError]] to e.
    stream.state = .errored
    stream.storedError = error
    // 4–5. Let reader be stream.[[reader]]. If reader is undefined, return.
    guard let reader = stream.reader else { return }
    // 6–7. Reject reader.[[closedPromise]] with e; nobody need look at it.
    reader.closedPromise.reject(error)
    reader.closedPromise.setHandled()
    // 8–9. Error the requests of the reader, of either kind.
    reader.errorRequests(error)
}

/// Implements [ReadableStreamFulfillReadRequest](https://streams.spec.whatwg.org/#readable-stream-fulfill-read-request)
/// for a chunk; only ReadableStreamClose and the byte controller end a request without one.
func readableStreamFulfillReadRequest<Chunk>(
    _ reader: CoreReadableStreamDefaultReader<Chunk>, _ chunk: Chunk
) {
    // 1–4. Assert: the stream's reader is a default reader with a read request.
    assert(!reader.readRequests.isEmpty)
    // 5–7. Remove the first read request and perform its chunk steps.
    reader.readRequests.popFirst()?.chunkSteps(chunk)
}

/// Implements [ReadableStreamGetNumReadRequests](https://streams.spec.whatwg.org/#readable-stream-get-num-read-requests),
/// 0 for a stream without a default reader.
func readableStreamGetNumReadRequests<Chunk>(_ stream: CoreReadableStream<Chunk>) -> Int {
    stream.defaultReader?.readRequests.count ?? 0
}
