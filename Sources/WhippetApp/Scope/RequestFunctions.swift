// Copyright 2026 the Whippet authors
// SPDX-License-Identifier: Apache-2.0

public import WhippetFetch
internal import WhippetServer

/// The headers of the request that is being handled, read-only: to set some, return a response with them.
///
/// ```swift
/// func referer() throws -> String {
///     try headers()[.referer] ?? "none"
/// }
/// ```
/// - Throws: `OutsideRequestError` when no request is being handled.
public func headers() throws -> Headers {
    guard let request = RequestScope.current?.request else { throw OutsideRequestError(function: "headers()") }
    return request.headers
}

/// The cookies of the request that is being handled, and those that its answer will set.
///
/// ```swift
/// func token() throws -> String {
///     try cookies()["token"] ?? "none"
/// }
/// ```
/// They go with the answer of the handler and with a redirect, not with that of an error.
/// - Throws: `OutsideRequestError` when no request is being handled.
public func cookies() throws -> CookieStore {
    guard let store = CookieStore(RequestScope.current) else { throw OutsideRequestError(function: "cookies()") }
    return store
}

/// Runs an operation once the response has been sent, the last byte of a stream included; it runs as well if the handler
/// throws or the client leaves.
///
/// A server that is shut down waits for it, as long as it waits for requests. What it throws is logged.
/// ```swift
/// app.post("/orders") { request in
///     let order = try await request.json()
///     try after { print("ordered: \(order)") }
///     return Response(status: .accepted)
/// }
/// ```
/// - Throws: `OutsideRequestError` when no request is being handled, or its answer is out already.
public func after(_ operation: @escaping @Sendable () async throws -> Void) throws {
    guard let scope = RequestScope.current, scope.addAfterWork(operation) else {
        throw OutsideRequestError(function: "after")
    }
}

/// Ends the handler and sends the client to another URL: with 307, or with 303 after a form was posted.
///
/// ```swift
/// app.get("/old") { try redirect("/new") }
/// ```
/// - Parameter url: What `Location` says, absolute or relative, as it is but for letters beyond ASCII, which are escaped.
/// - Throws: Always: what steers the request.
public func redirect(_ url: String) throws -> Never {
    throw Redirection(location: url, status: .temporaryRedirect)
}

/// Ends the handler and says that what was asked for is elsewhere for good: with 308, or with 303 after a form was
/// posted.
///
/// - Parameter url: What `Location` says, absolute or relative, as it is but for letters beyond ASCII, which are escaped.
/// - Throws: Always: what steers the request.
public func permanentRedirect(_ url: String) throws -> Never {
    throw Redirection(location: url, status: .permanentRedirect)
}

/// Ends the handler with 404 and no body, answered by the nearest `notFound` handler.
///
/// - Throws: Always, an `HTTPError`.
public func notFound() throws -> Never {
    throw HTTPError(.notFound, "")
}

/// Ends the handler with 403 and no body.
///
/// - Throws: Always, an `HTTPError`.
public func forbidden() throws -> Never {
    throw HTTPError(.forbidden, "")
}

/// Ends the handler with 401 and no body.
///
/// - Throws: Always, an `HTTPError`.
public func unauthorized() throws -> Never {
    throw HTTPError(.unauthorized, "")
}
