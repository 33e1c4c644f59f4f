// Copyright 2026 the Whippet authors
// SPDX-License-Identifier: Apache-2.0

/// A promise of nothing in particular: the core's own kind, which runs its reactions as jobs.
///
/// The Streams Standard keeps chunks out of its promises (they travel in read requests), so that a promise is only ever
/// fulfilled with undefined or rejected with a reason. A driver with promises of its own derives from this.
class CorePromise {
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

    private var state: State = .pending
    /// Whether the promise's fate is sealed though it may be pending still: it follows another one.
    private var isResolved = false
    private var reactions: [Reaction] = []
    private let jobs: JobQueue

    init(_ jobs: JobQueue) {
        self.jobs = jobs
    }

    /// Makes [a promise resolved with](https://webidl.spec.whatwg.org/#a-promise-resolved-with) undefined.
    static func resolved(_ jobs: JobQueue) -> CorePromise {
        let promise = jobs.promise()
        promise.resolve()
        return promise
    }

    /// Makes [a promise rejected with](https://webidl.spec.whatwg.org/#a-promise-rejected-with) a reason.
    static func rejected(_ jobs: JobQueue, _ reason: any Error) -> CorePromise {
        let promise = jobs.promise()
        promise.reject(reason)
        return promise
    }

    /// Makes a promise that is rejected and whose \[[PromiseIsHandled]] is true.
    static func handledRejection(_ jobs: JobQueue, _ reason: any Error) -> CorePromise {
        let promise = rejected(jobs, reason)
        promise.setHandled()
        return promise
    }

    /// Makes a promise that is settled when [all others](https://webidl.spec.whatwg.org/#wait-for-all) are fulfilled or
    /// one is rejected.
    static func all(_ jobs: JobQueue, _ promises: [CorePromise]) -> CorePromise {
        if promises.isEmpty { return .resolved(jobs) }
        let promise = jobs.promise()
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

    final var isPending: Bool {
        if case .pending = state { return true }
        return false
    }

    /// Fulfils the promise, unless it is settled.
    final func resolve() {
        guard !isResolved else { return }
        isResolved = true
        settle(.fulfilled)
    }

    /// Rejects the promise, unless it is settled.
    final func reject(_ reason: any Error) {
        guard !isResolved else { return }
        isResolved = true
        settle(.rejected(reason))
    }

    /// Makes the promise follow another one, as a JavaScript promise does: the other is looked at in a job of its own.
    final func resolve(with other: CorePromise) {
        guard !isResolved else { return }
        isResolved = true
        follow(other)
    }

    /// Takes its final state and has the reactions run; called once.
    func settle(_ state: State) {
        self.state = state
        let taken = reactions
        reactions = []
        for reaction in taken { schedule(reaction) }
    }

    /// Settles as another promise does, once that one is settled and two jobs have run; called once.
    func follow(_ other: CorePromise) {
        jobs.enqueue {
            other.react(fulfilled: { self.settle(.fulfilled) }, rejected: { self.settle(.rejected($0)) })
        }
    }

    /// [Reacts](https://webidl.spec.whatwg.org/#dfn-perform-steps-once-promise-is-settled): runs one of the two as a job
    /// when the promise settles.
    func react(
        identity: ObjectIdentifier? = nil,
        fulfilled: @escaping () -> Void = {},
        rejected: @escaping (any Error) -> Void = { _ in }
    ) {
        let reaction = Reaction(identity: identity, fulfilled: fulfilled, rejected: rejected)
        if isPending { reactions.append(reaction) } else { schedule(reaction) }
    }

    /// Reacts and returns the promise of the reaction's end, one job later than this promise.
    final func transformed(rejected: ((any Error) throws -> Void)? = nil) -> CorePromise {
        let promise = jobs.promise()
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

    /// Sets \[[PromiseIsHandled]] to true; only a language that reports rejections nobody looks at need care.
    func setHandled() {}

    /// Takes back the reactions made under this identity.
    final func withdraw(_ identity: ObjectIdentifier) {
        reactions.removeAll { $0.identity == identity }
    }

    private func schedule(_ reaction: Reaction) {
        switch state {
        case .pending: assertionFailure("a reaction runs once the promise is settled")
        case .fulfilled: jobs.enqueue(reaction.fulfilled)
        case .rejected(let reason): jobs.enqueue { reaction.rejected(reason) }
        }
    }
}
