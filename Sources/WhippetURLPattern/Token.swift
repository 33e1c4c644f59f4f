// Copyright 2026 the Whippet authors
// SPDX-License-Identifier: Apache-2.0

/// A [token](https://urlpattern.spec.whatwg.org/#token) of a pattern string.
struct Token {
    enum Kind {
        case open
        case close
        case regexp
        case name
        case char
        case escapedChar
        case otherModifier
        case asterisk
        case end
        case invalidChar
    }

    let kind: Kind
    /// Where the token begins in the pattern string, in code points.
    let index: Int
    let value: String
}
