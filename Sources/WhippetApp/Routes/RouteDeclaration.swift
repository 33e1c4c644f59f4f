// Copyright 2026 the Whippet authors
// SPDX-License-Identifier: Apache-2.0

/// A route as it was declared, before the table is built.
struct RouteDeclaration: Sendable {
    var path: String
    var handlers: [MethodHandler]
    /// What answers the methods that have no handler, instead of 405 and of the automatic `OPTIONS`.
    var otherMethods: RouteHandler?
    /// What holds for this route alone.
    var settings = ScopeSettings()
    /// Names the paths of the route; nil where nobody does.
    var staticParams: StaticParamsFunction?
    var place: DeclarationPlace
    /// Why the route can't be served, with its place; nil if it can.
    var problem: String?
    /// Whether it stands for one file of many, which no list of routes should name.
    var isFile = false
}
