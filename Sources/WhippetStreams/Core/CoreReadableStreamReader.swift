// Copyright 2026 the Whippet authors
// SPDX-License-Identifier: Apache-2.0

internal import WhippetInfra

/// What both kinds of [reader](https://streams.spec.whatwg.org/#readablestreamgenericreader) have in common.
class CoreReadableStreamReader<Chunk> {
    /// The stream, until the reader is released.
    ///
    /// The driver's reader owns it.
    unowned var stream: CoreReadableStream<Chunk>?
    var closedPromise: CorePromise

    /// Implements
    /// [ReadableStreamReaderGenericInitialize](https://streams.spec.whatwg.org/#readable-stream-reader-generic-initialize).
    init(_ stream: CoreReadableStream<Chunk>) {
        // 1. Set reader.[[stream]] to stream.
        self.stream = stream
        switch stream.state {
        // 3. If stream.[[state]] is "readable", set reader.[[closedPromise]] to a new promise.
        case .readable: closedPromise = stream.jobs.promise()
        // 4. Otherwise, if it is "closed", to a promise resolved with undefined.
        case .closed: closedPromise = .resolved(stream.jobs)
        // 5. Otherwise, to a promise rejected with stream.[[storedError]].
        case .errored:
            closedPromise = .handledRejection(stream.jobs, stream.reportedError)
        }
        // 2. Set stream.[[reader]] to reader.
        stream.reader = self
    }

    /// Implements ReadableStreamDefaultReaderErrorReadRequests or its BYOB twin.
    func errorRequests(_ reason: any Error) {}

    /// Ends the requests of a BYOB reader whose stream is cancelled.
    func closeReadIntoRequests() {}
}

/// The state of a [default reader](https://streams.spec.whatwg.org/#default-reader-class).
final class CoreReadableStreamDefaultReader<Chunk>: CoreReadableStreamReader<Chunk> {
    let readRequests = RingBuffer<CoreReadRequest<Chunk>>()

    override init(_ stream: CoreReadableStream<Chunk>) {
        super.init(stream)
        stream.defaultReader = self
    }

    /// Implements [ReadableStreamDefaultReaderErrorReadRequests](https://streams.spec.whatwg.org/#abstract-opdef-readablestreamdefaultreadererrorreadrequests).
    override func errorRequests(_ reason: any Error) {
        // 1–3. Perform the error steps of each read request; none can join them meanwhile.
        while let readRequest = readRequests.popFirst() { readRequest.errorSteps(reason) }
    }
}

/// Implements [AcquireReadableStreamDefaultReader](https://streams.spec.whatwg.org/#acquire-readable-stream-reader).
func acquireReadableStreamDefaultReader<Chunk>(
    _ stream: CoreReadableStream<Chunk>
) throws(TypeError) -> CoreReadableStreamDefaultReader<Chunk> {
    // SetUpReadableStreamDefaultReader 1. If ! IsReadableStreamLocked(stream), throw a TypeError exception.
    if isReadableStreamLocked(stream) {
        throw TypeError("ReadableStream.getReader: the stream is locked to a reader")
    }
    // 2–3. Initialize the reader; its read requests are an empty list.
    return CoreReadableStreamDefaultReader(stream)
}

/// Implements [ReadableStreamReaderGenericCancel](https://streams.spec.whatwg.org/#readable-stream-reader-generic-cancel).
func readableStreamReaderGenericCancel<Chunk>(
    _ reader: CoreReadableStreamReader<Chunk>, _ reason: (any Error)?
) -> CorePromise? {
    // 1–3. Return ! ReadableStreamCancel(reader.[[stream]], reason); nil for a reader that is released.
    reader.stream.map { readableStreamCancel($0, reason) }
}

/// Implements
/// [ReadableStreamReaderGenericRelease](https://streams.spec.whatwg.org/#readable-stream-reader-generic-release).
func readableStreamReaderGenericRelease<Chunk>(_ reader: CoreReadableStreamReader<Chunk>) {
    // 1–3. Let stream be reader.[[stream]], locked to this reader.
    guard let stream = reader.stream else { return }
    assert(stream.reader === reader)
    let released = stream.jobs.typeError("The reader was released.")
    // 4. If stream.[[state]] is "readable", reject reader.[[closedPromise]] with a TypeError exception.
    if stream.state == .readable {
        reader.closedPromise.reject(released)
    } else {
        // 5. Otherwise, set reader.[[closedPromise]] to a promise rejected with a TypeError exception.
        reader.closedPromise = .rejected(stream.jobs, released)
    }
    // 6. Set reader.[[closedPromise]].[[PromiseIsHandled]] to true.
    reader.closedPromise.setHandled()
    // 7. Perform ! stream.[[controller]].[[ReleaseSteps]]().
    stream.controller?.releaseSteps()
    // 8–9. Set stream.[[reader]] and reader.[[stream]] to undefined.
    stream.reader = nil
    stream.defaultReader = nil
    reader.stream = nil
}

/// Implements [ReadableStreamDefaultReaderRead](https://streams.spec.whatwg.org/#readable-stream-default-reader-read).
func readableStreamDefaultReaderRead<Chunk>(
    _ reader: CoreReadableStreamDefaultReader<Chunk>, _ readRequest: CoreReadRequest<Chunk>
) {
    // 1–2. Let stream be reader.[[stream]], which is not undefined.
    guard let stream = reader.stream else { return assertionFailure("read of a released reader") }
    assert(stream.jobs.isHeld)
    // 3. Set stream.[[disturbed]] to true.
    stream.disturbed = true
    switch stream.state {
    // 4. If stream.[[state]] is "closed", perform readRequest's close steps.
    case .closed: readRequest.closeSteps()
    // 5. Otherwise, if it is "errored", perform readRequest's error steps given stream.[[storedError]].
    case .errored: readRequest.errorSteps(stream.reportedError)
    // 6. Otherwise, perform ! stream.[[controller]].[[PullSteps]](readRequest).
    case .readable: stream.controller?.pullSteps(readRequest)
    }
}

/// Reads as `readableStreamDefaultReaderRead` does, if no request need wait; else changes nothing.
///
/// Fast path: "a read that finds a chunk, an end or an error equals a read by request" proves the two equal.
func readableStreamDefaultReaderReadNow<Chunk>(
    _ reader: CoreReadableStreamDefaultReader<Chunk>
) -> CoreReadResult<Chunk> {
    guard let stream = reader.stream else {
        return .errored(TypeError("ReadableStreamDefaultReader.read: the reader was released"))
    }
    assert(stream.jobs.isHeld)
    stream.disturbed = true
    switch stream.state {
    case .closed: return .closed
    case .errored: return .errored(stream.reportedError)
    case .readable:
        if let controller = stream.defaultController { return controller.pullNow() }
        return stream.controller?.pullNow() ?? .pending
    }
}

/// Implements
/// [ReadableStreamDefaultReaderRelease](https://streams.spec.whatwg.org/#abstract-opdef-readablestreamdefaultreaderrelease).
func readableStreamDefaultReaderRelease<Chunk>(_ reader: CoreReadableStreamDefaultReader<Chunk>) {
    guard let jobs = reader.stream?.jobs else { return }
    // 1. Perform ! ReadableStreamReaderGenericRelease(reader).
    readableStreamReaderGenericRelease(reader)
    // 2–3. Perform ! ReadableStreamDefaultReaderErrorReadRequests(reader, a new TypeError exception).
    if !reader.readRequests.isEmpty { reader.errorRequests(jobs.typeError("The reader was released.")) }
}
