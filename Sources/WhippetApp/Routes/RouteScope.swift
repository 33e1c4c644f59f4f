// Copyright 2026 the Whippet authors
// SPDX-License-Identifier: Apache-2.0

internal import WhippetInfra
internal import WhippetRouting
internal import WhippetServer

/// What was declared under one path: routes, inner scopes, and what all of them share.
struct RouteScope: Sendable {
    /// What the scope adds to the path of the outer one: empty, or one or more segments.
    var path = ""
    /// Whether the scope is a folder that adds nothing to the path: what is asked for and not there is none of its.
    var isRouteGroup = false
    var settings = ScopeSettings()
    var routes: [RouteDeclaration] = []
    var children: [Routes] = []
    /// Who is told of the host, once it is made.
    var hostObservers: [@Sendable (HostServices) -> Void] = []
    /// Those of the children that stand for folders, by name.
    var folders: [String: Routes] = [:]
    /// Where in `routes` the routes are that are declared one method at a time, by the hashes of their paths.
    private var openRoutes = PlaceTable()

    init(path: String = "") {
        self.path = path
    }

    /// Has the application refused at start for a route that was added by its path.
    mutating func refuse(_ path: String, _ problem: String) {
        guard let index = openRoute(path), routes[index].problem == nil else { return }
        routes[index].problem = problem
    }

    /// Sets what answers the methods of a path that have no handler.
    mutating func add(otherMethods handler: RouteHandler, path: String, maxDuration: Duration?, place: String) {
        guard let index = openRoute(path) else {
            var declaration = RouteDeclaration(path: path, handlers: [], otherMethods: handler, place: .text(place))
            declaration.settings.maxDuration = maxDuration
            return open(declaration)
        }
        if routes[index].otherMethods != nil {
            routes[index].problem = "\(place): route \"\(path)\" is declared already (\(routes[index].place))"
        }
        routes[index].otherMethods = handler
    }

    /// Adds one method's handler: to the route of that path, if others of its methods were added this way.
    mutating func add(_ handler: MethodHandler, path: String, _ config: SegmentConfig, place: DeclarationPlace) {
        guard let index = openRoute(path) else {
            var settings = ScopeSettings()
            settings.segment = config
            return open(RouteDeclaration(path: path, handlers: [handler], settings: settings, place: place))
        }
        routes[index].settings.segment = routes[index].settings.segment.adding(config)
        if routes[index].handlers.contains(where: { $0.method == handler.method }) {
            routes[index].problem =
                "\(place): route \"\(path)\": \(handler.method) has a handler already (\(routes[index].place))"
        }
        routes[index].handlers.append(handler)
    }

    /// Where in `routes` the route of a path is that is declared one method at a time.
    private func openRoute(_ path: String) -> Int? {
        openRoutes.find(PathHash.hash(path)) { routes[Int($0)].path == path }.map { Int($0) }
    }

    private mutating func open(_ declaration: RouteDeclaration) {
        openRoutes.add(Int32(routes.count), PathHash.hash(declaration.path))
        routes.append(declaration)
    }
}

/// What the routes of a scope share.
struct ScopeSettings: Sendable {
    var middleware: [Middleware] = []
    /// In the order of declaration; the last is asked first.
    var errorHandlers: [ErrorHandler] = []
    var notFound: NotFoundHandler?
    var cors: CORS?
    var bodyLimit: Int?
    var maxDuration: Duration?
    var halfClose: ServerConfiguration.HalfClose?
    var segment = SegmentConfig()
    /// What is wrong with it, with the place; nil for nothing.
    var problem: String?
    /// What a file `instrumentation.swift` exports.
    var instrumentation = Instrumentation()

    /// Whether something of it concerns paths that no route matches.
    var concernsUnmatchedPaths: Bool {
        !middleware.isEmpty || notFound != nil || cors != nil || !errorHandlers.isEmpty
    }
}
