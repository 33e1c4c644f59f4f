// Copyright 2026 the Whippet authors
// SPDX-License-Identifier: Apache-2.0

internal import Synchronization
package import WhippetFetch

/// A task that runs handlers, one after another, for whichever connections have a request ready.
///
/// Starting a task for each request would cost more than everything else that a small request costs. A driver is a
/// task that goes on to the next request instead; when its handler suspends, the worker wakes another driver. A
/// cancelled task stays cancelled for ever: a driver whose request was cancelled ends with it and is never used again.
///
/// The loop over the requests is the responder's, so that it can call a handler without another asynchronous function
/// in between: `next`, then `answer`, and `stream` where that could not.
// SAFETY: touched on its worker's loop thread only; `run` prefers that loop as its executor.
package final class Driver: AnswerOpener, @unchecked Sendable {
    private let worker: Worker
    private var task: Task<Void, Never>?
    private var parked: UnsafeContinuation<Void, Never>?
    /// The connection whose request runs, retained: each look at a reference would count it.
    // SAFETY: retained by `next`, which alone releases it.
    private var connection: Unmanaged<Connection>?
    private var isRetired = false
    /// Whether its task has been cancelled, by whomever.
    private let isCancelled = Atomic(false)
    /// What its task is bound to, once that runs.
    private var scope: RequestScope?

    init(worker: Worker) {
        self.worker = worker
    }

    /// The request whose handler waits for something; nil for a driver without one.
    var request: Request? { connection == nil ? nil : scope?.request }

    /// Starts or resumes the driver; it takes what is ready in the worker's queue.
    func wake() {
        if let continuation = parked {
            parked = nil
            continuation.resume()
        } else if task == nil {
            // Bound here, the scope is the task's alone: a binding inside would be one reference more.
            task = RequestScope.bind(for: worker.responder, opener: self) { scope in
                Task(executorPreference: worker.loop) { await self.run(scope) }
            }
        }
    }

    /// Cancels the handler that runs for `connection`, and nothing else.
    func cancel(_ connection: Connection) {
        guard self.connection?.toOpaque() == Unmanaged.passUnretained(connection).toOpaque() else { return }
        isRetired = true
        task?.cancel()
    }

    package func open(_ head: Response) -> (any BodySink)? {
        // Whoever is on another thread must not even look.
        guard worker.loop.isCurrent else { return nil }
        return connection?._withUnsafeGuaranteedRef { $0.open(head) }
    }

    /// Ends a driver that waits for work.
    func retire() {
        isRetired = true
        wake()
    }

    private func run(_ scope: RequestScope) async {
        worker.driverStarted()
        self.scope = scope
        // Told, and not asked after each request: that would count two references.
        await withTaskCancellationHandler {
            while !isRetired {
                await worker.responder.serve(self, in: scope)
                if isRetired || !worker.park(self) { break }
                await withUnsafeContinuation { parked = $0 }
            }
        } onCancel: {
            isCancelled.store(true, ordering: .releasing)
        }
        // The scope refers to the driver.
        self.scope = nil
        worker.driverEnded()
    }

    // MARK: - For the responder

    /// The next request that waits, once the one before has been answered; nil when `serve` is to return.
    package func next(in scope: RequestScope) -> Request? {
        if let held = connection {
            let next = held._withUnsafeGuaranteedRef { connection -> Request? in
                // One that was pipelined behind the last.
                if end(connection, scope), connection.begin(self) { return connection.takeRequest(for: scope) }
                connection.leave(self)
                return nil
            }
            if let next { return next }
            connection = nil
            held.release()
        }
        while !isRetired, let ready = worker.takeReady() {
            guard ready.begin(self) else { continue }
            let request = ready.takeRequest(for: scope)
            connection = .passRetained(ready)
            return request
        }
        return nil
    }

    /// Sends the answer to the request that `next` gave; false when its body is not at hand, and `stream` has to.
    package func answer(_ response: Response) -> Bool {
        if worker.loop.pulse.isLate { worker.reportBlocked(by: [request]) }
        return connection?._withUnsafeGuaranteedRef { $0.answer(response) } ?? true
    }

    /// Sends an answer whose body is made while it is sent.
    package func stream(_ response: Response, in scope: RequestScope) async {
        await connection?.takeUnretainedValue().stream(response, scope)
    }

    /// Ends the request that was answered; true when the driver may go on with the connection's next one.
    private func end(_ connection: Connection, _ scope: RequestScope) -> Bool {
        // A handler can cancel the task that it runs in, this one; whoever comes next must not find it cancelled.
        if isCancelled.load(ordering: .acquiring) { isRetired = true }
        // A task that the handler left behind keeps the scope, and with it this driver's task.
        if !scope.end() { isRetired = true }
        if scope.hasAfterWork { runAfterWork(connection, scope) }
        if !isRetired, let content = scope.clear() { worker.giveBack(content) }
        return connection.finish() && !isRetired
    }

    private func runAfterWork(_ connection: Connection, _ scope: RequestScope) {
        guard let work = scope.takeAfterWork() else { return }
        connection.flush()
        work.watch?.ended(bytes: connection.sentContent, isComplete: !connection.isClosed)
        if !work.operations.isEmpty { worker.run(work) }
    }
}
