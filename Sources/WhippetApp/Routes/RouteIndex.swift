// Copyright 2026 the Whippet authors
// SPDX-License-Identifier: Apache-2.0

internal import WhippetFetch
internal import WhippetInfra
internal import WhippetRouting

/// The routes of an application, compiled: what a request's path and method lead to.
final class RouteIndex: Sendable {
    let routes: [Route]
    let policy: PathPolicy
    /// Who is told of the host, once it is made.
    let hostObservers: [@Sendable (HostServices) -> Void]
    private let table: RouteTable
    /// What holds where no route matches, by the paths of the scopes.
    private let unmatched: UnmatchedIndex
    /// What stands for a route where none matches and no scope is nearer.
    private let root: Route
    /// What stands for a route where the path itself is refused or redirected.
    private let outside: Route

    /// Compiles the routes.
    ///
    /// - Throws: `RouteError` for a pattern that is malformed or two that conflict, with their places.
    init(_ scope: RouteScope, policy: PathPolicy) throws {
        self.policy = policy
        let compiled = try RouteCompiler.compile(scope)
        table = compiled.table
        routes = compiled.routes
        hostObservers = compiled.hostObservers
        unmatched = try UnmatchedIndex(compiled.scopes)
        root = Route(unmatched: compiled.root)
        outside = Route(unmatched: RouteSettings(corsOf: compiled.root))
    }

    /// What a request leads to that has just come.
    enum Lead {
        /// A handler with nothing around it: the usual case, for which nothing else is made.
        case plain(PlainHandler)
        /// An answer that may be kept: without the parameters, which a kept answer has no use for.
        case hit(CachedPlace)
        case other(Found)
    }

    /// Finds what a request leads to that has just come.
    func lead(of request: Request) -> Lead {
        request.withPathBytes { path in
            guard policy.takesAsIs(path) else { return .other(find(request, path)) }
            let literal = table.matchLiterals(path)
            if literal >= 0, let plain = plainHandler(literal, request.methodNumber) { return .plain(plain) }
            guard let match = literal >= 0 ? RouteMatch(route: literal) : table.matchParameters(path) else {
                return .other(find(request, path))
            }
            // SAFETY: `routes` keeps all of them; counting the reference would cost as much as the look-up.
            return Unmanaged.passUnretained(routes[match.route])._withUnsafeGuaranteedRef { route in
                let number = request.methodNumber
                if number < route.plain.count, let plain = route.plain[number] {
                    guard let params = params(match, route, path) else {
                        return .other(answer(Self.notUTF8.response()))
                    }
                    return .plain(plain.with(params))
                }
                if number < route.takesHits.count, route.takesHits[number], let cached = route.cached {
                    return .hit(CachedPlace(route: cached, key: cached.key(path)))
                }
                return .other(find(match, route, path, request.method))
            }
        }
    }

    /// The handler of a route for a method, where nothing is around it.
    @inline(__always)
    private func plainHandler(_ route: Int, _ method: Int) -> PlainHandler? {
        // SAFETY: as above.
        Unmanaged.passUnretained(routes[route])._withUnsafeGuaranteedRef { route in
            method < route.plain.count ? route.plain[method] : nil
        }
    }

    /// Finds what answers a request.
    func find(_ request: Request) -> Found {
        request.withPathBytes { find(request, $0) }
    }

    private func find(_ request: Request, _ path: UnsafeBufferPointer<UInt8>) -> Found {
        switch policy.decide(path) {
        case .find(nil): find(path, request.method)
        case .find(let canonical?): find(canonical, request.method)
        case .redirect(let location): answer(.redirect(to: location, request))
        case .invalid(let failure): answer(answer(toInvalid: failure, path, request.method))
        case .outside: answer(HTTPError.notFound.response())
        }
    }

    /// An answer that belongs to no route.
    func answer(_ response: Response) -> Found {
        Found(endpoint: .answer(response), params: Params(), route: outside)
    }

    /// Finds what answers for a canonical path below the base path.
    func find(_ path: [UInt8], _ method: HTTPMethod) -> Found {
        path.withUnsafeBufferPointer { find($0, method) }
    }

    private func find(_ path: UnsafeBufferPointer<UInt8>, _ method: HTTPMethod) -> Found {
        guard let match = table.match(path) else {
            return Found(endpoint: .nothing, params: Params(), route: unmatched.route(path) ?? root)
        }
        return find(match, routes[match.route], path, method)
    }

    private func find(
        _ match: RouteMatch, _ route: Route, _ path: UnsafeBufferPointer<UInt8>, _ method: HTTPMethod
    ) -> Found {
        guard let params = params(match, route, path) else { return answer(Self.notUTF8.response()) }
        let endpoint: Found.Endpoint =
            switch route.methods.lookup(method) {
            case .handler(.handler(let handler)): .handler(handler)
            case .handler(.cached(let cached)): .cached(CachedPlace(route: cached, key: cached.key(path)))
            case .automaticOPTIONS where route.otherMethods == nil:
                .answer(Response(status: .noContent, headers: ["allow": route.allow]))
            case .automaticOPTIONS, .notAllowed:
                route.otherMethods.map { .handler($0) }
                    ?? .answer(Response(status: .methodNotAllowed, headers: ["allow": route.allow]))
            }
        return Found(endpoint: endpoint, params: params, route: route)
    }

    /// The parameters, nil for bytes that are not UTF-8.
    private func params(
        _ match: RouteMatch, _ route: Route, _ path: UnsafeBufferPointer<UInt8>
    ) -> Params? {
        if route.names.isEmpty { return Params() }
        // A loop over positions: the collection's own iteration is not specialised across modules.
        var first = Params.Value.absent
        var others: [Params.Value] = []
        for position in 0..<match.captures.count {
            let bytes = UnsafeBufferPointer(rebasing: path[match.captures[position]])
            let value: Params.Value
            if route.endsInCatchAll, position == route.names.count - 1 {
                guard let list = PathNormalization.decodeSegments(bytes) else { return nil }
                value = .segments(list)
            } else {
                guard let text = PathNormalization.decodeSegment(bytes) else { return nil }
                value = .segment(text)
            }
            if position == 0 { first = value } else { others.append(value) }
        }
        return Params(names: route.names, first: first, others: others)
    }

    private static let notUTF8 = HTTPError(.badRequest, "The path is not UTF-8.")

    private func answer(
        toInvalid failure: PathNormalization.Failure, _ path: UnsafeBufferPointer<UInt8>, _ method: HTTPMethod
    ) -> Response {
        // `OPTIONS *` asks about the server as a whole, RFC 9110 §9.3.7.
        if method == .OPTIONS, path.elementsEqual([UInt8(ascii: "*")]) {
            return Response(status: .noContent)
        }
        if method == .CONNECT { return HTTPError(.notImplemented).response() }
        return HTTPError(.badRequest, failure.sentence).response()
    }
}

extension PathNormalization.Failure {
    /// The rule, as the client is told.
    fileprivate var sentence: String {
        switch self {
        case .notAbsolute: "The path does not start with a slash."
        case .invalidEscape: "The path has a % that two hexadecimal digits do not follow."
        case .escapedNUL: "The path holds a NUL."
        case .forbiddenByte: "The path holds a byte that no path may hold."
        }
    }
}
