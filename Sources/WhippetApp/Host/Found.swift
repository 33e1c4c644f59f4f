// Copyright 2026 the Whippet authors
// SPDX-License-Identifier: Apache-2.0

internal import WhippetFetch

/// Where a request leads: what answers it, and what holds there.
struct Found: Sendable {
    enum Endpoint: Sendable {
        case handler(MethodHandler)
        case answer(Response)
        /// Nothing is there: 404.
        case nothing
    }

    var endpoint: Endpoint
    var context: Context
    var settings: RouteSettings
    /// The methods of the route, as `Allow` lists them; empty where there is none.
    var allow = ""
    /// The layers that ran before a rewrite led here.
    var finishedLayers: Set<Int> = []
}
