// Copyright 2026 the Whippet authors
// SPDX-License-Identifier: Apache-2.0

/// Splits Swift source into tokens, as far as finding top-level declarations needs it.
///
/// It works on bytes, never fails and never goes back: source that is not Swift gives odd tokens, and what has no end
/// (a comment, a string) ends with the file and is remembered in `unterminated`. Literals are in `Lexer+Literals.swift`.
struct Lexer {
    /// Something that was opened and never closed.
    struct Unterminated {
        var what: String
        var offset: Int
    }

    let bytes: [UInt8]
    var position = 0
    var unterminated: Unterminated?
    /// How many interpolations contain the current position.
    var interpolationDepth = 0
    private var last: Token?

    static let maximumInterpolationDepth = 64

    init(_ bytes: [UInt8]) {
        self.bytes = bytes
        if bytes.starts(with: [0xEF, 0xBB, 0xBF]) { position = 3 }
    }

    /// The byte at this distance from the current position, 0 behind the end.
    func peek(_ distance: Int = 0) -> UInt8 {
        let index = position + distance
        return index < bytes.count ? bytes[index] : 0
    }

    var isAtEnd: Bool { position >= bytes.count }

    /// The next token; `.end` again and again when there is none.
    mutating func next() -> Token {
        let blank = skipBlanks()
        let start = position
        let kind = lex(followsNewline: blank.newline)
        let mark = kind == .punctuation ? bytes[start] : 0
        let token = Token(
            kind: kind, range: start..<position, mark: mark, followsNewline: blank.newline,
            followsSpace: blank.newline || blank.space)
        last = token
        return token
    }

    // MARK: - Algorithm

    private mutating func lex(followsNewline: Bool) -> Token.Kind {
        guard !isAtEnd else { return .end }
        let byte = bytes[position]
        switch byte {
        case UInt8(ascii: "\""):
            skipString(pounds: 0)
            return .string
        case UInt8(ascii: "#"): return lexPound()
        case UInt8(ascii: "`"):
            skipQuotedWord()
            return .word
        case UInt8(ascii: "0")...UInt8(ascii: "9"):
            skipNumber()
            return .number
        case UInt8(ascii: "."):
            guard peek(1) == byte else {
                position += 1
                return .punctuation
            }
            while peek() == byte || (Lexer.isOperator(peek()) && !startsComment) { position += 1 }
            return .operation
        case UInt8(ascii: "/"):
            if followsNewline || !lastEndsOperand, skipRegularExpression(pounds: 0) { return .regularExpression }
            return lexOperator()
        case _ where Lexer.isWord(byte):
            skipWord()
            return .word
        case _ where Lexer.isOperator(byte): return lexOperator()
        default:
            position += 1
            return .punctuation
        }
    }

    private mutating func lexOperator() -> Token.Kind {
        position += 1
        while Lexer.isOperator(peek()), !startsComment { position += 1 }
        return .operation
    }

    /// `#if`, a raw string, a regular expression between `#/` and `/#`, or signs without meaning.
    private mutating func lexPound() -> Token.Kind {
        var pounds = 1
        while peek(pounds) == UInt8(ascii: "#") { pounds += 1 }
        switch peek(pounds) {
        case UInt8(ascii: "\""):
            position += pounds
            skipString(pounds: pounds)
            return .string
        case UInt8(ascii: "/"):
            position += pounds
            if skipRegularExpression(pounds: pounds) { return .regularExpression }
            return .pound
        default:
            position += pounds
            skipWord()
            return .pound
        }
    }

    private var startsComment: Bool {
        peek() == UInt8(ascii: "/") && (peek(1) == UInt8(ascii: "/") || peek(1) == UInt8(ascii: "*"))
    }

    private mutating func skipBlanks() -> (newline: Bool, space: Bool) {
        var newline = position == 0 || (position == 3 && bytes[0] == 0xEF)
        let start = position
        while !isAtEnd {
            switch bytes[position] {
            case UInt8(ascii: "\n"), UInt8(ascii: "\r"):
                newline = true
                position += 1
            case UInt8(ascii: " "), UInt8(ascii: "\t"), 0x0B, 0x0C, 0:
                position += 1
            case UInt8(ascii: "/") where peek(1) == UInt8(ascii: "/"): skipLine()
            case UInt8(ascii: "/") where peek(1) == UInt8(ascii: "*"):
                if skipBlockComment() { newline = true }
            default: return (newline, position > start)
            }
        }
        return (newline, true)
    }

    private mutating func skipLine() {
        while !isAtEnd, bytes[position] != UInt8(ascii: "\n"), bytes[position] != UInt8(ascii: "\r") { position += 1 }
    }

    /// Skips a comment and those inside it, and says whether it spans lines.
    private mutating func skipBlockComment() -> Bool {
        let start = position
        var depth = 0
        var newline = false
        while !isAtEnd {
            if peek() == UInt8(ascii: "/"), peek(1) == UInt8(ascii: "*") {
                depth += 1
                position += 2
            } else if peek() == UInt8(ascii: "*"), peek(1) == UInt8(ascii: "/") {
                depth -= 1
                position += 2
                if depth == 0 { return newline }
            } else {
                if peek() == UInt8(ascii: "\n") { newline = true }
                position += 1
            }
        }
        fail("comment", at: start)
        return newline
    }

    mutating func fail(_ what: String, at offset: Int) {
        position = min(position, bytes.count)
        if unterminated == nil { unterminated = Unterminated(what: what, offset: offset) }
    }

    private mutating func skipWord() {
        while !isAtEnd, Lexer.isWord(bytes[position]) { position += 1 }
    }

    private mutating func skipQuotedWord() {
        position += 1
        while !isAtEnd, bytes[position] != UInt8(ascii: "\n") {
            position += 1
            if bytes[position - 1] == UInt8(ascii: "`") { return }
        }
    }

    /// `1`, `0x1F`, `1_000.5e-3`; the dot of `1.description` and of `1...2` is not part of it.
    private mutating func skipNumber() {
        let isHexadecimal = peek() == UInt8(ascii: "0") && peek(1) == UInt8(ascii: "x")
        while true {
            skipWord()
            let last = bytes[position - 1] | 0x20
            let isExponent = last == UInt8(ascii: isHexadecimal ? "p" : "e")
            if isExponent, peek() == UInt8(ascii: "+") || peek() == UInt8(ascii: "-"), Lexer.isDigit(peek(1)) {
                position += 1
            } else if peek() == UInt8(ascii: "."), Lexer.isDigit(peek(1)) {
                position += 1
            } else {
                return
            }
        }
    }

    /// Whether the last token can end an operand, so that a slash behind it divides.
    private var lastEndsOperand: Bool {
        guard let last else { return false }
        switch last.kind {
        case .number, .string, .regularExpression: return true
        case .word: return !Lexer.wordsBeforeOperands.contains { bytes[last.range].elementsEqual($0.utf8) }
        case .punctuation: return last.is(")") || last.is("]") || last.is("}")
        case .operation:
            // `x!` and `x?` end an operand, `+` and `=` don't.
            let mark = bytes[last.range.lowerBound]
            return !last.followsSpace && (mark == UInt8(ascii: "!") || mark == UInt8(ascii: "?"))
        case .pound, .end: return false
        }
    }

    private static let wordsBeforeOperands = [
        "return", "in", "case", "try", "await", "else", "where", "if", "guard", "while", "switch", "throw", "is", "as",
        "do", "repeat", "yield", "then", "any", "some",
    ]

    static func isWord(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"), UInt8(ascii: "_"),
            UInt8(ascii: "$"), 0x80...0xFF:
            true
        default: isDigit(byte)
        }
    }

    static func isDigit(_ byte: UInt8) -> Bool { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) }

    static func isOperator(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "+"), UInt8(ascii: "-"), UInt8(ascii: "*"), UInt8(ascii: "/"), UInt8(ascii: "%"),
            UInt8(ascii: "="), UInt8(ascii: "<"), UInt8(ascii: ">"), UInt8(ascii: "!"), UInt8(ascii: "&"),
            UInt8(ascii: "|"), UInt8(ascii: "^"), UInt8(ascii: "~"), UInt8(ascii: "?"):
            true
        default: false
        }
    }
}
