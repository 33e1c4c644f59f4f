// Copyright 2026 the Whippet authors
// SPDX-License-Identifier: Apache-2.0

internal import WhippetRouting

/// Rules of one kind, ready for look-ups: those of one path each are found by one hash, the others are tried in order.
struct CompiledRules<Action: Sendable>: Sendable {
    struct Rule: Sendable {
        let source: RuleSource
        let has: [CompiledCondition]
        let missing: [CompiledCondition]
        /// Whether it looks at the path below the base path.
        let isBelowBase: Bool
        let place: String
        let action: Action
    }

    private(set) var rules: [Rule] = []
    /// The rules of one path each, by their paths.
    private var literals: [[UInt8]: [Int]] = [:]
    private var patterns: [Int] = []
    /// The places of the rules without conditions: another one for the same paths would never apply.
    private var unconditional: [Paths: String] = [:]
    /// Whether only the first rule that applies counts.
    private let isFirstOnly: Bool

    private struct Paths: Hashable {
        var pattern: RoutePattern
        var isBelowBase: Bool
    }

    init(isFirstOnly: Bool) {
        self.isFirstOnly = isFirstOnly
    }

    var isEmpty: Bool { rules.isEmpty }

    /// Adds a rule.
    ///
    /// - Parameter makeAction: Makes what the rule does, for the names of what it finds.
    /// - Throws: `RouteError` that names the place of the rule and what is wrong.
    mutating func add(
        _ kind: String, _ source: String, _ scope: RuleScope, _ makeAction: ([String]) throws -> Action
    ) throws {
        do {
            let compiled = try RuleSource(source)
            let has = try scope.has.map { try CompiledCondition($0) }
            let missing = try scope.missing.map { try CompiledCondition($0) }
            if let both = scope.has.first(where: { scope.missing.contains($0) }) {
                throw RuleProblem("has and missing both name \(both.kind)")
            }
            if isFirstOnly, scope.has.isEmpty, scope.missing.isEmpty {
                let paths = Paths(pattern: compiled.pattern, isBelowBase: scope.basePath)
                if let other = unconditional.updateValue(scope.place, forKey: paths) {
                    throw RuleProblem("the rule of \(other) applies to the same paths, so that this one never would")
                }
            }
            let action = try makeAction(compiled.names + has.flatMap(\.names))
            let rule = Rule(
                source: compiled, has: has, missing: missing, isBelowBase: scope.basePath, place: scope.place,
                action: action)
            if let path = compiled.literalPath {
                literals[path, default: []].append(rules.count)
            } else {
                patterns.append(rules.count)
            }
            rules.append(rule)
        } catch let problem as RuleProblem {
            throw RouteError("\(scope.place): \(kind) \"\(source)\": \(problem.message)")
        }
    }

    /// The first rule for a path, whatever its conditions are.
    func first(_ path: [UInt8]) -> Rule? {
        var candidates = patterns[...]
        merge(path, 0, &candidates)
        return candidates.lazy.map { rules[$0] }.first { $0.source.match(path) != nil }
    }

    /// Finds the next rule that applies, and moves behind it.
    ///
    /// - Parameters:
    ///   - index: Where to begin.
    ///   - paths: The canonical path of the request, below the base path and whole.
    ///   - request: What conditions are about.
    func next(
        from index: inout Int, _ paths: RulePaths, _ request: inout RuledRequest
    ) -> (action: Action, captures: [RuleCapture])? {
        let start = index
        var candidates = patterns.drop { $0 < start }
        if let below = paths.below { merge(below, start, &candidates) }
        if paths.below != paths.whole { merge(paths.whole, start, &candidates) }
        for candidate in candidates {
            let rule = rules[candidate]
            guard let path = rule.isBelowBase ? paths.below : paths.whole, var captures = rule.source.match(path),
                Self.holds(rule, &request, &captures)
            else { continue }
            index = candidate + 1
            return (rule.action, captures)
        }
        index = rules.count
        return nil
    }

    /// Adds the rules of one path to those that are tried, in their order.
    private func merge(_ path: [UInt8], _ start: Int, _ candidates: inout ArraySlice<Int>) {
        guard let more = literals[path], more.contains(where: { $0 >= start }) else { return }
        candidates = (candidates + more.filter { $0 >= start }).sorted()[...]
    }

    private static func holds(
        _ rule: Rule, _ request: inout RuledRequest, _ captures: inout [RuleCapture]
    ) -> Bool {
        for condition in rule.has {
            guard let found = condition.match(&request) else { return false }
            captures += found
        }
        for condition in rule.missing where condition.match(&request) != nil { return false }
        return true
    }
}

/// The canonical path of a request as rules see it.
struct RulePaths {
    /// Below the base path; nil for a path that is not.
    var below: [UInt8]?
    var whole: [UInt8]
}
