// Copyright 2026 the Whippet authors
// SPDX-License-Identifier: Apache-2.0

internal import Synchronization
public import WhippetApp
public import WhippetFetch
public import WhippetInfra
public import WhippetServer

/// An application as h3 has it: handlers of events, whose values become responses.
///
/// ```swift
/// let app = H3()
/// app.get("/") { event in ["hello": "world"] }
/// app.get("/users/:id") { event in "User \(event.params.id)" }
/// app.get("/files/**:path") { event in event.params.path }
/// await app.listen()
/// ```
/// It can be a part of another application: `other.mount(app.routes)`. Routes are declared first; the first request, or
/// the first look at `routes`, freezes them.
/// Source: [h3](https://h3.dev/guide/api/h3).
public final class H3: Sendable {
    /// What was declared.
    struct Declarations: Sendable {
        var routes: [EventRoute] = []
        var layers: [EventRunner.Layer] = []
        /// The first path that can't be matched, with its place.
        var problem: (path: String, place: String)?
        var compiled: Routes?
    }

    /// The settings.
    public let configuration: H3Configuration
    private let declarations = Locked(Declarations())
    private let host = AtomicLazyReference<App>()
    private let makeHost: @Sendable (Routes) -> App

    /// Makes an application.
    ///
    /// - Parameters:
    ///   - configuration: Its hooks, and whether JSON is written for people.
    ///   - server: How it is served.
    ///   - log: Takes one line for the operator; by default it goes to standard error.
    public init(
        _ configuration: H3Configuration = H3Configuration(), server: ServerConfiguration = ServerConfiguration(),
        log: @escaping @Sendable (String) -> Void = StandardError.write
    ) {
        self.configuration = configuration
        makeHost = { App(routes: $0, trailingSlash: .accept, configuration: server, log: log) }
    }

    // MARK: - Declaring

    /// Declares handlers of `GET`, which answer `HEAD` as well.
    public var get: EventVerb { EventVerb(application: self, method: .GET) }
    /// Declares handlers of `POST`.
    public var post: EventVerb { EventVerb(application: self, method: .POST) }
    /// Declares handlers of `PUT`.
    public var put: EventVerb { EventVerb(application: self, method: .PUT) }
    /// Declares handlers of `PATCH`.
    public var patch: EventVerb { EventVerb(application: self, method: .PATCH) }
    /// Declares handlers of `DELETE`.
    public var delete: EventVerb { EventVerb(application: self, method: .DELETE) }
    /// Declares handlers of `HEAD`.
    public var head: EventVerb { EventVerb(application: self, method: .HEAD) }
    /// Declares handlers of `OPTIONS`.
    public var options: EventVerb { EventVerb(application: self, method: .OPTIONS) }
    /// Declares handlers of every method.
    public var all: EventVerb { EventVerb(application: self, method: nil) }

    /// Declares handlers of any method, such as `app.on("PURGE")("/cache") { … }`.
    public func on(_ method: HTTPMethod) -> EventVerb { EventVerb(application: self, method: method) }

    /// Adds middleware in front of the routes.
    ///
    /// - Parameters:
    ///   - path: For which paths it runs, such as `/api/**`; nil for all.
    ///   - method: For which method it runs, `GET` for `HEAD` as well; nil for all.
    ///   - middleware: Such as `onError { … }` and `toMiddleware(…)` make.
    public func use(
        _ path: String?, method: HTTPMethod? = nil, _ middleware: EventMiddleware,
        file: StaticString = #fileID, line: UInt = #line
    ) {
        declare { declarations in
            do {
                let matcher = try path.map { try CompiledMatcher(Matcher(EventPath.patterns($0))) }
                declarations.layers.append(
                    EventRunner.Layer(matcher: matcher, method: method, middleware: middleware))
            } catch {
                if declarations.problem == nil { declarations.problem = (path ?? "", "\(file):\(line)") }
            }
        }
    }

    /// Adds middleware in front of all routes.
    public func use(
        _ middleware: EventMiddleware, method: HTTPMethod? = nil, file: StaticString = #fileID, line: UInt = #line
    ) {
        use(nil, method: method, middleware, file: file, line: line)
    }

    /// Adds a function as middleware that answers, or returns nil or the value of what comes next.
    public func use<Value: ResponseConvertible>(
        _ path: String? = nil, method: HTTPMethod? = nil, file: StaticString = #fileID, line: UInt = #line,
        _ middleware: @escaping @Sendable (H3Event, EventNext) async throws -> Value
    ) {
        use(path, method: method, EventMiddleware(middleware), file: file, line: line)
    }

    /// Adds a function as middleware behind which what comes next runs, if it has not run already.
    @_disfavoredOverload
    public func use(
        _ path: String? = nil, method: HTTPMethod? = nil, file: StaticString = #fileID, line: UInt = #line,
        _ middleware: @escaping @Sendable (H3Event, EventNext) async throws -> Void
    ) {
        use(path, method: method, EventMiddleware(middleware), file: file, line: line)
    }

    /// Adds a function as middleware that answers, or returns nil.
    public func use<Value: ResponseConvertible>(
        _ path: String? = nil, method: HTTPMethod? = nil, file: StaticString = #fileID, line: UInt = #line,
        _ middleware: @escaping @Sendable (H3Event) async throws -> Value
    ) {
        use(path, method: method, EventMiddleware(middleware), file: file, line: line)
    }

    /// Adds a function as middleware that what comes next follows.
    @_disfavoredOverload
    public func use(
        _ path: String? = nil, method: HTTPMethod? = nil, file: StaticString = #fileID, line: UInt = #line,
        _ middleware: @escaping @Sendable (H3Event) async throws -> Void
    ) {
        use(path, method: method, EventMiddleware(middleware), file: file, line: line)
    }

    /// Adds the routes of another application below a path; its middleware and hooks run behind this one's.
    public func mount(_ base: String, _ other: H3) {
        let (routes, layers) = other.declarations.withLock { ($0.routes, $0.layers) }
        let inner = EventRunner(other.configuration, layers)
        for route in routes {
            var route = route
            route.path = base + (route.path == "/" && base != "/" ? "" : route.path)
            let handler = route.handler
            route.handler = EventHandler { event in
                try await inner.proceed(from: 0, event, handler)
            }
            add(route)
        }
    }

    func add(_ route: EventRoute) {
        declare { $0.routes.append(route) }
    }

    private func declare(_ change: (inout Declarations) -> Void) {
        declarations.withLock { declarations in
            precondition(declarations.compiled == nil, "WhippetH3: routes are declared before the first request")
            change(&declarations)
        }
    }

    // MARK: - Answering

    /// The routes, to be mounted in another application.
    public var routes: Routes {
        declarations.withLock { declarations in
            if let compiled = declarations.compiled { return compiled }
            let runner = EventRunner(configuration, declarations.layers)
            let routes = EventRouteTable(declarations.routes, problem: declarations.problem).routes(runner)
            declarations.compiled = routes
            return routes
        }
    }

    /// The application of these routes alone.
    public var app: App { host.load() ?? host.storeIfNil(makeHost(routes)) }

    /// Answers a request without a socket.
    public func fetch(_ request: Request) async -> Response { await app.fetch(request) }

    /// Answers a request without a socket, as h3's tests do it.
    ///
    /// ```swift
    /// let app = H3()
    /// app.get("/") { event in "hello" }
    /// let text = try await app.request("/").text()
    /// ```
    public func request(
        _ url: String, method: Request.Method = .GET, headers: Headers = Headers(), body: (any BodyInit)? = nil
    ) async -> Response {
        await fetch(Request(url, method: method, headers: headers, body: body))
    }

    /// Serves the application until SIGTERM, SIGINT or SIGHUP.
    public func listen() async { await app.listen() }
}
