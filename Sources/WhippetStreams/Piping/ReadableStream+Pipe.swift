// Copyright 2026 the Whippet authors
// SPDX-License-Identifier: Apache-2.0

internal import WhippetInfra

extension ReadableStream {
    /// Pipes the stream's chunks into a destination, and waits until all are written.
    ///
    /// [ReadableStream.pipeTo](https://streams.spec.whatwg.org/#rs-pipe-to). The destination's back-pressure reaches the
    /// source; both are locked meanwhile. Cancelling the task does what the signal does.
    ///
    /// - Parameters:
    ///   - destination: Where the chunks go.
    ///   - preventClose: Whether the destination stays open when this stream closes.
    ///   - preventAbort: Whether the destination is left alone when this stream errors or the pipe is aborted.
    ///   - preventCancel: Whether this stream is left alone when the destination closes or errors or the pipe is
    ///     aborted.
    ///   - signal: Aborts the pipe.
    /// - Throws: `TypeError` when one of the streams is locked, or the destination closed too early; the error of the
    ///   stream that errored; the signal's reason; `CancellationError`.
    public func pipeTo(
        _ destination: WritableStream<Chunk>, preventClose: Bool = false, preventAbort: Bool = false,
        preventCancel: Bool = false, signal: AbortSignal? = nil
    ) async throws {
        let pipe = try beginPipe(
            destination,
            .init(preventClose: preventClose, preventAbort: preventAbort, preventCancel: preventCancel), signal)
        let wait = Wait(domain)
        try await wait.value(
            begin: { wait.react(to: pipe.promise) },
            onCancel: { domain.enter { pipe.abort(CancellationError()) } })
    }

    /// Pipes the stream's chunks through a transform stream, and returns what comes out.
    ///
    /// [ReadableStream.pipeThrough](https://streams.spec.whatwg.org/#rs-pipe-through). The piping goes on by itself; an
    /// error of either end is seen at the other.
    ///
    /// - Parameters:
    ///   - transform: What the chunks go through.
    ///   - preventClose: Whether the transform's writable side stays open when this stream closes.
    ///   - preventAbort: Whether it is left alone when this stream errors or the pipe is aborted.
    ///   - preventCancel: Whether this stream is left alone when the writable side closes or errors or the pipe is
    ///     aborted.
    ///   - signal: Aborts the pipe.
    /// - Throws: `TypeError` when this stream or the transform's writable side is locked.
    public func pipeThrough<Output: Sendable>(
        _ transform: TransformStream<Chunk, Output>, preventClose: Bool = false, preventAbort: Bool = false,
        preventCancel: Bool = false, signal: AbortSignal? = nil
    ) throws -> ReadableStream<Output> {
        _ = try beginPipe(
            transform.writable,
            .init(preventClose: preventClose, preventAbort: preventAbort, preventCancel: preventCancel), signal)
        return transform.readable
    }

    private func beginPipe(
        _ destination: WritableStream<Chunk>, _ options: CorePipe<Chunk>.Options, _ signal: AbortSignal?
    ) throws -> FacePipe<Chunk> {
        domain.merge(destination.domain)
        let reason = signal?.reason
        let domain = domain
        let pipe = try domain.enter { () throws(TypeError) -> FacePipe<Chunk> in
            let pipe = try FacePipe(self, destination, options)
            // 14.2. If signal is aborted, perform abortAlgorithm and return promise.
            if let reason { pipe.abort(reason) } else { pipe.begin() }
            return pipe
        }
        guard let signal, reason == nil else { return pipe }
        // 14.3. Add abortAlgorithm to signal; it is removed when the pipe ends.
        let listener = signal.onabort { [weak pipe] reason in
            domain.enter { pipe?.abort(reason) }
        }
        let remove = { domain.post(OutboxAction { listener.remove() }) }
        domain.enter { pipe.promise.react(fulfilled: remove, rejected: { _ in remove() }) }
        return pipe
    }
}
