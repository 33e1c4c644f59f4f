// Copyright 2026 the Whippet authors
// SPDX-License-Identifier: Apache-2.0

internal import WhippetInfra

/// A read of the Swift face that waits for its chunk.
// SAFETY: the state is touched only within `domain.enter`, until the request is posted with its outcome; from then on
// only its delivery touches it.
final class PendingRead<Chunk: Sendable>: CoreReadRequest<Chunk>, @unchecked Sendable {
    private let domain: StreamDomain
    private let reader: CoreReadableStreamDefaultReader<Chunk>
    private var continuation: UnsafeContinuation<Chunk?, any Error>?
    private var outcome: Result<Chunk?, any Error> = .success(nil)
    private var isWithdrawn = false

    init(_ domain: StreamDomain, _ reader: CoreReadableStreamDefaultReader<Chunk>) {
        self.domain = domain
        self.reader = reader
    }

    /// Waits for the outcome; cancelling the task withdraws the request.
    @_specialize(where Chunk == [UInt8])
    func value() async throws -> Chunk? {
        try await withTaskCancellationHandler {
            try await withUnsafeThrowingContinuation { continuation in
                domain.enter { begin(continuation) }
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
        let continuation = continuation
        self.continuation = nil
        let outcome = outcome
        self.outcome = .success(nil)
        continuation?.resume(with: outcome)
    }

    private func begin(_ continuation: UnsafeContinuation<Chunk?, any Error>) {
        self.continuation = continuation
        if isWithdrawn { return settle(.failure(CancellationError())) }
        // The reader may have been released between the look and the wait.
        guard reader.stream != nil else { return settle(.failure(TypeError("The reader was released."))) }
        readableStreamDefaultReaderRead(reader, self)
    }

    private func settle(_ outcome: Result<Chunk?, any Error>) {
        self.outcome = outcome
        domain.post(self)
    }

    private func withdraw() {
        domain.enter {
            isWithdrawn = true
            if reader.readRequests.remove(where: { $0 === self }) != nil { settle(.failure(CancellationError())) }
        }
    }
}
