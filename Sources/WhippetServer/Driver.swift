// Copyright 2026 the Whippet authors
// SPDX-License-Identifier: Apache-2.0

internal import WhippetFetch

/// A task that runs handlers, one after another, for whichever connections have a request ready.
///
/// Starting a task for each request would cost more than everything else that a small request costs. A driver is a
/// task that goes on to the next request instead; when its handler suspends, the worker wakes another driver. A
/// cancelled task stays cancelled for ever: a driver whose request was cancelled ends with it and is never used again.
// SAFETY: touched on its worker's loop thread only; `run` prefers that loop as its executor.
final class Driver: @unchecked Sendable {
    private let worker: Worker
    private var task: Task<Void, Never>?
    private var parked: UnsafeContinuation<Void, Never>?
    /// The connection whose request runs.
    private var connection: ObjectIdentifier?
    private var isRetired = false
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
            task = RequestScope.bind(for: worker.responder) { scope in
                Task(executorPreference: worker.loop) { await self.run(scope) }
            }
        }
    }

    /// Cancels the handler that runs for `connection`, and nothing else.
    func cancel(_ connection: Connection) {
        guard self.connection == ObjectIdentifier(connection) else { return }
        isRetired = true
        task?.cancel()
    }

    /// Ends a driver that waits for work.
    func retire() {
        isRetired = true
        wake()
    }

    private func run(_ scope: RequestScope) async {
        let worker = worker
        let responder = worker.responder
        worker.driverStarted()
        self.scope = scope
        while !isRetired {
            while !isRetired, let next = worker.takeReady() {
                connection = ObjectIdentifier(next)
                // Its request, and those that were pipelined behind it. No function of its own: each asynchronous call
                // costs some hundred instructions.
                while next.begin(self) {
                    let response = await responder.respond(to: next.takeRequest(for: scope), in: scope)
                    if worker.loop.pulse.isLate { worker.reportBlocked(by: [scope.request]) }
                    if !next.answer(response) { await next.stream(response, scope) }
                    guard end(next, scope) else { break }
                }
                next.leave(self)
                connection = nil
            }
            if isRetired || !worker.park(self) { break }
            await withUnsafeContinuation { parked = $0 }
        }
        worker.driverEnded()
    }

    /// Ends the request that was answered; true when the driver may go on with the connection's next one.
    private func end(_ connection: Connection, _ scope: RequestScope) -> Bool {
        // A handler can cancel the task that it runs in; whoever comes next must not find it cancelled.
        if task?.isCancelled == true { isRetired = true }
        // A task that the handler left behind keeps the scope, and with it this driver's task.
        if !scope.end() { isRetired = true }
        if let work = scope.takeAfterWork() {
            connection.flush()
            work.watch?.ended(bytes: connection.sentContent, isComplete: !connection.isClosed)
            if !work.operations.isEmpty { worker.run(work) }
        }
        if !isRetired { scope.clear() }
        return connection.finish() && !isRetired
    }
}
