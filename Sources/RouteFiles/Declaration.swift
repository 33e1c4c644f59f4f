// Copyright 2026 the Whippet authors
// SPDX-License-Identifier: Apache-2.0

/// A declaration at the top level of a Swift file.
struct Declaration {
    /// What the generator must know of a declaration's keyword.
    enum Kind {
        /// Names no declaration of its own and stays as it is: imports, operators, precedence groups.
        case directive
        case function
        /// `let` and `var`.
        case variable
        /// `struct`, `class`, `enum`, `actor`, `protocol`, `typealias`, `macro`.
        case type
        case `extension`
    }

    /// A name that a declaration gives, with what the checks of a route file's exports need.
    struct Binding {
        var name: String
        /// Where the name stands, in bytes.
        var offset: Int
        /// The value, if it is one literal.
        var literal: Literal?
        /// Whether the first parameter is a `Request`, or there are no parameters; for functions.
        var looksLikeHandler = false
    }

    /// A value that consists of a single literal, a sign before it included, or of `true`, `false` or `nil`.
    struct Literal {
        var text: String
        var offset: Int
    }

    var kind: Kind
    /// One name for a function or a type, several for `let a = 1, b = 2`.
    var bindings: [Binding] = []
    /// Where the attributes begin, or else where the first modifier or the keyword stands.
    var start: Int
    /// Where the last attribute ends; nil if there is none.
    var attributesEnd: Int?
    /// Whether attributes between `#if` and `#endif` stand before it, so that no directive may come between.
    var hasConditionalAttributes = false
    /// Where the first modifier stands, or else the keyword.
    var modifiersStart: Int
    /// Where its last token ends.
    var end = 0
    /// `public`, `internal(set)` and the like, which `fileprivate` takes the place of.
    var widerAccess: [Range<Int>] = []
    /// Whether it is `private` or `fileprivate` by its own words.
    var isPrivate = false
    /// Whether it stands between `#if` and `#endif`.
    var isConditional: Bool
    /// Whether an extension can't be given an access level: it declares a conformance, or a member says its own.
    var keepsItsAccess = false
}
