// Copyright 2026 the Whippet authors
// SPDX-License-Identifier: Apache-2.0

internal import WhippetRouting

/// A compiled route, or what stands for one where none matches.
final class Route: Sendable {
    let pattern: String
    let names: [String]
    /// Whether the last parameter takes the rest of the path.
    let endsInCatchAll: Bool
    let methods: MethodTable<MethodHandler>
    let settings: RouteSettings

    /// Whether there is a route at all, be it one without methods.
    private let isMatched: Bool

    /// The methods, as `Allow` lists them; empty where there is no route.
    var allow: String { isMatched ? methods.allow : "" }

    init(_ pattern: RoutePattern, methods: MethodTable<MethodHandler>, settings: RouteSettings) {
        self.pattern = pattern.description
        names = pattern.parameterNames
        endsInCatchAll = pattern.segments.last?.isCatchAll ?? false
        self.methods = methods
        self.settings = settings
        isMatched = true
    }

    /// What stands for a route where none matches.
    init(unmatched settings: RouteSettings) {
        pattern = ""
        names = []
        endsInCatchAll = false
        methods = MethodTable()
        self.settings = settings
        isMatched = false
    }
}
