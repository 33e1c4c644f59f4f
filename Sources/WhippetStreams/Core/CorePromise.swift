// Copyright 2026 the Whippet authors
// SPDX-License-Identifier: Apache-2.0

/// A promise of nothing in particular: the core's own kind, which runs its reactions as jobs.
///
/// The Streams Standard keeps chunks out of its promises (they travel in read requests), so that a promise is only ever
/// fulfilled with undefined or rejected with a reason.
final class CorePromise {
    enum State {
        case pending
        case fulfilled
        case rejected(any Error)
    }

    private struct Reaction {
        var identity: ObjectIdentifier?
        var fulfilled: () -> Void
        var rejected: (any Error) -> Void
    }

    private(set) var state: State = .pending
    /// Whether the promise's fate is sealed though it may be pending still: it follows another one.
    private var isResolved = false
    private var reactions: [Reaction] = []
    private let jobs: JobQueue

    /// Makes [a new promise](https://webidl.spec.whatwg.org/#a-new-promise).
    init(_ jobs: JobQueue) {
        self.jobs = jobs
    }

    /// Makes [a promise resolved with](https://webidl.spec.whatwg.org/#a-promise-resolved-with) undefined.
    static func resolved(_ jobs: JobQueue) -> CorePromise {
        let promise = CorePromise(jobs)
        promise.fulfill()
        return promise
    }

    /// Makes [a promise rejected with](https://webidl.spec.whatwg.org/#a-promise-rejected-with) a reason.
    static func rejected(_ jobs: JobQueue, _ reason: any Error) -> CorePromise {
        let promise = CorePromise(jobs)
        promise.fail(reason)
        return promise
    }

    /// Makes a promise that is settled when [all others](https://webidl.spec.whatwg.org/#wait-for-all) are fulfilled or
    /// one is rejected.
    static func all(_ jobs: JobQueue, _ promises: [CorePromise]) -> CorePromise {
        if promises.isEmpty { return .resolved(jobs) }
        let promise = CorePromise(jobs)
        var pendingCount = promises.count
        for other in promises {
            other.react(
                fulfilled: {
                    pendingCount -= 1
                    if pendingCount == 0 { promise.resolve() }
                },
                rejected: { promise.reject($0) })
        }
        return promise
    }

    var isPending: Bool {
        if case .pending = state { return true }
        return false
    }

    /// Fulfils the promise, unless it is settled.
    func resolve() {
        guard !isResolved else { return }
        fulfill()
    }

    /// Rejects the promise, unless it is settled.
    func reject(_ reason: any Error) {
        guard !isResolved else { return }
        fail(reason)
    }

    /// Makes the promise follow another one, as a JavaScript promise does: the other is looked at in a job of its own.
    func resolve(with other: CorePromise) {
        guard !isResolved else { return }
        isResolved = true
        jobs.enqueue { other.react(fulfilled: { self.fulfill() }, rejected: { self.fail($0) }) }
    }

    /// [Reacts](https://webidl.spec.whatwg.org/#dfn-perform-steps-once-promise-is-settled): runs one of the two as a job
    /// when the promise settles.
    func react(
        identity: ObjectIdentifier? = nil,
        fulfilled: @escaping () -> Void = {},
        rejected: @escaping (any Error) -> Void = { _ in }
    ) {
        switch state {
        case .pending:
            reactions.append(Reaction(identity: identity, fulfilled: fulfilled, rejected: rejected))
        case .fulfilled:
            jobs.enqueue(fulfilled)
        case .rejected(let reason):
            jobs.enqueue { rejected(reason) }
        }
    }

    /// Reacts and returns the promise of the reaction's end, one job later than this promise.
    func transformed(rejected: ((any Error) throws -> Void)? = nil) -> CorePromise {
        let promise = CorePromise(jobs)
        react(
            fulfilled: { promise.resolve() },
            rejected: { reason in
                guard let rejected else { return promise.reject(reason) }
                do {
                    try rejected(reason)
                    promise.resolve()
                } catch {
                    promise.reject(error)
                }
            })
        return promise
    }

    /// Takes back the reactions made under this identity.
    func withdraw(_ identity: ObjectIdentifier) {
        reactions.removeAll { $0.identity == identity }
    }

    private func fulfill() {
        isResolved = true
        state = .fulfilled
        for reaction in take() { jobs.enqueue(reaction.fulfilled) }
    }

    private func fail(_ reason: any Error) {
        isResolved = true
        state = .rejected(reason)
        for reaction in take() { jobs.enqueue { reaction.rejected(reason) } }
    }

    private func take() -> [Reaction] {
        let taken = reactions
        reactions = []
        return taken
    }
}
