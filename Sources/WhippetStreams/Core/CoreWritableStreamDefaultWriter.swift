// Copyright 2026 the Whippet authors
// SPDX-License-Identifier: Apache-2.0

internal import WhippetInfra

/// The state of a [writer](https://streams.spec.whatwg.org/#default-writer-class).
final class CoreWritableStreamDefaultWriter<Chunk> {
    /// The stream, until the writer is released.
    ///
    /// The driver's writer owns it.
    unowned var stream: CoreWritableStream<Chunk>?
    var closedPromise: CorePromise
    var readyPromise: CorePromise

    /// Implements [SetUpWritableStreamDefaultWriter](https://streams.spec.whatwg.org/#set-up-writable-stream-default-writer)
    /// for a stream that is not locked.
    init(_ stream: CoreWritableStream<Chunk>) {
        let jobs = stream.jobs
        // 2. Set writer.[[stream]] to stream.
        self.stream = stream
        switch stream.state {
        // 5. If state is "writable", the writer is ready unless there is backpressure.
        case .writable:
            let mustWait = !writableStreamCloseQueuedOrInFlight(stream) && stream.backpressure
            readyPromise = mustWait ? jobs.promise() : .resolved(jobs)
            closedPromise = jobs.promise()
        // 6. Otherwise, if state is "erroring", it is not ready for the stored error.
        case .erroring:
            readyPromise = .handledRejection(jobs, stream.reportedError)
            closedPromise = jobs.promise()
        // 7. Otherwise, if state is "closed", both promises are resolved.
        case .closed:
            readyPromise = .resolved(jobs)
            closedPromise = .resolved(jobs)
        // 8. Otherwise, both are rejected with the stored error.
        case .errored:
            readyPromise = .handledRejection(jobs, stream.reportedError)
            closedPromise = .handledRejection(jobs, stream.reportedError)
        }
        // 3. Set stream.[[writer]] to writer.
        stream.writer = self
    }
}

/// Implements [AcquireWritableStreamDefaultWriter](https://streams.spec.whatwg.org/#acquire-writable-stream-default-writer).
func acquireWritableStreamDefaultWriter<Chunk>(
    _ stream: CoreWritableStream<Chunk>
) throws(TypeError) -> CoreWritableStreamDefaultWriter<Chunk> {
    // SetUpWritableStreamDefaultWriter 1. If ! IsWritableStreamLocked(stream) is true, throw a TypeError exception.
    if isWritableStreamLocked(stream) {
        throw TypeError("WritableStream.getWriter: the stream is locked to a writer")
    }
    return CoreWritableStreamDefaultWriter(stream)
}

/// Implements [WritableStreamDefaultWriterCloseWithErrorPropagation](https://streams.spec.whatwg.org/#writable-stream-default-writer-close-with-error-propagation).
func writableStreamDefaultWriterCloseWithErrorPropagation<Chunk>(
    _ stream: CoreWritableStream<Chunk>
) -> CorePromise {
    // 4. If the stream is closing or closed, return a promise resolved with undefined.
    if writableStreamCloseQueuedOrInFlight(stream) || stream.state == .closed { return .resolved(stream.jobs) }
    // 5. If state is "errored", return a promise rejected with stream.[[storedError]].
    if stream.state == .errored { return .rejected(stream.jobs, stream.reportedError) }
    // 7. Return ! WritableStreamDefaultWriterClose(writer).
    return writableStreamClose(stream)
}

/// Implements [WritableStreamDefaultWriterEnsureClosedPromiseRejected](https://streams.spec.whatwg.org/#writable-stream-default-writer-ensure-closed-promise-rejected).
func writableStreamDefaultWriterEnsureClosedPromiseRejected<Chunk>(
    _ writer: CoreWritableStreamDefaultWriter<Chunk>, _ error: any Error
) {
    // 1–2. Reject writer.[[closedPromise]], or replace it with a rejected one.
    if writer.closedPromise.isPending {
        writer.closedPromise.reject(error)
        writer.closedPromise.setHandled()
    } else if let jobs = writer.stream?.jobs {
        writer.closedPromise = .handledRejection(jobs, error)
    }
}

/// Implements [WritableStreamDefaultWriterEnsureReadyPromiseRejected](https://streams.spec.whatwg.org/#writable-stream-default-writer-ensure-ready-promise-rejected).
func writableStreamDefaultWriterEnsureReadyPromiseRejected<Chunk>(
    _ writer: CoreWritableStreamDefaultWriter<Chunk>, _ error: any Error
) {
    // 1–2. Reject writer.[[readyPromise]], or replace it with a rejected one.
    if writer.readyPromise.isPending {
        writer.readyPromise.reject(error)
        writer.readyPromise.setHandled()
    } else if let jobs = writer.stream?.jobs {
        writer.readyPromise = .handledRejection(jobs, error)
    }
}

/// Implements [WritableStreamDefaultWriterGetDesiredSize](https://streams.spec.whatwg.org/#writable-stream-default-writer-get-desired-size).
func writableStreamDefaultWriterGetDesiredSize<Chunk>(_ stream: CoreWritableStream<Chunk>) -> Double? {
    switch stream.state {
    // 3. If state is "errored" or "erroring", return null.
    case .errored, .erroring: return nil
    // 4. If state is "closed", return 0.
    case .closed: return 0
    // 5. Return ! WritableStreamDefaultControllerGetDesiredSize(stream.[[controller]]).
    case .writable: return stream.controller?.desiredSize ?? 0
    }
}

/// Implements [WritableStreamDefaultWriterRelease](https://streams.spec.whatwg.org/#writable-stream-default-writer-release).
func writableStreamDefaultWriterRelease<Chunk>(_ writer: CoreWritableStreamDefaultWriter<Chunk>) {
    // 1–3. Let stream be writer.[[stream]], which has this writer.
    guard let stream = writer.stream else { return }
    assert(stream.writer === writer)
    // 4–6. Reject both promises with a TypeError exception.
    let released = stream.jobs.typeError("The writer was released.")
    writableStreamDefaultWriterEnsureReadyPromiseRejected(writer, released)
    writableStreamDefaultWriterEnsureClosedPromiseRejected(writer, released)
    // 7–8. Set stream.[[writer]] and writer.[[stream]] to undefined.
    stream.writer = nil
    writer.stream = nil
}

/// Implements [WritableStreamDefaultWriterWrite](https://streams.spec.whatwg.org/#writable-stream-default-writer-write)
/// for a chunk whose size the driver has asked the strategy for.
func writableStreamDefaultWriterWrite<Chunk>(
    _ writer: CoreWritableStreamDefaultWriter<Chunk>, _ chunk: Chunk, size: Double = 1, _ request: CoreWriteRequest
) {
    // 1–2, 5. Let stream be writer.[[stream]]; without one, reject with a TypeError exception.
    guard let stream = writer.stream, let controller = stream.controller else {
        return request.rejectedSteps(TypeError("WritableStreamDefaultWriter.write: the writer was released"))
    }
    assert(stream.jobs.isHeld)
    // 6–7. If state is "errored", reject with stream.[[storedError]].
    if stream.state == .errored { return request.rejectedSteps(stream.reportedError) }
    // 8. If the stream is closing or closed, reject with a TypeError exception.
    if writableStreamCloseQueuedOrInFlight(stream) || stream.state == .closed {
        return request.rejectedSteps(
            stream.jobs.typeError("WritableStreamDefaultWriter.write: the stream is closed"))
    }
    // 9. If state is "erroring", reject with stream.[[storedError]].
    if stream.state == .erroring { return request.rejectedSteps(stream.reportedError) }
    // 11. WritableStreamAddWriteRequest(stream): append the request.
    stream.writeRequests.append(request)
    // 12. Perform ! WritableStreamDefaultControllerWrite(controller, chunk, chunkSize).
    writableStreamDefaultControllerWrite(controller, chunk, size: size)
}
