// Copyright 2026 the Whippet authors
// SPDX-License-Identifier: Apache-2.0

/// A [part](https://urlpattern.spec.whatwg.org/#part) of a pattern: a fixed text, or a group with what is around it.
struct Part {
    enum Kind {
        case fixedText
        case regexp
        case segmentWildcard
        case fullWildcard
    }

    enum Modifier: String {
        case none = ""
        case optional = "?"
        case zeroOrMore = "*"
        case oneOrMore = "+"

        var isRepeating: Bool { self == .zeroOrMore || self == .oneOrMore }
    }

    let kind: Kind
    /// The fixed text or the regular expression.
    let value: String
    let modifier: Modifier
    var name = ""
    var prefix = ""
    var suffix = ""

    /// Whether the name was given, not made.
    var hasCustomName: Bool {
        !(name.utf8.first.map { 0x30...0x39 ~= $0 } ?? true)
    }
}

/// How a component's pattern is read: its [options](https://urlpattern.spec.whatwg.org/#options).
struct PatternOptions {
    /// What a segment wildcard stops at.
    var delimiter: Unicode.Scalar?
    /// What becomes a group's prefix when it stands before it.
    var prefix: Unicode.Scalar?
    var ignoresCase = false

    static let standard = PatternOptions()
    static let hostname = PatternOptions(delimiter: ".")
    static let pathname = PatternOptions(delimiter: "/", prefix: "/")

    var prefixString: String { prefix.map(String.init) ?? "" }

    /// Implements
    /// [generate a segment wildcard regexp](https://urlpattern.spec.whatwg.org/#generate-a-segment-wildcard-regexp).
    var segmentWildcardRegexp: String { delimiter.map { "[^\\\($0)]+?" } ?? "[^]+?" }
}
