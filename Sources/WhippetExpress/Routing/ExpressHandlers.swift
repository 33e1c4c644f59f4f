// Copyright 2026 the Whippet authors
// SPDX-License-Identifier: Apache-2.0

internal import WhippetInfra

/// A handler that answers.
public typealias ExpressHandler = @Sendable (ExpressRequest, ExpressResponse) async throws -> Void

/// A handler that answers or passes the request on with `next()`.
public typealias ExpressMiddleware = @Sendable (ExpressRequest, ExpressResponse, ExpressNext) async throws -> Void

/// A handler of what others have thrown or passed to `next`.
///
/// As in Express its four parameters tell it from middleware. It runs for errors only.
public typealias ExpressErrorHandler =
    @Sendable (any Error, ExpressRequest, ExpressResponse, ExpressNext) async throws -> Void

/// Runs once for each value of a parameter, before the first handler whose path has it.
public typealias ExpressParameterHandler =
    @Sendable (ExpressRequest, ExpressResponse, ExpressNext, String) async throws -> Void

/// Passes a request on.
///
/// As in Express, calling it does not wait for what comes next: the next handler runs when this one has returned.
/// ```swift
/// let app = express()
/// app.use { req, res, next in
///     res.set("X-Served-By", "whippet")
///     next()
/// }
/// ```
public struct ExpressNext {
    /// Where a request can go on besides the next handler.
    public struct Target: Sendable, Hashable, ExpressibleByStringLiteral {
        let name: String

        /// Behind the route: its other handlers are skipped.
        public static let route: Target = "route"
        /// Behind the router: its other routes are skipped.
        public static let router: Target = "router"

        /// Takes `"route"` or `"router"`; any other text is an error with that text.
        public init(stringLiteral name: String) {
            self.name = name
        }
    }

    let request: ExpressRequest

    /// Goes on with the next handler.
    public func callAsFunction() {
        request.signal = .next
    }

    /// Goes on behind the route or the router.
    public func callAsFunction(_ target: Target) {
        switch target {
        case .route: request.signal = .route
        case .router: request.signal = .router
        default: request.signal = .error(TypeError(target.name))
        }
    }

    /// Goes on with the next error handler, as if the error had been thrown; nil goes on with the next handler.
    public func callAsFunction(_ error: (any Error)?) {
        request.signal = error.map { .error($0) } ?? .next
    }
}

/// What a handler has said about the request.
enum NextSignal {
    /// Nothing: it has answered, or it should have.
    case none
    case next
    case route
    case router
    case error(any Error)
}
