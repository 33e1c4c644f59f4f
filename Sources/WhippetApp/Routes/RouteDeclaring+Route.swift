// Copyright 2026 the Whippet authors
// SPDX-License-Identifier: Apache-2.0

public import WhippetInfra

extension RouteDeclaring {
    /// Declares a route: a handler for each method that it answers.
    ///
    /// Any other method gets a 405 with `Allow`, `HEAD` is answered from `GET`, and `OPTIONS` by itself.
    ///
    /// ```swift
    /// app.route("/items/[slug]", GET: { request, context in
    ///     Response("You see \(context.params.slug).\n")
    /// })
    /// app.route("/upload", bodyLimit: 20 * 1024 * 1024, POST: { request, _ in
    ///     Response("\(try await request.bytes().count) bytes\n")
    /// })
    /// ```
    /// - Parameters:
    ///   - path: The pattern: `/items`, `/items/[slug]`, `/shop/[...slug]` or `/shop/[[...slug]]`.
    ///   - bodyLimit: How many bytes `text()`, `json()`, `bytes()` and `formData()` read; nil for the server's limit.
    ///   - maxDuration: After which time a handler is cancelled and answered for with 504.
    ///   - cors: What other origins may do; nil for the rules of the group or application.
    ///   - config: How the answers of `GET` are kept.
    ///   - generateStaticParams: Names paths of a route with parameters; their answers are made at start and kept.
    ///   - other: Handlers of other methods, such as `["PURGE": purge]`.
    public func route(
        _ path: String, bodyLimit: Int? = nil, maxDuration: Duration? = nil, cors: CORS? = nil,
        config: SegmentConfig = SegmentConfig(),
        generateStaticParams: (@Sendable () async throws -> [StaticParams])? = nil, GET: Handler? = nil,
        HEAD: Handler? = nil, POST: Handler? = nil,
        PUT: Handler? = nil, PATCH: Handler? = nil, DELETE: Handler? = nil, OPTIONS: Handler? = nil,
        QUERY: Handler? = nil, other: [HTTPMethod: Handler] = [:], file: StaticString = #fileID, line: UInt = #line
    ) {
        var handlers: [MethodHandler] = []
        if let GET { handlers.append(MethodHandler(method: .GET, run: GET)) }
        if let HEAD { handlers.append(MethodHandler(method: .HEAD, run: HEAD)) }
        if let POST { handlers.append(MethodHandler(method: .POST, run: POST)) }
        if let PUT { handlers.append(MethodHandler(method: .PUT, run: PUT)) }
        if let PATCH { handlers.append(MethodHandler(method: .PATCH, run: PATCH)) }
        if let DELETE { handlers.append(MethodHandler(method: .DELETE, run: DELETE)) }
        if let OPTIONS { handlers.append(MethodHandler(method: .OPTIONS, run: OPTIONS)) }
        if let QUERY { handlers.append(MethodHandler(method: .QUERY, run: QUERY)) }
        if !other.isEmpty {
            for (method, handler) in other.sorted(by: { $0.key.rawValue < $1.key.rawValue }) {
                handlers.append(MethodHandler(method: method, run: handler))
            }
        }
        let settings = ScopeSettings(
            cors: cors, bodyLimit: bodyLimit, maxDuration: maxDuration, segment: config)
        declare(path, handlers, settings, generateStaticParams, place: .line(file, line))
    }

    /// Declares a route that a type answers for: one protocol for each method.
    ///
    /// ```swift
    /// enum Greeting: GETHandler {
    ///     static func GET(_ request: Request, _ context: Context) async throws -> Response {
    ///         Response("Hello, \(context.params.name)!\n")
    ///     }
    /// }
    /// app.route("/hello/[name]", Greeting.self)
    /// ```
    public func route(
        _ path: String, bodyLimit: Int? = nil, maxDuration: Duration? = nil, cors: CORS? = nil,
        config: SegmentConfig = SegmentConfig(),
        generateStaticParams: (@Sendable () async throws -> [StaticParams])? = nil,
        _ type: any RouteHandlers.Type, file: StaticString = #fileID,
        line: UInt = #line
    ) {
        var handlers: [MethodHandler] = []
        if let type = type as? any GETHandler.Type {
            handlers.append(MethodHandler(method: .GET, run: { try await type.GET($0, $1) }))
        }
        if let type = type as? any HEADHandler.Type {
            handlers.append(MethodHandler(method: .HEAD, run: { try await type.HEAD($0, $1) }))
        }
        if let type = type as? any POSTHandler.Type {
            handlers.append(MethodHandler(method: .POST, run: { try await type.POST($0, $1) }))
        }
        if let type = type as? any PUTHandler.Type {
            handlers.append(MethodHandler(method: .PUT, run: { try await type.PUT($0, $1) }))
        }
        if let type = type as? any PATCHHandler.Type {
            handlers.append(MethodHandler(method: .PATCH, run: { try await type.PATCH($0, $1) }))
        }
        if let type = type as? any DELETEHandler.Type {
            handlers.append(MethodHandler(method: .DELETE, run: { try await type.DELETE($0, $1) }))
        }
        if let type = type as? any OPTIONSHandler.Type {
            handlers.append(MethodHandler(method: .OPTIONS, run: { try await type.OPTIONS($0, $1) }))
        }
        if let type = type as? any QUERYHandler.Type {
            handlers.append(MethodHandler(method: .QUERY, run: { try await type.QUERY($0, $1) }))
        }
        let settings = ScopeSettings(
            cors: cors, bodyLimit: bodyLimit, maxDuration: maxDuration, segment: config)
        declare(path, handlers, settings, generateStaticParams, place: .line(file, line))
    }

    private func declare(
        _ path: String, _ handlers: [MethodHandler], _ settings: ScopeSettings,
        _ staticParams: (@Sendable () async throws -> [StaticParams])?, place: DeclarationPlace
    ) {
        let declaration = RouteDeclaration(
            path: path, handlers: handlers, settings: settings,
            staticParams: staticParams.map { StaticParamsFunction(run: $0) }, place: place)
        routes.declare { $0.routes.append(declaration) }
    }
}
