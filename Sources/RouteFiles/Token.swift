// Copyright 2026 the Whippet authors
// SPDX-License-Identifier: Apache-2.0

/// A piece of Swift source between blanks and comments.
struct Token {
    enum Kind {
        /// A name or a keyword; in backticks too.
        case word
        case number
        case string
        case regularExpression
        /// A run of operator characters; `=` and `->` are among them.
        case operation
        /// One of `( ) [ ] { } , ; : . @ \`.
        case punctuation
        /// `#` with the word behind it.
        case pound
        case end
    }

    var kind: Kind
    /// Where it stands in the file, in bytes.
    var range: Range<Int>
    /// The byte of a punctuation mark, 0 for all other kinds.
    var mark: UInt8 = 0
    /// Whether a line ends between the token before and this one.
    var followsNewline: Bool
    /// Whether a blank, a comment or a line's end stands before it.
    var followsSpace: Bool

    /// Whether it is this punctuation mark.
    func `is`(_ mark: Unicode.Scalar) -> Bool {
        kind == .punctuation && mark.value == UInt32(self.mark)
    }
}
