// Copyright 2026 the Whippet authors
// SPDX-License-Identifier: Apache-2.0

internal import Synchronization
public import WhippetFetch
internal import WhippetInfra
internal import WhippetRouting
public import WhippetServer
internal import WhippetURL

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
public final class App: RouteDeclaring, Sendable {
    /// How the application is served.
    public let configuration: ServerConfiguration

    /// The routes.
    public let routes: Routes

    private let trailingSlash: TrailingSlash
    private let basePath: String
    private let environment: RuntimeEnvironment
    private let clock: any Clock<Duration>
    private let log: @Sendable (String) -> Void
    private let compiled = AtomicLazyReference<Host>()

    /// Makes an application.
    ///
    /// - Parameters:
    ///   - routes: Routes that were declared already, such as those of a package's files.
    ///   - basePath: The path below which the application lies, such as `/docs`; handlers see URLs without it.
    ///   - trailingSlash: Which spelling of a path is the right one.
    ///   - configuration: How it is served.
    ///   - environment: Whether a client is told what went wrong inside: in development only.
    ///   - clock: What measures time limits; a test passes its own.
    ///   - log: Takes one line for the operator; by default it goes to standard error.
    public init(
        routes: Routes = Routes(),
        basePath: String = "",
        trailingSlash: TrailingSlash = .remove,
        configuration: ServerConfiguration = ServerConfiguration(),
        environment: RuntimeEnvironment = .current,
        clock: any Clock<Duration> = ContinuousClock(),
        log: @escaping @Sendable (String) -> Void = StandardError.write
    ) {
        self.routes = routes
        self.basePath = basePath
        self.trailingSlash = trailingSlash
        self.configuration = configuration
        self.environment = environment
        self.clock = clock
        self.log = log
    }

    // MARK: - Routes

    /// The routes with their methods, in the order of declaration.
    ///
    /// - Throws: `RouteError` when two routes conflict or one is malformed; it names the place of each.
    public func table() throws -> [(path: String, methods: String)] {
        try host().index.routes.map { ($0.pattern, $0.allow) }
    }

    private func host() throws -> Host {
        if let host = compiled.load() { return host }
        let policy = try PathPolicy(trailingSlash: trailingSlash, basePath: basePath)
        return compiled.storeIfNil(
            Host(
                index: try RouteIndex(routes.freeze(), policy: policy), environment: environment, clock: clock, log: log
            ))
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
        do {
            let host = try host()
            let (response, work) = await RequestScope.with(request, clock: clock) { scope in
                await host.respond(to: request, in: scope)
            }
            if let work { Task { await RequestScope.run(work, log: log) } }
            // The caller may read the body, and a stored response is returned again.
            return request.method == .HEAD ? response.withoutBody() : response.unread
        } catch {
            log("500: \(error)")
            return Response(status: .internalServerError)
        }
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

    /// Makes a server for the application that does not listen yet.
    ///
    /// - Parameter configuration: How it is served, where that is not the application's own way.
    /// - Throws: `RouteError` for routes that conflict.
    package func makeServer(_ configuration: ServerConfiguration? = nil) throws -> Server {
        Server(configuration: configuration ?? self.configuration, log: log, responder: try host())
    }

    /// Serves the application until SIGTERM or SIGINT, then lets running requests finish and returns.
    ///
    /// It prints the address and the routes. An address that is taken, or routes that conflict, end the process with one
    /// line and status 1.
    public func listen() async {
        do {
            let server = try makeServer()
            let table = try table()
            try await server.run {
                StandardOutput.write(Banner.text(addresses: server.addresses, routes: table))
            }
        } catch {
            StandardError.write("\(error)")
            exitProcess(status: 1)
        }
    }
}
