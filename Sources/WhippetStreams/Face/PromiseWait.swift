// Copyright 2026 the Whippet authors
// SPDX-License-Identifier: Apache-2.0

/// A wait of the Swift face for a promise of the core.
// SAFETY: as for `PendingRead`.
final class PromiseWait: OutboxItem, @unchecked Sendable {
    private let domain: StreamDomain
    private let promise: CorePromise
    private var continuation: UnsafeContinuation<Void, any Error>?
    private var outcome: Result<Void, any Error> = .success(())
    private var hasBegun = false
    private var isWithdrawn = false
    private var isSettled = false

    init(_ domain: StreamDomain, _ promise: CorePromise) {
        self.domain = domain
        self.promise = promise
    }

    /// Waits until the promise settles; cancelling the task ends the wait, not what is waited for.
    func value() async throws {
        try await withTaskCancellationHandler {
            try await withUnsafeThrowingContinuation { continuation in
                domain.enter { begin(continuation) }
            }
        } onCancel: {
            withdraw()
        }
    }

    /// Waits until the promise settles; cancelling the task calls a function that is to settle it.
    func value(onCancel: @Sendable () -> Void) async throws {
        try await withTaskCancellationHandler {
            try await withUnsafeThrowingContinuation { continuation in
                domain.enter { begin(continuation) }
            }
        } onCancel: {
            onCancel()
        }
    }

    override func deliver() {
        let continuation = continuation
        self.continuation = nil
        continuation?.resume(with: outcome)
    }

    private func begin(_ continuation: UnsafeContinuation<Void, any Error>) {
        self.continuation = continuation
        hasBegun = true
        if isWithdrawn { return settle(.failure(CancellationError())) }
        promise.react(
            identity: ObjectIdentifier(self),
            fulfilled: { self.settle(.success(())) },
            rejected: { self.settle(.failure($0)) })
    }

    private func settle(_ outcome: Result<Void, any Error>) {
        guard !isSettled else { return }
        isSettled = true
        self.outcome = outcome
        domain.post(self)
    }

    private func withdraw() {
        domain.enter {
            isWithdrawn = true
            guard hasBegun else { return }
            promise.withdraw(ObjectIdentifier(self))
            settle(.failure(CancellationError()))
        }
    }
}
