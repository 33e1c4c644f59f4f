// Copyright 2026 the Whippet authors
// SPDX-License-Identifier: Apache-2.0

public import WhippetInfra

/// Where Express's routes are declared: an application or a router.
public protocol ExpressRouting: AnyObject, Sendable {
    /// The router that the declarations go to.
    var router: Router { get }
}

// A handler's form is told by the number of its parameters, as in JavaScript: `{ req, res in }` answers,
// `{ req, res, next in }` may pass on. Up to two handlers may stand before the last one, or a list of them.
extension ExpressRouting {
    // MARK: - get

    /// Answers `GET` requests for a path.
    @discardableResult
    public func get(
        _ path: ExpressPath, _ handler: @escaping ExpressHandler,
        file: StaticString = #fileID, line: UInt = #line
    ) -> Self { add(.GET, path, [], .handler(handler), file, line) }

    /// Answers `GET` requests for a path, or passes them on.
    @discardableResult
    public func get(
        _ path: ExpressPath, _ handler: @escaping ExpressMiddleware,
        file: StaticString = #fileID, line: UInt = #line
    ) -> Self { add(.GET, path, [], .middleware(handler), file, line) }

    /// Answers `GET` requests for a path, after another handler.
    @discardableResult
    public func get(
        _ path: ExpressPath, _ first: @escaping ExpressMiddleware, _ handler: @escaping ExpressHandler,
        file: StaticString = #fileID, line: UInt = #line
    ) -> Self { add(.GET, path, [first], .handler(handler), file, line) }

    /// Answers `GET` requests for a path, after two other handlers.
    @discardableResult
    public func get(
        _ path: ExpressPath, _ first: @escaping ExpressMiddleware, _ second: @escaping ExpressMiddleware,
        _ handler: @escaping ExpressHandler,
        file: StaticString = #fileID, line: UInt = #line
    ) -> Self { add(.GET, path, [first, second], .handler(handler), file, line) }

    /// Answers `GET` requests for a path, after a list of other handlers.
    @discardableResult
    public func get(
        _ path: ExpressPath, _ before: [ExpressMiddleware], _ handler: @escaping ExpressHandler,
        file: StaticString = #fileID, line: UInt = #line
    ) -> Self { add(.GET, path, before, .handler(handler), file, line) }

    // MARK: - post

    /// Answers `POST` requests for a path.
    @discardableResult
    public func post(
        _ path: ExpressPath, _ handler: @escaping ExpressHandler,
        file: StaticString = #fileID, line: UInt = #line
    ) -> Self { add(.POST, path, [], .handler(handler), file, line) }

    /// Answers `POST` requests for a path, or passes them on.
    @discardableResult
    public func post(
        _ path: ExpressPath, _ handler: @escaping ExpressMiddleware,
        file: StaticString = #fileID, line: UInt = #line
    ) -> Self { add(.POST, path, [], .middleware(handler), file, line) }

    /// Answers `POST` requests for a path, after another handler.
    @discardableResult
    public func post(
        _ path: ExpressPath, _ first: @escaping ExpressMiddleware, _ handler: @escaping ExpressHandler,
        file: StaticString = #fileID, line: UInt = #line
    ) -> Self { add(.POST, path, [first], .handler(handler), file, line) }

    /// Answers `POST` requests for a path, after two other handlers.
    @discardableResult
    public func post(
        _ path: ExpressPath, _ first: @escaping ExpressMiddleware, _ second: @escaping ExpressMiddleware,
        _ handler: @escaping ExpressHandler,
        file: StaticString = #fileID, line: UInt = #line
    ) -> Self { add(.POST, path, [first, second], .handler(handler), file, line) }

    /// Answers `POST` requests for a path, after a list of other handlers.
    @discardableResult
    public func post(
        _ path: ExpressPath, _ before: [ExpressMiddleware], _ handler: @escaping ExpressHandler,
        file: StaticString = #fileID, line: UInt = #line
    ) -> Self { add(.POST, path, before, .handler(handler), file, line) }

    // MARK: - put

    /// Answers `PUT` requests for a path.
    @discardableResult
    public func put(
        _ path: ExpressPath, _ handler: @escaping ExpressHandler,
        file: StaticString = #fileID, line: UInt = #line
    ) -> Self { add(.PUT, path, [], .handler(handler), file, line) }

    /// Answers `PUT` requests for a path, or passes them on.
    @discardableResult
    public func put(
        _ path: ExpressPath, _ handler: @escaping ExpressMiddleware,
        file: StaticString = #fileID, line: UInt = #line
    ) -> Self { add(.PUT, path, [], .middleware(handler), file, line) }

    /// Answers `PUT` requests for a path, after another handler.
    @discardableResult
    public func put(
        _ path: ExpressPath, _ first: @escaping ExpressMiddleware, _ handler: @escaping ExpressHandler,
        file: StaticString = #fileID, line: UInt = #line
    ) -> Self { add(.PUT, path, [first], .handler(handler), file, line) }

    /// Answers `PUT` requests for a path, after two other handlers.
    @discardableResult
    public func put(
        _ path: ExpressPath, _ first: @escaping ExpressMiddleware, _ second: @escaping ExpressMiddleware,
        _ handler: @escaping ExpressHandler,
        file: StaticString = #fileID, line: UInt = #line
    ) -> Self { add(.PUT, path, [first, second], .handler(handler), file, line) }

    /// Answers `PUT` requests for a path, after a list of other handlers.
    @discardableResult
    public func put(
        _ path: ExpressPath, _ before: [ExpressMiddleware], _ handler: @escaping ExpressHandler,
        file: StaticString = #fileID, line: UInt = #line
    ) -> Self { add(.PUT, path, before, .handler(handler), file, line) }

    // MARK: - patch

    /// Answers `PATCH` requests for a path.
    @discardableResult
    public func patch(
        _ path: ExpressPath, _ handler: @escaping ExpressHandler,
        file: StaticString = #fileID, line: UInt = #line
    ) -> Self { add(.PATCH, path, [], .handler(handler), file, line) }

    /// Answers `PATCH` requests for a path, or passes them on.
    @discardableResult
    public func patch(
        _ path: ExpressPath, _ handler: @escaping ExpressMiddleware,
        file: StaticString = #fileID, line: UInt = #line
    ) -> Self { add(.PATCH, path, [], .middleware(handler), file, line) }

    /// Answers `PATCH` requests for a path, after another handler.
    @discardableResult
    public func patch(
        _ path: ExpressPath, _ first: @escaping ExpressMiddleware, _ handler: @escaping ExpressHandler,
        file: StaticString = #fileID, line: UInt = #line
    ) -> Self { add(.PATCH, path, [first], .handler(handler), file, line) }

    /// Answers `PATCH` requests for a path, after two other handlers.
    @discardableResult
    public func patch(
        _ path: ExpressPath, _ first: @escaping ExpressMiddleware, _ second: @escaping ExpressMiddleware,
        _ handler: @escaping ExpressHandler,
        file: StaticString = #fileID, line: UInt = #line
    ) -> Self { add(.PATCH, path, [first, second], .handler(handler), file, line) }

    /// Answers `PATCH` requests for a path, after a list of other handlers.
    @discardableResult
    public func patch(
        _ path: ExpressPath, _ before: [ExpressMiddleware], _ handler: @escaping ExpressHandler,
        file: StaticString = #fileID, line: UInt = #line
    ) -> Self { add(.PATCH, path, before, .handler(handler), file, line) }

    // MARK: - delete

    /// Answers `DELETE` requests for a path.
    @discardableResult
    public func delete(
        _ path: ExpressPath, _ handler: @escaping ExpressHandler,
        file: StaticString = #fileID, line: UInt = #line
    ) -> Self { add(.DELETE, path, [], .handler(handler), file, line) }

    /// Answers `DELETE` requests for a path, or passes them on.
    @discardableResult
    public func delete(
        _ path: ExpressPath, _ handler: @escaping ExpressMiddleware,
        file: StaticString = #fileID, line: UInt = #line
    ) -> Self { add(.DELETE, path, [], .middleware(handler), file, line) }

    /// Answers `DELETE` requests for a path, after another handler.
    @discardableResult
    public func delete(
        _ path: ExpressPath, _ first: @escaping ExpressMiddleware, _ handler: @escaping ExpressHandler,
        file: StaticString = #fileID, line: UInt = #line
    ) -> Self { add(.DELETE, path, [first], .handler(handler), file, line) }

    /// Answers `DELETE` requests for a path, after two other handlers.
    @discardableResult
    public func delete(
        _ path: ExpressPath, _ first: @escaping ExpressMiddleware, _ second: @escaping ExpressMiddleware,
        _ handler: @escaping ExpressHandler,
        file: StaticString = #fileID, line: UInt = #line
    ) -> Self { add(.DELETE, path, [first, second], .handler(handler), file, line) }

    /// Answers `DELETE` requests for a path, after a list of other handlers.
    @discardableResult
    public func delete(
        _ path: ExpressPath, _ before: [ExpressMiddleware], _ handler: @escaping ExpressHandler,
        file: StaticString = #fileID, line: UInt = #line
    ) -> Self { add(.DELETE, path, before, .handler(handler), file, line) }

    // MARK: - head

    /// Answers `HEAD` requests for a path.
    @discardableResult
    public func head(
        _ path: ExpressPath, _ handler: @escaping ExpressHandler,
        file: StaticString = #fileID, line: UInt = #line
    ) -> Self { add(.HEAD, path, [], .handler(handler), file, line) }

    /// Answers `HEAD` requests for a path, or passes them on.
    @discardableResult
    public func head(
        _ path: ExpressPath, _ handler: @escaping ExpressMiddleware,
        file: StaticString = #fileID, line: UInt = #line
    ) -> Self { add(.HEAD, path, [], .middleware(handler), file, line) }

    /// Answers `HEAD` requests for a path, after another handler.
    @discardableResult
    public func head(
        _ path: ExpressPath, _ first: @escaping ExpressMiddleware, _ handler: @escaping ExpressHandler,
        file: StaticString = #fileID, line: UInt = #line
    ) -> Self { add(.HEAD, path, [first], .handler(handler), file, line) }

    /// Answers `HEAD` requests for a path, after two other handlers.
    @discardableResult
    public func head(
        _ path: ExpressPath, _ first: @escaping ExpressMiddleware, _ second: @escaping ExpressMiddleware,
        _ handler: @escaping ExpressHandler,
        file: StaticString = #fileID, line: UInt = #line
    ) -> Self { add(.HEAD, path, [first, second], .handler(handler), file, line) }

    /// Answers `HEAD` requests for a path, after a list of other handlers.
    @discardableResult
    public func head(
        _ path: ExpressPath, _ before: [ExpressMiddleware], _ handler: @escaping ExpressHandler,
        file: StaticString = #fileID, line: UInt = #line
    ) -> Self { add(.HEAD, path, before, .handler(handler), file, line) }

    // MARK: - options

    /// Answers `OPTIONS` requests for a path.
    @discardableResult
    public func options(
        _ path: ExpressPath, _ handler: @escaping ExpressHandler,
        file: StaticString = #fileID, line: UInt = #line
    ) -> Self { add(.OPTIONS, path, [], .handler(handler), file, line) }

    /// Answers `OPTIONS` requests for a path, or passes them on.
    @discardableResult
    public func options(
        _ path: ExpressPath, _ handler: @escaping ExpressMiddleware,
        file: StaticString = #fileID, line: UInt = #line
    ) -> Self { add(.OPTIONS, path, [], .middleware(handler), file, line) }

    /// Answers `OPTIONS` requests for a path, after another handler.
    @discardableResult
    public func options(
        _ path: ExpressPath, _ first: @escaping ExpressMiddleware, _ handler: @escaping ExpressHandler,
        file: StaticString = #fileID, line: UInt = #line
    ) -> Self { add(.OPTIONS, path, [first], .handler(handler), file, line) }

    /// Answers `OPTIONS` requests for a path, after two other handlers.
    @discardableResult
    public func options(
        _ path: ExpressPath, _ first: @escaping ExpressMiddleware, _ second: @escaping ExpressMiddleware,
        _ handler: @escaping ExpressHandler,
        file: StaticString = #fileID, line: UInt = #line
    ) -> Self { add(.OPTIONS, path, [first, second], .handler(handler), file, line) }

    /// Answers `OPTIONS` requests for a path, after a list of other handlers.
    @discardableResult
    public func options(
        _ path: ExpressPath, _ before: [ExpressMiddleware], _ handler: @escaping ExpressHandler,
        file: StaticString = #fileID, line: UInt = #line
    ) -> Self { add(.OPTIONS, path, before, .handler(handler), file, line) }

    // MARK: - all

    /// Answers requests of every method for a path.
    @discardableResult
    public func all(
        _ path: ExpressPath, _ handler: @escaping ExpressHandler,
        file: StaticString = #fileID, line: UInt = #line
    ) -> Self { add(nil, path, [], .handler(handler), file, line) }

    /// Answers requests of every method for a path, or passes them on.
    @discardableResult
    public func all(
        _ path: ExpressPath, _ handler: @escaping ExpressMiddleware,
        file: StaticString = #fileID, line: UInt = #line
    ) -> Self { add(nil, path, [], .middleware(handler), file, line) }

    /// Answers requests of every method for a path, after another handler.
    @discardableResult
    public func all(
        _ path: ExpressPath, _ first: @escaping ExpressMiddleware, _ handler: @escaping ExpressHandler,
        file: StaticString = #fileID, line: UInt = #line
    ) -> Self { add(nil, path, [first], .handler(handler), file, line) }

    /// Answers requests of every method for a path, after two other handlers.
    @discardableResult
    public func all(
        _ path: ExpressPath, _ first: @escaping ExpressMiddleware, _ second: @escaping ExpressMiddleware,
        _ handler: @escaping ExpressHandler,
        file: StaticString = #fileID, line: UInt = #line
    ) -> Self { add(nil, path, [first, second], .handler(handler), file, line) }

    /// Answers requests of every method for a path, after a list of other handlers.
    @discardableResult
    public func all(
        _ path: ExpressPath, _ before: [ExpressMiddleware], _ handler: @escaping ExpressHandler,
        file: StaticString = #fileID, line: UInt = #line
    ) -> Self { add(nil, path, before, .handler(handler), file, line) }

    // MARK: - Other methods

    /// Answers requests of any method, such as `QUERY` or one of your own, for a path.
    @discardableResult
    public func on(
        _ method: HTTPMethod, _ path: ExpressPath, _ handler: @escaping ExpressHandler,
        file: StaticString = #fileID, line: UInt = #line
    ) -> Self { add(method, path, [], .handler(handler), file, line) }

    private func add(
        _ method: HTTPMethod?, _ path: ExpressPath, _ before: [ExpressMiddleware], _ last: LayerHandler,
        _ file: StaticString, _ line: UInt
    ) -> Self {
        let route = ExpressRoute(path)
        route.add(method, before, last)
        router.declare(path, .route(route), "\(file):\(line)")
        return self
    }
}
