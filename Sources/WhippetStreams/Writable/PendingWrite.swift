// Copyright 2026 the Whippet authors
// SPDX-License-Identifier: Apache-2.0

/// A write of the Swift face that waits for its sink.
// SAFETY: the state is touched only within `domain.enter`, until the request is posted with its outcome; from then on
// only its delivery touches continuation and outcome.
final class PendingWrite<Chunk: Sendable>: CoreWriteRequest, @unchecked Sendable {
    private let domain: StreamDomain
    private var continuation: UnsafeContinuation<Void, any Error>?
    private var outcome: Result<Void, any Error> = .success(())
    private var hasBegun = false
    private var isWithdrawn = false
    private var isSettled = false

    init(_ domain: StreamDomain) {
        self.domain = domain
    }

    /// Begins the write within the domain and waits for its end; cancelling the task ends the wait.
    func value(_ begin: (PendingWrite) -> Void) async throws {
        try await withTaskCancellationHandler {
            try await withUnsafeThrowingContinuation { continuation in
                domain.enter {
                    self.continuation = continuation
                    hasBegun = true
                    if isWithdrawn { settle(.failure(CancellationError())) } else { begin(self) }
                }
            }
        } onCancel: {
            domain.enter {
                isWithdrawn = true
                if hasBegun { settle(.failure(CancellationError())) }
            }
        }
    }

    override func fulfilledSteps() {
        settle(.success(()))
    }

    override func rejectedSteps(_ reason: any Error) {
        settle(.failure(reason))
    }

    override func deliver() {
        let continuation = continuation
        self.continuation = nil
        continuation?.resume(with: outcome)
    }

    private func settle(_ outcome: Result<Void, any Error>) {
        guard !isSettled else { return }
        isSettled = true
        self.outcome = outcome
        domain.post(self)
    }
}
