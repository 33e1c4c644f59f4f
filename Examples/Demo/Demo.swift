// Copyright 2026 the Whippet authors
// SPDX-License-Identifier: Apache-2.0

import Whippet

/// The demo: each file beside this one declares a few routes, as the documents of Next.js show them.
@main
enum Demo {
    static let app = App()

    static func main() async {
        declareHelloRoutes()
        declareItemRoutes()
        declareSearchRoutes()
        declareCookieRoutes()
        declareStreamRoutes()
        declareWebhookRoutes()
        declareFeedRoutes()
        await app.listen()
    }
}
