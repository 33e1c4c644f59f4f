// Copyright 2026 the Whippet authors
// SPDX-License-Identifier: Apache-2.0

internal import WhippetInfra

/// Declares handlers of one method, or of all: what `app.get`, `router.all` and their sisters are.
///
/// A handler's form is told by the number of its parameters, as in JavaScript: `{ req, res in }` answers,
/// `{ req, res, next in }` may pass on. Up to two handlers may stand before the last one, or a list of them.
public struct ExpressVerb<Owner: ExpressRouting> {
    let owner: Owner
    let method: HTTPMethod?

    /// Answers requests for a path.
    @discardableResult
    public func callAsFunction(
        _ path: ExpressPath, _ handler: @escaping ExpressHandler,
        file: StaticString = #fileID, line: UInt = #line
    ) -> Owner { add(path, [], .handler(handler), file, line) }

    /// Answers requests for a path, or passes them on.
    @discardableResult
    public func callAsFunction(
        _ path: ExpressPath, _ handler: @escaping ExpressMiddleware,
        file: StaticString = #fileID, line: UInt = #line
    ) -> Owner { add(path, [], .middleware(handler), file, line) }

    /// Answers requests for a path, after another handler.
    @discardableResult
    public func callAsFunction(
        _ path: ExpressPath, _ first: @escaping ExpressMiddleware, _ handler: @escaping ExpressHandler,
        file: StaticString = #fileID, line: UInt = #line
    ) -> Owner { add(path, [first], .handler(handler), file, line) }

    /// Answers requests for a path, after two other handlers.
    @discardableResult
    public func callAsFunction(
        _ path: ExpressPath, _ first: @escaping ExpressMiddleware, _ second: @escaping ExpressMiddleware,
        _ handler: @escaping ExpressHandler,
        file: StaticString = #fileID, line: UInt = #line
    ) -> Owner { add(path, [first, second], .handler(handler), file, line) }

    /// Answers requests for a path, after a list of other handlers.
    @discardableResult
    public func callAsFunction(
        _ path: ExpressPath, _ before: [ExpressMiddleware], _ handler: @escaping ExpressHandler,
        file: StaticString = #fileID, line: UInt = #line
    ) -> Owner { add(path, before, .handler(handler), file, line) }

    private func add(
        _ path: ExpressPath, _ before: [ExpressMiddleware], _ last: LayerHandler, _ file: StaticString, _ line: UInt
    ) -> Owner {
        let route = ExpressRoute(path)
        route.add(method, before, last)
        owner.router.declare(path, .route(route), "\(file):\(line)")
        return owner
    }
}

/// Declares handlers of one method, or of all, for a path that is known: what `app.route(path).get` and its sisters are.
public struct ExpressRouteVerb {
    let route: ExpressRoute
    let method: HTTPMethod?

    /// Answers requests.
    @discardableResult
    public func callAsFunction(_ handler: @escaping ExpressHandler) -> ExpressRoute {
        route.add(method, [], .handler(handler))
    }

    /// Answers requests, or passes them on.
    @discardableResult
    public func callAsFunction(_ handler: @escaping ExpressMiddleware) -> ExpressRoute {
        route.add(method, [], .middleware(handler))
    }

    /// Answers requests, after other handlers.
    @discardableResult
    public func callAsFunction(
        _ before: [ExpressMiddleware], _ handler: @escaping ExpressHandler
    ) -> ExpressRoute { route.add(method, before, .handler(handler)) }
}
