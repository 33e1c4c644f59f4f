// Copyright 2026 the Whippet authors
// SPDX-License-Identifier: Apache-2.0

internal import Synchronization
public import WhippetApp
public import WhippetFetch
internal import WhippetInfra
internal import WhippetRouting
public import WhippetURL

/// A request on its way through an `H3` application: what handlers and middleware get.
///
/// ```swift
/// let app = H3()
/// app.get("/hello/:name") { event in
///     event.res.headers["x-powered-by"] = "tea"
///     return "Hello, \(event.params.name)!"
/// }
/// ```
/// Source: [H3Event](https://h3.dev/guide/api/h3event).
public final class H3Event: Sendable {
    struct State: Sendable {
        /// Nil until somebody prepares something.
        var prepared: EventResponse.Prepared?
        var touched: EventResponse.Prepared {
            get { prepared ?? EventResponse.Prepared() }
            set { prepared = newValue }
        }
        var values: [String: any Sendable] = [:]
        /// Whether `onError` was asked already: it is asked once.
        var isErrorHandled = false
    }

    /// The request.
    public var req: Request {
        let limit = bodyLimit.load(ordering: .relaxed)
        guard limit >= 0 else { return request }
        var request = request
        request.bodyLimit = limit
        return request
    }
    private let request: Request
    /// The limit that `bodyLimit(_:)` has set; negative for none.
    let bodyLimit = Atomic(-1)
    /// The parameters of the route, decoded; `_` and numbers name wildcards without a name.
    public let params: Params
    let runner: EventRunner
    let state = Locked(State())

    init(_ request: Request, _ params: Params, _ runner: EventRunner) {
        self.request = request
        self.params = params
        self.runner = runner
    }

    /// The URL that was asked for, its path without needless escapes: what the router sees.
    ///
    /// `req.url` has it as it came.
    public var url: URL {
        var url = req.url
        req.withPathBytes { path in
            if case .normalized(let path) = PathNormalization(path) { url.pathname = path.string }
        }
        return url
    }

    /// What is prepared for the response: status and headers.
    public var res: EventResponse { EventResponse(event: self) }

    /// What middleware hands on to handlers.
    public var context: EventContext { EventContext(event: self) }

    /// Runs an operation once the response has been sent; a server that is shut down waits for it.
    ///
    /// - Throws: `OutsideRequestError` when the event's request is over.
    public func waitUntil(_ operation: @escaping @Sendable () async throws -> Void) throws {
        try after(operation)
    }
}

/// What middleware hands on to handlers, by name.
///
/// ```swift
/// let app = H3()
/// app.use { event in event.context["user"] = "ada" }
/// app.get("/me") { event in event.context["user", as: String.self] ?? "nobody" }
/// ```
public struct EventContext: Sendable {
    let event: H3Event

    /// The parameters of the route.
    public var params: Params { event.params }

    /// A value, nil if nobody has set it.
    public subscript(_ name: String) -> (any Sendable)? {
        get { event.state.withLock { $0.values[name] } }
        nonmutating set { event.state.withLock { $0.values[name] = newValue } }
    }

    /// A value of a type; nil if nobody has set it, or to one of another type.
    public subscript<Value: Sendable>(_ name: String, as type: Value.Type) -> Value? { self[name] as? Value }
}
