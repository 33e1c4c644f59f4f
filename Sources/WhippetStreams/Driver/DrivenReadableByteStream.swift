// Copyright 2026 the Whippet authors
// SPDX-License-Identifier: Apache-2.0

@_spi(Conformance) extension DrivenReadableStream {
    /// Implements [SetUpReadableByteStreamController](https://streams.spec.whatwg.org/#set-up-readable-byte-stream-controller);
    /// throws what `start` throws.
    ///
    /// `autoAllocateChunkSize` is above 0.
    public func setUpByteController(
        _ source: DrivenSource<DrivenReadableByteStreamController>, highWaterMark: Double,
        autoAllocateChunkSize: Int? = nil
    ) throws {
        let coreController = CoreReadableByteStreamController(
            core, DriverMemory(driver: realm.driver),
            CoreDrivenSource(realm, pull: source.pull, cancel: source.cancel), highWaterMark: highWaterMark,
            autoAllocateChunkSize: autoAllocateChunkSize)
        let controller = DrivenReadableByteStreamController(realm, coreController)
        let startPromise = realm.startPromise(try source.start?(controller))
        startPromise.react(
            fulfilled: { coreController.startFulfilled() },
            rejected: { readableByteStreamControllerError(coreController, $0) })
    }

    /// [ReadableStream.getReader](https://streams.spec.whatwg.org/#rs-get-reader) with the mode "byob".
    public func getBYOBReader() throws -> DrivenReadableStreamBYOBReader {
        // SetUpReadableStreamBYOBReader 1–2. Locked streams and those without a byte controller have no BYOB reader.
        if locked { throw realm.driver.typeError("ReadableStream.getReader: the stream is locked to a reader") }
        guard let controller = core.controller as? CoreReadableByteStreamController<DriverMemory> else {
            throw realm.driver.typeError("ReadableStream.getReader: the stream is not a byte stream")
        }
        return DrivenReadableStreamBYOBReader(realm, try acquireReadableStreamBYOBReader(controller))
    }
}

/// A [ReadableByteStreamController](https://streams.spec.whatwg.org/#rbs-controller-class) that a driver drives.
@_spi(Conformance) public final class DrivenReadableByteStreamController {
    private let realm: StreamRealm
    private let core: CoreReadableByteStreamController<DriverMemory>
    private var request: DrivenReadableStreamBYOBRequest?

    init(_ realm: StreamRealm, _ core: CoreReadableByteStreamController<DriverMemory>) {
        self.realm = realm
        self.core = core
    }

    /// [ReadableByteStreamController.byobRequest](https://streams.spec.whatwg.org/#rbs-controller-byob-request): the
    /// same object each time, while it is valid.
    public var byobRequest: DrivenReadableStreamBYOBRequest? {
        guard let coreRequest = readableByteStreamControllerGetBYOBRequest(core) else { return nil }
        if let request, request.core === coreRequest { return request }
        let request = DrivenReadableStreamBYOBRequest(realm, coreRequest)
        self.request = request
        return request
    }

    /// [ReadableByteStreamController.desiredSize](https://streams.spec.whatwg.org/#rbs-controller-desired-size).
    public var desiredSize: Double? { readableByteStreamControllerGetDesiredSize(core) }

    /// [ReadableByteStreamController.close](https://streams.spec.whatwg.org/#rbs-controller-close).
    public func close() throws {
        try check("close")
        try readableByteStreamControllerClose(core)
    }

    /// [ReadableByteStreamController.enqueue](https://streams.spec.whatwg.org/#rbs-controller-enqueue).
    public func enqueue(_ chunk: AnyObject) throws {
        // 1–2. If the chunk, or its buffer, is empty, throw a TypeError exception.
        let view = DriverMemory(driver: realm.driver).describe(view: chunk)
        guard view.byteLength > 0, view.bufferByteLength > 0 else {
            throw realm.driver.typeError("ReadableByteStreamController.enqueue: the chunk is empty")
        }
        // 3–4. If the stream is closing or not "readable", throw a TypeError exception.
        try check("enqueue")
        // 5. Return ? ReadableByteStreamControllerEnqueue(this, chunk).
        try readableByteStreamControllerEnqueue(core, view)
    }

    /// [ReadableByteStreamController.error](https://streams.spec.whatwg.org/#rbs-controller-error).
    public func error(_ reason: any Error) {
        readableByteStreamControllerError(core, reason)
    }

    private func check(_ operation: String) throws {
        if !core.closeRequested, core.stream.state == .readable { return }
        throw realm.driver.typeError("ReadableByteStreamController.\(operation): the stream is closed or errored")
    }
}

/// A [ReadableStreamBYOBRequest](https://streams.spec.whatwg.org/#rs-byob-request-class) that a driver drives.
@_spi(Conformance) public final class DrivenReadableStreamBYOBRequest {
    private let realm: StreamRealm
    let core: CoreReadableStreamBYOBRequest<DriverMemory>

    init(_ realm: StreamRealm, _ core: CoreReadableStreamBYOBRequest<DriverMemory>) {
        self.realm = realm
        self.core = core
    }

    /// [ReadableStreamBYOBRequest.view](https://streams.spec.whatwg.org/#rs-byob-request-view).
    public var view: AnyObject? { core.view }

    /// [ReadableStreamBYOBRequest.respond](https://streams.spec.whatwg.org/#rs-byob-request-respond).
    public func respond(_ bytesWritten: Int) throws {
        // 1. If this.[[controller]] is undefined, throw a TypeError exception.
        guard let controller = core.controller, let view = core.view else { throw invalid("respond") }
        // 2. If the view's buffer is detached, throw a TypeError exception.
        if realm.driver.isDetached(buffer: realm.driver.describe(view: view).buffer) {
            throw realm.driver.typeError("ReadableStreamBYOBRequest.respond: the view's buffer is detached")
        }
        // 5. Perform ? ReadableByteStreamControllerRespond(this.[[controller]], bytesWritten).
        try readableByteStreamControllerRespond(controller, bytesWritten)
    }

    /// [ReadableStreamBYOBRequest.respondWithNewView](https://streams.spec.whatwg.org/#rs-byob-request-respond-with-new-view).
    public func respondWithNewView(_ view: AnyObject) throws {
        // 1. If this.[[controller]] is undefined, throw a TypeError exception.
        guard let controller = core.controller else { throw invalid("respondWithNewView") }
        // 2. If the view's buffer is detached, throw a TypeError exception.
        let described = controller.memory.describe(view: view)
        if realm.driver.isDetached(buffer: described.buffer) {
            throw realm.driver.typeError("ReadableStreamBYOBRequest.respondWithNewView: the view's buffer is detached")
        }
        // 3. Return ? ReadableByteStreamControllerRespondWithNewView(this.[[controller]], view).
        try readableByteStreamControllerRespondWithNewView(controller, described)
    }

    private func invalid(_ operation: String) -> any Error {
        realm.driver.typeError("ReadableStreamBYOBRequest.\(operation): the request was answered already")
    }
}

/// A [read-into request](https://streams.spec.whatwg.org/#read-into-request) of a driver: one of the three is called,
/// once.
@_spi(Conformance) public struct DrivenReadIntoRequest {
    /// Gets the view of what was filled.
    public var chunkSteps: (AnyObject) -> Void
    /// Hears that the stream has ended, with an empty view, or nil when it was cancelled.
    public var closeSteps: (AnyObject?) -> Void
    /// Gets the error.
    public var errorSteps: (any Error) -> Void

    /// Makes a request.
    public init(
        chunkSteps: @escaping (AnyObject) -> Void, closeSteps: @escaping (AnyObject?) -> Void,
        errorSteps: @escaping (any Error) -> Void
    ) {
        self.chunkSteps = chunkSteps
        self.closeSteps = closeSteps
        self.errorSteps = errorSteps
    }
}

/// A [ReadableStreamBYOBReader](https://streams.spec.whatwg.org/#byob-reader-class) that a driver drives.
@_spi(Conformance) public final class DrivenReadableStreamBYOBReader {
    private let realm: StreamRealm
    private let core: CoreReadableStreamBYOBReader<DriverMemory>

    init(_ realm: StreamRealm, _ core: CoreReadableStreamBYOBReader<DriverMemory>) {
        self.realm = realm
        self.core = core
    }

    /// [ReadableStreamGenericReader.closed](https://streams.spec.whatwg.org/#generic-reader-closed): the same promise
    /// each time, until the reader is released.
    public var closed: any StreamDriverPromise { realm.handle(core.closedPromise) }

    /// [ReadableStreamGenericReader.cancel](https://streams.spec.whatwg.org/#generic-reader-cancel).
    public func cancel(_ reason: any Error) -> any StreamDriverPromise {
        guard let promise = readableStreamReaderGenericCancel(core, reason) else {
            return realm.rejected("ReadableStreamBYOBReader.cancel: the reader was released")
        }
        return realm.handle(promise)
    }

    /// [ReadableStreamBYOBReader.read](https://streams.spec.whatwg.org/#byob-reader-read); `min` counts elements, and
    /// the driver makes the promise of the result.
    public func read(_ view: AnyObject, min: Int = 1, _ request: DrivenReadIntoRequest) {
        let described = realm.driver.describe(view: view)
        // 1–2. If the view, or its buffer, is empty, reject with a TypeError exception.
        guard described.byteLength > 0, described.bufferByteLength > 0 else {
            return request.errorSteps(realm.driver.typeError("ReadableStreamBYOBReader.read: the view is empty"))
        }
        // 3. If the view's buffer is detached, reject with a TypeError exception.
        if realm.driver.isDetached(buffer: described.buffer) {
            return request.errorSteps(
                realm.driver.typeError("ReadableStreamBYOBReader.read: the view's buffer is detached"))
        }
        // 4. If min is 0, reject with a TypeError exception.
        guard min > 0 else {
            return request.errorSteps(realm.driver.typeError("ReadableStreamBYOBReader.read: min is 0"))
        }
        // 5–6. If min is more than the view's length, reject with a RangeError exception.
        guard min <= described.byteLength / described.elementSize else {
            return request.errorSteps(
                realm.driver.rangeError("ReadableStreamBYOBReader.read: min is more than the view holds"))
        }
        // 7. If this.[[stream]] is undefined, reject with a TypeError exception.
        guard core.stream != nil else {
            return request.errorSteps(realm.driver.typeError("ReadableStreamBYOBReader.read: the reader was released"))
        }
        // 8–11. Perform ! ReadableStreamBYOBReaderRead(this, view, min, readIntoRequest).
        readableStreamBYOBReaderRead(core, view, min: min, CoreDrivenReadIntoRequest(request))
    }

    /// [ReadableStreamBYOBReader.releaseLock](https://streams.spec.whatwg.org/#byob-reader-release-lock).
    public func releaseLock() {
        readableStreamBYOBReaderRelease(core)
    }
}

/// The core's read-into request over a driver's.
private final class CoreDrivenReadIntoRequest: CoreReadIntoRequest<DriverMemory> {
    private let request: DrivenReadIntoRequest

    init(_ request: DrivenReadIntoRequest) {
        self.request = request
    }

    override func chunkSteps(_ view: AnyObject) {
        request.chunkSteps(view)
    }

    override func closeSteps(_ view: AnyObject?) {
        request.closeSteps(view)
    }

    override func errorSteps(_ reason: any Error) {
        request.errorSteps(reason)
    }
}
