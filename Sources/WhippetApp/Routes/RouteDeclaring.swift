// Copyright 2026 the Whippet authors
// SPDX-License-Identifier: Apache-2.0

public import WhippetServer

/// Where routes are declared: an application, a group in it, or the routes of a package's files.
public protocol RouteDeclaring {
    /// The set that the declarations go to.
    var routes: Routes { get }
}

extension RouteDeclaring {
    /// Declares routes under a common path.
    ///
    /// ```swift
    /// app.group("/api", cors: CORS(origins: ["https://example.com"])) { api in
    ///     api.get("/health") { "fine" }
    /// }
    /// ```
    /// - Parameters:
    ///   - path: What stands before the path of each route, such as `/api`; empty for routes that only share the rest.
    ///   - bodyLimit: How many bytes `text()`, `json()`, `bytes()` and `formData()` read; nil for that of the outer group.
    ///   - maxDuration: After which time a handler is cancelled and answered for with 504; nil for the outer group's.
    ///   - cors: What other origins may do; nil for the outer group's rules.
    ///   - config: How the answers of `GET` are kept; what it does not say is as in the outer group.
    ///   - declare: Declares the routes.
    @discardableResult
    public func group(
        _ path: String, bodyLimit: Int? = nil, maxDuration: Duration? = nil, cors: CORS? = nil,
        config: SegmentConfig = SegmentConfig(), _ declare: (Routes) -> Void = { _ in }
    ) -> Routes {
        var scope = RouteScope(path: path)
        scope.settings.bodyLimit = bodyLimit
        scope.settings.maxDuration = maxDuration
        scope.settings.cors = cors
        scope.settings.segment = config
        let group = Routes(scope)
        declare(group)
        routes.declare { $0.children.append(group) }
        return group
    }

    /// Adds the routes of another set, such as those of the files.
    public func mount(_ other: Routes) {
        routes.declare { $0.children.append(other) }
    }

    /// Sets what other origins may do with the routes; a group or route inside can have rules of its own.
    ///
    /// ```swift
    /// app.cors(CORS(origins: ["https://example.com"], credentials: true))
    /// ```
    public func cors(_ rules: CORS) {
        routes.declare { $0.settings.cors = rules }
    }

    /// Sets what it means for a request of these routes that its client closes its side.
    ///
    /// By default that is what `ServerConfiguration.halfClose` says: the client is taken for gone.
    /// ```swift
    /// app.halfClose(.answer)  // for clients that shut their side down and wait, such as `nc -N`
    /// ```
    public func halfClose(_ meaning: ServerConfiguration.HalfClose) {
        routes.declare { $0.settings.halfClose = meaning }
    }

    /// Adds middleware around the routes; what was added first is outermost.
    ///
    /// ```swift
    /// app.use(.logger(), .requestID(), .securityHeaders())
    /// ```
    public func use(_ middleware: Middleware...) {
        routes.declare { $0.settings.middleware += middleware }
    }

    /// Adds a function as middleware around the routes.
    ///
    /// ```swift
    /// app.use { request, context, next in
    ///     var response = await next(request)
    ///     response.headers["x-served-by"] = context.route
    ///     return response
    /// }
    /// ```
    /// - Parameters:
    ///   - matcher: For which paths it runs; nil for all.
    ///   - run: Gets the request and what comes next, and returns the response.
    public func use(matcher: Matcher? = nil, _ run: @escaping Middleware.Run) {
        routes.declare { $0.settings.middleware.append(Middleware(matcher: matcher, run)) }
    }

    /// Sets what answers for an error that a handler or middleware of these routes throws.
    ///
    /// The innermost handler is asked first; what it throws goes to the next one outwards, and at last to the host: the
    /// response of an `HTTPError`, or a 500 that tells the cause in development only.
    /// ```swift
    /// app.onError { error, request, context in
    ///     guard error is HTTPError else { return Response("Sorry.", status: .internalServerError) }
    ///     throw error
    /// }
    /// ```
    public func onError(_ run: @escaping ErrorHandler.Run) {
        routes.declare { $0.settings.errorHandlers.append(ErrorHandler(run: run)) }
    }

    /// Sets what answers where no route matches below this path, and for the 404 that a handler throws.
    public func notFound(_ run: @escaping Handler) {
        routes.declare { $0.settings.notFound = NotFoundHandler(run: run) }
    }
}
