// Copyright 2026 the Whippet authors
// SPDX-License-Identifier: Apache-2.0

internal import Synchronization
public import WhippetApp
public import WhippetFetch
internal import WhippetInfra

/// Code around handlers: it answers, or leaves it to what comes next.
///
/// ```swift
/// let app = H3()
/// app.use { event in event.res.headers["x-frame-options"] = "DENY" }
/// app.use { event, next in
///     let value = try await next()
///     return value
/// }
/// ```
public struct EventMiddleware: Sendable {
    let run: @Sendable (H3Event, EventNext) async throws -> EventValue

    init(run: @escaping @Sendable (H3Event, EventNext) async throws -> EventValue) {
        self.run = run
    }

    /// Takes a function that answers, or returns nil or the value of what comes next.
    public init<Value: ResponseConvertible>(
        _ middleware: @escaping @Sendable (H3Event, EventNext) async throws -> Value
    ) {
        run = { try await EventValue(middleware($0, $1)) }
    }

    /// Takes a function behind which what comes next runs, if it has not run already.
    @_disfavoredOverload
    public init(_ middleware: @escaping @Sendable (H3Event, EventNext) async throws -> Void) {
        run = { event, next in
            try await middleware(event, next)
            return .nothing
        }
    }

    /// Takes a function that answers, or returns nil.
    public init<Value: ResponseConvertible>(_ middleware: @escaping @Sendable (H3Event) async throws -> Value) {
        run = { event, _ in try await EventValue(middleware(event)) }
    }

    /// Takes a function that what comes next follows.
    @_disfavoredOverload
    public init(_ middleware: @escaping @Sendable (H3Event) async throws -> Void) {
        run = { event, _ in
            try await middleware(event)
            return .nothing
        }
    }
}

/// What comes behind a middleware: the next one, and at last the handler.
///
/// It runs once.
public final class EventNext: Sendable {
    private enum State: Sendable {
        case waiting
        case running
        case done(Result<EventValue, any Error>)
    }

    private let state = Locked(State.waiting)
    private let work: @Sendable () async throws -> EventValue

    init(_ work: @escaping @Sendable () async throws -> EventValue) {
        self.work = work
    }

    /// Runs what comes next, or returns what it has returned already.
    ///
    /// - Returns: What it answers, as a value.
    /// - Throws: What it throws; `HTTPError` 500 if it is called while it runs.
    public func callAsFunction() async throws -> EventValue {
        let earlier = state.withLock { state -> State in
            let earlier = state
            if case .waiting = earlier { state = .running }
            return earlier
        }
        switch earlier {
        case .done(let result): return try result.get()
        case .running: throw HTTPError(.internalServerError, "H3: next() is called while it runs")
        case .waiting: break
        }
        do {
            let value = try await work()
            state.withLock { $0 = .done(.success(value)) }
            return value
        } catch {
            state.withLock { $0 = .done(.failure(error)) }
            throw error
        }
    }
}

/// Makes middleware of a handler: what it returns is the answer, unless it is nothing or `.notFound`.
public func toMiddleware(_ handler: EventHandler) -> EventMiddleware {
    EventMiddleware { event, _ in try await handler.run(event) }
}

/// Makes middleware that answers 413 where a body is larger than a limit, or turns out to be when it is read.
///
/// ```swift
/// let app = H3()
/// app.use(bodyLimit(64 * 1024))
/// app.post("/echo") { event in try await readBody(event) }
/// ```
/// - Parameter limit: How many bytes a body has at most.
public func bodyLimit(_ limit: Int) -> EventMiddleware {
    EventMiddleware { event in
        let limit = max(limit, 0)
        if let length = event.req.bodyLength, length > limit {
            throw HTTPError(
                status: .contentTooLarge, statusText: "Request Entity Too Large",
                message: "Request body size exceeds the limit of \(limit) bytes")
        }
        event.bodyLimit.store(limit, ordering: .relaxed)
    }
}

/// Makes middleware of a function that is called before what comes next.
public func onRequest(_ hook: @escaping @Sendable (H3Event) async throws -> Void) -> EventMiddleware {
    EventMiddleware(hook)
}

/// Makes middleware of a function that sees the response of what comes next, and may return another one.
public func onResponse(
    _ hook: @escaping @Sendable (Response, H3Event) async throws -> Response?
) -> EventMiddleware {
    EventMiddleware { event, next in
        let response = try await event.runner.response(of: try await next(), event)
        return EventValue(try await hook(response, event) ?? response)
    }
}

/// Makes middleware of a function that is told what was thrown, and may return a value to answer with.
///
/// What is no `HTTPError` comes as one of 500, which `unhandled` tells.
public func onError<Value: ResponseConvertible>(
    _ hook: @escaping @Sendable (HTTPError, H3Event) async throws -> Value
) -> EventMiddleware {
    EventMiddleware { event, next in
        do {
            return try await next()
        } catch {
            if EventRunner.steersRequest(error) { throw error }
            let failure = HTTPError(answeringFor: error)
            let value = try await EventValue(hook(failure, event))
            if case .nothing = value.kind { throw failure }
            return value
        }
    }
}

/// Makes middleware of a function that is told what was thrown.
@_disfavoredOverload
public func onError(_ hook: @escaping @Sendable (HTTPError, H3Event) async throws -> Void) -> EventMiddleware {
    onError { error, event -> EventValue in
        try await hook(error, event)
        return .nothing
    }
}
