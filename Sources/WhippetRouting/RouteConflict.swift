// Copyright 2026 the Whippet authors
// SPDX-License-Identifier: Apache-2.0

/// The error of two routes of which no path could tell which one it means.
public struct RouteConflict: Error, Hashable, Sendable, CustomStringConvertible {
    /// The rule that the two break together.
    enum Rule: Hashable {
        case samePath
        case differentNames(String, String)
        case twoCatchAlls
        case optionalCatchAll
    }

    /// The route that was declared first.
    public let first: RoutePattern
    /// The route that can't stand beside it.
    public let second: RoutePattern
    /// Where the first one is declared, if that is known.
    public let firstPlace: String?
    /// Where the second one is declared, if that is known.
    public let secondPlace: String?
    let rule: Rule

    /// Both routes with their places, and the rule that they break, in one sentence.
    public var message: String {
        "Routes \(named(first, at: firstPlace)) and \(named(second, at: secondPlace)) \(reason)"
    }

    /// The error's message.
    public var description: String { message }

    private func named(_ pattern: RoutePattern, at place: String?) -> String {
        guard let place else { return "\"\(pattern)\"" }
        return "\"\(pattern)\" (\(place))"
    }

    private var reason: String {
        switch rule {
        case .samePath: "match the same paths"
        case .differentNames(let first, let second):
            "have different names for one position, \"\(first)\" and \"\(second)\""
        case .twoCatchAlls: "have both a required and an optional catch-all at one level"
        case .optionalCatchAll: "both match the path before the optional catch-all"
        }
    }
}
