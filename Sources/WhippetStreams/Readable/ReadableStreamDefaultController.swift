// Copyright 2026 the Whippet authors
// SPDX-License-Identifier: Apache-2.0

internal import WhippetInfra

/// The producer's end of a stream: puts chunks in, ends the stream or breaks it.
///
/// It may be used from any task and kept after `start` or `pull` have returned.
/// Source: [Streams §4.6](https://streams.spec.whatwg.org/#rs-default-controller-class).
public final class ReadableStreamDefaultController<Chunk: Sendable> {
    let domain: StreamDomain
    let stream: CoreReadableStream<Chunk>
    let core: CoreReadableStreamDefaultController<Chunk>
    private let size: (@Sendable (Chunk) throws -> Double)?

    init(
        _ domain: StreamDomain, _ stream: CoreReadableStream<Chunk>, _ core: CoreReadableStreamDefaultController<Chunk>,
        size: (@Sendable (Chunk) throws -> Double)?
    ) {
        self.domain = domain
        self.stream = stream
        self.core = core
        self.size = size
    }

    /// How much more the stream wants to buffer: at or below 0 the producer should wait; nil once the stream is errored.
    public var desiredSize: Double? {
        domain.enter { readableStreamDefaultControllerGetDesiredSize(core) }
    }

    /// Puts a chunk into the stream, in any case at once: back-pressure is the producer's own business.
    ///
    /// [ReadableStreamDefaultController.enqueue](https://streams.spec.whatwg.org/#rs-default-controller-enqueue).
    ///
    /// - Throws: `TypeError` when the stream is closed, cancelled or errored; what the strategy's `size` throws, or a
    ///   `RangeError` when it returns no finite size; both also error the stream.
    @_specialize(where Chunk == [UInt8])
    public func enqueue(_ chunk: Chunk) throws {
        if let size { return try enqueue(chunk, measuredBy: size) }
        let accepted = domain.enter { () -> Bool in
            guard readableStreamDefaultControllerCanCloseOrEnqueue(core) else { return false }
            readableStreamDefaultControllerEnqueue(core, chunk)
            return true
        }
        guard accepted else { throw refusal("enqueue") }
    }

    /// Ends the stream after the chunks that it holds.
    ///
    /// [ReadableStreamDefaultController.close](https://streams.spec.whatwg.org/#rs-default-controller-close).
    ///
    /// - Throws: `TypeError` when the stream is closed, cancelled or errored already.
    public func close() throws {
        let accepted = domain.enter { () -> Bool in
            guard readableStreamDefaultControllerCanCloseOrEnqueue(core) else { return false }
            readableStreamDefaultControllerClose(core)
            return true
        }
        guard accepted else { throw refusal("close") }
    }

    /// Breaks the stream: its chunks are dropped, and whoever reads gets this error.
    ///
    /// [ReadableStreamDefaultController.error](https://streams.spec.whatwg.org/#rs-default-controller-error). A stream
    /// that is closed or errored already stays as it is.
    public func error(_ reason: any Error) {
        domain.enter { readableStreamDefaultControllerError(core, reason) }
    }

    /// Asks the user's function for the chunk's size while the lock is free, and only if nobody waits for the chunk.
    private func enqueue(_ chunk: Chunk, measuredBy size: @Sendable (Chunk) throws -> Double) throws {
        let outcome = domain.enter { () -> EnqueueOutcome in
            guard readableStreamDefaultControllerCanCloseOrEnqueue(core) else { return .refused }
            guard readableStreamGetNumReadRequests(stream) > 0 else { return .mustMeasure }
            readableStreamDefaultControllerEnqueue(core, chunk)
            return .done
        }
        switch outcome {
        case .done: return
        case .refused: throw refusal("enqueue")
        case .mustMeasure: break
        }
        do {
            let chunkSize = try size(chunk)
            guard chunkSize >= 0, chunkSize.isFinite else {
                throw RangeError("QueuingStrategy.size: \(chunkSize) is not a finite number of at least 0")
            }
            domain.enter { readableStreamDefaultControllerEnqueue(core, chunk, size: chunkSize) }
        } catch {
            self.error(error)
            throw error
        }
    }

    private func refusal(_ operation: String) -> TypeError {
        let state = domain.enter { stream.state }
        return TypeError(
            "ReadableStreamDefaultController.\(operation): the stream is \(state == .errored ? "errored" : "closed")")
    }
}

// SAFETY: the core's objects are touched only within `domain.enter`.
extension ReadableStreamDefaultController: @unchecked Sendable {}

/// How the first look at a stream ends that has to be asked for a chunk's size.
private enum EnqueueOutcome {
    case refused
    case done
    case mustMeasure
}
