// Copyright 2026 the Whippet authors
// SPDX-License-Identifier: Apache-2.0

internal import WhippetInfra

/// A read of the Swift face that waits for its chunk.
// SAFETY: the state is touched only within `domain.enter`; once the request is posted, continuation and outcome are
// its delivery's alone.
final class PendingRead<Chunk: Sendable>: CoreReadRequest<Chunk>, @unchecked Sendable {
    private let domain: StreamDomain
    private let reader: CoreReadableStreamDefaultReader<Chunk>
    private var continuation: UnsafeContinuation<Chunk?, any Error>?
    private var outcome: Result<Chunk?, any Error>?

    init(_ domain: StreamDomain, _ reader: CoreReadableStreamDefaultReader<Chunk>) {
        self.domain = domain
        self.reader = reader
    }

    /// Waits for the outcome; cancelling the task withdraws the request.
    @_specialize(where Chunk == [UInt8])
    func value() async throws -> Chunk? {
        domain.enter { begin() }
        // A source that does not wait has answered by now: no need to suspend.
        if let outcome = domain.enter({ takeOutcome() }) { return try outcome.get() }
        return try await withTaskCancellationHandler {
            try await withUnsafeThrowingContinuation { continuation in
                domain.enter { wait(continuation) }
            }
        } onCancel: {
            withdraw()
        }
    }

    @_specialize(where Chunk == [UInt8])
    override func chunkSteps(_ chunk: Chunk) {
        settle(.success(chunk))
    }

    override func closeSteps() {
        settle(.success(nil))
    }

    override func errorSteps(_ reason: any Error) {
        settle(.failure(reason))
    }

    @_specialize(where Chunk == [UInt8])
    override func deliver() {
        guard let continuation, let outcome else { return }
        self.continuation = nil
        self.outcome = nil
        continuation.resume(with: outcome)
    }

    private func begin() {
        // The reader may have been released between the look and the request.
        guard reader.stream != nil else { return settle(.failure(TypeError("The reader was released."))) }
        readableStreamDefaultReaderRead(reader, self)
    }

    private func takeOutcome() -> Result<Chunk?, any Error>? {
        let taken = outcome
        outcome = nil
        return taken
    }

    private func wait(_ continuation: UnsafeContinuation<Chunk?, any Error>) {
        self.continuation = continuation
        if outcome != nil { domain.post(self) }
    }

    private func settle(_ outcome: Result<Chunk?, any Error>) {
        self.outcome = outcome
        if continuation != nil { domain.post(self) }
    }

    private func withdraw() {
        domain.enter {
            guard reader.readRequests.remove(where: { $0 === self }) != nil else { return }
            reader.stream?.controller?.readRequestWithdrawn()
            settle(.failure(CancellationError()))
        }
    }
}
