// Copyright 2026 the Whippet authors
// SPDX-License-Identifier: Apache-2.0

internal import WhippetInfra
internal import WhippetRouting

/// Makes the table of an application out of what was declared.
struct RouteCompiler {
    /// A scope with what holds in it, for paths below it that no route matches.
    struct Scope {
        var path: String
        var settings: RouteSettings
    }

    struct Result {
        var table: RouteTable
        var routes: [Route]
        var scopes: [Scope]
        var root: RouteSettings
        var hostObservers: [@Sendable (HostServices) -> Void]
    }

    /// Groups can be nested this deep; a set that contains itself is found out by it.
    private static let maximumDepth = 64

    private var patterns: [RoutePattern] = []
    private var places: [DeclarationPlace] = []
    private var routes: [Route] = []
    private var scopes: [Scope] = []
    private var layerCount = 0
    private var hostObservers: [@Sendable (HostServices) -> Void] = []

    /// Compiles a scope and everything in it.
    ///
    /// - Throws: `RouteError` for a pattern that is malformed, two that conflict, or settings that contradict each other.
    static func compile(_ scope: RouteScope) throws -> Result {
        var compiler = RouteCompiler()
        let root = try RouteSettings().adding(scope.settings, count: &compiler.layerCount, place: "the application")
        try compiler.add(scope, at: "", root, depth: 0)
        return Result(
            table: try compiler.table(), routes: compiler.routes, scopes: compiler.scopes, root: root,
            hostObservers: compiler.hostObservers)
    }

    private func table() throws -> RouteTable {
        if let table = try? RouteTable(patterns) { return table }
        // Once more for the message: the places of ten thousand routes are not spelled out for nothing.
        do {
            return try RouteTable(patterns, places: places.map(\.description))
        } catch {
            throw RouteError(error.message)
        }
    }

    /// - Parameter settings: What holds in the scope, its own settings included.
    private mutating func add(_ scope: RouteScope, at prefix: String, _ settings: RouteSettings, depth: Int) throws {
        guard depth < Self.maximumDepth else { throw RouteError("\(prefix): groups are nested too deep") }
        hostObservers += scope.hostObservers
        for declaration in scope.routes { try add(declaration, at: prefix, settings) }
        for child in scope.children {
            let inner = child.freeze()
            let path = join(prefix, inner.path)
            let innerSettings = try settings.adding(
                inner.settings, count: &layerCount, place: "group \"\(path)\"")
            if !inner.isRouteGroup, inner.settings.concernsUnmatchedPaths {
                scopes.append(Scope(path: path, settings: innerSettings))
            }
            try add(inner, at: path, innerSettings, depth: depth + 1)
        }
    }

    private mutating func add(_ declaration: RouteDeclaration, at prefix: String, _ settings: RouteSettings) throws {
        if let problem = declaration.problem { throw RouteError(problem) }
        let joined = join(prefix, declaration.path)
        let path = joined.isEmpty ? "/" : joined
        let pattern: RoutePattern
        do {
            pattern = try RoutePattern(path)
        } catch {
            throw RouteError("\(declaration.place): \(error)")
        }
        let settings = try settings.adding(
            declaration.settings, count: &layerCount, place: declaration.place.description)
        var methods = MethodTable<RouteMethod>()
        var cached: CachedRoute?
        do {
            for handler in declaration.handlers {
                let run = RouteHandler(handler.run)
                if handler.method == .GET { cached = try self.cached(run, pattern, settings, declaration) }
                try methods.add(
                    handler.method, handler.method == .GET ? cached.map { .cached($0) } ?? .handler(run) : .handler(run)
                )
            }
        } catch let error as RouteError {
            throw error
        } catch {
            throw RouteError("\(declaration.place): route \"\(path)\": \(error)")
        }
        patterns.append(pattern)
        places.append(declaration.place)
        routes.append(
            Route(
                pattern, methods: methods, otherMethods: declaration.otherMethods, settings: settings, cached: cached,
                isFile: declaration.isFile))
    }

    /// What is kept of a `GET` handler's answers; nil for nothing.
    private func cached(
        _ handler: RouteHandler, _ pattern: RoutePattern, _ settings: RouteSettings, _ declaration: RouteDeclaration
    ) throws -> CachedRoute? {
        if declaration.staticParams != nil, pattern.literalPath != nil {
            throw RouteError(
                "\(declaration.place): generateStaticParams: the route \"\(pattern)\" has no parameters")
        }
        let known = declaration.staticParams.map { KnownPaths(pattern, $0) }
        let route = CachedRoute(handler, pattern: pattern, settings.segment, known: known)
        return route.isPlain ? nil : route
    }

    /// `/admin` and `/users` make `/admin/users`; either may be empty or the root.
    private func join(_ prefix: String, _ path: String) -> String {
        if prefix.isEmpty || prefix == "/" { return path }
        if path.isEmpty || path == "/" { return prefix }
        return prefix + path
    }
}
