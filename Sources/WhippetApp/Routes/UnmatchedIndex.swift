// Copyright 2026 the Whippet authors
// SPDX-License-Identifier: Apache-2.0

internal import WhippetRouting

/// What holds for paths that no route matches: the settings of the deepest scope that they are below.
struct UnmatchedIndex: Sendable {
    private let table: RouteTable?
    private let routes: [Route]

    init(_ scopes: [RouteCompiler.Scope]) throws {
        var patterns: [RoutePattern] = []
        var routes: [Route] = []
        var known: [RoutePattern: Int] = [:]
        for scope in scopes {
            let pattern: RoutePattern
            do {
                pattern = try RoutePattern(Self.below(scope.path))
            } catch {
                throw RouteError("group \"\(scope.path)\": \(error)")
            }
            // Two scopes of one path: the one that was declared first answers.
            guard known.updateValue(0, forKey: pattern) == nil else { continue }
            patterns.append(pattern)
            routes.append(Route(unmatched: scope.settings))
        }
        self.routes = routes
        do {
            table = patterns.isEmpty ? nil : try RouteTable(patterns)
        } catch {
            throw RouteError(error.message)
        }
    }

    func route(_ path: UnsafeBufferPointer<UInt8>) -> Route? {
        guard let match = table?.match(path), match.route < routes.count else { return nil }
        return routes[match.route]
    }

    /// The pattern of a scope's path and everything below it, whose parameters are named by position: scopes need not
    /// agree on names.
    private static func below(_ path: String) -> String {
        var count = 0
        let segments = path.split(separator: "/").map { segment -> String in
            guard segment.first == "[" else { return String(segment) }
            count += 1
            return "[p\(count)]"
        }
        return "/" + (segments + ["[[...rest]]"]).joined(separator: "/")
    }
}
