// Copyright 2026 the Whippet authors
// SPDX-License-Identifier: Apache-2.0

internal import WhippetFetch
internal import WhippetServer
internal import WhippetURL

/// An application whose routes are compiled: finds the handler of a request, runs it with the middleware around it, and
/// makes a response of whatever comes out.
final class Host: Responder {
    let index: RouteIndex
    let log: @Sendable (String) -> Void
    let environment: RuntimeEnvironment
    let clock: any Clock<Duration>
    let cache: ResponseCache
    let leftWork = LeftWork()
    /// The time since the host was made, by its clock.
    let now: @Sendable () -> Duration
    let instrumentation: Instrumentation?

    init(
        index: RouteIndex, environment: RuntimeEnvironment, clock: any Clock<Duration>, cache: CacheConfiguration,
        instrumentation: Instrumentation? = nil, log: @escaping @Sendable (String) -> Void
    ) {
        self.instrumentation = instrumentation
        self.index = index
        self.environment = environment
        self.clock = clock
        now = Self.timer(clock)
        self.log = log
        self.cache = ResponseCache(
            cache, clock: WallClock(clock, elapsed: now), environment: environment, log: log)
        let services = HostServices(environment: environment, log: log)
        for observe in index.hostObservers { observe(services) }
    }

    private static func timer<C: Clock<Duration>>(_ clock: C) -> @Sendable () -> Duration {
        let start = clock.now
        return { start.duration(to: clock.now) }
    }

    func serve(_ driver: Driver, in scope: RequestScope) async {
        // The usual ways alone, without another asynchronous call and with no copy of the request, which cost some
        // hundred instructions each; and little else: what a suspension may lie in is found again after each.
        while let request = driver.next(in: scope) {
            switch index.lead(of: request) {
            case .plain(let handler):
                do {
                    let response = try await handler.run(request, handler.context)
                    if response.problem == nil, !scope.hasStagedCookies, driver.answer(response) { continue }
                    await finish(checked(response), driver, scope)
                } catch {
                    await finish(answer(to: error, request, index.find(request)), driver, scope)
                }
            case .hit(let place):
                if let hit = hit(place, request), driver.answer(hit) { continue }
                await finish(respond(to: request, at: index.find(request), in: scope), driver, scope)
            case .other(let found):
                await finish(respond(to: request, at: found, in: scope), driver, scope)
            }
        }
    }

    /// Sends an answer, with the cookies that its handler has staged.
    private func finish(_ response: Response, _ driver: Driver, _ scope: RequestScope) async {
        var response = response
        if scope.hasStagedCookies { response.add(scope.takeCookies()) }
        if !driver.answer(response) { await driver.stream(response, in: scope) }
    }

    func respond(to request: Request, in scope: RequestScope) async -> Response {
        await respond(to: request, at: index.find(request), in: scope)
    }

    /// Method and pattern, with the path where that is another one.
    func name(of request: Request) -> String {
        let pattern = index.find(request).route.pattern
        let path = request.url.pathname
        return "\(request.method) \(pattern.isEmpty ? path : pattern)"
            + (pattern.isEmpty || pattern == path ? "" : " (\(path))")
    }

    /// Answers a request for which a route was found.
    func respond(to request: Request, at found: Found, in scope: RequestScope) async -> Response {
        let request = index.policy.basePath.isEmpty ? request : withoutBasePath(request)
        var response = await answer(request, found)
        if scope.hasStagedCookies { response.add(scope.takeCookies()) }
        return response
    }

    private func answer(_ request: Request, _ found: Found) async -> Response {
        if let halfClose = found.settings.halfClose { request.setHalfClose(isAnswered: halfClose == .answer) }
        guard let cors = found.settings.cors else { return await enter(found, request) }
        // Outermost, so that errors and the answers of middleware have the fields too.
        if let preflight = cors.preflight(request, allow: found.route.allow) { return preflight }
        return cors.decorate(await enter(found, request), request)
    }

    /// Runs all layers of what was found, then its endpoint.
    func enter(_ found: Found, _ request: Request) async -> Response {
        guard let limit = found.settings.bodyLimit else { return await proceed(found, from: 0, request) }
        // Before the first layer: middleware may read the body, or set a limit of its own.
        var request = request
        request.bodyLimit = limit
        return await proceed(found, from: 0, request)
    }

    /// The request as handlers see it: below the base path.
    private func withoutBasePath(_ request: Request) -> Request {
        var url = request.url
        guard let path = index.policy.withoutBasePath(url.pathname) else { return request }
        url.pathname = path
        let moved = request.moved(to: url, basePath: index.policy.basePath)
        RequestScope.current?.replace(moved)
        return moved
    }

    /// Runs the layers from a position on, then the endpoint.
    func proceed(_ found: Found, from start: Int, _ request: Request) async -> Response {
        let layers = found.settings.layers
        var position = start
        while position < layers.count {
            let layer = layers[position]
            position += 1
            if found.finishedLayers.contains(layer.number) { continue }
            if let matcher = layer.matcher, !matcher.matches(request) { continue }
            return await run(layer, found, next: position, request)
        }
        return await endpoint(found, request)
    }

    private func run(
        _ layer: RouteSettings.Layer, _ found: Found, next position: Int, _ request: Request
    ) async -> Response {
        let next = Next(host: self, found: found, position: position)
        let response: Response
        do {
            response = try await layer.middleware.run(request, found.context, next)
        } catch {
            return await answer(to: error, request, found)
        }
        guard let directive = response.directive else { return checked(response) }
        return await follow(directive, response.headers, found, next: position, request)
    }

    /// Does what a middleware's response says, which is no answer itself.
    private func follow(
        _ directive: ResponseDirective, _ headers: Headers, _ found: Found, next position: Int, _ request: Request
    ) async -> Response {
        var response: Response
        switch directive {
        case .next(let requestHeaders):
            var request = request
            if let requestHeaders {
                request.headers = requestHeaders
                RequestScope.current?.replace(request)
            }
            response = await proceed(found, from: position, request)
        case .rewrite(let url):
            response = await rewrite(to: url, found, next: position, request)
        }
        response.merge(headers)
        return checked(response)
    }

    private func endpoint(_ found: Found, _ request: Request) async -> Response {
        switch found.endpoint {
        case .answer(let response): return response
        case .nothing: return await answer(to: HTTPError.notFound, request, found)
        case .handler(let handler):
            do {
                return checked(try await run(handler, request, found))
            } catch {
                return await answer(to: error, request, found)
            }
        case .cached(let place):
            // A copy: middleware may read the body, and others get it as well.
            if let hit = hit(place, request) { return hit.unread }
            return await respond(place, request, found)
        }
    }

    /// Runs a handler, for as long as it may take.
    func run(_ handler: RouteHandler, _ request: Request, _ found: Found) async throws -> Response {
        guard let duration = found.settings.maxDuration else { return try await handler.run(request, found.context) }
        return try await withDeadline(duration, clock) { try await handler.run(request, found.context) }
    }

    /// Does something for as long as a handler of a route may take.
    func withLimit<Result: Sendable>(
        _ found: Found, _ operation: @escaping @Sendable () async throws -> Result
    ) async throws -> Result {
        guard let duration = found.settings.maxDuration else { return try await operation() }
        return try await withDeadline(duration, clock, operation)
    }

    /// A response that can't be sent, or is none, becomes a 500 here, where the route is known.
    func checked(_ response: consuming Response) -> Response {
        guard let problem = response.problem else { return response }
        log("500: \(problem)")
        return Response(status: .internalServerError)
    }
}
