// Copyright 2026 the Whippet authors
// SPDX-License-Identifier: Apache-2.0

extension ExpressRouting {
    /// Adds middleware: it runs for every method and path.
    @discardableResult
    public func use(
        _ first: @escaping ExpressMiddleware, _ more: ExpressMiddleware..., file: StaticString = #fileID,
        line: UInt = #line
    ) -> Self {
        add("/", [first] + more, "\(file):\(line)")
    }

    /// Adds middleware: it runs for every method, at the path and below it, without the path in `req.url`.
    @discardableResult
    public func use(
        _ path: ExpressPath, _ first: @escaping ExpressMiddleware, _ more: ExpressMiddleware...,
        file: StaticString = #fileID, line: UInt = #line
    ) -> Self {
        add(path, [first] + more, "\(file):\(line)")
    }

    /// Adds a handler that answers whatever comes to it.
    @discardableResult
    public func use(
        _ handler: @escaping ExpressHandler, file: StaticString = #fileID, line: UInt = #line
    ) -> Self {
        use("/", handler, file: file, line: line)
    }

    /// Adds a handler that answers whatever comes to it, at the path and below it.
    @discardableResult
    public func use(
        _ path: ExpressPath, _ handler: @escaping ExpressHandler, file: StaticString = #fileID, line: UInt = #line
    ) -> Self {
        router.declare(path, .function(.handler(handler)), "\(file):\(line)")
        return self
    }

    /// Adds a handler of errors, with four parameters.
    ///
    /// ```swift
    /// let app = express()
    /// app.use { error, req, res, next in
    ///     res.status(500).send("Something broke: \(error)")
    /// }
    /// ```
    @discardableResult
    public func use(
        _ handler: @escaping ExpressErrorHandler, file: StaticString = #fileID, line: UInt = #line
    ) -> Self {
        use("/", handler, file: file, line: line)
    }

    /// Adds a handler of errors for what happens at the path and below it.
    @discardableResult
    public func use(
        _ path: ExpressPath, _ handler: @escaping ExpressErrorHandler, file: StaticString = #fileID,
        line: UInt = #line
    ) -> Self {
        router.declare(path, .function(.errorHandler(handler)), "\(file):\(line)")
        return self
    }

    /// Adds the routes of a router.
    @discardableResult
    public func use(_ router: Router, file: StaticString = #fileID, line: UInt = #line) -> Self {
        use("/", router, file: file, line: line)
    }

    /// Mounts a router at a path.
    @discardableResult
    public func use(
        _ path: ExpressPath, _ router: Router, file: StaticString = #fileID, line: UInt = #line
    ) -> Self {
        self.router.declare(path, .router(router), "\(file):\(line)")
        return self
    }

    /// Mounts an application at a path: its handlers see its own settings and engines.
    @discardableResult
    public func use(
        _ path: ExpressPath, _ application: Application, file: StaticString = #fileID, line: UInt = #line
    ) -> Self {
        router.declare(path, .application(application), "\(file):\(line)")
        return self
    }

    private func add(_ path: ExpressPath, _ handlers: [ExpressMiddleware], _ place: String) -> Self {
        for handler in handlers { router.declare(path, .function(.middleware(handler)), place) }
        return self
    }

    // MARK: - Routes and parameters

    /// The handlers of one path, to be added method by method.
    public func route(_ path: ExpressPath, file: StaticString = #fileID, line: UInt = #line) -> ExpressRoute {
        let route = ExpressRoute(path)
        router.declare(path, .route(route), "\(file):\(line)")
        return route
    }

    /// Has a function run when a path with a parameter matches, once for each value of it, before the path's handlers.
    ///
    /// ```swift
    /// let app = express()
    /// app.param("id") { req, res, next, id in
    ///     guard Int(id) != nil else { throw HTTPError.badRequest("No number: \(id)") }
    ///     next()
    /// }
    /// ```
    @discardableResult
    public func param(_ name: String, _ handler: @escaping ExpressParameterHandler) -> Self {
        router.list.append(name, handler)
        return self
    }
}
