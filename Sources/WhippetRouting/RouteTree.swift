// Copyright 2026 the Whippet authors
// SPDX-License-Identifier: Apache-2.0

internal import WhippetInfra

/// Collects routes, finds their conflicts and makes the table.
struct RouteTree {
    /// A name that stands at one position, and the first route that put it there.
    private struct Name {
        var text: String
        var route: Int
    }

    private struct Node {
        var route: Int?
        var parameter: Name?
        var parameterNode: Int?
        var catchAll: Name?
        var isOptional = false
        /// Whether a route with a parameter lies here or below: all others are found by their whole path.
        var isSearched = false
        /// The node before it and the text between them; nil behind a parameter, and for the root.
        var key: PathIndex.Key?
    }

    private let patterns: [RoutePattern]
    private let places: [String]
    private var nodes = [Node()]
    /// The nodes behind literals, by the hashes of their keys.
    private var literals = PlaceTable()

    init(_ patterns: [RoutePattern], places: [String]) throws(RouteConflict) {
        self.patterns = patterns
        self.places = places
        for route in patterns.indices { try insert(route) }
    }

    /// The table of all routes.
    func makeTable() -> RouteTable {
        var literalPaths: [(key: PathIndex.Key, value: Int32)] = []
        var lists: [RouteTable.CaptureList] = []
        var capturedSegments: [UInt8] = []
        for (route, pattern) in patterns.enumerated() {
            if let path = pattern.literalPath {
                literalPaths.append((PathIndex.Key(parent: 0, bytes: Array(path.utf8)), Int32(route)))
            }
            let captured = pattern.segments.indices.filter { pattern.segments[$0].name != nil }
            lists.append(
                RouteTable.CaptureList(
                    start: Int32(capturedSegments.count), count: Int32(captured.count),
                    endsInCatchAll: pattern.segments.last?.isCatchAll ?? false))
            capturedSegments += captured.map { UInt8(truncatingIfNeeded: $0) }
        }

        var tableNodes = nodes.map { node in
            RouteTable.Node(
                end: Int32(node.route ?? (node.isOptional ? node.catchAll?.route : nil) ?? -1),
                parameter: Int32(node.parameterNode ?? -1), catchAll: Int32(node.catchAll?.route ?? -1))
        }
        var searchedLiterals: [(key: PathIndex.Key, value: Int32)] = []
        for (child, node) in nodes.enumerated() where node.isSearched {
            guard let key = node.key else { continue }
            searchedLiterals.append((key, Int32(child)))
            tableNodes[Int(key.parent)].hasLiterals = true
        }
        return RouteTable(
            patterns: patterns, literalPaths: PathIndex(literalPaths), literals: PathIndex(searchedLiterals),
            nodes: FlatArray(tableNodes), captureLists: FlatArray(lists), capturedSegments: FlatArray(capturedSegments))
    }

    // MARK: - Algorithm

    private mutating func insert(_ route: Int) throws(RouteConflict) {
        let isSearched = patterns[route].literalPath == nil
        var node = 0
        if isSearched { nodes[node].isSearched = true }
        for segment in patterns[route].segments {
            switch segment {
            case .literal(let text): node = child(of: node, text)
            case .parameter(let name): node = try parameter(of: node, name, route)
            case .catchAll(let name): return try setCatchAll(of: node, name, route, isOptional: false)
            case .optionalCatchAll(let name): return try setCatchAll(of: node, name, route, isOptional: true)
            }
            if isSearched { nodes[node].isSearched = true }
        }
        if let other = nodes[node].route { throw conflict(other, route, .samePath) }
        if nodes[node].isOptional, let other = nodes[node].catchAll {
            throw conflict(other.route, route, .optionalCatchAll)
        }
        nodes[node].route = route
    }

    private mutating func child(of node: Int, _ text: String) -> Int {
        let key = PathIndex.Key(parent: Int32(node), bytes: Array(text.utf8))
        let hash = key.hash
        if let child = literals.find(hash, { nodes[Int($0)].key == key }) { return Int(child) }
        let child = addNode()
        nodes[child].key = key
        literals.add(Int32(child), hash)
        return child
    }

    private mutating func parameter(of node: Int, _ name: String, _ route: Int) throws(RouteConflict) -> Int {
        if let other = nodes[node].parameter, other.text != name {
            throw conflict(other.route, route, .differentNames(other.text, name))
        }
        if let child = nodes[node].parameterNode { return child }
        let child = addNode()
        nodes[node].parameter = Name(text: name, route: route)
        nodes[node].parameterNode = child
        return child
    }

    private mutating func setCatchAll(
        of node: Int, _ name: String, _ route: Int, isOptional: Bool
    ) throws(RouteConflict) {
        if let other = nodes[node].catchAll {
            if nodes[node].isOptional != isOptional { throw conflict(other.route, route, .twoCatchAlls) }
            let rule: RouteConflict.Rule = other.text == name ? .samePath : .differentNames(other.text, name)
            throw conflict(other.route, route, rule)
        }
        if isOptional, let other = nodes[node].route { throw conflict(other, route, .optionalCatchAll) }
        nodes[node].catchAll = Name(text: name, route: route)
        nodes[node].isOptional = isOptional
    }

    private mutating func addNode() -> Int {
        nodes.append(Node())
        return nodes.count - 1
    }

    private func conflict(_ first: Int, _ second: Int, _ rule: RouteConflict.Rule) -> RouteConflict {
        RouteConflict(
            first: patterns[first], second: patterns[second], firstPlace: place(first), secondPlace: place(second),
            rule: rule)
    }

    private func place(_ route: Int) -> String? {
        places.indices.contains(route) ? places[route] : nil
    }
}

extension RouteTable {
    /// Builds the table of these routes; a match names a route by its index here.
    ///
    /// - Parameter places: Where each route is declared, for error messages; may be shorter than `patterns`.
    /// - Throws: `RouteConflict` for two routes that no path could tell apart, or that Next refuses side by side.
    package init(_ patterns: [RoutePattern], places: [String] = []) throws(RouteConflict) {
        self = try RouteTree(patterns, places: places).makeTable()
    }
}
