// Copyright 2026 the Whippet authors
// SPDX-License-Identifier: Apache-2.0

/// An [AbortSignal](https://dom.spec.whatwg.org/#interface-AbortSignal) of a driver.
@_spi(Conformance) public struct DrivenAbortSignal {
    /// The reason that it is aborted for already.
    public var reason: (any Error)?
    /// Adds an algorithm to run on abort, and returns what removes it.
    public var add: (@escaping (any Error) -> Void) -> (() -> Void)

    /// Makes a signal.
    public init(reason: (any Error)?, add: @escaping (@escaping (any Error) -> Void) -> (() -> Void)) {
        self.reason = reason
        self.add = add
    }
}

@_spi(Conformance) extension DrivenReadableStream {
    /// [ReadableStream.pipeTo](https://streams.spec.whatwg.org/#rs-pipe-to).
    public func pipeTo(
        _ destination: DrivenWritableStream, preventClose: Bool = false, preventAbort: Bool = false,
        preventCancel: Bool = false, signal: DrivenAbortSignal? = nil
    ) -> any StreamDriverPromise {
        // 1–2. If one of the streams is locked, return a promise rejected with a TypeError exception.
        if locked { return realm.rejected("ReadableStream.pipeTo: the stream is locked to a reader") }
        if destination.locked {
            return realm.rejected("ReadableStream.pipeTo: the destination is locked to a writer")
        }
        do {
            let pipe = try DrivenPipe(
                core, destination,
                .init(preventClose: preventClose, preventAbort: preventAbort, preventCancel: preventCancel))
            // ReadableStreamPipeTo 14.2. If signal is aborted, perform abortAlgorithm and return promise.
            if let reason = signal?.reason {
                pipe.abort(reason)
            } else {
                // 14.3. Add abortAlgorithm to signal.
                pipe.removeAlgorithm = signal?.add { pipe.abort($0) }
                pipe.begin()
            }
            return realm.handle(pipe.promise)
        } catch {
            return realm.handle(.rejected(realm.jobs, error))
        }
    }

    /// [ReadableStream.pipeThrough](https://streams.spec.whatwg.org/#rs-pipe-through) but for what it returns: throws
    /// when one of the streams is locked.
    public func pipeThrough(
        _ writable: DrivenWritableStream, preventClose: Bool = false, preventAbort: Bool = false,
        preventCancel: Bool = false, signal: DrivenAbortSignal? = nil
    ) throws {
        if locked { throw realm.driver.typeError("ReadableStream.pipeThrough: the stream is locked to a reader") }
        if writable.locked {
            throw realm.driver.typeError("ReadableStream.pipeThrough: the writable side is locked to a writer")
        }
        pipeTo(
            writable, preventClose: preventClose, preventAbort: preventAbort, preventCancel: preventCancel,
            signal: signal
        ).setHandled()
    }
}

/// A pipe between two driven streams.
private final class DrivenPipe: CorePipe<AnyObject> {
    var removeAlgorithm: (() -> Void)?
    private let size: (AnyObject) throws -> Double

    init(_ source: CoreReadableStream<AnyObject>, _ destination: DrivenWritableStream, _ options: Options) throws {
        size = destination.size
        try super.init(source, destination.core, options)
    }

    override func write(_ chunk: AnyObject) {
        // Not now: whoever enqueues a chunk must not find the sink's write on its stack.
        jobs.enqueue { self.write(chunk, measuredBy: self.size) }
    }

    override func finalized() {
        removeAlgorithm?()
        removeAlgorithm = nil
    }
}
