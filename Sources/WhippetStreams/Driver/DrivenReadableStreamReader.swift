// Copyright 2026 the Whippet authors
// SPDX-License-Identifier: Apache-2.0

/// A [read request](https://streams.spec.whatwg.org/#read-request) of a driver: one of the three is called, once.
@_spi(Conformance) public struct DrivenReadRequest {
    /// Gets the chunk.
    public var chunkSteps: (AnyObject) -> Void
    /// Hears that the stream has ended.
    public var closeSteps: () -> Void
    /// Gets the error.
    public var errorSteps: (any Error) -> Void

    /// Makes a request.
    public init(
        chunkSteps: @escaping (AnyObject) -> Void, closeSteps: @escaping () -> Void,
        errorSteps: @escaping (any Error) -> Void
    ) {
        self.chunkSteps = chunkSteps
        self.closeSteps = closeSteps
        self.errorSteps = errorSteps
    }
}

/// A [ReadableStreamDefaultReader](https://streams.spec.whatwg.org/#default-reader-class) that a driver drives.
@_spi(Conformance) public final class DrivenReadableStreamDefaultReader {
    private let realm: StreamRealm
    private let core: CoreReadableStreamDefaultReader<AnyObject>

    init(_ realm: StreamRealm, _ core: CoreReadableStreamDefaultReader<AnyObject>) {
        self.realm = realm
        self.core = core
    }

    /// [ReadableStreamGenericReader.closed](https://streams.spec.whatwg.org/#generic-reader-closed): the same promise
    /// each time, until the reader is released.
    public var closed: any StreamDriverPromise { realm.handle(core.closedPromise) }

    /// [ReadableStreamGenericReader.cancel](https://streams.spec.whatwg.org/#generic-reader-cancel).
    public func cancel(_ reason: any Error) -> any StreamDriverPromise {
        guard let promise = readableStreamReaderGenericCancel(core, reason) else {
            return realm.rejected("ReadableStreamDefaultReader.cancel: the reader was released")
        }
        return realm.handle(promise)
    }

    /// [ReadableStreamDefaultReader.read](https://streams.spec.whatwg.org/#default-reader-read); the driver makes the
    /// promise of the result.
    public func read(_ request: DrivenReadRequest) {
        guard core.stream != nil else {
            return request.errorSteps(
                realm.driver.typeError("ReadableStreamDefaultReader.read: the reader was released"))
        }
        readableStreamDefaultReaderRead(core, CoreDrivenReadRequest(request))
    }

    /// [ReadableStreamDefaultReader.releaseLock](https://streams.spec.whatwg.org/#default-reader-release-lock).
    public func releaseLock() {
        readableStreamDefaultReaderRelease(core)
    }
}

/// The [asynchronous iterator](https://streams.spec.whatwg.org/#rs-asynciterator) of a driven stream.
///
/// The queue of ongoing promises, which Web IDL has for all asynchronous iterators, is the binding's.
@_spi(Conformance) public final class DrivenReadableStreamAsyncIterator {
    private let realm: StreamRealm
    private let reader: DrivenReadableStreamDefaultReader
    private let preventCancel: Bool

    /// Implements the [initialization steps](https://streams.spec.whatwg.org/#rs-asynciterator); throws for a stream
    /// that is locked.
    public init(_ stream: DrivenReadableStream, preventCancel: Bool) throws {
        self.realm = stream.realm
        self.reader = try stream.getReader()
        self.preventCancel = preventCancel
    }

    /// Implements the [get the next iteration result steps](https://streams.spec.whatwg.org/#rs-asynciterator-prototype-next).
    public func next(_ request: DrivenReadRequest) {
        let reader = reader
        reader.read(
            DrivenReadRequest(
                chunkSteps: request.chunkSteps,
                closeSteps: {
                    reader.releaseLock()
                    request.closeSteps()
                },
                errorSteps: { reason in
                    reader.releaseLock()
                    request.errorSteps(reason)
                }))
    }

    /// Implements the [return steps](https://streams.spec.whatwg.org/#rs-asynciterator-prototype-return).
    public func `return`(_ reason: any Error) -> any StreamDriverPromise {
        let result = preventCancel ? realm.handle(.resolved(realm.jobs)) : reader.cancel(reason)
        reader.releaseLock()
        return result
    }
}

/// The core's read request over a driver's.
final class CoreDrivenReadRequest: CoreReadRequest<AnyObject> {
    private let request: DrivenReadRequest

    init(_ request: DrivenReadRequest) {
        self.request = request
    }

    override func chunkSteps(_ chunk: AnyObject) {
        request.chunkSteps(chunk)
    }

    override func closeSteps() {
        request.closeSteps()
    }

    override func errorSteps(_ reason: any Error) {
        request.errorSteps(reason)
    }
}
