// Copyright 2026 the Whippet authors
// SPDX-License-Identifier: Apache-2.0

internal import WhippetInfra

// The same forms as those of `ExpressRouting`, without the path.
extension ExpressRoute {
    /// Answers `GET` requests.
    @discardableResult
    public func get(_ handler: @escaping ExpressHandler) -> ExpressRoute { add(.GET, [], .handler(handler)) }

    /// Answers `GET` requests, or passes them on.
    @discardableResult
    public func get(_ handler: @escaping ExpressMiddleware) -> ExpressRoute { add(.GET, [], .middleware(handler)) }

    /// Answers `GET` requests, after other handlers.
    @discardableResult
    public func get(_ before: [ExpressMiddleware], _ handler: @escaping ExpressHandler) -> ExpressRoute {
        add(.GET, before, .handler(handler))
    }

    /// Answers `POST` requests.
    @discardableResult
    public func post(_ handler: @escaping ExpressHandler) -> ExpressRoute { add(.POST, [], .handler(handler)) }

    /// Answers `POST` requests, or passes them on.
    @discardableResult
    public func post(_ handler: @escaping ExpressMiddleware) -> ExpressRoute { add(.POST, [], .middleware(handler)) }

    /// Answers `POST` requests, after other handlers.
    @discardableResult
    public func post(_ before: [ExpressMiddleware], _ handler: @escaping ExpressHandler) -> ExpressRoute {
        add(.POST, before, .handler(handler))
    }

    /// Answers `PUT` requests.
    @discardableResult
    public func put(_ handler: @escaping ExpressHandler) -> ExpressRoute { add(.PUT, [], .handler(handler)) }

    /// Answers `PUT` requests, or passes them on.
    @discardableResult
    public func put(_ handler: @escaping ExpressMiddleware) -> ExpressRoute { add(.PUT, [], .middleware(handler)) }

    /// Answers `PUT` requests, after other handlers.
    @discardableResult
    public func put(_ before: [ExpressMiddleware], _ handler: @escaping ExpressHandler) -> ExpressRoute {
        add(.PUT, before, .handler(handler))
    }

    /// Answers `PATCH` requests.
    @discardableResult
    public func patch(_ handler: @escaping ExpressHandler) -> ExpressRoute { add(.PATCH, [], .handler(handler)) }

    /// Answers `PATCH` requests, or passes them on.
    @discardableResult
    public func patch(_ handler: @escaping ExpressMiddleware) -> ExpressRoute { add(.PATCH, [], .middleware(handler)) }

    /// Answers `PATCH` requests, after other handlers.
    @discardableResult
    public func patch(_ before: [ExpressMiddleware], _ handler: @escaping ExpressHandler) -> ExpressRoute {
        add(.PATCH, before, .handler(handler))
    }

    /// Answers `DELETE` requests.
    @discardableResult
    public func delete(_ handler: @escaping ExpressHandler) -> ExpressRoute { add(.DELETE, [], .handler(handler)) }

    /// Answers `DELETE` requests, or passes them on.
    @discardableResult
    public func delete(_ handler: @escaping ExpressMiddleware) -> ExpressRoute {
        add(.DELETE, [], .middleware(handler))
    }

    /// Answers `DELETE` requests, after other handlers.
    @discardableResult
    public func delete(_ before: [ExpressMiddleware], _ handler: @escaping ExpressHandler) -> ExpressRoute {
        add(.DELETE, before, .handler(handler))
    }

    /// Answers `HEAD` requests.
    @discardableResult
    public func head(_ handler: @escaping ExpressHandler) -> ExpressRoute { add(.HEAD, [], .handler(handler)) }

    /// Answers `HEAD` requests, or passes them on.
    @discardableResult
    public func head(_ handler: @escaping ExpressMiddleware) -> ExpressRoute { add(.HEAD, [], .middleware(handler)) }

    /// Answers `HEAD` requests, after other handlers.
    @discardableResult
    public func head(_ before: [ExpressMiddleware], _ handler: @escaping ExpressHandler) -> ExpressRoute {
        add(.HEAD, before, .handler(handler))
    }

    /// Answers `OPTIONS` requests.
    @discardableResult
    public func options(_ handler: @escaping ExpressHandler) -> ExpressRoute { add(.OPTIONS, [], .handler(handler)) }

    /// Answers `OPTIONS` requests, or passes them on.
    @discardableResult
    public func options(_ handler: @escaping ExpressMiddleware) -> ExpressRoute {
        add(.OPTIONS, [], .middleware(handler))
    }

    /// Answers `OPTIONS` requests, after other handlers.
    @discardableResult
    public func options(_ before: [ExpressMiddleware], _ handler: @escaping ExpressHandler) -> ExpressRoute {
        add(.OPTIONS, before, .handler(handler))
    }

    /// Answers requests of every method.
    @discardableResult
    public func all(_ handler: @escaping ExpressHandler) -> ExpressRoute { add(nil, [], .handler(handler)) }

    /// Answers requests of every method, or passes them on.
    @discardableResult
    public func all(_ handler: @escaping ExpressMiddleware) -> ExpressRoute { add(nil, [], .middleware(handler)) }

    /// Answers requests of every method, after other handlers.
    @discardableResult
    public func all(_ before: [ExpressMiddleware], _ handler: @escaping ExpressHandler) -> ExpressRoute {
        add(nil, before, .handler(handler))
    }
}
