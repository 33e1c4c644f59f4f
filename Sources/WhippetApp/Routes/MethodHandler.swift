// Copyright 2026 the Whippet authors
// SPDX-License-Identifier: Apache-2.0

internal import WhippetInfra

/// A handler as a route holds it.
///
/// A struct around the closure: generic code such as an array or a table would wrap the bare closure, and each wrapper of
/// an asynchronous one costs a frame per call.
struct RouteHandler: Sendable {
    let run: Handler

    init(_ run: @escaping Handler) {
        self.run = run
    }
}

/// What a route does with one method.
enum RouteMethod: Sendable {
    case handler(RouteHandler)
    /// A handler whose answers are kept.
    case cached(CachedRoute)
}

/// The handler of one method, as it is declared.
struct MethodHandler: Sendable {
    var method: HTTPMethod
    var run: Handler
}
