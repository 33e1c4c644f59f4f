// Copyright 2026 the Whippet authors
// SPDX-License-Identifier: Apache-2.0

/// The one task of a stream whose source waits: runs the source's operation each time the stream wants a chunk.
///
/// The task starts with the first demand and parks between demands; it owns the source's closures and the pump, which
/// the stream lets go of when it clears its algorithms. So an ended or abandoned stream ends the task.
// SAFETY: the state is touched only within `domain.enter`, except for `resumption` and `launch`: they are set before
// the pump is posted, and read by the one delivery that follows.
final class Pump: OutboxItem, @unchecked Sendable {
    private enum State {
        /// Not started.
        case idle
        /// At work, or woken and about to be.
        case running
        /// Waits for the next demand.
        case parked(UnsafeContinuation<Void, Never>)
    }

    private let domain: StreamDomain
    private let executor: (any TaskExecutor)?
    private let operation: @Sendable () async -> Void
    private var state: State = .idle
    private var isWanted = false
    private var hasEnded = false
    private var resumption: UnsafeContinuation<Void, Never>?
    private var task: Task<Void, Never>?
    private var isCancelled = false

    /// Makes a pump.
    ///
    /// `operation` reports its end to the stream itself, before it returns.
    init(_ domain: StreamDomain, executor: (any TaskExecutor)?, operation: @escaping @Sendable () async -> Void) {
        self.domain = domain
        self.executor = executor
        self.operation = operation
    }

    /// Has the operation run once more; called within the domain.
    func demand() {
        assert(domain.isHeld)
        guard !hasEnded else { return }
        isWanted = true
        switch state {
        case .idle:
            state = .running
            domain.post(self)
        case .running:
            break
        case .parked(let continuation):
            state = .running
            resumption = continuation
            domain.post(self)
        }
    }

    /// Ends the task when its operation has returned, and takes back an operation not begun yet; called within the domain.
    func end() {
        isWanted = false
        endAfterDemand()
    }

    /// Ends the task when nothing is wanted from it any more; called within the domain.
    func endAfterDemand() {
        assert(domain.isHeld)
        guard !hasEnded else { return }
        hasEnded = true
        if case .parked(let continuation) = state {
            state = .running
            resumption = continuation
            domain.post(self)
        }
    }

    /// Ends the task and cancels the operation under way; called within the domain.
    func cancel() {
        end()
        interrupt()
    }

    /// Cancels the operation under way, or the one that is wanted; called within the domain.
    func interrupt() {
        guard !isCancelled else { return }
        isCancelled = true
        if let task { domain.post(OutboxAction { task.cancel() }) }
    }

    override func deliver() {
        if let continuation = resumption {
            resumption = nil
            continuation.resume()
            return
        }
        let task = Task(executorPreference: executor) { await self.run() }
        let isCancelled = domain.enter { () -> Bool in
            self.task = task
            return self.isCancelled
        }
        if isCancelled { task.cancel() }
    }

    private func run() async {
        while await next() { await operation() }
    }

    /// Waits until the operation is wanted; false once the pump has ended.
    private func next() async -> Bool {
        while true {
            if let answer = domain.enter({ takeDemand() }) { return answer }
            await withUnsafeContinuation { continuation in
                domain.enter {
                    if isWanted || hasEnded {
                        // Between the look and the wait somebody asked: wake at once, outside the lock.
                        resumption = continuation
                        domain.post(self)
                    } else {
                        state = .parked(continuation)
                    }
                }
            }
        }
    }

    private func takeDemand() -> Bool? {
        if isWanted {
            isWanted = false
            return true
        }
        guard hasEnded else { return nil }
        task = nil
        return false
    }
}
