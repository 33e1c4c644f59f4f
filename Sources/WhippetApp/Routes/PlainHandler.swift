// Copyright 2026 the Whippet authors
// SPDX-License-Identifier: Apache-2.0

internal import WhippetRouting

/// A handler that runs with nothing around it, on the request as it came, and whose answer is not kept.
///
/// An object for each, made at start: a call takes one reference.
final class PlainHandler: Sendable {
    let run: Handler
    /// The context of a call from a server, where the route has no parameters.
    let context: Context?

    init(_ handler: RouteHandler, _ pattern: RoutePattern) {
        run = handler.run
        context =
            pattern.parameterNames.isEmpty ? Context(params: Params(), route: pattern.description).standingAlone : nil
    }
}
