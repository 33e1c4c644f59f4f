// Copyright 2026 the Whippet authors
// SPDX-License-Identifier: Apache-2.0

internal import WhippetInfra

/// What the standard calls a [read-into request](https://streams.spec.whatwg.org/#read-into-request), answered exactly
/// once.
class CoreReadIntoRequest<Memory: CoreByteMemory>: OutboxItem {
    func chunkSteps(_ view: Memory.View) {}
    /// Hears of the stream's end, with the buffer, unless a cancel has taken that.
    func closeSteps(_ view: Memory.View?) {}
    func errorSteps(_ reason: any Error) {}
}

/// The state of a [BYOB reader](https://streams.spec.whatwg.org/#byob-reader-class).
final class CoreReadableStreamBYOBReader<Memory: CoreByteMemory>: CoreReadableStreamReader<Memory.Chunk> {
    let readIntoRequests = RingBuffer<CoreReadIntoRequest<Memory>>()

    init(_ controller: CoreReadableByteStreamController<Memory>) {
        super.init(controller.stream)
        controller.byobReader = self
    }

    /// Implements [ReadableStreamBYOBReaderErrorReadIntoRequests](https://streams.spec.whatwg.org/#abstract-opdef-readablestreambyobreadererrorreadintorequests).
    override func errorRequests(_ reason: any Error) {
        // 1–3. Perform the error steps of each read-into request; none can join them meanwhile.
        while let request = readIntoRequests.popFirst() { request.errorSteps(reason) }
    }

    override func closeReadIntoRequests() {
        while let request = readIntoRequests.popFirst() { request.closeSteps(nil) }
    }
}

/// Implements [AcquireReadableStreamBYOBReader](https://streams.spec.whatwg.org/#acquire-readable-stream-byob-reader).
func acquireReadableStreamBYOBReader<Memory: CoreByteMemory>(
    _ controller: CoreReadableByteStreamController<Memory>
) throws(TypeError) -> CoreReadableStreamBYOBReader<Memory> {
    // SetUpReadableStreamBYOBReader 1. If ! IsReadableStreamLocked(stream), throw a TypeError exception.
    if isReadableStreamLocked(controller.stream) {
        throw TypeError("ReadableStream.getReader: the stream is locked to a reader")
    }
    // 2. The caller has thrown a TypeError exception for a stream without a byte controller.
    // 3–4. Initialize the reader; its read-into requests are an empty list.
    return CoreReadableStreamBYOBReader(controller)
}

/// Implements [ReadableStreamBYOBReaderRead](https://streams.spec.whatwg.org/#readable-stream-byob-reader-read).
func readableStreamBYOBReaderRead<Memory: CoreByteMemory>(
    _ reader: CoreReadableStreamBYOBReader<Memory>, _ view: consuming Memory.View, min: Int,
    _ readIntoRequest: CoreReadIntoRequest<Memory>
) {
    // 1–2. Let stream be reader.[[stream]], which is not undefined.
    guard let stream = reader.stream,
        let controller = stream.controller as? CoreReadableByteStreamController<Memory>
    else { return assertionFailure("read of a released reader") }
    assert(stream.jobs.isHeld)
    // 3. Set stream.[[disturbed]] to true.
    stream.disturbed = true
    // 4. If stream.[[state]] is "errored", perform readIntoRequest's error steps given stream.[[storedError]].
    if stream.state == .errored { return readIntoRequest.errorSteps(stream.reportedError) }
    // 5. Otherwise, perform ! ReadableByteStreamControllerPullInto(stream.[[controller]], view, min, readIntoRequest).
    readableByteStreamControllerPullInto(controller, view, min: min, readIntoRequest)
}

/// Implements
/// [ReadableStreamBYOBReaderRelease](https://streams.spec.whatwg.org/#abstract-opdef-readablestreambyobreaderrelease).
func readableStreamBYOBReaderRelease<Memory: CoreByteMemory>(_ reader: CoreReadableStreamBYOBReader<Memory>) {
    guard let jobs = reader.stream?.jobs else { return }
    // 1. Perform ! ReadableStreamReaderGenericRelease(reader).
    readableStreamReaderGenericRelease(reader)
    // 2–3. Perform ! ReadableStreamBYOBReaderErrorReadIntoRequests(reader, a new TypeError exception).
    if !reader.readIntoRequests.isEmpty { reader.errorRequests(jobs.typeError("The reader was released.")) }
}
