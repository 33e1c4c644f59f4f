// Copyright 2026 the Whippet authors
// SPDX-License-Identifier: Apache-2.0

internal import WhippetRouting

/// A handler that runs with nothing around it, on the request as it came, and whose answer is not kept.
///
/// A value and not an object: a function that captures nothing has no reference to count, and most do not.
struct PlainHandler: Sendable {
    let run: Handler
    /// The context of a call from a server; its parameters are those of a route without any.
    var context: Context

    init(_ handler: RouteHandler, _ pattern: RoutePattern) {
        run = handler.run
        context = Context(params: Params(), route: pattern.description).standingAlone
    }

    /// The same with what the route's parameters have captured.
    func with(_ params: Params) -> PlainHandler {
        var handler = self
        handler.context = Context(params: params, route: context.route).standingAlone
        return handler
    }
}
