// Copyright 2026 the Whippet authors
// SPDX-License-Identifier: Apache-2.0

/// Where a declaration ends: behind its body, or where the next one begins.
extension DeclarationScanner {
    /// Skips brackets of any kind with what they hold; nothing if none opens here.
    mutating func skipBrackets() {
        guard opens(token) else { return }
        let start = token.range.lowerBound
        var depth = 0
        while token.kind != .end {
            if opens(token) { depth += 1 }
            if token.is(")") || token.is("]") || token.is("}") { depth -= 1 }
            advance()
            if depth == 0 { return }
        }
        if lexer.unterminated == nil { report("this bracket is never closed", at: start) }
    }

    private func opens(_ token: Token) -> Bool { token.is("(") || token.is("[") || token.is("{") }

    /// Skips to the body in braces and over it, but not into the next declaration.
    mutating func skipToBody(orLineEnd: Bool) {
        while token.kind != .end, !token.is(";"), !token.is("}") {
            if token.is("{") { return skipBrackets() }
            if token.followsNewline, orLineEnd || startsDeclaration() { return }
            if opens(token) { skipBrackets() } else { advance() }
        }
    }

    /// Skips the condition of `#if` and `#elseif`, which can go on over lines inside brackets and behind operators.
    mutating func skipDirectiveLine() {
        advance()
        while token.kind != .end {
            if token.followsNewline, previous?.kind != .operation, token.kind != .operation { return }
            if opens(token) { skipBrackets() } else { advance() }
        }
    }

    /// Skips a statement that is refused, to the line on which a declaration begins again.
    mutating func skipStatement() {
        repeat {
            if opens(token) { skipBrackets() } else { advance() }
        } while token.kind != .end && !token.is(";") && !(token.followsNewline && startsDeclaration())
    }

    /// Skips what stands behind `=`, to where it can't go on.
    mutating func skipExpression() {
        while token.kind != .end, !token.is(";"), !token.is("}"), !token.is(")"), !token.is("]") {
            if token.followsNewline, !continuesExpression() { return }
            skipExpressionToken()
        }
    }

    private mutating func skipExpressionToken() {
        if token.kind == .pound, token.followsNewline, isCondition(text(token)) {
            switch text(token) {
            case "#if": chainConditionDepth += 1
            case "#endif": chainConditionDepth -= 1
            default: break
            }
            skipDirectiveLine()
        } else if opens(token) {
            skipBrackets()
        } else {
            advance()
        }
    }

    private func isCondition(_ word: String) -> Bool { ["#if", "#elseif", "#else", "#endif"].contains(word) }

    /// Reads the names that `let` or `var` gives, with the values that are single literals.
    mutating func scanBindings(into declaration: inout Declaration) {
        repeat {
            advance()
            guard token.kind == .word else {
                skipExpression()
                return
            }
            var binding = Declaration.Binding(name: text(token), offset: token.range.lowerBound)
            advance()
            skipBinding(&binding)
            declaration.bindings.append(binding)
        } while token.is(",")
    }

    /// Reads a binding's type and value, up to the comma before the next name.
    private mutating func skipBinding(_ binding: inout Declaration.Binding) {
        while token.kind != .end, !token.is(";"), !token.is("}"), !token.is(")"), !token.is("]") {
            if token.followsNewline, !continuesExpression() { return }
            if token.is(","), startsBinding() { return }
            if token.kind == .operation, lexer.bytes[token.range].elementsEqual("=".utf8), binding.literal == nil {
                advance()
                binding.literal = literal()
                continue
            }
            skipExpressionToken()
        }
    }

    /// Whether a name with a type or a value stands behind this comma.
    private func startsBinding() -> Bool {
        var ahead = self
        ahead.advance()
        guard ahead.token.kind == .word else { return false }
        ahead.advance()
        return ahead.token.is(":")
            || (ahead.token.kind == .operation && lexer.bytes[ahead.token.range].elementsEqual("=".utf8))
    }

    /// The value that comes next, if it is a literal and nothing else.
    private func literal() -> Declaration.Literal? {
        var ahead = self
        let start = ahead.token.range.lowerBound
        if ahead.token.kind == .operation, lexer.bytes[ahead.token.range].elementsEqual("-".utf8) { ahead.advance() }
        switch ahead.token.kind {
        case .number, .string: break
        case .word where ["true", "false", "nil"].contains(text(ahead.token)): break
        default: return nil
        }
        let end = ahead.token.range.upperBound
        ahead.advance()
        let ends =
            ahead.token.kind == .end || ahead.token.is(";") || ahead.token.is(",")
            || (ahead.token.followsNewline && !ahead.continuesExpression())
        guard ends else { return nil }
        return Declaration.Literal(text: String(decoding: lexer.bytes[start..<end], as: UTF8.self), offset: start)
    }

    /// Whether a token on a new line belongs to the expression before it.
    private func continuesExpression() -> Bool {
        if let previous, leavesOpen(previous) { return true }
        switch token.kind {
        case .punctuation: return token.is(".") || token.is(",") || token.is(":") || token.is("{")
        case .operation:
            // An operator with a blank behind it stands between two operands; without one it begins the next.
            return token.range.upperBound < lexer.bytes.count && [0x20, 0x09, 0x0A, 0x0D].contains(lexer.peek())
        case .word: return DeclarationScanner.continuingWords.contains(text(token))
        case .pound:
            let word = text(token)
            return word == "#if" ? leadsToMember() : chainConditionDepth > 0 && isCondition(word)
        case .number, .string, .regularExpression, .end: return false
        }
    }

    /// Whether an expression can't end behind this token.
    private func leavesOpen(_ token: Token) -> Bool {
        switch token.kind {
        case .punctuation: token.is(".") || token.is(",") || token.is(":")
        case .operation: isOpenOperation(token)
        case .word: DeclarationScanner.openWords.contains(text(token))
        default: false
        }
    }

    /// `a +`, `let a=`, `Dictionary<` and `try?` go on; `a!` and a `>` at the start of its line don't.
    private func isOpenOperation(_ token: Token) -> Bool {
        let last = lexer.bytes[token.range.upperBound - 1]
        if last == UInt8(ascii: ">"), token.followsNewline { return false }
        if token.followsSpace || last == UInt8(ascii: "=") || last == UInt8(ascii: "<") { return true }
        let before = lexer.bytes[..<token.range.lowerBound]
        return before.suffix(4).elementsEqual(" try".utf8) || before.suffix(3).elementsEqual(" as".utf8)
    }

    /// Whether `#if` stands inside a chain of calls: `.name` comes behind its condition.
    private func leadsToMember() -> Bool {
        var ahead = self
        ahead.skipDirectiveLine()
        return ahead.token.is(".")
    }

    /// Whether a declaration begins here.
    func startsDeclaration() -> Bool {
        switch token.kind {
        case .word:
            let word = text(token)
            if word == "actor" || word == "macro" { return nextIsWordOnLine() }
            if DeclarationScanner.keywords.contains(word) { return word != "operator" && word != "case" }
            var ahead = self
            ahead.advance()
            return DeclarationScanner.plainModifiers.contains(word) && ahead.token.kind == .word
        case .punctuation: return token.is("@") && !(previous.map(leavesOpen) ?? false)
        case .pound: return isCondition(text(token))
        default: return false
        }
    }

    func nextIsWordOnLine() -> Bool {
        var ahead = self
        ahead.advance()
        return ahead.token.kind == .word && !ahead.token.followsNewline
    }

    /// Skips an extension's body, and says whether a member in it has an access level of its own.
    mutating func skipMembersSayTheirAccess() -> Bool {
        var depth = 0
        while token.kind != .end {
            if opens(token) { depth += 1 }
            if token.is(")") || token.is("]") || token.is("}") { depth -= 1 }
            if depth == 1, token.kind == .word, DeclarationScanner.accessLevels.contains(text(token)) { return true }
            advance()
            if depth == 0 { return false }
        }
        return false
    }

    private static let accessLevels: Set<String> = ["public", "open", "internal", "package", "fileprivate"]

    private static let plainModifiers: Set<String> = [
        "public", "internal", "private", "fileprivate", "package", "open", "final", "indirect", "nonisolated",
        "distributed", "prefix", "infix", "postfix",
    ]

    private static let continuingWords: Set<String> = [
        "else", "as", "is", "catch", "where", "in", "async", "throws", "rethrows",
    ]

    private static let openWords: Set<String> = [
        "try", "await", "return", "in", "is", "as", "else", "if", "switch", "some", "any", "where", "repeat", "each",
        "throw", "consume", "copy", "unsafe",
    ]
}
