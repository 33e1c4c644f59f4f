// Copyright 2026 the Whippet authors
// SPDX-License-Identifier: Apache-2.0

internal import WhippetApp
public import WhippetFetch
internal import WhippetInfra
public import WhippetJSON
public import WhippetServer

/// An application as in Express: settings, routes, middleware and view engines.
///
/// ```swift
/// let app = express()
/// app.get("/users/:id") { request, response in
///     response.send("User \(request.params.id)")
/// }
/// await app.listen(3000) { print("Listening on port 3000") }
/// ```
/// Everything is declared before the first request, which freezes it.
public final class Application: ExpressRouting, Sendable {
    private struct State {
        var settings: [String: ExpressSetting] = [:]
        var engines: [String: any ViewEngine] = [:]
        var locals = JSON.Object()
        var isFrozen = false
    }

    /// How the application is served.
    public let configuration: ServerConfiguration
    /// The routes and the middleware, in their order.
    public let router = Router()

    let environment: RuntimeEnvironment
    let log: @Sendable (String) -> Void
    private let clock: any Clock<Duration>
    private let state = Locked(State())
    private let compiled = Locked<ExpressHost?>(nil)

    /// Makes an application.
    ///
    /// - Parameters:
    ///   - configuration: How it is served.
    ///   - environment: Whether error pages tell what went wrong: in development only.
    ///   - clock: What measures time limits; a test passes its own.
    ///   - log: Takes one line for the operator; by default it goes to standard error.
    public init(
        configuration: ServerConfiguration = ServerConfiguration(), environment: RuntimeEnvironment = .current,
        clock: any Clock<Duration> = ContinuousClock(),
        log: @escaping @Sendable (String) -> Void = StandardError.write
    ) {
        self.configuration = configuration
        self.environment = environment
        self.clock = clock
        self.log = log
    }

    // MARK: - Settings

    /// Sets a setting: one of Express's, or any other to be read with `get`.
    ///
    /// Two are Whippet's own: `string type` is the type of a body of text, `text/html` by default, and
    /// `method not allowed` has a path that knows other methods answer 405 instead of Express's 404, `true` by default.
    @discardableResult
    public func set(_ name: String, _ value: ExpressSetting) -> Application {
        state.withLock { state in
            precondition(!state.isFrozen, "Whippet: settings are set before the first request")
            state.settings[name] = value
        }
        return self
    }

    /// The value of a setting, nil if it was not set.
    public func get(_ name: String) -> ExpressSetting? {
        state.withLock { $0.settings[name] }
    }

    /// Switches a setting on.
    @discardableResult
    public func enable(_ name: String) -> Application { set(name, true) }

    /// Switches a setting off.
    @discardableResult
    public func disable(_ name: String) -> Application { set(name, false) }

    /// Whether a setting is on.
    public func enabled(_ name: String) -> Bool { self.get(name)?.isOn ?? Self.isOnByDefault(name) }

    /// Whether a setting is off.
    public func disabled(_ name: String) -> Bool { !enabled(name) }

    private static func isOnByDefault(_ name: String) -> Bool {
        ["etag", "x-powered-by", "method not allowed", "query parser"].contains(name)
    }

    /// What all templates see; `res.locals` and the values given to `render` go first.
    public var locals: JSON.Object {
        get { state.withLock { $0.locals } }
        set { state.withLock { $0.locals = newValue } }
    }

    /// Has an engine render the views with an extension, such as `mustache`.
    @discardableResult
    public func engine(_ extension: String, _ engine: any ViewEngine) -> Application {
        state.withLock { state in
            precondition(!state.isFrozen, "Whippet: engines are set before the first request")
            state.engines[`extension`.hasPrefix(".") ? String(`extension`.dropFirst()) : `extension`] = engine
        }
        return self
    }

    // MARK: - Answers

    /// Answers a request without a socket: for tests, and for mounting in an `App`.
    ///
    /// ```swift
    /// let legacy = express()
    /// legacy.get("/old") { req, res in res.send("Still here") }
    /// let app = App()
    /// app.notFound { request, _ in await legacy.fetch(request) }
    /// ```
    public func fetch(_ request: Request) async -> Response {
        do {
            let host = try host()
            let log = log
            // Mounted in an `App`, its handlers find that one's cache.
            let outer = RequestScope.current
            let owner = outer?.responder ?? host
            let (response, work) = await RequestScope.with(request, owner) { scope in
                await host.respond(to: request, in: scope)
            }
            if let work {
                let run: @Sendable () async -> Void = { await RequestScope.run(work, log: log) }
                // What is mounted has not answered yet; else nobody waits for work that is to run after the answer.
                if outer?.addAfterWork(run) != true { Task { await run() } }
            }
            return request.method == .HEAD ? response.withoutBody() : response.unread
        } catch {
            log("500: \(error)")
            return Response(status: .internalServerError)
        }
    }

    // MARK: - Serving

    /// Makes a server for the application and starts it; it returns at once.
    ///
    /// - Throws: `RouteError` for a path that is not of the syntax, `ListenError` for an address that can't be listened
    ///   on.
    public func start() throws -> Server {
        let server = try makeServer(configuration)
        try server.start()
        return server
    }

    /// Makes a server for the application that does not listen yet.
    ///
    /// - Throws: `RouteError` for a path that is not of the syntax.
    package func makeServer(_ configuration: ServerConfiguration) throws -> Server {
        Server(configuration: configuration, log: log, responder: try host())
    }

    /// Serves the application until SIGTERM, SIGINT or SIGHUP, then lets running requests finish and returns.
    ///
    /// It prints the address. A path that is not of the syntax, or a port that is taken, ends the process with one line and status 1.
    ///
    /// - Parameters:
    ///   - port: The port; nil for what the configuration or the environment says.
    ///   - host: The name or address of this machine to listen on.
    ///   - callback: Called once the server listens.
    public func listen(_ port: Int? = nil, _ host: String = "localhost", _ callback: () -> Void = {}) async {
        do {
            var configuration = configuration
            if let port { configuration.addresses = [.tcp(host: host, port: port)] }
            let server = try makeServer(configuration)
            try await server.run {
                StandardOutput.write(Banner.text(addresses: server.addresses))
                callback()
            }
        } catch {
            StandardError.write("\(error)")
            exitProcess(status: 1)
        }
    }

    // MARK: - Freezing

    func host() throws(RouteError) -> ExpressHost {
        if let host = compiled.withLock({ $0 }) { return host }
        let host = ExpressHost(try install(Surroundings(), depth: 0), clock: clock)
        return compiled.withLock { compiled in
            if let compiled { return compiled }
            compiled = host
            return host
        }
    }

    /// Compiles the application, alone or mounted in another, whose settings and engines it has where it has none.
    func install(_ surroundings: Surroundings, depth: Int) throws(RouteError) -> Installation {
        var inner = surroundings
        state.withLock { state in
            state.isFrozen = true
            inner.settings.merge(state.settings) { _, own in own }
            inner.engines.merge(state.engines) { _, own in own }
        }
        let settings = Settings(inner.settings, isProduction: environment == .production)
        let options = Router.Options(caseSensitive: settings.caseSensitive, strict: settings.strict)
        let table = try RouterTable(router, options, inner, depth: depth)
        return Installation(application: self, settings: settings, engines: inner.engines, table: table)
    }
}

/// What an application inherits from the one that it is mounted in.
struct Surroundings: Sendable {
    var settings: [String: ExpressSetting] = [:]
    var engines: [String: any ViewEngine] = [:]
}

/// An application, compiled.
final class Installation: Sendable {
    let application: Application
    let settings: Settings
    let engines: [String: any ViewEngine]
    let table: RouterTable
    /// The headers that every answer begins with.
    let headers: Headers

    init(
        application: Application, settings: Settings, engines: [String: any ViewEngine], table: RouterTable
    ) {
        self.application = application
        self.settings = settings
        self.engines = engines
        self.table = table
        headers = settings.isPoweredBy ? ["X-Powered-By": "Express"] : Headers()
    }
}
