// Copyright 2026 the Whippet authors
// SPDX-License-Identifier: Apache-2.0

internal import WhippetInfra

// The same verbs as those of `ExpressRouting`, without the path.
extension ExpressRoute {
    /// Declares what answers `GET` requests.
    public var get: ExpressRouteVerb { ExpressRouteVerb(route: self, method: .GET) }
    /// Declares what answers `POST` requests.
    public var post: ExpressRouteVerb { ExpressRouteVerb(route: self, method: .POST) }
    /// Declares what answers `PUT` requests.
    public var put: ExpressRouteVerb { ExpressRouteVerb(route: self, method: .PUT) }
    /// Declares what answers `PATCH` requests.
    public var patch: ExpressRouteVerb { ExpressRouteVerb(route: self, method: .PATCH) }
    /// Declares what answers `DELETE` requests.
    public var delete: ExpressRouteVerb { ExpressRouteVerb(route: self, method: .DELETE) }
    /// Declares what answers `HEAD` requests.
    public var head: ExpressRouteVerb { ExpressRouteVerb(route: self, method: .HEAD) }
    /// Declares what answers `OPTIONS` requests.
    public var options: ExpressRouteVerb { ExpressRouteVerb(route: self, method: .OPTIONS) }
    /// Declares what answers requests of every method.
    public var all: ExpressRouteVerb { ExpressRouteVerb(route: self, method: nil) }
}
