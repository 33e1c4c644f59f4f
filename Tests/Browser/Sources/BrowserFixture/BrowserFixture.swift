// Copyright 2026 the Whippet authors
// SPDX-License-Identifier: Apache-2.0

import Whippet

/// What the page of another origin asks: each file beside this one declares the routes of some of its checks.
///
/// The one argument is the page's origin, such as `http://localhost:8080`.
@main
enum BrowserFixture {
    static func main() async {
        let app = App()
        let origin = CommandLine.arguments.dropFirst().first ?? "http://localhost"
        app.cors(
            CORS(
                origins: [origin],
                exposedHeaders: ["Age", "Allow", "Content-Encoding", "ETag", "X-Request-ID", "X-Whippet-Cache"],
                credentials: true,
                maxAge: .seconds(60)))
        app.use(.requestID())
        declareMessageRoutes(app, origin: origin)
        declareUploadRoutes(app)
        let channels = Channels()
        declareChannelRoutes(app, channels)
        declareCookieRoutes(app, channels)
        declareCachedRoutes(app)
        declareGuardedRoutes(app, origin: origin)
        declareCompressedRoutes(app)
        declareEventRoutes(app, channels)
        await app.listen()
    }
}
