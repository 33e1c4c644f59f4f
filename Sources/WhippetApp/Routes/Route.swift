// Copyright 2026 the Whippet authors
// SPDX-License-Identifier: Apache-2.0

internal import WhippetInfra
internal import WhippetRouting

/// A compiled route, or what stands for one where none matches.
final class Route: Sendable {
    let pattern: String
    let names: [String]
    /// Whether the last parameter takes the rest of the path.
    let endsInCatchAll: Bool
    let methods: MethodTable<RouteMethod>
    /// What answers the methods that are not in the table.
    let otherMethods: RouteHandler?
    let settings: RouteSettings
    /// The handlers that run with nothing around them, by the number of their method.
    let plain: [PlainHandler?]
    /// Whether a kept answer goes out as it is, by the number of the method.
    let takesHits: [Bool]
    /// Its `GET` handler, where the answers are kept.
    let cached: CachedRoute?

    /// Whether it stands for one file of many, which no list of routes should name.
    let isFile: Bool
    /// Whether there is a route at all, be it one without methods.
    let isMatched: Bool

    /// The methods, as `Allow` lists them; empty where there is no route, and where each method has an answer.
    var allow: String { isMatched && otherMethods == nil ? methods.allow : "" }

    init(
        _ pattern: RoutePattern, methods: MethodTable<RouteMethod>, otherMethods: RouteHandler? = nil,
        settings: RouteSettings, cached: CachedRoute? = nil, isFile: Bool = false
    ) {
        self.cached = cached
        self.pattern = pattern.description
        names = pattern.parameterNames
        endsInCatchAll = pattern.segments.last?.isCatchAll ?? false
        self.methods = methods
        self.otherMethods = otherMethods
        self.settings = settings
        self.isFile = isFile
        isMatched = true
        plain = settings.isPlain ? Self.plainHandlers(pattern, methods, otherMethods) : []
        takesHits = cached != nil && settings.isBare ? Self.keepingMethods(methods) : []
    }

    private static func plainHandlers(
        _ pattern: RoutePattern, _ methods: MethodTable<RouteMethod>, _ otherMethods: RouteHandler?
    ) -> [PlainHandler?] {
        [nil]
            + HTTPMethod.allNumbered.map { method in
                switch methods.lookup(method) {
                case .handler(.handler(let handler)): PlainHandler(handler, pattern)
                case .handler: nil
                case .automaticOPTIONS, .notAllowed: otherMethods.map { PlainHandler($0, pattern) }
                }
            }
    }

    private static func keepingMethods(_ methods: MethodTable<RouteMethod>) -> [Bool] {
        [false]
            + HTTPMethod.allNumbered.map { method in
                if case .handler(.cached) = methods.lookup(method) { true } else { false }
            }
    }

    /// What stands for a route where none matches.
    init(unmatched settings: RouteSettings) {
        pattern = ""
        cached = nil
        names = []
        endsInCatchAll = false
        methods = MethodTable()
        otherMethods = nil
        self.settings = settings
        isFile = false
        plain = []
        takesHits = []
        isMatched = false
    }
}
