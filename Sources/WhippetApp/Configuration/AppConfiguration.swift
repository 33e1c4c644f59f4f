// Copyright 2026 the Whippet authors
// SPDX-License-Identifier: Apache-2.0

public import WhippetServer

/// What an application is told in code besides its routes: the settings of Next's `next.config`, and those of the server.
///
/// ```swift
/// var configuration = AppConfiguration()
/// configuration.basePath = "/docs"
/// configuration.headers = [HeaderRule("/api/:path*", ["cache-control": "no-store"])]
/// configuration.redirects = [RedirectRule("/old/:slug", to: "/new/:slug", permanent: true)]
/// configuration.server.limits.bufferedBodyBytes = 4 * 1024 * 1024
/// let app = App(configuration)
/// ```
/// Rules are looked at in Next's order: headers, redirects, then rewrites; all are compiled once, at start, and a rule
/// that can't be used is a `RouteError` there.
public struct AppConfiguration: Sendable {
    /// The path below which the application lies, such as `/docs`; empty for none.
    ///
    /// Handlers see URLs without it.
    public var basePath = ""

    /// Which spelling of a path is the right one.
    public var trailingSlash = TrailingSlash.remove

    /// The folder whose files are answered for by their paths, as Next's `public`; nil for none.
    public var publicFolder: String?

    /// Where answers are kept, and what is said of it.
    public var cache = CacheConfiguration()

    /// Fields of answers, by the path that is asked for; they are on redirects, errors and 404s, too.
    public var headers: [HeaderRule] = []

    /// Paths that are elsewhere; the first rule that applies answers, before any middleware.
    public var redirects: [RedirectRule] = []

    /// Paths that another path's route answers for.
    public var rewrites: RewriteRules = []

    /// How the application is served: addresses, limits, timeouts, trusted proxies.
    public var server = ServerConfiguration()

    /// Whether a client is told what went wrong inside: in development only.
    public var environment = RuntimeEnvironment.current

    /// What is told of requests, log lines and measurements.
    public var observers: [any Observer] = []

    /// What runs before the application listens, and hears of errors.
    public var instrumentation: Instrumentation?

    /// Makes the configuration of defaults.
    public init() {}
}
