// Copyright 2026 the Whippet authors
// SPDX-License-Identifier: Apache-2.0

/// A wait of the Swift face for something that the core settles, with nothing to give.
// SAFETY: the state is touched only within `domain.enter`; once the item is posted, continuation and outcome are its
// delivery's alone.
final class Wait: CoreWriteRequest, @unchecked Sendable {
    private let domain: StreamDomain
    private var continuation: UnsafeContinuation<Void, any Error>?
    private var outcome: Result<Void, any Error>?
    private var isSettled = false
    private var promise: CorePromise?

    init(_ domain: StreamDomain) {
        self.domain = domain
    }

    /// Waits for a promise; cancelling the task ends the wait, not what is waited for.
    static func promise(_ domain: StreamDomain, _ promise: CorePromise) async throws {
        let wait = Wait(domain)
        try await wait.value(
            begin: { wait.react(to: promise) },
            onCancel: { domain.enter { wait.withdraw() } })
    }

    /// Begins something within the domain that settles this, and waits; `onCancel` hears that the task was cancelled.
    func value(begin: () -> Void, onCancel: @Sendable () -> Void) async throws {
        domain.enter { begin() }
        // What does not wait has settled by now: no need to suspend.
        if let outcome = domain.enter({ takeOutcome() }) { return try outcome.get() }
        try await withTaskCancellationHandler {
            try await withUnsafeThrowingContinuation { continuation in
                domain.enter {
                    self.continuation = continuation
                    if outcome != nil { domain.post(self) }
                }
            }
        } onCancel: {
            onCancel()
        }
    }

    /// Has a promise settle this; called within the domain.
    func react(to promise: CorePromise) {
        self.promise = promise
        promise.react(
            identity: ObjectIdentifier(self),
            fulfilled: { self.settle(.success(())) },
            rejected: { self.settle(.failure($0)) })
    }

    /// Ends the wait with a `CancellationError`; called within the domain.
    func withdraw() {
        promise?.withdraw(ObjectIdentifier(self))
        settle(.failure(CancellationError()))
    }

    override func fulfilledSteps() {
        settle(.success(()))
    }

    override func rejectedSteps(_ reason: any Error) {
        settle(.failure(reason))
    }

    override func deliver() {
        guard let continuation, let outcome else { return }
        self.continuation = nil
        continuation.resume(with: outcome)
    }

    private func takeOutcome() -> Result<Void, any Error>? {
        let taken = outcome
        outcome = nil
        return taken
    }

    private func settle(_ outcome: Result<Void, any Error>) {
        guard !isSettled else { return }
        isSettled = true
        self.outcome = outcome
        if continuation != nil { domain.post(self) }
    }
}
