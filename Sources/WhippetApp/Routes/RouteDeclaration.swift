// Copyright 2026 the Whippet authors
// SPDX-License-Identifier: Apache-2.0

/// A route as it was declared, before the table is built.
struct RouteDeclaration: Sendable {
    var path: String
    var handlers: [MethodHandler]
    /// What holds for this route alone.
    var settings = ScopeSettings()
    var segment = SegmentConfig()
    /// File and line, for error messages.
    var place: String
    /// Why the route can't be served, with its place; nil if it can.
    var problem: String?
}
