// Copyright 2026 the Whippet authors
// SPDX-License-Identifier: Apache-2.0

internal import WhippetInfra

/// The one producer of a stream: writes its chunks one after another.
///
/// Source: [Streams §5.3](https://streams.spec.whatwg.org/#default-writer-class).
public final class WritableStreamDefaultWriter<Chunk: Sendable> {
    private let domain: StreamDomain
    private let stream: WritableStream<Chunk>
    private let core: CoreWritableStreamDefaultWriter<Chunk>

    /// Locks a stream to a new writer.
    ///
    /// - Throws: `TypeError` when the stream is locked.
    public init(_ stream: WritableStream<Chunk>) throws {
        self.domain = stream.domain
        self.stream = stream
        self.core = try stream.domain.enter { try acquireWritableStreamDefaultWriter(stream.core) }
    }

    /// Writes a chunk, and waits until the sink has taken it.
    ///
    /// [WritableStreamDefaultWriter.write](https://streams.spec.whatwg.org/#default-writer-write). Cancelling the task
    /// ends its wait; a chunk that was handed over is written all the same.
    ///
    /// - Throws: The error of an errored or aborted stream; `TypeError` when the stream is closing or closed, or the
    ///   writer is released; what the sink or the strategy's `size` throws; `CancellationError`.
    @_specialize(where Chunk == [UInt8])
    public func write(_ chunk: Chunk) async throws {
        let chunkSize = stream.size.map { measure(chunk, $0) } ?? 1
        let wait = Wait(domain)
        try await wait.value(
            begin: { writableStreamDefaultWriterWrite(core, chunk, size: chunkSize, wait) },
            onCancel: { domain.enter { wait.withdraw() } })
    }

    /// Waits until the stream wants a chunk: until `desiredSize` is above 0.
    ///
    /// [WritableStreamDefaultWriter.ready](https://streams.spec.whatwg.org/#default-writer-ready).
    ///
    /// - Throws: The error of an errored or aborted stream; `TypeError` when the writer is released.
    public var ready: Void {
        get async throws {
            try await Wait.promise(domain, domain.enter { core.readyPromise })
        }
    }

    /// Waits until the stream is closed.
    ///
    /// [WritableStreamDefaultWriter.closed](https://streams.spec.whatwg.org/#default-writer-closed).
    ///
    /// - Throws: The error of an errored or aborted stream; `TypeError` when the writer is released.
    public var closed: Void {
        get async throws {
            try await Wait.promise(domain, domain.enter { core.closedPromise })
        }
    }

    /// How much more the stream wants to buffer; nil once it is errored or aborted.
    ///
    /// [WritableStreamDefaultWriter.desiredSize](https://streams.spec.whatwg.org/#default-writer-desired-size).
    ///
    /// - Throws: `TypeError` when the writer is released.
    public var desiredSize: Double? {
        get throws {
            try domain.enter { () throws(TypeError) -> Double? in
                guard let stream = core.stream else { throw released("desiredSize") }
                return writableStreamDefaultWriterGetDesiredSize(stream)
            }
        }
    }

    /// Ends the stream after the chunks that it holds, and waits until the sink has taken them and closed.
    ///
    /// [WritableStreamDefaultWriter.close](https://streams.spec.whatwg.org/#default-writer-close).
    ///
    /// - Throws: `TypeError` when the stream is closing, closed or errored, or the writer is released; what the sink
    ///   throws.
    public func close() async throws {
        let promise = try domain.enter { () throws(TypeError) -> CorePromise in
            guard let stream = core.stream else { throw released("close") }
            if writableStreamCloseQueuedOrInFlight(stream) {
                throw TypeError("WritableStreamDefaultWriter.close: the stream is closing")
            }
            return writableStreamClose(stream)
        }
        try await Wait.promise(domain, promise)
    }

    /// Gives up: what is not written yet is dropped, and the sink's `abort` is waited for.
    ///
    /// [WritableStreamDefaultWriter.abort](https://streams.spec.whatwg.org/#default-writer-abort).
    ///
    /// - Throws: `TypeError` when the writer is released; what the sink's abort function throws.
    public func abort(_ reason: (any Error)? = nil) async throws {
        let promise = try domain.enter { () throws(TypeError) -> CorePromise in
            guard let stream = core.stream else { throw released("abort") }
            return writableStreamAbort(stream, reason)
        }
        try await Wait.promise(domain, promise)
    }

    /// Lets go of the stream, so that another writer can be had; writes under way go on.
    ///
    /// [WritableStreamDefaultWriter.releaseLock](https://streams.spec.whatwg.org/#default-writer-release-lock).
    public func releaseLock() {
        domain.enter { writableStreamDefaultWriterRelease(core) }
    }

    /// Implements
    /// [WritableStreamDefaultControllerGetChunkSize](https://streams.spec.whatwg.org/#writable-stream-default-controller-get-chunk-size)
    /// while the lock is free: a size that can't be had errors the stream, and the write then reports it.
    private func measure(_ chunk: Chunk, _ size: @Sendable (Chunk) throws -> Double) -> Double {
        // 1. A stream that is not writable has no strategy any more.
        guard domain.enter({ stream.core.state == .writable }) else { return 1 }
        do {
            let chunkSize = try size(chunk)
            guard chunkSize >= 0, chunkSize.isFinite else {
                throw RangeError("QueuingStrategy.size: \(chunkSize) is not a finite number of at least 0")
            }
            return chunkSize
        } catch {
            domain.enter {
                if let controller = stream.core.controller {
                    writableStreamDefaultControllerErrorIfNeeded(controller, error)
                }
            }
            return 1
        }
    }

    private func released(_ operation: String) -> TypeError {
        TypeError("WritableStreamDefaultWriter.\(operation): the writer was released")
    }
}

// SAFETY: the core's writer is touched only within `domain.enter`.
extension WritableStreamDefaultWriter: @unchecked Sendable {}
