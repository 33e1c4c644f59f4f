// Copyright 2026 the Whippet authors
// SPDX-License-Identifier: Apache-2.0

internal import WhippetServer

/// What holds for one route, of all scopes around it: put together once, at start.
final class RouteSettings: Sendable {
    /// A middleware in its place.
    struct Layer: Sendable {
        /// Which middleware of the application it is: after a rewrite none runs a second time.
        let number: Int
        let middleware: Middleware
        let matcher: CompiledMatcher?
    }

    /// The outermost first.
    let layers: [Layer]
    /// The innermost first.
    let errorHandlers: [ErrorHandler]
    let notFound: NotFoundHandler?
    let cors: CORS?
    let bodyLimit: Int?
    let maxDuration: Duration?
    let halfClose: ServerConfiguration.HalfClose?
    let segment: SegmentConfig

    /// Whether a handler runs with nothing around it, on the request as it came.
    let isPlain: Bool
    /// Whether an answer goes out as its handler made it.
    var isBare: Bool { layers.isEmpty && cors == nil }

    /// Nothing, or only the rules for other origins: for answers that no middleware should see.
    init(corsOf other: RouteSettings? = nil) {
        layers = []
        errorHandlers = []
        notFound = nil
        cors = other?.cors
        bodyLimit = nil
        maxDuration = nil
        halfClose = nil
        segment = SegmentConfig()
        isPlain = cors == nil
    }

    private init(_ outer: RouteSettings, _ inner: ScopeSettings, layers: [Layer]) {
        self.layers = outer.layers + layers
        errorHandlers = inner.errorHandlers.reversed() + outer.errorHandlers
        notFound = inner.notFound ?? outer.notFound
        cors = inner.cors ?? outer.cors
        bodyLimit = inner.bodyLimit ?? outer.bodyLimit
        maxDuration = inner.maxDuration ?? outer.maxDuration
        halfClose = inner.halfClose ?? outer.halfClose
        segment = outer.segment.adding(inner.segment)
        isPlain =
            self.layers.isEmpty && cors == nil && maxDuration == nil && bodyLimit == nil
            && halfClose == nil
    }

    /// These settings with those of an inner scope.
    ///
    /// - Parameter count: How many middlewares have a number already.
    /// - Throws: `RouteError` for settings that contradict each other.
    func adding(_ inner: ScopeSettings, count: inout Int, place: @autoclosure () -> String) throws -> RouteSettings {
        if let problem = inner.problem { throw RouteError(problem) }
        if let problem = inner.segment.problem { throw RouteError("\(place()): \(problem)") }
        if let problem = inner.cors?.problem { throw RouteError("\(place()): \(problem)") }
        var layers: [Layer] = []
        for middleware in inner.middleware {
            let matcher: CompiledMatcher?
            do {
                matcher = try middleware.matcher.map { try CompiledMatcher($0) }
            } catch {
                throw RouteError("\(place()): \(error)")
            }
            layers.append(Layer(number: count, middleware: middleware, matcher: matcher))
            count += 1
        }
        return RouteSettings(self, inner, layers: layers)
    }
}
