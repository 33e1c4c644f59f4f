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

    private let settings: AppConfiguration
    private let clock: any Clock<Duration>
    private let log: @Sendable (String) -> Void
    private let compiled = Locked<Front?>(nil)
    private let isRegistered = Atomic(false)

    /// Makes an application of a configuration.
    ///
    /// - Parameters:
    ///   - configuration: Base path, rules, limits, and everything else that is told in code.
    ///   - routes: Routes that were declared already, such as those of a package's files.
    ///   - clock: What measures time limits; a test passes its own.
    ///   - log: Takes one line for the operator; by default it goes to standard error, or to an observer that writes a
    ///     log of its own.
    public init(
        _ configuration: AppConfiguration, routes: Routes = Routes(), clock: any Clock<Duration> = ContinuousClock(),
        log: (@Sendable (String) -> Void)? = nil
    ) {
        self.routes = routes
        settings = configuration
        self.configuration = configuration.server
        self.clock = clock
        self.log = Observation.log(log, configuration.observers)
    }

    /// Makes an application.
    ///
    /// - Parameters:
    ///   - routes: Routes that were declared already, such as those of a package's files.
    ///   - public: The folder whose files are there for everybody, such as `public`; nil for none. Those that are there
    ///     at start are served with their path below it, before routes with parameters.
    ///   - basePath: The path below which the application lies, such as `/docs`; handlers see URLs without it.
    ///   - trailingSlash: Which spelling of a path is the right one.
    ///   - configuration: How it is served.
    ///   - environment: Whether a client is told what went wrong inside: in development only.
    ///   - observers: What is told of requests, log lines and measurements.
    ///   - instrumentation: What runs before the application listens, and hears of errors.
    ///   - clock: What measures time limits and ages what is kept; a test passes its own.
    ///   - cache: Where answers are kept, and what is said of it.
    ///   - log: Takes one line for the operator; by default it goes to standard error, or to an observer that writes a
    ///     log of its own.
    public convenience init(
        routes: Routes = Routes(),
        public publicFolder: String? = nil,
        basePath: String = "",
        trailingSlash: TrailingSlash = .remove,
        configuration: ServerConfiguration = ServerConfiguration(),
        environment: RuntimeEnvironment = .current,
        observers: [any Observer] = [],
        instrumentation: Instrumentation? = nil,
        clock: any Clock<Duration> = ContinuousClock(),
        cache: CacheConfiguration = CacheConfiguration(),
        log: (@Sendable (String) -> Void)? = nil
    ) {
        var settings = AppConfiguration()
        settings.publicFolder = publicFolder
        settings.basePath = basePath
        settings.trailingSlash = trailingSlash
        settings.server = configuration
        settings.environment = environment
        settings.observers = observers
        settings.instrumentation = instrumentation
        settings.cache = cache
        self.init(settings, routes: routes, clock: clock, log: log)
    }

    // MARK: - Routes

    /// The routes with their methods, in the order of declaration; those of the files in `public` apart.
    ///
    /// - Throws: `RouteError` when two routes conflict or one is malformed; it names the place of each.
    public func table() throws -> [(path: String, methods: String)] {
        try host().index.routes.filter { !$0.isFile }
            .map { ($0.pattern, $0.otherMethods == nil ? $0.allow : "*") }
    }

    func host() throws -> Host { try front().host }

    private func front() throws -> Front {
        if let front = compiled.withLock({ $0 }) { return front }
        let policy = try PathPolicy(trailingSlash: settings.trailingSlash, basePath: settings.basePath)
        let rules = try RuleSet(settings)
        if let problem = settings.cache.problem { throw RouteError("cache: \(problem)") }
        var scope = routes.freeze()
        if let folder = settings.publicFolder { scope.routes += try PublicFolder(folder).declarations }
        let host = Host(
            index: try RouteIndex(scope, policy: policy), environment: settings.environment, clock: clock,
            cache: settings.cache, instrumentation: Instrumentation(settings.instrumentation, scope), log: log)
        let made = Front(
            host, rules: rules.isEmpty ? nil : rules, observation: Observation(settings.observers, now: host.now))
        return compiled.withLock { front in
            // Of two that were made at the same time the first is kept.
            let kept = front ?? made
            front = kept
            return kept
        }
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
            let front = try front()
            let responder = front.responder
            let (response, work) = await RequestScope.with(request, responder) { scope in
                await responder.respond(to: request, in: scope)
            }
            work?.watch?.ended(bytes: request.method == .HEAD ? 0 : response.bufferedLength, isComplete: true)
            if let work, !work.operations.isEmpty {
                front.host.leftWork.begin { [log] in await RequestScope.run(work, log: log) }
            }
            // The caller may read the body, and a stored response is returned again.
            return request.method == .HEAD ? response.withoutBody() : response.unread
        } catch {
            log("500: \(error)")
            return Response(status: .internalServerError)
        }
    }

    /// Returns when nothing goes on that no answer waits for: work after an answer, and answers that are made anew.
    package func waitUntilIdle() async throws {
        let host = try host()
        await host.leftWork.waitUntilDone()
        await host.cache.waitUntilIdle()
        await host.leftWork.waitUntilDone()
    }

    /// How many requests wait for the run that makes the answer of a path.
    package func waitingCount(forRunOf path: String) throws -> Int {
        let host = try host()
        guard case .cached(let place) = host.index.find(Request(path)).endpoint else { return 0 }
        return host.cache.answers.waitingCount(place.key)
    }

    // MARK: - Serving

    /// Makes the answers of all paths that `generateStaticParams` names, unless they are kept already; `listen` and
    /// `start` do it before they listen.
    ///
    /// - Throws: `RouteError` for routes that conflict, and for a `generateStaticParams` that fails.
    public func prepare() async throws {
        try await host().fill()
    }

    /// Makes a server for the application and starts it; it returns when the server listens.
    ///
    /// Before that it does what `listen` does: the instrumentation's part, and `prepare`.
    ///
    /// - Throws: `RouteError` for routes that conflict and for a `generateStaticParams` that fails, `ListenError` for an
    ///   address that can't be listened on, what the instrumentation throws.
    public func start() async throws -> Server {
        let server = try makeServer()
        try await register()
        try await prepare()
        try server.start()
        return server
    }

    /// Makes a server for the application that does not listen yet.
    ///
    /// - Parameter configuration: How it is served, where that is not the application's own way.
    /// - Throws: `RouteError` for routes that conflict.
    package func makeServer(_ configuration: ServerConfiguration? = nil) throws -> Server {
        Server(configuration: configuration ?? self.configuration, log: log, responder: try front().responder)
    }

    /// Serves the application until SIGTERM, SIGINT or SIGHUP, then lets running requests finish and returns.
    ///
    /// It prints the address and the routes. An address that is taken, or routes that conflict, end the process with one
    /// line and status 1.
    public func listen() async {
        prepareProcess()
        do {
            let server = try makeServer(configuration.reading(ServerConfiguration.processEnvironment))
            let table = try table()
            try await register()
            try await prepare()
            try await server.run {
                say(Banner.text(addresses: server.addresses, routes: table))
            }
            await flushObservers()
        } catch {
            StandardError.write("\(error)")
            exitProcess(status: 1)
        }
    }

    /// Runs what the instrumentation does before the application listens; once, however often it is called.
    ///
    /// `listen` and `start` do it.
    /// - Throws: What the instrumentation throws: the application can't be started.
    public func register() async throws {
        guard let register = try front().host.instrumentation?.register,
            isRegistered.exchange(true, ordering: .relaxed) == false
        else { return }
        try await register()
    }

    /// Tells the operator something to know: on standard output, or where the log goes that an observer writes.
    private func say(_ text: String) {
        let logs = settings.observers.filter(\.takesLog)
        if logs.isEmpty { StandardOutput.write(text) }
        for log in logs { log.logged(LogLine(text, severity: .info)) }
    }

    /// Lets observers write what they hold back, for a moment.
    private func flushObservers() async {
        let observers = settings.observers
        if observers.isEmpty { return }
        try? await withDeadline(.seconds(2), ContinuousClock()) {
            for observer in observers { await observer.flush() }
        }
    }
}
