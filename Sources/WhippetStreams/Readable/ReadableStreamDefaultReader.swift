// Copyright 2026 the Whippet authors
// SPDX-License-Identifier: Apache-2.0

internal import WhippetInfra

/// The one consumer of a stream: reads its chunks one after another.
///
/// A stream with a reader is locked: nobody else can read it until the reader is released.
/// Source: [Streams §4.4](https://streams.spec.whatwg.org/#default-reader-class).
public final class ReadableStreamDefaultReader<Chunk: Sendable> {
    private let domain: StreamDomain
    private let stream: ReadableStream<Chunk>
    let core: CoreReadableStreamDefaultReader<Chunk>

    /// Locks a stream to a new reader.
    ///
    /// - Throws: `TypeError` when the stream is locked.
    public init(_ stream: ReadableStream<Chunk>) throws {
        self.domain = stream.domain
        self.stream = stream
        self.core = try stream.domain.enter { try acquireReadableStreamDefaultReader(stream.core) }
    }

    /// Reads the next chunk, nil at the stream's end.
    ///
    /// [ReadableStreamDefaultReader.read](https://streams.spec.whatwg.org/#default-reader-read). Any number of tasks may
    /// read at the same time; they are served in the order of their calls. A chunk that is there already is returned
    /// without suspending.
    ///
    /// - Throws: The error of an errored stream; `TypeError` when the reader is released before or while it waits;
    ///   `CancellationError` when the task is cancelled while it waits: that withdraws this one request, no chunk is
    ///   lost, and the stream lives on.
    @_specialize(where Chunk == [UInt8])
    public func read() async throws -> Chunk? {
        switch domain.enter({ readableStreamDefaultReaderReadNow(core) }) {
        case .chunk(let chunk): return chunk
        case .closed: return nil
        case .errored(let error): throw error
        case .pending: return try await PendingRead(domain, core).value()
        }
    }

    /// Lets go of the stream, so that another reader can be had.
    ///
    /// [ReadableStreamDefaultReader.releaseLock](https://streams.spec.whatwg.org/#default-reader-release-lock). Reads
    /// that wait throw a `TypeError`.
    public func releaseLock() {
        domain.enter { readableStreamDefaultReaderRelease(core) }
    }

    /// Tells the source that nobody wants its chunks, and waits until it has heard.
    ///
    /// [ReadableStreamGenericReader.cancel](https://streams.spec.whatwg.org/#generic-reader-cancel).
    ///
    /// - Throws: What the source's cancel function throws; the error of an errored stream; `TypeError` when the reader
    ///   is released.
    public func cancel(_ reason: (any Error)? = nil) async throws {
        let promise = domain.enter { readableStreamReaderGenericCancel(core, reason) }
        guard let promise else { throw TypeError("ReadableStreamDefaultReader.cancel: the reader was released") }
        try await Wait.promise(domain, promise)
    }

    /// Waits until the stream ends.
    ///
    /// [ReadableStreamGenericReader.closed](https://streams.spec.whatwg.org/#generic-reader-closed).
    ///
    /// - Throws: The error of an errored stream; `TypeError` when the reader is released; `CancellationError` when the
    ///   task is cancelled meanwhile.
    public var closed: Void {
        get async throws {
            try await Wait.promise(domain, domain.enter { core.closedPromise })
        }
    }
}

// SAFETY: the core's reader is touched only within `domain.enter`.
extension ReadableStreamDefaultReader: @unchecked Sendable {}
