// Copyright 2026 the Whippet authors
// SPDX-License-Identifier: Apache-2.0

public import WhippetInfra

/// Where Express's routes are declared: an application or a router.
public protocol ExpressRouting: AnyObject, Sendable {
    /// The router that the declarations go to.
    var router: Router { get }
}

extension ExpressRouting {
    /// Declares what answers `GET` requests for a path: `app.get("/users/:id") { req, res in … }`.
    public var get: ExpressVerb<Self> { ExpressVerb(owner: self, method: .GET) }
    /// Declares what answers `POST` requests for a path.
    public var post: ExpressVerb<Self> { ExpressVerb(owner: self, method: .POST) }
    /// Declares what answers `PUT` requests for a path.
    public var put: ExpressVerb<Self> { ExpressVerb(owner: self, method: .PUT) }
    /// Declares what answers `PATCH` requests for a path.
    public var patch: ExpressVerb<Self> { ExpressVerb(owner: self, method: .PATCH) }
    /// Declares what answers `DELETE` requests for a path.
    public var delete: ExpressVerb<Self> { ExpressVerb(owner: self, method: .DELETE) }
    /// Declares what answers `HEAD` requests for a path.
    public var head: ExpressVerb<Self> { ExpressVerb(owner: self, method: .HEAD) }
    /// Declares what answers `OPTIONS` requests for a path.
    public var options: ExpressVerb<Self> { ExpressVerb(owner: self, method: .OPTIONS) }
    /// Declares what answers requests of every method for a path.
    public var all: ExpressVerb<Self> { ExpressVerb(owner: self, method: nil) }

    /// Answers requests of any method, such as `QUERY` or one of your own, for a path.
    @discardableResult
    public func on(
        _ method: HTTPMethod, _ path: ExpressPath, _ handler: @escaping ExpressHandler,
        file: StaticString = #fileID, line: UInt = #line
    ) -> Self { ExpressVerb(owner: self, method: method)(path, handler, file: file, line: line) }
}
