// Copyright 2026 the Whippet authors
// SPDX-License-Identifier: Apache-2.0

public import WhippetApp
internal import WhippetFetch
internal import WhippetInfra
internal import WhippetServer

extension RouteDeclaring {
    /// Declares an API route as Next has it: one function for all methods, below `/api`.
    ///
    /// ```swift
    /// import Whippet
    /// import WhippetPagesAPI
    ///
    /// func declare(_ app: App) {
    ///     app.api("/hello") { req, res in
    ///         res.status(200).json(["message": "Hello from Next.js!"])
    ///     }
    ///     app.api("/post/[pid]") { req, res in res.end("Post: \(req.query.pid)") }
    /// }
    /// ```
    /// No other origin is allowed unless the application, or the handler, says so.
    /// - Parameters:
    ///   - path: The pattern below `/api`, such as `/post/[...slug]`; `/` for `/api` itself.
    ///   - config: The settings, as in Next.
    ///   - handler: Gets the request, and the response to fill.
    public func api(
        _ path: String, config: NextApiConfig = NextApiConfig(), file: StaticString = #fileID, line: UInt = #line,
        _ handler: @escaping @Sendable (NextApiRequest, NextApiResponse<Any>) async throws -> Void
    ) {
        declare(
            below(path), NextApiRoute(config, place: "\(file):\(line)") { try await handler($0, NextApiResponse($1)) })
    }

    /// Declares an API route whose `json` and `send` take one type.
    public func api<ResponseData: Encodable & SendableMetatype>(
        _ path: String, config: NextApiConfig = NextApiConfig(), file: StaticString = #fileID, line: UInt = #line,
        _ handler: @escaping @Sendable (NextApiRequest, NextApiResponse<ResponseData>) async throws -> Void
    ) {
        declare(
            below(path), NextApiRoute(config, place: "\(file):\(line)") { try await handler($0, NextApiResponse($1)) })
    }

    private func below(_ path: String) -> String { "/api" + (path == "/" ? "" : path) }

    func declare(_ path: String, _ route: NextApiRoute) {
        routes.whenHosted { route.join($0) }
        routes.otherMethods(
            path, maxDuration: route.config.maxDuration.map { .seconds($0) }, place: route.place,
            problem: route.config.problem
        ) { request, context in
            if context.standsAlone { return try await route.respond(request, context, nil) }
            return try await HandlerTask.run { try await route.respond(request, context, $0) }
        }
    }
}
