// Copyright 2026 the Whippet authors
// SPDX-License-Identifier: Apache-2.0

package import WhippetFetch
internal import WhippetInfra
internal import WhippetStreams

/// A handler in a task of its own, for one that may begin its answer before it ends where others want to see that answer:
/// middleware, or who asks in process.
///
/// What stands around a handler goes on when the handler has returned. One that writes its answer while it runs returns
/// at its end only, so that its first write stands for the return, and the body is handed over from task to task.
package final class HandlerTask: AnswerOpener {
    private struct State {
        var waiting: UnsafeContinuation<Void, Never>?
        /// The answer, once it has begun or is whole.
        var result: Result<Response, any Error>?
        /// Where the body of an answer that has begun goes.
        var body: HandedBody?
        var task: Task<Void, Never>?
    }

    private let state = Locked(State())

    private init() {}

    /// Runs a handler until it has begun its answer, or has returned one.
    ///
    /// - Throws: What the handler throws before.
    package static func run(
        _ handler: @escaping @Sendable (HandlerTask) async throws -> Response
    ) async throws -> Response {
        let handlerTask = HandlerTask()
        // One for each request: it is cancelled with the one that waits here, or by who takes the body, and goes on for as
        // long only as somebody takes it.
        let task = Task(executorPreference: currentTaskExecutor()) { [handlerTask] in
            do {
                await handlerTask.end(try await handler(handlerTask))
            } catch {
                await handlerTask.end(.failure(error))
            }
        }
        return try await withTaskCancellationHandler {
            await handlerTask.begun()
            let (result, body) = handlerTask.state.withLock { ($0.result, $0.body) }
            if let body {
                body.whenCancelled { task.cancel() }
            } else {
                // Its end is near, and with it go its references to the request's scope.
                await task.value
            }
            return try (result ?? .failure(CancellationError())).get()
        } onCancel: {
            task.cancel()
        }
    }

    package func open(_ head: Response) -> (any BodySink)? {
        let body = HandedBody()
        let isFirst = finish(.success(head.replacingBody(body)), body)
        return isFirst ? body : nil
    }

    // MARK: - Algorithm

    private func begun() async {
        await withUnsafeContinuation { continuation in
            let isThere = state.withLock { state in
                if state.result == nil { state.waiting = continuation }
                return state.result != nil
            }
            if isThere { continuation.resume() }
        }
    }

    /// Sets the answer; false when there is one already.
    private func finish(_ result: Result<Response, any Error>, _ body: HandedBody? = nil) -> Bool {
        let (isFirst, waiting) = state.withLock { state -> (Bool, UnsafeContinuation<Void, Never>?) in
            guard state.result == nil else { return (false, nil) }
            state.result = result
            state.body = body
            return (true, state.waiting.take())
        }
        waiting?.resume()
        return isFirst
    }

    /// The handler has returned: its answer, or the rest of one that has begun.
    private func end(_ response: Response) async {
        if finish(.success(response)) { return }
        guard let body = state.withLock({ $0.body }) else { return }
        do {
            let rest = try ResponseChunks(response)
            while let chunk = try await rest.next() {
                if try !chunk.withUnsafeBufferPointer(body.put) { try await body.ready() }
            }
            body.finish(nil)
        } catch {
            body.finish(error)
        }
    }

    private func end(_ failure: Result<Response, any Error>) async {
        if finish(failure) { return }
        guard let body = state.withLock({ $0.body }), case .failure(let error) = failure else { return }
        body.finish(error)
    }
}

/// A body that one task writes and another reads.
private final class HandedBody: BodySequence, BodySink {
    private let handover = ChunkHandover()
    private let onCancel = Locked<(@Sendable () -> Void)?>(nil)

    func whenCancelled(_ action: @escaping @Sendable () -> Void) {
        onCancel.withLock { $0 = action }
    }

    deinit {
        stop()
    }

    // MARK: - The writer's side

    func put(_ bytes: UnsafeBufferPointer<UInt8>) throws -> Bool { try handover.put(bytes) }

    /// An empty chunk has the head sent.
    func flush() throws { try handover.nudge() }

    func ready() async throws { try await handover.ready() }

    func finish(_ error: (any Error)?) {
        handover.finish(error)
    }

    // MARK: - The reader's side

    var length: Int? { nil }

    func next() async throws -> [UInt8]? {
        try await withTaskCancellationHandler {
            try await handover.take()
        } onCancel: {
            stop()
        }
    }

    func cancel(_ reason: any Error) {
        stop()
    }

    private func stop() {
        handover.cancel()
        onCancel.withLock { $0.take() }?()
    }
}
