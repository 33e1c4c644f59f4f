// Copyright 2026 the Whippet authors
// SPDX-License-Identifier: Apache-2.0

// The operations that ask a strategy for a chunk's size in their midst, for a driver whose size functions may do so
// because no lock is held. The Swift face asks before it enters the domain.

/// Implements [ReadableStreamDefaultControllerEnqueue](https://streams.spec.whatwg.org/#readable-stream-default-controller-enqueue)
/// with the controller's \[[strategySizeAlgorithm]].
func readableStreamDefaultControllerEnqueue<Chunk>(
    _ controller: CoreReadableStreamDefaultController<Chunk>, _ chunk: Chunk,
    measuredBy strategySizeAlgorithm: (Chunk) throws -> Double
) throws {
    // 1. If ! ReadableStreamDefaultControllerCanCloseOrEnqueue(controller) is false, return.
    guard readableStreamDefaultControllerCanCloseOrEnqueue(controller) else { return }
    // 3. If the stream is locked and has read requests, fulfill the first of them.
    if let reader = controller.stream.defaultReader, !reader.readRequests.isEmpty {
        readableStreamFulfillReadRequest(reader, chunk)
    } else {
        do {
            // 4.1–4.3. Let chunkSize be the result of performing controller.[[strategySizeAlgorithm]].
            let chunkSize = try strategySizeAlgorithm(chunk)
            // 4.4. EnqueueValueWithSize(controller, chunk, chunkSize), whatever the function has done to the stream.
            guard chunkSize >= 0, chunkSize.isFinite else {
                throw controller.jobs.rangeError(
                    "QueuingStrategy.size: \(chunkSize) is not a finite number of at least 0")
            }
            controller.queue.append(.init(chunk: chunk, size: chunkSize))
            controller.queueTotalSize += chunkSize
        } catch {
            // 4.2, 4.5. If one of them throws, error the stream and return the error.
            readableStreamDefaultControllerError(controller, error)
            throw error
        }
    }
    // 5. Perform ! ReadableStreamDefaultControllerCallPullIfNeeded(controller).
    readableStreamDefaultControllerCallPullIfNeeded(controller)
}

/// Implements [WritableStreamDefaultWriterWrite](https://streams.spec.whatwg.org/#writable-stream-default-writer-write)
/// with the controller's \[[strategySizeAlgorithm]].
func writableStreamDefaultWriterWrite<Chunk>(
    _ writer: CoreWritableStreamDefaultWriter<Chunk>, _ chunk: Chunk,
    measuredBy strategySizeAlgorithm: (Chunk) throws -> Double, _ request: CoreWriteRequest
) {
    // 1–3. Let stream be writer.[[stream]], and controller its controller.
    guard let stream = writer.stream, let controller = stream.controller else {
        return writableStreamDefaultWriterWrite(writer, chunk, request)
    }
    // 4. Let chunkSize be ! WritableStreamDefaultControllerGetChunkSize(controller, chunk).
    let chunkSize = writableStreamDefaultControllerGetChunkSize(controller, chunk, strategySizeAlgorithm)
    // 5. If stream is not equal to writer.[[stream]], reject with a TypeError exception.
    guard writer.stream === stream else {
        let released = "WritableStreamDefaultWriter.write: the writer was released"
        return request.rejectedSteps(stream.jobs.typeError(released))
    }
    // 6–12. As for a chunk whose size is known.
    writableStreamDefaultWriterWrite(writer, chunk, size: chunkSize, request)
}

/// Implements [WritableStreamDefaultControllerGetChunkSize](https://streams.spec.whatwg.org/#writable-stream-default-controller-get-chunk-size).
private func writableStreamDefaultControllerGetChunkSize<Chunk>(
    _ controller: CoreWritableStreamDefaultController<Chunk>, _ chunk: Chunk,
    _ strategySizeAlgorithm: (Chunk) throws -> Double
) -> Double {
    // 1. If controller.[[strategySizeAlgorithm]] is undefined, because the algorithms are cleared, return 1.
    guard controller.sink != nil else { return 1 }
    do {
        // 2, 4. Return the result of performing controller.[[strategySizeAlgorithm]].
        return try strategySizeAlgorithm(chunk)
    } catch {
        // 3. If it throws, perform ! WritableStreamDefaultControllerErrorIfNeeded(controller, error) and return 1.
        writableStreamDefaultControllerErrorIfNeeded(controller, error)
        return 1
    }
}

/// Implements [TransformStreamDefaultControllerEnqueue](https://streams.spec.whatwg.org/#transform-stream-default-controller-enqueue)
/// with the readable controller's \[[strategySizeAlgorithm]].
func transformStreamDefaultControllerEnqueue<Input, Output>(
    _ stream: CoreTransformStream<Input, Output>, _ chunk: Output,
    measuredBy strategySizeAlgorithm: (Output) throws -> Double
) throws {
    // 1–3. If the readable side can't be enqueued to, throw a TypeError exception.
    guard let controller = stream.readable.defaultController,
        readableStreamDefaultControllerCanCloseOrEnqueue(controller)
    else {
        let message = "TransformStreamDefaultController.enqueue: the readable side is closed or errored"
        throw stream.jobs.typeError(message)
    }
    do {
        // 4. Let enqueueResult be ReadableStreamDefaultControllerEnqueue(readableController, chunk).
        try readableStreamDefaultControllerEnqueue(controller, chunk, measuredBy: strategySizeAlgorithm)
    } catch {
        // 5. If it threw, error the writable side and throw stream.[[readable]].[[storedError]].
        transformStreamErrorWritableAndUnblockWrite(stream, error)
        throw stream.readable.reportedError
    }
    // 6–7. If the backpressure has changed, it is there now: set it.
    transformStreamDefaultControllerUpdateBackpressure(stream, controller)
}
