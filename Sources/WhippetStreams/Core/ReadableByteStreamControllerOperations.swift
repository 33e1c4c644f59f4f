// Copyright 2026 the Whippet authors
// SPDX-License-Identifier: Apache-2.0

internal import WhippetInfra

// The operations of a byte stream's controller that its source and its stream call; what fills buffers is in
// `ReadableByteStreamControllerPullInto.swift`.

/// Implements [ReadableByteStreamControllerCallPullIfNeeded](https://streams.spec.whatwg.org/#readable-byte-stream-controller-call-pull-if-needed).
func readableByteStreamControllerCallPullIfNeeded<Memory: CoreByteMemory>(
    _ controller: CoreReadableByteStreamController<Memory>
) {
    // Fast path: without a pull algorithm the slots [[pulling]] and [[pullAgain]] can't be observed.
    guard let source = controller.source, source.hasPull else { return }
    // 1–2. Let shouldPull be ! ReadableByteStreamControllerShouldCallPull(controller). If it is false, return.
    guard readableByteStreamControllerShouldCallPull(controller) else { return }
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

/// Implements [ReadableByteStreamControllerShouldCallPull](https://streams.spec.whatwg.org/#readable-byte-stream-controller-should-call-pull).
func readableByteStreamControllerShouldCallPull<Memory: CoreByteMemory>(
    _ controller: CoreReadableByteStreamController<Memory>
) -> Bool {
    // 1–4. A stream that is not readable, closing or not started pulls nothing.
    guard controller.stream.state == .readable, !controller.closeRequested, controller.started else { return false }
    // 5. If the stream has a default reader with read requests, return true.
    if readableStreamGetNumReadRequests(controller.stream) > 0 { return true }
    // 6. If the stream has a BYOB reader with read-into requests, return true.
    if let reader = controller.byobReader, !reader.readIntoRequests.isEmpty { return true }
    // 7–10. Return whether desiredSize is above 0.
    return controller.strategyHighWaterMark - Double(controller.queueTotalSize) > 0
}

/// Implements [ReadableByteStreamControllerClearAlgorithms](https://streams.spec.whatwg.org/#readable-byte-stream-controller-clear-algorithms).
func readableByteStreamControllerClearAlgorithms<Memory: CoreByteMemory>(
    _ controller: CoreReadableByteStreamController<Memory>
) {
    guard let source = controller.source else { return }
    controller.source = nil
    source.cleared()
    controller.jobs.release(source)
}

/// Implements [ReadableByteStreamControllerClearPendingPullIntos](https://streams.spec.whatwg.org/#readable-byte-stream-controller-clear-pending-pull-intos).
func readableByteStreamControllerClearPendingPullIntos<Memory: CoreByteMemory>(
    _ controller: CoreReadableByteStreamController<Memory>
) {
    // 1. Perform ! ReadableByteStreamControllerInvalidateBYOBRequest(controller).
    readableByteStreamControllerInvalidateBYOBRequest(controller)
    // 2. Set controller.[[pendingPullIntos]] to a new empty list.
    controller.pendingPullIntos = RingBuffer()
}

/// Implements [ReadableByteStreamControllerClose](https://streams.spec.whatwg.org/#readable-byte-stream-controller-close).
func readableByteStreamControllerClose<Memory: CoreByteMemory>(
    _ controller: CoreReadableByteStreamController<Memory>
) throws {
    // 1–2. If controller.[[closeRequested]] is true or the stream is not "readable", return.
    guard !controller.closeRequested, controller.stream.state == .readable else { return }
    // 3. If controller.[[queueTotalSize]] > 0, set controller.[[closeRequested]] to true and return.
    if controller.queueTotalSize > 0 {
        controller.closeRequested = true
        return
    }
    // 4. If a buffer has got a part of an element, error the stream and throw a TypeError exception.
    if let first = controller.pendingPullIntos.first, first.bytesFilled % first.elementSize != 0 {
        let error = controller.jobs.typeError("The stream ends in the midst of an element of the view to fill.")
        readableByteStreamControllerError(controller, error)
        throw error
    }
    // 5. Perform ! ReadableByteStreamControllerClearAlgorithms(controller).
    readableByteStreamControllerClearAlgorithms(controller)
    // 6. Perform ! ReadableStreamClose(stream).
    readableStreamClose(controller.stream)
    controller.assertInvariants()
}

/// Implements [ReadableByteStreamControllerEnqueue](https://streams.spec.whatwg.org/#readable-byte-stream-controller-enqueue).
func readableByteStreamControllerEnqueue<Memory: CoreByteMemory>(
    _ controller: CoreReadableByteStreamController<Memory>, _ chunk: consuming CoreByteView<Memory.Buffer>
) throws {
    let stream = controller.stream
    assert(controller.jobs.isHeld)
    // 1–2. If controller.[[closeRequested]] is true or the stream is not "readable", return.
    guard !controller.closeRequested, stream.state == .readable else { return }
    // 3–6. If the chunk's buffer is detached, throw a TypeError exception.
    if controller.memory.isDetached(chunk.buffer) {
        throw controller.jobs.typeError("ReadableByteStreamController.enqueue: the chunk's buffer is detached")
    }
    // 7. Let transferredBuffer be ? TransferArrayBuffer(buffer).
    let (byteOffset, byteLength) = (chunk.byteOffset, chunk.byteLength)
    let transferredBuffer = try controller.memory.transfer(chunk.buffer)
    // 8. If controller.[[pendingPullIntos]] is not empty, the source no longer fills the first of them.
    if let first = controller.pendingPullIntos.first {
        guard let buffer = first.takeBuffer(), !controller.memory.isDetached(buffer) else {
            throw controller.jobs.typeError(
                "ReadableByteStreamController.enqueue: the BYOB request's buffer is detached")
        }
        readableByteStreamControllerInvalidateBYOBRequest(controller)
        first.buffer = try controller.memory.transfer(buffer)
        if first.readerType == .none {
            try readableByteStreamControllerEnqueueDetachedPullIntoToQueue(controller, first)
        }
    }
    if let reader = stream.defaultReader {
        // 9.1. Perform ! ReadableByteStreamControllerProcessReadRequestsUsingQueue(controller).
        readableByteStreamControllerProcessReadRequestsUsingQueue(controller, reader)
        if reader.readRequests.isEmpty {
            // 9.2. If there are no read requests, enqueue the chunk.
            assert(controller.pendingPullIntos.isEmpty)
            readableByteStreamControllerEnqueueChunkToQueue(
                controller, transferredBuffer, byteOffset: byteOffset, byteLength: byteLength)
        } else {
            // 9.3. Otherwise, fulfill the first of them; a buffer made for it is not needed.
            assert(controller.queue.isEmpty)
            if let first = controller.pendingPullIntos.first {
                assert(first.readerType == .default)
                readableByteStreamControllerShiftPendingPullInto(controller)
            }
            readableStreamFulfillReadRequest(
                reader,
                controller.memory.makeChunk(transferredBuffer, byteOffset: byteOffset, byteLength: byteLength))
        }
    } else {
        // 10.1, 11.1–2. With a BYOB reader, or none, enqueue the chunk.
        readableByteStreamControllerEnqueueChunkToQueue(
            controller, transferredBuffer, byteOffset: byteOffset, byteLength: byteLength)
        if controller.byobReader != nil {
            // 10.2–3. Fill the buffers that wait, and commit them.
            for filled in readableByteStreamControllerProcessPullIntoDescriptorsUsingQueue(controller) {
                readableByteStreamControllerCommitPullIntoDescriptor(controller, filled)
            }
        }
    }
    // 12. Perform ! ReadableByteStreamControllerCallPullIfNeeded(controller).
    readableByteStreamControllerCallPullIfNeeded(controller)
    controller.assertInvariants()
}

/// Implements [ReadableByteStreamControllerEnqueueChunkToQueue](https://streams.spec.whatwg.org/#readable-byte-stream-controller-enqueue-chunk-to-queue).
func readableByteStreamControllerEnqueueChunkToQueue<Memory: CoreByteMemory>(
    _ controller: CoreReadableByteStreamController<Memory>, _ buffer: consuming Memory.Buffer, byteOffset: Int,
    byteLength: Int
) {
    // 1–2. Append an entry and add its length to controller.[[queueTotalSize]].
    controller.queue.append(.init(buffer: buffer, byteOffset: byteOffset, byteLength: byteLength))
    controller.queueTotalSize += byteLength
}

/// Implements [ReadableByteStreamControllerEnqueueClonedChunkToQueue](https://streams.spec.whatwg.org/#abstract-opdef-readablebytestreamcontrollerenqueueclonedchunktoqueue).
func readableByteStreamControllerEnqueueClonedChunkToQueue<Memory: CoreByteMemory>(
    _ controller: CoreReadableByteStreamController<Memory>, _ descriptor: CorePullIntoDescriptor<Memory.Buffer>,
    byteOffset: Int, byteLength: Int
) throws {
    do {
        // 1. Let cloneResult be CloneArrayBuffer(buffer, byteOffset, byteLength, %ArrayBuffer%).
        guard let buffer = descriptor.buffer else { throw controller.jobs.typeError("The buffer is detached.") }
        let clone = try controller.memory.clone(buffer, byteOffset: byteOffset, byteLength: byteLength)
        // 3. Perform ! ReadableByteStreamControllerEnqueueChunkToQueue(controller, cloneResult.[[Value]], 0, byteLength).
        readableByteStreamControllerEnqueueChunkToQueue(controller, clone, byteOffset: 0, byteLength: byteLength)
    } catch {
        // 2. If it threw, error the stream and return the error.
        readableByteStreamControllerError(controller, error)
        throw error
    }
}

/// Implements [ReadableByteStreamControllerEnqueueDetachedPullIntoToQueue](https://streams.spec.whatwg.org/#abstract-opdef-readablebytestreamcontrollerenqueuedetachedpullintotoqueue).
func readableByteStreamControllerEnqueueDetachedPullIntoToQueue<Memory: CoreByteMemory>(
    _ controller: CoreReadableByteStreamController<Memory>, _ descriptor: CorePullIntoDescriptor<Memory.Buffer>
) throws {
    // 1. Assert: the descriptor's reader type is "none".
    assert(descriptor.readerType == .none)
    // 2. If its bytes filled > 0, enqueue a clone of them.
    if descriptor.bytesFilled > 0 {
        try readableByteStreamControllerEnqueueClonedChunkToQueue(
            controller, descriptor, byteOffset: descriptor.byteOffset, byteLength: descriptor.bytesFilled)
    }
    // 3. Perform ! ReadableByteStreamControllerShiftPendingPullInto(controller).
    readableByteStreamControllerShiftPendingPullInto(controller)
}

/// Implements [ReadableByteStreamControllerError](https://streams.spec.whatwg.org/#readable-byte-stream-controller-error).
func readableByteStreamControllerError<Memory: CoreByteMemory>(
    _ controller: CoreReadableByteStreamController<Memory>, _ reason: any Error
) {
    // 1–2. If the stream is not "readable", return.
    guard controller.stream.state == .readable else { return }
    // 3. Perform ! ReadableByteStreamControllerClearPendingPullIntos(controller).
    readableByteStreamControllerClearPendingPullIntos(controller)
    // 4. Perform ! ResetQueue(controller).
    controller.resetQueue()
    // 5. Perform ! ReadableByteStreamControllerClearAlgorithms(controller).
    readableByteStreamControllerClearAlgorithms(controller)
    // 6. Perform ! ReadableStreamError(stream, e).
    readableStreamError(controller.stream, reason)
    controller.assertInvariants()
}

/// Implements [ReadableByteStreamControllerGetBYOBRequest](https://streams.spec.whatwg.org/#abstract-opdef-readablebytestreamcontrollergetbyobrequest).
func readableByteStreamControllerGetBYOBRequest<Memory: CoreByteMemory>(
    _ controller: CoreReadableByteStreamController<Memory>
) -> CoreReadableStreamBYOBRequest<Memory>? {
    // 1. If there is no request and controller.[[pendingPullIntos]] is not empty, make one for the first of them.
    if controller.byobRequest == nil, let first = controller.pendingPullIntos.first {
        let view = controller.memory.makeRequestView(first)
        controller.byobRequest = CoreReadableStreamBYOBRequest(controller, view)
    }
    // 2. Return controller.[[byobRequest]].
    return controller.byobRequest
}

/// Implements [ReadableByteStreamControllerGetDesiredSize](https://streams.spec.whatwg.org/#readable-byte-stream-controller-get-desired-size).
func readableByteStreamControllerGetDesiredSize<Memory: CoreByteMemory>(
    _ controller: CoreReadableByteStreamController<Memory>
) -> Double? {
    switch controller.stream.state {
    // 2. If state is "errored", return null.
    case .errored: return nil
    // 3. If state is "closed", return 0.
    case .closed: return 0
    // 4. Return controller.[[strategyHWM]] − controller.[[queueTotalSize]].
    case .readable: return controller.strategyHighWaterMark - Double(controller.queueTotalSize)
    }
}

/// Implements [ReadableByteStreamControllerHandleQueueDrain](https://streams.spec.whatwg.org/#readable-byte-stream-controller-handle-queue-drain).
func readableByteStreamControllerHandleQueueDrain<Memory: CoreByteMemory>(
    _ controller: CoreReadableByteStreamController<Memory>
) {
    // 1. Assert: the stream is "readable".
    assert(controller.stream.state == .readable)
    if controller.queueTotalSize == 0, controller.closeRequested {
        // 2. If the queue is empty and controller.[[closeRequested]] is true, clear the algorithms and close the stream.
        readableByteStreamControllerClearAlgorithms(controller)
        readableStreamClose(controller.stream)
    } else {
        // 3. Otherwise, perform ! ReadableByteStreamControllerCallPullIfNeeded(controller).
        readableByteStreamControllerCallPullIfNeeded(controller)
    }
}

/// Implements [ReadableByteStreamControllerInvalidateBYOBRequest](https://streams.spec.whatwg.org/#readable-byte-stream-controller-invalidate-byob-request).
func readableByteStreamControllerInvalidateBYOBRequest<Memory: CoreByteMemory>(
    _ controller: CoreReadableByteStreamController<Memory>
) {
    // 1–4. Take controller and view from the request, and forget it.
    controller.byobRequest?.controller = nil
    controller.byobRequest?.view = nil
    controller.byobRequest = nil
}

/// Implements [ReadableByteStreamControllerProcessReadRequestsUsingQueue](https://streams.spec.whatwg.org/#abstract-opdef-readablebytestreamcontrollerprocessreadrequestsusingqueue).
func readableByteStreamControllerProcessReadRequestsUsingQueue<Memory: CoreByteMemory>(
    _ controller: CoreReadableByteStreamController<Memory>, _ reader: CoreReadableStreamDefaultReader<Memory.Chunk>
) {
    // 3. While reader.[[readRequests]] is not empty, and the queue is not, fill a request from the queue.
    while controller.queueTotalSize > 0, let readRequest = reader.readRequests.popFirst() {
        // Beyond the standard, whose assertion in ReadableByteStreamControllerEnqueue would fail: the buffer that was made
        // for the request goes with it.
        if controller.pendingPullIntos.first?.readerType == .default {
            readableByteStreamControllerShiftPendingPullInto(controller)
        }
        if case .chunk(let chunk) = controller.pullNow() { readRequest.chunkSteps(chunk) }
    }
}
