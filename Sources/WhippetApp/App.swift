// Copyright 2026 the Whippet authors
// SPDX-License-Identifier: Apache-2.0

internal import Synchronization
internal import WhippetInfra
internal import WhippetRouting
internal import WhippetURL
public import WhippetFetch
public import WhippetServer

/// An application: its routes, and the host that answers for them.
///
/// ```swift
/// let app = App()
/// app.route("/hello/[name]", GET: { request, context in
///     Response("Hello, \(context.params.name)!")
/// })
/// await app.listen()
/// ```
///
/// Routes are declared first; the first request freezes the table.
public final class App: Sendable {
    /// How the application is served.
    public let configuration: ServerConfiguration

    private let log: @Sendable (String) -> Void
    private let declared = Locked<[RouteDeclaration]>([])
    private let table = AtomicLazyReference<RouteIndex>()

    /// Makes an application without routes.
    ///
    /// - Parameters:
    ///   - configuration: How it is served.
    ///   - log: Takes one line for the operator; by default it goes to standard error.
    public init(
        configuration: ServerConfiguration = ServerConfiguration(),
        log: @escaping @Sendable (String) -> Void = StandardError.write
    ) {
        self.configuration = configuration
        self.log = log
    }

    // MARK: - Routes

    func declare(_ declaration: RouteDeclaration) {
        precondition(table.load() == nil, "App.route: routes are declared before the first request")
        declared.withLock { $0.append(declaration) }
    }

    /// The routes with their methods, in the order of declaration.
    ///
    /// - Throws: `RouteError` when two routes conflict or one is malformed; it names the place of each.
    public func routes() throws -> [(path: String, methods: String)] {
        try index().routes.map { ($0.pattern, $0.allow) }
    }

    private func index() throws -> RouteIndex {
        if let index = table.load() { return index }
        return table.storeIfNil(try RouteIndex(declared.withLock { $0 }))
    }

    // MARK: - Answers

    /// Answers a request without a socket: for tests, and for handlers that call their own application.
    ///
    /// ```swift
    /// let response = await app.fetch(Request("http://localhost/hello/tea"))
    /// ```
    /// - Returns: What the route's handler returned, or the response that its error stands for. The body of an answer to
    ///   `HEAD` is empty; its `Content-Length` says how long that of `GET` would be.
    public func fetch(_ request: Request) async -> Response {
        let response = await respond(to: request)
        return request.method == .HEAD ? response.withoutBody() : response
    }

    /// Answers a request; the engine drops the body of an answer to `HEAD` itself.
    func respond(to request: Request) async -> Response {
        do {
            switch try index().find(request) {
            case .handler(let handler, let context, nil):
                return checked(try await handler(request, context))
            case .handler(let handler, let context, let limit?):
                var request = request
                request.bodyLimit = limit
                return checked(try await handler(request, context))
            case .answer(let response):
                return response
            }
        } catch {
            return self.response(to: error, request)
        }
    }

    /// A response that can't be sent becomes a 500 here, where the route is known.
    private func checked(_ response: Response) -> Response {
        guard let failure = response.failure else { return response }
        log("500: \(failure)")
        return Response(status: .internalServerError)
    }

    private func response(to error: any Error, _ request: Request) -> Response {
        if let error = error as? HTTPError { return checked(error.response()) }
        // A handler that was cancelled has nobody to answer any more.
        if !(error is CancellationError) { log("500 \(request.method) \(request.url.pathname): \(error)") }
        return Response(status: .internalServerError)
    }

    // MARK: - Serving

    /// Makes a server for the application and starts it; it returns at once.
    ///
    /// - Throws: `RouteError` for routes that conflict, `ListenError` for an address that can't be listened on.
    public func start() throws -> Server {
        let server = try makeServer()
        try server.start()
        return server
    }

    private func makeServer() throws -> Server {
        let index = try index()
        _ = index
        return Server(configuration: configuration, log: log) { [self] request in await respond(to: request) }
    }

    /// Serves the application until SIGTERM or SIGINT, then lets running requests finish and returns.
    ///
    /// It prints the address and the routes. An address that is taken, or routes that conflict, end the process with one
    /// line and status 1.
    public func listen() async {
        do {
            let server = try makeServer()
            let routes = try routes()
            try await server.run {
                StandardOutput.write(Banner.text(addresses: server.addresses, routes: routes))
            }
        } catch {
            StandardError.write("\(error)")
            exitProcess(status: 1)
        }
    }
}
