// Copyright 2026 the Whippet authors
// SPDX-License-Identifier: Apache-2.0

internal import WhippetFetch

/// Where a request leads: what answers it, and what holds there.
///
/// One is made for each request: it holds few references.
struct Found: Sendable {
    enum Endpoint: Sendable {
        case handler(RouteHandler)
        /// A handler whose answers are kept.
        case cached(CachedPlace)
        case answer(Response)
        /// Nothing is there: 404.
        case nothing
    }

    let endpoint: Endpoint
    let params: Params
    let route: Route
    /// The layers that ran before a rewrite led here.
    var finishedLayers: [Int] = []

    var settings: RouteSettings { route.settings }
    var context: Context { Context(params: params, route: route.pattern) }
}
