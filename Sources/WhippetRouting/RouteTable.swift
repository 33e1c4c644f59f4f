// Copyright 2026 the Whippet authors
// SPDX-License-Identifier: Apache-2.0

/// All routes of an application, ready for lookups by the bytes of a canonical path.
///
/// Built once, by `RouteTree`; then immutable:
/// - A path without parameters is one entry of `literalPaths`: one hash of the whole path finds it.
/// - The other routes are a tree with one level for each segment, kept in flat arrays and addressed by index. At each
///   node the literal is tried first, then the parameter, then the catch-all: Next's order. If a branch leads nowhere,
///   the next one is tried; a node is visited at most once, since there is one way to it.
/// A lookup allocates nothing, and its cost does not depend on the number of routes.
package struct RouteTable: Sendable {
    /// A path with more segments than these matches nothing.
    package static let maximumSegmentCount = 128

    /// A place in the tree: what may stand in the next segment.
    ///
    /// -1 means nothing.
    struct Node: BitwiseCopyable {
        /// The route that ends here, an optional catch-all included.
        var end: Int32 = -1
        /// The node behind a parameter.
        var parameter: Int32 = -1
        /// The route of a catch-all of either kind.
        var catchAll: Int32 = -1
        var hasLiterals = false
    }

    /// Which segments a route captures: a run of `capturedSegments`.
    struct CaptureList: BitwiseCopyable {
        var start: Int32
        var count: Int32
        /// Whether the last one takes the rest of the path.
        var endsInCatchAll: Bool
    }

    /// The routes, in the order of their indices.
    package let patterns: [RoutePattern]
    let literalPaths: PathIndex
    let literals: PathIndex
    let nodes: FlatArray<Node>
    let captureLists: FlatArray<CaptureList>
    let capturedSegments: FlatArray<UInt8>

    /// Finds the route of a canonical path, as `PathNormalization` makes them; any other path matches nothing.
    package func match(_ path: UnsafeBufferPointer<UInt8>) -> RouteMatch? {
        let route = matchLiterals(path)
        return route >= 0 ? RouteMatch(route: route) : matchParameters(path)
    }

    /// Finds the route without parameters of a canonical path; −1 if there is none.
    ///
    /// The first half of `match`: for who needs no match for the usual request.
    package func matchLiterals(_ path: UnsafeBufferPointer<UInt8>) -> Int {
        Int(literalPaths.find(parent: 0, path))
    }

    /// Finds the route with parameters of a canonical path that no route without any matches.
    package func matchParameters(_ path: UnsafeBufferPointer<UInt8>) -> RouteMatch? {
        guard capturedSegments.count > 0, path.count < RouteMatch.Captures.maximumPathCount else { return nil }
        return withUnsafeTemporaryAllocation(
            of: UInt32.self, capacity: Self.maximumSegmentCount + 1
        ) { starts -> RouteMatch? in
            // SAFETY: `split` reads inside the path and writes at most the capacity; the pointers stay in this scope.
            guard let base = path.baseAddress, let starts = starts.baseAddress,
                let count = PathSegments.split(path, into: starts)
            else { return nil }
            let segments = PathSegments(path: base, starts: UnsafePointer(starts), count: count)
            let found = search(segments, from: 0, at: 0)
            return found < 0 ? nil : match(Int(found), segments)
        }
    }

    // MARK: - Algorithm

    /// The route of the segments from `depth` on, below a node; -1 if there is none.
    ///
    /// It calls itself where another branch is left to try, so at most as deep as the path has segments.
    private func search(_ segments: PathSegments, from start: Int32, at startDepth: Int) -> Int32 {
        var index = start
        var depth = startDepth
        while true {
            let node = nodes[Int(index)]
            if depth == segments.count { return node.end }
            if node.hasLiterals {
                let child = literals.find(parent: index, segments[depth])
                if child >= 0 {
                    if node.parameter < 0, node.catchAll < 0 {
                        index = child
                        depth += 1
                        continue
                    }
                    let found = search(segments, from: child, at: depth + 1)
                    if found >= 0 { return found }
                }
            }
            guard node.parameter >= 0 else { return node.catchAll }
            if node.catchAll >= 0 {
                let found = search(segments, from: node.parameter, at: depth + 1)
                return found >= 0 ? found : node.catchAll
            }
            index = node.parameter
            depth += 1
        }
    }

    /// Writes down what the parameters of the found route captured.
    private func match(_ route: Int, _ segments: PathSegments) -> RouteMatch {
        var match = RouteMatch(route: route)
        let list = captureLists[route]
        let end = Int(list.start) &+ Int(list.count)
        for position in Int(list.start)..<end {
            let segment = Int(capturedSegments[position])
            // An optional catch-all that matched nothing starts behind the last segment.
            guard segment < segments.count else { break }
            let isRest = list.endsInCatchAll && position == end &- 1
            let last = isRest ? segments.count &- 1 : segment
            match.captures.append(start: segments.start(segment), end: segments.end(last))
        }
        return match
    }
}
