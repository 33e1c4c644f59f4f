// Copyright 2026 the Whippet authors
// SPDX-License-Identifier: Apache-2.0

/// A path that the route of another path answers for, without telling the client: an entry of Next's `rewrites`.
///
/// ```swift
/// let rule = RewriteRule("/me", to: "/profiles/:user", has: [.cookie("user")])
/// expect(rule.source == "/me")
/// ```
/// The handler sees the path that was asked for, and the parameters of its own route; a query of the destination is added
/// to that of the request. Middleware belongs to the route that answers; its matchers see the path that was asked for.
public struct RewriteRule: Sendable {
    /// For which paths: Next's notation, or that of routes.
    public let source: String
    /// A path of this application.
    public let destination: String
    let scope: RuleScope

    /// Makes a rule.
    ///
    /// - Parameters:
    ///   - source: For which paths: `:name` is one segment, `:name+` one or more, `:name*` none or more.
    ///   - destination: A path of this application, in which `:name` is what the source or a condition found.
    ///   - has: What the request must have.
    ///   - missing: What it must not have.
    ///   - basePath: Whether the source is below the application's base path; the destination always is.
    public init(
        _ source: String, to destination: String, has: [RuleCondition] = [], missing: [RuleCondition] = [],
        basePath: Bool = true, file: StaticString = #fileID, line: UInt = #line
    ) {
        self.source = source
        self.destination = destination
        scope = RuleScope(has: has, missing: missing, basePath: basePath, place: "\(file):\(line)")
    }
}

/// Rewrites by when they are looked at; a plain list is `afterFiles`.
///
/// ```swift
/// var configuration = AppConfiguration()
/// configuration.rewrites = [RewriteRule("/about", to: "/pages/about")]
/// configuration.rewrites.fallback = [RewriteRule("/:path*", to: "/missing")]
/// ```
public struct RewriteRules: Sendable, ExpressibleByArrayLiteral {
    /// Looked at before any route; each that applies goes on from where the last one led.
    public var beforeFiles: [RewriteRule] = []
    /// Looked at where no route without parameters matches.
    public var afterFiles: [RewriteRule] = []
    /// Looked at where no route matches at all.
    public var fallback: [RewriteRule] = []

    /// Makes rules for each of the moments.
    public init(beforeFiles: [RewriteRule] = [], afterFiles: [RewriteRule] = [], fallback: [RewriteRule] = []) {
        self.beforeFiles = beforeFiles
        self.afterFiles = afterFiles
        self.fallback = fallback
    }

    /// Makes rules that are looked at where no route without parameters matches.
    public init(arrayLiteral rules: RewriteRule...) {
        afterFiles = rules
    }
}
