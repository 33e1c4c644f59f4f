// Copyright 2026 the Whippet authors
// SPDX-License-Identifier: Apache-2.0

internal import WhippetApp
internal import WhippetInfra

/// A router compiled: what is asked, in the order of declaration.
final class RouterTable: Sendable {
    /// One reference, as a router looks at its layers for each request.
    final class Layer: Sendable {
        let patterns: [PathPattern]
        let target: Target

        init(patterns: [PathPattern], target: Target) {
            self.patterns = patterns
            self.target = target
        }
    }

    enum Target: Sendable {
        case function(LayerHandler)
        case route(RouteTable)
        case router(RouterTable)
        case application(Installation)
    }

    /// The handlers of a path, behind one reference: the layers are looked at for each request.
    final class RouteTable: Sendable {
        let handlers: [(method: HTTPMethod?, handler: LayerHandler)]
        /// The methods that are answered, `HEAD` with `GET`.
        let methods: [HTTPMethod]
        let answersAll: Bool
        let keptText = KeptText()

        init(_ handlers: [(method: HTTPMethod?, handler: LayerHandler)]) {
            self.handlers = handlers
            var methods: [HTTPMethod] = []
            for case (let method?, _) in handlers where !methods.contains(method) { methods.append(method) }
            if methods.contains(.GET), !methods.contains(.HEAD) { methods.append(.HEAD) }
            self.methods = methods
            answersAll = handlers.contains { $0.method == nil }
        }

        /// The method whose handlers answer, nil if none do.
        func method(for method: HTTPMethod) -> HTTPMethod? {
            // Fast path: the first handler is the one; every test of routing takes it, and those of `HEAD` the other.
            if handlers.first?.method == method { return method }
            if method == .HEAD { return handlers.contains { $0.method == .HEAD } ? .HEAD : answers(.GET) }
            return answers(method)
        }

        private func answers(_ method: HTTPMethod) -> HTTPMethod? {
            answersAll || methods.contains(method) ? method : nil
        }
    }

    /// Routers can be mounted in each other this deep; one that contains itself is found out by it.
    private static let maximumDepth = 64

    let layers: [Layer]
    let parameters: [String: [ExpressParameterHandler]]
    let mergesParams: Bool

    /// Compiles a router and those mounted in it.
    ///
    /// - Parameters:
    ///   - environment: What mounted applications inherit.
    ///   - depth: How many routers this one is mounted in.
    /// - Throws: `RouteError` for a path that is not of the syntax, with its place.
    init(_ router: Router, _ options: Router.Options, _ surroundings: Surroundings, depth: Int) throws(RouteError) {
        guard depth < Self.maximumDepth else { throw RouteError("Express routers are mounted too deep in each other") }
        let (declarations, handlers) = router.list.freeze()
        var layers: [Layer] = []
        for declaration in declarations {
            let matching = PathPattern.Options(
                isWhole: declaration.isWhole, isCaseSensitive: options.caseSensitive,
                isStrict: declaration.isWhole && options.strict)
            var patterns: [PathPattern] = []
            for path in declaration.path.paths {
                do {
                    patterns.append(try PathPattern(path, matching))
                } catch {
                    throw RouteError("\(declaration.place): \(error.message)")
                }
            }
            let target: Target =
                switch declaration.target {
                case .function(let handler): .function(handler)
                case .route(let route): .route(RouteTable(route.list.freeze().elements))
                case .router(let inner):
                    .router(try RouterTable(inner, inner.options, surroundings, depth: depth + 1))
                case .application(let inner):
                    .application(try inner.install(surroundings, depth: depth + 1))
                }
            layers.append(Layer(patterns: patterns, target: target))
        }
        self.layers = layers
        var parameters: [String: [ExpressParameterHandler]] = [:]
        for (name, handler) in handlers { parameters[name, default: []].append(handler) }
        self.parameters = parameters
        mergesParams = options.mergeParams
    }
}
