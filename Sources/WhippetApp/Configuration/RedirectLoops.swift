// Copyright 2026 the Whippet authors
// SPDX-License-Identifier: Apache-2.0

internal import WhippetRouting

/// Finds redirects that would send a client in a circle.
///
/// Each rule without conditions is followed from a path that it matches, through the other such rules, as a browser
/// would. Rules with conditions and those that lead elsewhere end the way: they may break the circle.
enum RedirectLoops {
    /// After these steps a browser has given up.
    private static let maximumSteps = 20

    static func check(_ redirects: CompiledRules<RuleSet.Redirect>) throws {
        for rule in redirects.rules where isFollowed(rule) {
            var path = sample(of: rule)
            var seen: Set<[UInt8]> = [path]
            for step in 1... {
                guard let next = redirects.first(path), isFollowed(next),
                    let captures = next.source.match(path), let target = next.action.destination.path(captures)
                else { break }
                path = Array(target.utf8)
                guard seen.insert(path).inserted, step < maximumSteps else {
                    throw RouteError(
                        "\(rule.place): redirect \"\(rule.source.pattern)\": it leads in a circle, by way of \(next.place)"
                    )
                }
            }
        }
    }

    private static func isFollowed(_ rule: CompiledRules<RuleSet.Redirect>.Rule) -> Bool {
        rule.has.isEmpty && rule.missing.isEmpty && rule.isBelowBase && !rule.action.destination.isAbsolute
    }

    /// A path that a rule matches.
    private static func sample(of rule: CompiledRules<RuleSet.Redirect>.Rule) -> [UInt8] {
        let segments = rule.source.pattern.segments.map { segment -> String in
            guard case .literal(let text) = segment else { return "x" }
            return text
        }
        return Array(("/" + segments.joined(separator: "/")).utf8)
    }
}
