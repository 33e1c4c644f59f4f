// Copyright 2026 the Whippet authors
// SPDX-License-Identifier: Apache-2.0

internal import WhippetApp
internal import WhippetFetch
internal import WhippetInfra
internal import WhippetURL

/// A route as it was declared.
struct EventRoute: Sendable {
    /// Nil for every method.
    var method: HTTPMethod?
    /// In h3's notation.
    var path: String
    var handler: EventHandler
    /// File and line, for errors.
    var place: String
}

/// The routes of an application by their paths in the host's notation.
struct EventRouteTable {
    /// A handler with what its path says of parameters.
    private struct Endpoint: Sendable {
        var path: EventPath
        var handler: EventHandler
    }

    /// What answers at one path.
    private struct Entry: Sendable {
        var place: String
        var byMethod: [HTTPMethod: [Endpoint]] = [:]
        var others: [Endpoint] = []

        /// What may answer each method, the most exact first.
        var choices: Choices {
            var byMethod = byMethod
            if byMethod[.HEAD] == nil { byMethod[.HEAD] = byMethod[.GET] }
            return Choices(byMethod: byMethod.map { ($0.key, $0.value + others) }, others: others)
        }
    }

    /// What may answer at one path: few methods, so that a list is faster than a table.
    private struct Choices: Sendable {
        var byMethod: [(method: HTTPMethod, endpoints: [Endpoint])]
        var others: [Endpoint]

        subscript(_ method: HTTPMethod) -> [Endpoint] {
            for choice in byMethod where choice.method == method { return choice.endpoints }
            return others
        }
    }

    private var entries: [String: Entry] = [:]
    private var order: [String] = []
    private var problem: (path: String, place: String)?

    init(_ routes: [EventRoute], problem: (path: String, place: String)?) {
        self.problem = problem
        var prefixes: [(EventRoute, EventPath)] = []
        for route in routes {
            do {
                for path in try EventPath.parse(route.path) {
                    add(route, path)
                    if let prefix = path.withoutWildcard { prefixes.append((route, prefix)) }
                }
            } catch {
                if self.problem == nil { self.problem = (route.path, route.place) }
            }
        }
        // A wildcard matches the path before it, where no route of its own is.
        for (route, prefix) in prefixes where !isThere(route.method, prefix.pattern) { add(route, prefix) }
    }

    private func isThere(_ method: HTTPMethod?, _ pattern: String) -> Bool {
        guard let entry = entries[pattern] else { return false }
        guard let method else { return !entry.others.isEmpty }
        return entry.byMethod[method] != nil
    }

    private mutating func add(_ route: EventRoute, _ path: EventPath) {
        var entry = entries[path.pattern] ?? Entry(place: route.place)
        if entries[path.pattern] == nil { order.append(path.pattern) }
        let endpoint = Endpoint(path: path, handler: route.handler)
        if let method = route.method {
            entry.byMethod[method, default: []].insert(endpoint, inExactOrder: \.path.isConstrained)
        } else {
            entry.others.insert(endpoint, inExactOrder: \.path.isConstrained)
        }
        entries[path.pattern] = entry
    }

    /// The routes for the host.
    func routes(_ runner: EventRunner) -> Routes {
        let routes = Routes()
        routes.whenHosted { runner.join($0) }
        for pattern in order {
            guard let entry = entries[pattern] else { continue }
            let choices = entry.choices
            routes.otherMethods(pattern, place: entry.place) { request, context in
                for endpoint in choices[request.method] {
                    let params = context.params.renamed(endpoint.path.names)
                    guard endpoint.path.accepts(params) else { continue }
                    return try await runner.respond(request, params, endpoint.handler)
                }
                return try await runner.respond(request, Params(), .notFound)
            }
        }
        if let problem {
            // The host refuses it at start, with its place.
            routes.otherMethods("/h3", place: problem.place, problem: "\"\(problem.path)\" is no path of h3's") {
                _, _ in
                Response()
            }
        }
        routes.notFound { request, _ in try await runner.respond(request, Params(), .notFound) }
        return routes
    }
}

extension Array {
    /// Puts an element behind the others, or behind those of its kind where it is the more exact one.
    fileprivate mutating func insert(_ element: Element, inExactOrder isExact: (Element) -> Bool) {
        guard isExact(element) else { return append(element) }
        insert(element, at: firstIndex { !isExact($0) } ?? endIndex)
    }
}
