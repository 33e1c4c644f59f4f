// Copyright 2026 the Whippet authors
// SPDX-License-Identifier: Apache-2.0

/// What the host knows of a request besides the request itself: the route that matched and its parameters.
public struct Context: Sendable {
    /// What the pattern's parameters captured, decoded.
    ///
    /// ```swift
    /// // /items/[slug], asked for /items/tea
    /// context.params.slug  // "tea"
    /// ```
    public let params: Params

    /// The pattern of the route that matched, such as `/items/[slug]`: the name to count and log by.
    public let route: String

    /// Whether the handler's answer goes to the client as it is: the handler may begin it before it returns.
    package var standsAlone = false

    /// The same for a handler with nothing around it, asked by a server.
    package var standingAlone: Context {
        var context = self
        context.standsAlone = true
        return context
    }

    /// Makes a context, for tests that call a handler directly.
    public init(params: Params = Params(), route: String = "/") {
        self.params = params
        self.route = route
    }
}
