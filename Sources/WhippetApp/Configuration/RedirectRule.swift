// Copyright 2026 the Whippet authors
// SPDX-License-Identifier: Apache-2.0

public import WhippetFetch

/// A path whose content is elsewhere: an entry of Next's `redirects`.
///
/// ```swift
/// let moved = RedirectRule("/blog/:slug", to: "/news/:slug", permanent: true)
/// let found = RedirectRule("/search", to: "/find/:q", permanent: false, has: [.query("q")])
/// expect(moved.source != found.source)
/// ```
/// The query is carried over; what the destination's own query names wins. A rule that would send a client to where it
/// is does not apply.
public struct RedirectRule: Sendable {
    /// For which paths: Next's notation, or that of routes.
    public let source: String
    /// Where to: a path of this application, or an absolute URL.
    public let destination: String
    let status: Status
    let scope: RuleScope

    /// Makes a rule that answers with 308, or with 307.
    ///
    /// - Parameters:
    ///   - source: For which paths: `:name` is one segment, `:name+` one or more, `:name*` none or more.
    ///   - destination: A path or an absolute URL, in which `:name` is what the source or a condition found.
    ///   - permanent: Whether clients may remember it: 308, else 307.
    ///   - has: What the request must have.
    ///   - missing: What it must not have.
    ///   - basePath: Whether source and destination are below the application's base path.
    public init(
        _ source: String, to destination: String, permanent: Bool, has: [RuleCondition] = [],
        missing: [RuleCondition] = [], basePath: Bool = true, file: StaticString = #fileID, line: UInt = #line
    ) {
        self.init(
            source, to: destination, status: permanent ? .permanentRedirect : .temporaryRedirect, has: has,
            missing: missing, basePath: basePath, file: file, line: line)
    }

    /// Makes a rule that answers with another status of redirects.
    ///
    /// - Parameters:
    ///   - source: For which paths: `:name` is one segment, `:name+` one or more, `:name*` none or more.
    ///   - destination: A path or an absolute URL, in which `:name` is what the source or a condition found.
    ///   - status: 301, 302, 303, 307 or 308.
    ///   - has: What the request must have.
    ///   - missing: What it must not have.
    ///   - basePath: Whether source and destination are below the application's base path.
    public init(
        _ source: String, to destination: String, status: Status, has: [RuleCondition] = [],
        missing: [RuleCondition] = [], basePath: Bool = true, file: StaticString = #fileID, line: UInt = #line
    ) {
        self.source = source
        self.destination = destination
        self.status = status
        scope = RuleScope(has: has, missing: missing, basePath: basePath, place: "\(file):\(line)")
    }
}

/// What all rules have besides their source and what they do.
struct RuleScope: Sendable {
    var has: [RuleCondition]
    var missing: [RuleCondition]
    var basePath: Bool
    var place: String
}
