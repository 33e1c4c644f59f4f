// Copyright 2026 the Whippet authors
// SPDX-License-Identifier: Apache-2.0

internal import WhippetInfra

// The operations of a byte stream's controller that fill the buffers of its readers.

/// Implements [ReadableByteStreamControllerPullInto](https://streams.spec.whatwg.org/#readable-byte-stream-controller-pull-into).
func readableByteStreamControllerPullInto<Memory: CoreByteMemory>(
    _ controller: CoreReadableByteStreamController<Memory>, _ view: consuming Memory.View, min: Int,
    _ readIntoRequest: CoreReadIntoRequest<Memory>
) {
    let stream = controller.stream
    // 2–13. Let pullIntoDescriptor be a new pull-into descriptor of the view, whose buffer is transferred.
    let descriptor: CorePullIntoDescriptor<Memory.Buffer>
    do {
        descriptor = try makePullIntoDescriptor(controller.memory, consume view, min: min)
    } catch {
        return readIntoRequest.errorSteps(error)
    }
    // 14. If controller.[[pendingPullIntos]] is not empty, wait for those before.
    if !controller.pendingPullIntos.isEmpty {
        controller.pendingPullIntos.append(descriptor)
        return readableStreamAddReadIntoRequest(controller, readIntoRequest)
    }
    // 15. If the stream is "closed", give the buffer back with an empty view.
    if stream.state == .closed {
        guard let buffer = descriptor.takeBuffer() else { return }
        return readIntoRequest.closeSteps(
            controller.memory.makeView(
                kind: descriptor.viewKind, buffer, byteOffset: descriptor.byteOffset, length: 0))
    }
    // 16. If there are chunks in the queue, fill the view with them.
    if controller.queueTotalSize > 0 {
        if readableByteStreamControllerFillPullIntoDescriptorFromQueue(controller, descriptor) {
            let filledView = readableByteStreamControllerConvertPullIntoDescriptor(controller, descriptor)
            readableByteStreamControllerHandleQueueDrain(controller)
            if let filledView { readIntoRequest.chunkSteps(filledView) }
            return
        }
        if stream.state == .errored { return readIntoRequest.errorSteps(stream.reportedError) }
        if controller.closeRequested {
            let error = controller.jobs.typeError("The stream ends before the view is filled as far as it must be.")
            readableByteStreamControllerError(controller, error)
            return readIntoRequest.errorSteps(error)
        }
    }
    // 17–18. Wait for the source.
    controller.pendingPullIntos.append(descriptor)
    readableStreamAddReadIntoRequest(controller, readIntoRequest)
    // 19. Perform ! ReadableByteStreamControllerCallPullIfNeeded(controller).
    readableByteStreamControllerCallPullIfNeeded(controller)
    controller.assertInvariants()
}

/// The steps 2 to 13 of ReadableByteStreamControllerPullInto: a function, so that nothing else refers to the buffer when
/// it returns.
private func makePullIntoDescriptor<Memory: CoreByteMemory>(
    _ memory: Memory, _ view: consuming Memory.View, min: Int
) throws -> CorePullIntoDescriptor<Memory.Buffer> {
    // 2–4. Let elementSize and ctor be those of the view.
    var described = memory.describe(view: consume view)
    // 5–7. Let minimumFill be min × elementSize.
    let minimumFill = min * described.elementSize
    assert(minimumFill >= 0 && minimumFill <= described.byteLength && minimumFill % described.elementSize == 0)
    // 8–12. Transfer the view's buffer.
    described.buffer = try memory.transfer(described.buffer)
    return CorePullIntoDescriptor(described, minimumFill: minimumFill, readerType: .byob)
}

/// Implements [ReadableStreamAddReadIntoRequest](https://streams.spec.whatwg.org/#readable-stream-add-read-into-request).
private func readableStreamAddReadIntoRequest<Memory: CoreByteMemory>(
    _ controller: CoreReadableByteStreamController<Memory>, _ readIntoRequest: CoreReadIntoRequest<Memory>
) {
    // 1–2. Assert: the stream has a BYOB reader and is "readable" or "closed".
    assert(controller.byobReader != nil && controller.stream.state != .errored)
    // 3. Append the request to stream.[[reader]].[[readIntoRequests]].
    controller.byobReader?.readIntoRequests.append(readIntoRequest)
}

/// Implements [ReadableByteStreamControllerConvertPullIntoDescriptor](https://streams.spec.whatwg.org/#readable-byte-stream-controller-convert-pull-into-descriptor)
/// for a read into a view; nil only for a buffer that a driver has lost.
private func readableByteStreamControllerConvertPullIntoDescriptor<Memory: CoreByteMemory>(
    _ controller: CoreReadableByteStreamController<Memory>, _ descriptor: CorePullIntoDescriptor<Memory.Buffer>
) -> Memory.View? {
    // 1–4. Assert: what is filled is within the view, and whole elements.
    assert(descriptor.bytesFilled <= descriptor.byteLength && descriptor.bytesFilled % descriptor.elementSize == 0)
    // 5. Let buffer be ! TransferArrayBuffer(pullIntoDescriptor's buffer).
    guard let taken = descriptor.takeBuffer(), let buffer = try? controller.memory.transfer(taken) else { return nil }
    // 6. Return ! Construct(view constructor, « buffer, byte offset, bytes filled ÷ element size »).
    return controller.memory.makeView(
        kind: descriptor.viewKind, buffer, byteOffset: descriptor.byteOffset,
        length: descriptor.bytesFilled / descriptor.elementSize)
}

/// Implements [ReadableByteStreamControllerCommitPullIntoDescriptor](https://streams.spec.whatwg.org/#readable-byte-stream-controller-commit-pull-into-descriptor).
func readableByteStreamControllerCommitPullIntoDescriptor<Memory: CoreByteMemory>(
    _ controller: CoreReadableByteStreamController<Memory>, _ descriptor: CorePullIntoDescriptor<Memory.Buffer>
) {
    let stream = controller.stream
    // 1–2. Assert: the stream is not "errored", and there is a reader.
    assert(stream.state != .errored && descriptor.readerType != .none)
    // 3–4. Let done be whether the stream is "closed".
    let done = stream.state == .closed
    assert(!done || descriptor.bytesFilled % descriptor.elementSize == 0)
    // 5–6. For a default reader, fulfill a read request with a chunk of the bytes.
    if descriptor.readerType == .default {
        guard let reader = stream.defaultReader, let taken = descriptor.takeBuffer(),
            let buffer = try? controller.memory.transfer(taken)
        else { return }
        let chunk = controller.memory.makeChunk(
            buffer, byteOffset: descriptor.byteOffset, byteLength: descriptor.bytesFilled)
        return readableStreamFulfillReadRequest(reader, chunk)
    }
    // 5, 7. Otherwise, fulfill a read-into request with the view: ReadableStreamFulfillReadIntoRequest.
    let filledView = readableByteStreamControllerConvertPullIntoDescriptor(controller, descriptor)
    guard let filledView, let readIntoRequest = controller.byobReader?.readIntoRequests.popFirst() else { return }
    if done { readIntoRequest.closeSteps(filledView) } else { readIntoRequest.chunkSteps(filledView) }
}

/// Implements [ReadableByteStreamControllerFillHeadPullIntoDescriptor](https://streams.spec.whatwg.org/#readable-byte-stream-controller-fill-head-pull-into-descriptor).
private func readableByteStreamControllerFillHeadPullIntoDescriptor<Memory: CoreByteMemory>(
    _ controller: CoreReadableByteStreamController<Memory>, _ size: Int,
    _ descriptor: CorePullIntoDescriptor<Memory.Buffer>
) {
    // 1–2. Assert: it is the first of its controller, or there is none, and no request is out for it.
    assert(controller.pendingPullIntos.first.map { $0 === descriptor } ?? true)
    assert(controller.byobRequest == nil)
    // 3. Set pullIntoDescriptor's bytes filled to bytes filled + size.
    descriptor.bytesFilled += size
}

/// Implements [ReadableByteStreamControllerFillPullIntoDescriptorFromQueue](https://streams.spec.whatwg.org/#readable-byte-stream-controller-fill-pull-into-descriptor-from-queue).
private func readableByteStreamControllerFillPullIntoDescriptorFromQueue<Memory: CoreByteMemory>(
    _ controller: CoreReadableByteStreamController<Memory>, _ descriptor: CorePullIntoDescriptor<Memory.Buffer>
) -> Bool {
    // 1–2. Let maxBytesToCopy and maxBytesFilled be what queue and view allow.
    let maxBytesToCopy = min(controller.queueTotalSize, descriptor.byteLength - descriptor.bytesFilled)
    let maxBytesFilled = descriptor.bytesFilled + maxBytesToCopy
    // 3–4. Let totalBytesToCopyRemaining be maxBytesToCopy, and ready be false.
    var totalBytesToCopyRemaining = maxBytesToCopy
    var ready = false
    // 5–6. Assert: the buffer is there, and not filled far enough.
    assert(descriptor.bytesFilled < descriptor.minimumFill)
    // 7–9. If that fills the view far enough, copy whole elements.
    let maxAlignedBytes = maxBytesFilled - maxBytesFilled % descriptor.elementSize
    if maxAlignedBytes >= descriptor.minimumFill {
        totalBytesToCopyRemaining = maxAlignedBytes - descriptor.bytesFilled
        ready = true
    }
    // The buffer is out of the descriptor while bytes go in, so that nobody else refers to it.
    guard var buffer = descriptor.takeBuffer() else {
        assertionFailure("a buffer is detached that bytes are copied to")
        return false
    }
    // 10–11. While totalBytesToCopyRemaining > 0, copy from the head of the queue.
    while totalBytesToCopyRemaining > 0, let head = controller.queue.first {
        let bytesToCopy = min(totalBytesToCopyRemaining, head.byteLength)
        let destinationStart = descriptor.byteOffset + descriptor.bytesFilled
        let isCopied = controller.memory.copyBytes(
            to: &buffer, at: destinationStart, from: head.buffer, at: head.byteOffset, count: bytesToCopy)
        // The standard warns that a failure here may reach foreign memory: the driver has checked, and refused.
        guard isCopied else {
            readableByteStreamControllerError(controller, controller.jobs.typeError("The bytes can't be copied."))
            return false
        }
        if head.byteLength == bytesToCopy {
            _ = controller.queue.popFirst()
        } else {
            controller.queue.updateFirst { entry in
                entry.byteOffset += bytesToCopy
                entry.byteLength -= bytesToCopy
            }
        }
        controller.queueTotalSize -= bytesToCopy
        readableByteStreamControllerFillHeadPullIntoDescriptor(controller, bytesToCopy, descriptor)
        totalBytesToCopyRemaining -= bytesToCopy
    }
    descriptor.buffer = buffer
    // 12. If ready is false, the queue is empty and the view not filled far enough.
    assert(ready || controller.queueTotalSize == 0)
    // 13. Return ready.
    return ready
}

/// Implements [ReadableByteStreamControllerProcessPullIntoDescriptorsUsingQueue](https://streams.spec.whatwg.org/#readable-byte-stream-controller-process-pull-into-descriptors-using-queue).
func readableByteStreamControllerProcessPullIntoDescriptorsUsingQueue<Memory: CoreByteMemory>(
    _ controller: CoreReadableByteStreamController<Memory>
) -> [CorePullIntoDescriptor<Memory.Buffer>] {
    // 1. Assert: controller.[[closeRequested]] is false.
    assert(!controller.closeRequested)
    // 2. Let filledPullIntos be a new empty list.
    var filledPullIntos: [CorePullIntoDescriptor<Memory.Buffer>] = []
    // 3. While there are buffers and bytes, fill the first buffer.
    while controller.queueTotalSize > 0, let descriptor = controller.pendingPullIntos.first {
        guard readableByteStreamControllerFillPullIntoDescriptorFromQueue(controller, descriptor) else { continue }
        readableByteStreamControllerShiftPendingPullInto(controller)
        filledPullIntos.append(descriptor)
    }
    // 4. Return filledPullIntos.
    return filledPullIntos
}

/// Implements [ReadableByteStreamControllerRespond](https://streams.spec.whatwg.org/#readable-byte-stream-controller-respond).
func readableByteStreamControllerRespond<Memory: CoreByteMemory>(
    _ controller: CoreReadableByteStreamController<Memory>, _ bytesWritten: Int
) throws {
    // 1–2. Let firstDescriptor be controller.[[pendingPullIntos]][0].
    guard let first = controller.pendingPullIntos.first else { return assertionFailure("nothing to respond to") }
    let remaining = first.byteLength - first.bytesFilled
    // 3–5. Check bytesWritten.
    try readableByteStreamControllerCheckResponse(controller, bytesWritten)
    if bytesWritten > remaining {
        throw controller.jobs.rangeError(
            "ReadableStreamBYOBRequest.respond: \(bytesWritten) bytes are more than the view's \(remaining)")
    }
    // 6. Set firstDescriptor's buffer to ! TransferArrayBuffer(firstDescriptor's buffer).
    guard let buffer = first.takeBuffer() else {
        throw controller.jobs.typeError("ReadableStreamBYOBRequest.respond: the view's buffer is detached")
    }
    first.buffer = try controller.memory.transfer(buffer)
    // 7. Perform ? ReadableByteStreamControllerRespondInternal(controller, bytesWritten).
    try readableByteStreamControllerRespondInternal(controller, first, bytesWritten)
}

/// The steps that are common to Respond (4–5) and RespondWithNewView (5–6).
private func readableByteStreamControllerCheckResponse<Memory: CoreByteMemory>(
    _ controller: CoreReadableByteStreamController<Memory>, _ bytesWritten: Int
) throws {
    assert(controller.stream.state != .errored && controller.jobs.isHeld)
    let isClosed = controller.stream.state == .closed
    // If state is "closed", and bytesWritten is not 0, throw; otherwise, if bytesWritten is 0, throw.
    guard isClosed == (bytesWritten == 0) else {
        throw controller.jobs.typeError(
            "ReadableStreamBYOBRequest.respond: \(bytesWritten) bytes for a stream that is "
                + (isClosed ? "closed" : "not closed"))
    }
}

/// Implements [ReadableByteStreamControllerRespondInternal](https://streams.spec.whatwg.org/#readable-byte-stream-controller-respond-internal).
private func readableByteStreamControllerRespondInternal<Memory: CoreByteMemory>(
    _ controller: CoreReadableByteStreamController<Memory>, _ first: CorePullIntoDescriptor<Memory.Buffer>,
    _ bytesWritten: Int
) throws {
    // 3. Perform ! ReadableByteStreamControllerInvalidateBYOBRequest(controller).
    readableByteStreamControllerInvalidateBYOBRequest(controller)
    // 4–6. Respond in the state that the stream is in.
    if controller.stream.state == .closed {
        readableByteStreamControllerRespondInClosedState(controller, first)
    } else {
        try readableByteStreamControllerRespondInReadableState(controller, bytesWritten, first)
    }
    // 7. Perform ! ReadableByteStreamControllerCallPullIfNeeded(controller).
    readableByteStreamControllerCallPullIfNeeded(controller)
    controller.assertInvariants()
}

/// Implements [ReadableByteStreamControllerRespondInClosedState](https://streams.spec.whatwg.org/#readable-byte-stream-controller-respond-in-closed-state).
private func readableByteStreamControllerRespondInClosedState<Memory: CoreByteMemory>(
    _ controller: CoreReadableByteStreamController<Memory>, _ first: CorePullIntoDescriptor<Memory.Buffer>
) {
    // 1. Assert: whole elements are filled.
    assert(first.bytesFilled % first.elementSize == 0)
    // 2. If the first descriptor's reader type is "none", drop it.
    if first.readerType == .none { readableByteStreamControllerShiftPendingPullInto(controller) }
    // 3–4. If the stream has a BYOB reader, commit the descriptor of each of its requests.
    guard let reader = controller.byobReader else { return }
    var filledPullIntos: [CorePullIntoDescriptor<Memory.Buffer>] = []
    while filledPullIntos.count < reader.readIntoRequests.count,
        let descriptor = controller.pendingPullIntos.popFirst()
    {
        filledPullIntos.append(descriptor)
    }
    for filled in filledPullIntos { readableByteStreamControllerCommitPullIntoDescriptor(controller, filled) }
}

/// Implements [ReadableByteStreamControllerRespondInReadableState](https://streams.spec.whatwg.org/#readable-byte-stream-controller-respond-in-readable-state).
private func readableByteStreamControllerRespondInReadableState<Memory: CoreByteMemory>(
    _ controller: CoreReadableByteStreamController<Memory>, _ bytesWritten: Int,
    _ descriptor: CorePullIntoDescriptor<Memory.Buffer>
) throws {
    // 1. Assert: it fits.
    assert(descriptor.bytesFilled + bytesWritten <= descriptor.byteLength)
    // 2. Perform ! ReadableByteStreamControllerFillHeadPullIntoDescriptor(controller, bytesWritten, descriptor).
    readableByteStreamControllerFillHeadPullIntoDescriptor(controller, bytesWritten, descriptor)
    // 3. If the reader is gone, keep the bytes for the next one.
    if descriptor.readerType == .none {
        try readableByteStreamControllerEnqueueDetachedPullIntoToQueue(controller, descriptor)
        for filled in readableByteStreamControllerProcessPullIntoDescriptorsUsingQueue(controller) {
            readableByteStreamControllerCommitPullIntoDescriptor(controller, filled)
        }
        // Beyond the standard, which lets it wait for the next chunk: a default reader gets the bytes at once.
        if let reader = controller.stream.defaultReader, controller.pendingPullIntos.isEmpty {
            readableByteStreamControllerProcessReadRequestsUsingQueue(controller, reader)
        }
        return
    }
    // 4. If the view is not filled as far as it must be, return: the source goes on filling it.
    if descriptor.bytesFilled < descriptor.minimumFill { return }
    // 5. Perform ! ReadableByteStreamControllerShiftPendingPullInto(controller).
    readableByteStreamControllerShiftPendingPullInto(controller)
    // 6–8. What is left of an element goes back into the queue.
    let remainderSize = descriptor.bytesFilled % descriptor.elementSize
    if remainderSize > 0 {
        let end = descriptor.byteOffset + descriptor.bytesFilled
        try readableByteStreamControllerEnqueueClonedChunkToQueue(
            controller, descriptor, byteOffset: end - remainderSize, byteLength: remainderSize)
        descriptor.bytesFilled -= remainderSize
    }
    // 9–11. Commit the descriptor, and those that the queue fills.
    let filledPullIntos = readableByteStreamControllerProcessPullIntoDescriptorsUsingQueue(controller)
    readableByteStreamControllerCommitPullIntoDescriptor(controller, descriptor)
    for filled in filledPullIntos { readableByteStreamControllerCommitPullIntoDescriptor(controller, filled) }
}

/// Implements [ReadableByteStreamControllerRespondWithNewView](https://streams.spec.whatwg.org/#readable-byte-stream-controller-respond-with-new-view).
func readableByteStreamControllerRespondWithNewView<Memory: CoreByteMemory>(
    _ controller: CoreReadableByteStreamController<Memory>, _ view: consuming CoreByteView<Memory.Buffer>
) throws {
    // 1–3. Let firstDescriptor be controller.[[pendingPullIntos]][0].
    guard let first = controller.pendingPullIntos.first else { return assertionFailure("nothing to respond to") }
    // 4–6. Check the view's length against the state.
    try readableByteStreamControllerCheckResponse(controller, view.byteLength)
    // 7–9. The view must lie where the request's did, in a buffer of the same length, and not be longer.
    guard first.byteOffset + first.bytesFilled == view.byteOffset, first.bufferByteLength == view.bufferByteLength,
        first.bytesFilled + view.byteLength <= first.byteLength
    else {
        throw controller.jobs.rangeError(
            "ReadableStreamBYOBRequest.respondWithNewView: the view is not within the request's view")
    }
    // 10–11. Set firstDescriptor's buffer to ? TransferArrayBuffer(view.[[ViewedArrayBuffer]]).
    let viewByteLength = view.byteLength
    first.buffer = try controller.memory.transfer(view.buffer)
    // 12. Perform ? ReadableByteStreamControllerRespondInternal(controller, viewByteLength).
    try readableByteStreamControllerRespondInternal(controller, first, viewByteLength)
}

/// Implements [ReadableByteStreamControllerShiftPendingPullInto](https://streams.spec.whatwg.org/#readable-byte-stream-controller-shift-pending-pull-into).
func readableByteStreamControllerShiftPendingPullInto<Memory: CoreByteMemory>(
    _ controller: CoreReadableByteStreamController<Memory>
) {
    // 1–4. Assert: no request is out for it. Remove the first descriptor.
    assert(controller.byobRequest == nil)
    _ = controller.pendingPullIntos.popFirst()
}
