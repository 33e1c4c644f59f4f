// Copyright 2026 the Whippet authors
// SPDX-License-Identifier: Apache-2.0

/// For which paths a middleware runs.
///
/// Patterns are those of routes, or Next's `matcher`: `:name` is one segment, `:name+` one or more, `:name*` none or
/// more.
/// ```swift
/// app.use(matcher: "/dashboard/:path*") { request, _, next in await next(request) }
/// app.use(matcher: Matcher(excluding: "/api/:path*", "/health")) { request, _, next in await next(request) }
/// ```
/// Regular expressions are refused at start. The path is matched in its one canonical spelling, so that no escape and no
/// dot segment leads around a middleware.
public struct Matcher: Sendable, ExpressibleByStringLiteral, ExpressibleByArrayLiteral {
    let included: [String]
    let excluded: [String]

    /// Matches any of these patterns.
    public init(_ patterns: String...) {
        included = patterns
        excluded = []
    }

    /// Matches any of these patterns.
    public init(_ patterns: [String]) {
        included = patterns
        excluded = []
    }

    /// Matches what none of these patterns matches.
    public init(excluding patterns: String...) {
        included = []
        excluded = patterns
    }

    /// Matches one pattern.
    public init(stringLiteral pattern: String) {
        self.init(pattern)
    }

    /// Matches any of the patterns.
    public init(arrayLiteral patterns: String...) {
        self.init(patterns)
    }
}
