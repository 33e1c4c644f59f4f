// Copyright 2026 the Whippet authors
// SPDX-License-Identifier: Apache-2.0

/// A route as it was declared, before the table is built.
struct RouteDeclaration: Sendable {
    var path: String
    var handlers: [MethodHandler]
    var bodyLimit: Int?
    /// File and line, for error messages.
    var place: String
}
