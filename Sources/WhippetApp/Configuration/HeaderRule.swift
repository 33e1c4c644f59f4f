// Copyright 2026 the Whippet authors
// SPDX-License-Identifier: Apache-2.0

public import WhippetFetch

/// Fields for the answers of some paths: an entry of Next's `headers`.
///
/// ```swift
/// let rule = HeaderRule("/api/:path*", ["access-control-allow-origin": "*", "x-api": ":path*"])
/// expect(rule.source == "/api/:path*")
/// ```
/// They are on every answer of these paths, and win over a field of the handler's or of middleware's, except
/// `Set-Cookie`, `Vary` and challenges, which are added. Of two rules the later one wins.
public struct HeaderRule: Sendable {
    /// For which paths: Next's notation, or that of routes.
    public let source: String
    /// The fields; `:name` in a value is what the source or a condition found.
    public let headers: Headers
    let scope: RuleScope

    /// Makes a rule.
    ///
    /// - Parameters:
    ///   - source: For which paths: `:name` is one segment, `:name+` one or more, `:name*` none or more.
    ///   - headers: The fields.
    ///   - has: What the request must have.
    ///   - missing: What it must not have.
    ///   - basePath: Whether the source is below the application's base path.
    public init(
        _ source: String, _ headers: Headers, has: [RuleCondition] = [], missing: [RuleCondition] = [],
        basePath: Bool = true, file: StaticString = #fileID, line: UInt = #line
    ) {
        self.source = source
        self.headers = headers
        scope = RuleScope(has: has, missing: missing, basePath: basePath, place: "\(file):\(line)")
    }
}
