// Copyright 2026 the Whippet authors
// SPDX-License-Identifier: Apache-2.0

internal import WhippetInfra

/// The sink of a transform stream's writable side:
/// [default sinks](https://streams.spec.whatwg.org/#transform-stream-default-sink-abstract-ops).
final class TransformSink<Input, Output>: CoreUnderlyingSink<Input> {
    private let stream: CoreTransformStream<Input, Output>

    init(_ stream: CoreTransformStream<Input, Output>) {
        self.stream = stream
    }

    /// Implements [TransformStreamDefaultSinkWriteAlgorithm](https://streams.spec.whatwg.org/#transform-stream-default-sink-write-algorithm).
    override func write(_ chunk: Input, _ controller: CoreWritableStreamDefaultController<Input>) {
        // 1. Assert: stream.[[writable]].[[state]] is "writable".
        assert(stream.writable.state == .writable)
        // 3. If stream.[[backpressure]] is true, wait until it changes.
        if stream.backpressure {
            stream.blockedChunk = chunk
        } else {
            // 4. Perform ! TransformStreamDefaultControllerPerformTransform(controller, chunk).
            transformStreamDefaultControllerPerformTransform(stream, chunk)
        }
    }

    /// Implements [TransformStreamDefaultSinkAbortAlgorithm](https://streams.spec.whatwg.org/#transform-stream-default-sink-abort-algorithm).
    override func abort(_ reason: (any Error)?, _ jobs: JobQueue) -> CorePromise {
        // 2. If controller.[[finishPromise]] is not undefined, return it.
        if let finishPromise = stream.finishPromise { return finishPromise }
        // 3–6. Let finishPromise be a new promise, perform the cancel algorithm, and clear the algorithms.
        let stream = stream
        let finishPromise = jobs.promise()
        stream.finishPromise = finishPromise
        let cancelPromise = stream.transformer?.cancel(reason, jobs) ?? .resolved(jobs)
        transformStreamDefaultControllerClearAlgorithms(stream)
        let readable = stream.readable
        // 7. React to cancelPromise: error the readable side.
        cancelPromise.react(
            fulfilled: {
                if readable.state == .errored { return finishPromise.reject(readable.reportedError) }
                if let controller = readable.defaultController {
                    let error = reason ?? DOMException("The stream was aborted", name: .abortError)
                    readableStreamDefaultControllerError(controller, error)
                }
                finishPromise.resolve()
            },
            rejected: { reason in
                if let controller = readable.defaultController {
                    readableStreamDefaultControllerError(controller, reason)
                }
                finishPromise.reject(reason)
            })
        // 8. Return controller.[[finishPromise]].
        return finishPromise
    }

    /// Implements [TransformStreamDefaultSinkCloseAlgorithm](https://streams.spec.whatwg.org/#transform-stream-default-sink-close-algorithm).
    override func close(_ controller: CoreWritableStreamDefaultController<Input>) {
        let stream = stream
        finish().react(
            fulfilled: {
                withExtendedLifetime(stream) { writableStreamDefaultControllerCloseFulfilled(controller) }
            },
            rejected: { reason in
                withExtendedLifetime(stream) { writableStreamDefaultControllerCloseRejected(controller, reason) }
            })
    }

    private func finish() -> CorePromise {
        // 2. If controller.[[finishPromise]] is not undefined, return it.
        if let finishPromise = stream.finishPromise { return finishPromise }
        // 3–6. Let finishPromise be a new promise, perform the flush algorithm, and clear the algorithms.
        let jobs = stream.jobs
        let finishPromise = jobs.promise()
        stream.finishPromise = finishPromise
        let flushPromise = stream.transformer?.flush(jobs) ?? .resolved(jobs)
        transformStreamDefaultControllerClearAlgorithms(stream)
        let readable = stream.readable
        // 7. React to flushPromise: close the readable side, or error it.
        flushPromise.react(
            fulfilled: {
                if readable.state == .errored { return finishPromise.reject(readable.reportedError) }
                if let controller = readable.defaultController { readableStreamDefaultControllerClose(controller) }
                finishPromise.resolve()
            },
            rejected: { reason in
                if let controller = readable.defaultController {
                    readableStreamDefaultControllerError(controller, reason)
                }
                finishPromise.reject(reason)
            })
        // 8. Return controller.[[finishPromise]].
        return finishPromise
    }
}

/// The steps of TransformStreamDefaultSinkWriteAlgorithm 3.3: the backpressure that a write waited for has changed.
func transformStreamUnblockedWrite<Input, Output>(_ stream: CoreTransformStream<Input, Output>, _ chunk: Input) {
    let writable = stream.writable
    // 3.3.1–3. If the writable side is "erroring", throw its stored error.
    if writable.state == .erroring {
        CorePromise.rejected(stream.jobs, writable.reportedError).react(rejected: { reason in
            if let controller = stream.writable.controller {
                writableStreamDefaultControllerWriteRejected(controller, reason)
            }
        })
        return
    }
    // 3.3.4–5. Perform ! TransformStreamDefaultControllerPerformTransform(controller, chunk).
    assert(writable.state == .writable)
    transformStreamDefaultControllerPerformTransform(stream, chunk, afterBackpressure: true)
}

/// The source of a transform stream's readable side:
/// [default sources](https://streams.spec.whatwg.org/#transform-stream-default-source-abstract-ops).
final class TransformSource<Input, Output>: CoreUnderlyingSource<Output> {
    private let stream: CoreTransformStream<Input, Output>

    init(_ stream: CoreTransformStream<Input, Output>) {
        self.stream = stream
    }

    override var hasPull: Bool { true }

    /// Implements [TransformStreamDefaultSourcePullAlgorithm](https://streams.spec.whatwg.org/#transform-stream-default-source-pull-algorithm).
    override func pull(_ controller: CoreReadableStreamController<Output>) {
        // 1–2. Assert: stream.[[backpressure]] is true.
        assert(stream.backpressure)
        // 3. Perform ! TransformStreamSetBackpressure(stream, false).
        transformStreamSetBackpressure(stream, false)
        // 4. Return stream.[[backpressureChangePromise]].
        stream.isPullPending = true
    }

    /// Implements [TransformStreamDefaultSourceCancelAlgorithm](https://streams.spec.whatwg.org/#transform-stream-default-source-cancel).
    override func cancel(_ reason: (any Error)?, _ jobs: JobQueue) -> CorePromise {
        // 2. If controller.[[finishPromise]] is not undefined, return it.
        if let finishPromise = stream.finishPromise { return finishPromise }
        // 3–6. Let finishPromise be a new promise, perform the cancel algorithm, and clear the algorithms.
        let stream = stream
        let finishPromise = jobs.promise()
        stream.finishPromise = finishPromise
        let cancelPromise = stream.transformer?.cancel(reason, jobs) ?? .resolved(jobs)
        transformStreamDefaultControllerClearAlgorithms(stream)
        let writable = stream.writable
        // 7. React to cancelPromise: error the writable side and unblock its write.
        func error(_ reason: any Error) {
            if let controller = writable.controller { writableStreamDefaultControllerErrorIfNeeded(controller, reason) }
            transformStreamUnblockWrite(stream)
        }
        cancelPromise.react(
            fulfilled: {
                if writable.state == .errored { return finishPromise.reject(writable.reportedError) }
                error(reason ?? DOMException("The stream was cancelled", name: .abortError))
                finishPromise.resolve()
            },
            rejected: { reason in
                error(reason)
                finishPromise.reject(reason)
            })
        // 8. Return controller.[[finishPromise]].
        return finishPromise
    }
}
