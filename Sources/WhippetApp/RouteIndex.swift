// Copyright 2026 the Whippet authors
// SPDX-License-Identifier: Apache-2.0

internal import WhippetFetch
internal import WhippetInfra
internal import WhippetRouting

/// The routes of an application, compiled: what a request's path and method lead to.
final class RouteIndex: Sendable {
    final class Route: Sendable {
        let pattern: String
        let names: [String]
        /// Whether the last parameter takes the rest of the path.
        let endsInCatchAll: Bool
        let methods: MethodTable<MethodHandler>
        let bodyLimit: Int?

        var allow: String { methods.allow }

        init(_ pattern: RoutePattern, methods: MethodTable<MethodHandler>, bodyLimit: Int?) {
            self.pattern = pattern.description
            names = pattern.parameterNames
            endsInCatchAll = pattern.segments.last?.isCatchAll ?? false
            self.methods = methods
            self.bodyLimit = bodyLimit
        }
    }

    /// Where a request leads.
    enum Destination {
        case handler(MethodHandler, Context, bodyLimit: Int?)
        case answer(Response)
    }

    let routes: [Route]
    private let table: RouteTable

    /// Compiles the routes.
    ///
    /// - Throws: `RouteError` for a pattern that is malformed or two that conflict, with their places.
    init(_ declarations: [RouteDeclaration]) throws {
        var patterns: [RoutePattern] = []
        var routes: [Route] = []
        for declaration in declarations {
            let pattern: RoutePattern
            do {
                pattern = try RoutePattern(declaration.path)
            } catch {
                throw RouteError("\(declaration.place): \(error)")
            }
            var methods = MethodTable<MethodHandler>()
            do {
                for handler in declaration.handlers { try methods.add(handler.method, handler) }
            } catch {
                throw RouteError("\(declaration.place): route \"\(declaration.path)\": \(error)")
            }
            patterns.append(pattern)
            routes.append(Route(pattern, methods: methods, bodyLimit: declaration.bodyLimit))
        }
        do {
            table = try RouteTable(patterns, places: declarations.map(\.place))
        } catch {
            throw RouteError(error.message)
        }
        self.routes = routes
    }

    /// Finds the handler for a request, or the answer where there is none.
    ///
    /// - Throws: `HTTPError` 400 for a path that is no path.
    func find(_ request: Request) throws -> Destination {
        let method = request.method
        return try request.withPathBytes { path in
            Result { try find(path, method, request) }
        }.get()
    }

    private func find(
        _ path: UnsafeBufferPointer<UInt8>, _ method: HTTPMethod, _ request: Request
    ) throws -> Destination {
        switch PathNormalization(path) {
        case .unchanged:
            return try find(path, method)
        case .normalized(let normalized) where normalized.needsRedirect:
            return .answer(.redirect(to: normalized, request))
        case .normalized(let normalized):
            return try normalized.bytes.withUnsafeBufferPointer { try find($0, method) }
        case .invalid(let failure):
            return try answer(toInvalid: failure, path, method)
        }
    }

    private func find(_ path: UnsafeBufferPointer<UInt8>, _ method: HTTPMethod) throws -> Destination {
        guard let match = table.match(path) else { return .answer(HTTPError.notFound.response()) }
        let route = routes[match.route]
        switch route.methods.lookup(method) {
        case .handler(let handler):
            let context = Context(params: try params(match, route, path), route: route.pattern)
            return .handler(handler, context, bodyLimit: route.bodyLimit)
        case .automaticOPTIONS:
            return .answer(Response(status: .noContent, headers: ["allow": route.allow]))
        case .notAllowed:
            return .answer(Response(status: .methodNotAllowed, headers: ["allow": route.allow]))
        }
    }

    private func params(
        _ match: RouteMatch, _ route: Route, _ path: UnsafeBufferPointer<UInt8>
    ) throws -> Params {
        if route.names.isEmpty { return Params() }
        var values: [Params.Value] = []
        values.reserveCapacity(route.names.count)
        for (position, capture) in match.captures.enumerated() {
            let bytes = UnsafeBufferPointer(rebasing: path[capture])
            if route.endsInCatchAll, position == route.names.count - 1 {
                guard let list = PathNormalization.decodeSegments(bytes) else { throw Self.notUTF8 }
                values.append(.segments(list))
            } else {
                guard let text = PathNormalization.decodeSegment(bytes) else { throw Self.notUTF8 }
                values.append(.segment(text))
            }
        }
        return Params(names: route.names, values: values)
    }

    private static let notUTF8 = HTTPError(.badRequest, "The path is not UTF-8.")

    private func answer(
        toInvalid failure: PathNormalization.Failure, _ path: UnsafeBufferPointer<UInt8>, _ method: HTTPMethod
    ) throws -> Destination {
        // `OPTIONS *` asks about the server as a whole, RFC 9110 §9.3.7.
        if method == .OPTIONS, path.elementsEqual([UInt8(ascii: "*")]) {
            return .answer(Response(status: .noContent))
        }
        if method == .CONNECT { throw HTTPError(.notImplemented) }
        throw HTTPError(.badRequest, failure.sentence)
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
