// Copyright 2026 the Whippet authors
// SPDX-License-Identifier: Apache-2.0

public import WhippetFetch

/// Code around handlers: it sees the request before them and the response after them, and may answer itself.
///
/// ```swift
/// func servedBy(_ name: String) -> Middleware {
///     Middleware { request, _, next in
///         var response = await next(request)
///         response.headers["x-served-by"] = name
///         return response
///     }
/// }
/// app.use(servedBy("whippet"))
/// ```
public struct Middleware: Sendable {
    /// Gets the request, what the host knows of it, and what comes next; returns the response.
    ///
    /// What it throws is answered for as if a handler had thrown it.
    public typealias Run = @Sendable (Request, Context, Next) async throws -> Response

    let matcher: Matcher?
    let run: Run

    /// Makes middleware of a function.
    ///
    /// - Parameters:
    ///   - matcher: For which paths it runs; nil for all of the routes that it is added to.
    ///   - run: Gets the request and what comes next, and returns the response.
    public init(matcher: Matcher? = nil, _ run: @escaping Run) {
        self.matcher = matcher
        self.run = run
    }

    /// The middleware for the paths of a matcher only.
    public func matching(_ matcher: Matcher) -> Middleware {
        Middleware(matcher: matcher, run)
    }
}

/// What comes behind a middleware: the next one, and at last the route's handler.
public struct Next: Sendable {
    let host: Host
    let found: Found
    let position: Int

    /// Asks what comes next.
    ///
    /// It does not throw: what handlers throw has become a response already, so that whatever a middleware adds to a
    /// response is there for errors too.
    public func callAsFunction(_ request: Request) async -> Response {
        await host.proceed(found, from: position, request)
    }
}
