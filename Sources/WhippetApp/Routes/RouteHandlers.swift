// Copyright 2026 the Whippet authors
// SPDX-License-Identifier: Apache-2.0

public import WhippetFetch

/// A type that answers for a route: it conforms to one protocol for each method that it handles, and that conformance
/// is the export.
///
/// ```swift
/// enum Item: GETHandler, DELETEHandler {
///     static func GET(_ request: Request, _ context: Context) async throws -> Response {
///         Response.json(["slug": .string(context.params.slug)])
///     }
///     static func DELETE(_ request: Request, _ context: Context) async throws -> Response {
///         Response(nil, status: .noContent)
///     }
/// }
///
/// app.route("/items/[slug]", Item.self)
/// ```
public protocol RouteHandlers: SendableMetatype {}

/// Handles `GET`, and `HEAD` unless the type is a `HEADHandler` too.
public protocol GETHandler: RouteHandlers {
    /// Answers a `GET` request.
    static func GET(_ request: Request, _ context: Context) async throws -> Response
}

/// Handles `HEAD` apart from `GET`.
public protocol HEADHandler: RouteHandlers {
    /// Answers a `HEAD` request.
    static func HEAD(_ request: Request, _ context: Context) async throws -> Response
}

/// Handles `POST`.
public protocol POSTHandler: RouteHandlers {
    /// Answers a `POST` request.
    static func POST(_ request: Request, _ context: Context) async throws -> Response
}

/// Handles `PUT`.
public protocol PUTHandler: RouteHandlers {
    /// Answers a `PUT` request.
    static func PUT(_ request: Request, _ context: Context) async throws -> Response
}

/// Handles `PATCH`.
public protocol PATCHHandler: RouteHandlers {
    /// Answers a `PATCH` request.
    static func PATCH(_ request: Request, _ context: Context) async throws -> Response
}

/// Handles `DELETE`.
public protocol DELETEHandler: RouteHandlers {
    /// Answers a `DELETE` request.
    static func DELETE(_ request: Request, _ context: Context) async throws -> Response
}

/// Handles `OPTIONS` instead of the automatic answer.
public protocol OPTIONSHandler: RouteHandlers {
    /// Answers an `OPTIONS` request.
    static func OPTIONS(_ request: Request, _ context: Context) async throws -> Response
}

/// Handles `QUERY`.
public protocol QUERYHandler: RouteHandlers {
    /// Answers a `QUERY` request.
    static func QUERY(_ request: Request, _ context: Context) async throws -> Response
}
