// Copyright 2026 the Whippet authors
// SPDX-License-Identifier: Apache-2.0

/// The error of a route pattern that breaks a rule of the notation.
public struct RoutePatternError: Error, Hashable, Sendable, CustomStringConvertible {
    /// The rule that a pattern breaks; the text is the bad part.
    enum Rule: Error, Hashable {
        case leadingSlash
        case trailingSlash
        case queryOrFragment
        case backslash
        case emptySegment
        case dotSegment(String)
        case segmentCount
        case parameterCount
        case unbalancedBrackets(String)
        case wholeSegment(String)
        case emptyName(String)
        case leadingDots(String)
        case ellipsis(String)
        case optionalParameter(String)
        case catchAllPosition(String)
        case repeatedName(String)
        case similarNames(String, String)
        case escape(String)
        case forbiddenByte(String)
    }

    /// The pattern as it was given.
    public let pattern: String
    let rule: Rule

    /// The pattern and the rule that it breaks, in one sentence.
    public var message: String { "RoutePattern: \"\(pattern)\" \(reason)" }

    /// The error's message.
    public var description: String { message }

    private var reason: String {
        switch rule {
        case .leadingSlash: "must start with a slash"
        case .trailingSlash: "must not end with a slash"
        case .queryOrFragment: "must be a path only, without ? and #"
        case .backslash: "must not hold a backslash"
        case .emptySegment: "must not have an empty segment"
        case .dotSegment(let segment): "must not have a dot segment, as \"\(segment)\" is"
        case .segmentCount: "must not have more than \(RouteTable.maximumSegmentCount) segments"
        case .parameterCount: "must not have more than \(RouteMatch.Captures.capacity) parameters"
        case .unbalancedBrackets(let segment): "has unbalanced brackets in \"\(segment)\""
        case .wholeSegment(let segment):
            "has brackets inside \"\(segment)\": a parameter takes a whole segment, a bracket in a name is %5B or %5D"
        case .emptyName(let segment): "has a parameter without a name, \"\(segment)\""
        case .leadingDots(let segment): "has a parameter whose name starts with dots, \"\(segment)\""
        case .ellipsis(let segment): "has the character … in \"\(segment)\": write three dots"
        case .optionalParameter(let segment):
            "has an optional parameter, \"\(segment)\": only a catch-all can be optional"
        case .catchAllPosition(let segment): "must end with its catch-all \"\(segment)\""
        case .repeatedName(let name): "has two parameters named \"\(name)\""
        case .similarNames(let first, let second):
            "has the parameters \"\(first)\" and \"\(second)\", which differ by symbols only"
        case .escape(let segment): "has a bad percent escape in \"\(segment)\""
        case .forbiddenByte(let segment): "has a control character in \"\(segment)\""
        }
    }
}
