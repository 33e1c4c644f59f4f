// Copyright 2026 the Whippet authors
// SPDX-License-Identifier: Apache-2.0

/// A source that somebody else feeds through the controller, with a cancel function at most.
class PushSource<Chunk: Sendable>: CoreUnderlyingSource<Chunk> {
    typealias Cancel = @Sendable ((any Error)?) async throws -> Void

    let domain: StreamDomain
    let executor: (any TaskExecutor)?
    private let cancelAlgorithm: Cancel?

    init(_ domain: StreamDomain, executor: (any TaskExecutor)?, cancel: Cancel?) {
        self.domain = domain
        self.executor = executor
        self.cancelAlgorithm = cancel
    }

    override func cancel(_ reason: (any Error)?, _ jobs: JobQueue) -> CorePromise {
        guard let cancelAlgorithm else { return .resolved(jobs) }
        return Settlement.running(domain, executor) { try await cancelAlgorithm(reason) }
    }
}

/// A source whose pull function returns without waiting: it runs on the thread that made room in the queue.
// SAFETY: the variables are touched only within the domain; `pullAlgorithm` is set before anybody else knows the source.
final class SynchronousSource<Chunk: Sendable>: PushSource<Chunk>, @unchecked Sendable {
    private var isCleared = false
    private var isDelivering = false
    private var isWanted = false
    private var controller: CoreReadableStreamController<Chunk>?
    private var pullAlgorithm: (() throws -> Void)?

    /// Sets the pull function, which owns the stream's core, and the controller that is told of its end.
    func prepare(_ controller: CoreReadableStreamController<Chunk>, pull: @escaping () throws -> Void) {
        self.controller = controller
        self.pullAlgorithm = pull
    }

    override var hasPull: Bool { true }

    override func pull(_ controller: CoreReadableStreamController<Chunk>) {
        isWanted = true
        // While the function is called its caller looks again: a trampoline, so that a source that always enqueues
        // takes no stack.
        if !isDelivering { domain.post(self) }
        isDelivering = true
    }

    override func cleared() {
        isCleared = true
    }

    @_specialize(where Chunk == [UInt8])
    override func deliver() {
        guard let controller, let pullAlgorithm else { return }
        while domain.enter({ takeDemand() }) {
            do {
                try pullAlgorithm()
                domain.enter { controller.pullFulfilled() }
            } catch {
                domain.enter { controller.pullRejected(error) }
            }
        }
    }

    private func takeDemand() -> Bool {
        isDelivering = isWanted && !isCleared
        isWanted = false
        return isDelivering
    }
}

/// A source whose pull function waits: it runs in the stream's pump.
final class PumpedSource<Chunk: Sendable>: PushSource<Chunk> {
    var pump: Pump?
    private let cancelled: (@Sendable ((any Error)?) -> Void)?

    /// Makes a source; `cancelled` is told of a cancel at once and can't delay it, unlike `cancel`.
    init(
        _ domain: StreamDomain, executor: (any TaskExecutor)?, cancel: Cancel?,
        cancelled: (@Sendable ((any Error)?) -> Void)? = nil
    ) {
        self.cancelled = cancelled
        super.init(domain, executor: executor, cancel: cancel)
    }

    override var hasPull: Bool { true }

    override func pull(_ controller: CoreReadableStreamController<Chunk>) {
        pump?.demand()
    }

    override func cancel(_ reason: (any Error)?, _ jobs: JobQueue) -> CorePromise {
        pump?.cancel()
        if let cancelled { domain.post(OutboxAction { cancelled(reason) }) }
        return super.cancel(reason, jobs)
    }

    override func cleared() {
        pump?.end()
    }
}
