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

    /// Finds what answers a request.
    ///
    /// - Parameter forHit: Leaves the parameters out where a kept answer may do, which has no use for them.
    func find(_ request: Request, forHit: Bool = false) -> Found {
        let method = request.method
        return request.withPathBytes { path in
            switch policy.decide(path) {
            case .find(nil): find(path, method, forHit)
            case .find(let canonical?): canonical.withUnsafeBufferPointer { find($0, method, forHit) }
            case .redirect(let location): answer(.redirect(to: location, request))
            case .invalid(let failure): answer(answer(toInvalid: failure, path, method))
            case .outside: answer(HTTPError.notFound.response())
            }
        }
    }

    /// An answer that belongs to no route.
    func answer(_ response: Response) -> Found {
        Found(endpoint: .answer(response), params: Params(), route: outside)
    }

    /// Finds what answers for a canonical path below the base path.
    func find(_ path: [UInt8], _ method: HTTPMethod) -> Found {
        path.withUnsafeBufferPointer { find($0, method, false) }
    }

    private func find(_ path: UnsafeBufferPointer<UInt8>, _ method: HTTPMethod, _ forHit: Bool) -> Found {
        guard let match = table.match(path) else {
            return Found(endpoint: .nothing, params: Params(), route: unmatched.route(path) ?? root)
        }
        let route = routes[match.route]
        if forHit, route.cached != nil, route.settings.isBare,
            case .handler(.cached(let cached)) = route.methods.lookup(method)
        {
            let place = CachedPlace(route: cached, key: cached.key(path))
            return Found(endpoint: .cached(place), params: Params(), route: route)
        }
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
        var values: [Params.Value] = []
        values.reserveCapacity(route.names.count)
        for (position, capture) in match.captures.enumerated() {
            let bytes = UnsafeBufferPointer(rebasing: path[capture])
            if route.endsInCatchAll, position == route.names.count - 1 {
                guard let list = PathNormalization.decodeSegments(bytes) else { return nil }
                values.append(.segments(list))
            } else {
                guard let text = PathNormalization.decodeSegment(bytes) else { return nil }
                values.append(.segment(text))
            }
        }
        return Params(names: route.names, values: values)
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
