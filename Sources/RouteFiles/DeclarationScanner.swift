// Copyright 2026 the Whippet authors
// SPDX-License-Identifier: Apache-2.0

/// Finds the declarations at the top level of a Swift file.
///
/// It reads tokens one after another and knows just enough of Swift's grammar to say where a declaration begins and
/// ends; what stands inside is for the compiler. Where a declaration ends is in `DeclarationScanner+Extent.swift`.
struct DeclarationScanner {
    /// A mistake in the source that the compiler would not explain as well.
    struct Problem {
        var offset: Int
        var message: String
    }

    private(set) var declarations: [Declaration] = []
    private(set) var problems: [Problem] = []
    /// The modules that the file imports as a whole.
    private(set) var imports: [String] = []

    var lexer: Lexer
    /// The token that comes next.
    var token: Token
    /// The token before it.
    var previous: Token?
    private var conditionDepth = 0
    /// Whether attributes stood before the last `#endif`, which belong to the declaration behind it.
    private var hasConditionalAttributes = false
    /// How many `#if` around calls of a chain contain the current token.
    var chainConditionDepth = 0

    init(_ bytes: [UInt8]) {
        lexer = Lexer(bytes)
        token = lexer.next()
        scan()
    }

    mutating func advance() {
        previous = token
        token = lexer.next()
    }

    func text(_ token: Token) -> String {
        let text = String(decoding: lexer.bytes[token.range], as: UTF8.self)
        return text.count > 1 && text.first == "`" && text.last == "`" ? String(text.dropFirst().dropLast()) : text
    }

    mutating func report(_ message: String, at offset: Int) {
        guard problems.count < 100 else { return }
        problems.append(Problem(offset: offset, message: message))
    }

    // MARK: - Algorithm

    private mutating func scan() {
        while token.kind != .end {
            let start = token.range.lowerBound
            if token.is(";") {
                advance()
            } else if token.kind == .pound {
                scanPound()
            } else {
                scanDeclaration()
            }
            // Each step takes a token at least, whatever the source is.
            if token.range.lowerBound == start, token.kind != .end { advance() }
        }
        if let unterminated = lexer.unterminated {
            report("this \(unterminated.what) has no end", at: unterminated.offset)
        }
        if conditionDepth > 0 { report("an #if of this file has no #endif", at: token.range.lowerBound) }
    }

    private mutating func scanPound() {
        switch text(token) {
        case "#if":
            conditionDepth += 1
            skipDirectiveLine()
        case "#elseif", "#else": skipDirectiveLine()
        case "#endif":
            if conditionDepth > 0 { conditionDepth -= 1 }
            advance()
        case "#warning", "#error":
            advance()
            skipBrackets()
        case "#sourceLocation":
            report(
                "#sourceLocation can't be used in a route file: it leads the errors of the file's copy back to it",
                at: token.range.lowerBound)
            advance()
            skipBrackets()
        default:
            report("\(text(token)) can't stand at the top level of a route file", at: token.range.lowerBound)
            skipStatement()
        }
    }

    private mutating func scanDeclaration() {
        let first = token
        var declaration = Declaration(
            kind: .directive, start: first.range.lowerBound, modifiersStart: first.range.lowerBound,
            isConditional: conditionDepth > 0)
        while token.is("@") {
            skipAttribute()
            declaration.attributesEnd = previous?.range.upperBound
        }
        if declaration.attributesEnd != nil, token.kind == .pound, startsDeclaration() {
            hasConditionalAttributes = true
            return
        }
        declaration.hasConditionalAttributes = hasConditionalAttributes
        hasConditionalAttributes = false
        declaration.modifiersStart = token.range.lowerBound
        var isAsync = false
        var isOperator = false
        while let modifier = modifier() {
            if modifier == "async" { isAsync = true }
            if modifier == "prefix" || modifier == "infix" || modifier == "postfix" { isOperator = true }
            takeModifier(modifier, into: &declaration)
        }
        let keyword = token.kind == .word ? text(token) : ""
        switch keyword {
        case "import":
            advance()
            scanImport()
        case "operator" where isOperator, "precedencegroup":
            advance()
            skipToBody(orLineEnd: true)
        case "func":
            declaration.kind = .function
            scanFunction(into: &declaration)
        case "let", "var":
            if isAsync { report("async let can't stand at the top level", at: declaration.modifiersStart) }
            declaration.kind = .variable
            scanBindings(into: &declaration)
        case "struct", "class", "enum", "protocol":
            declaration.kind = .type
            scanNamed(into: &declaration)
        case "actor" where nextIsWordOnLine():
            declaration.kind = .type
            scanNamed(into: &declaration)
        case "typealias":
            declaration.kind = .type
            advance()
            skipExpression()
        case "macro" where nextIsWordOnLine():
            declaration.kind = .type
            advance()
            skipExpression()
        case "extension":
            declaration.kind = .extension
            scanExtension(into: &declaration)
        default:
            reportStatement(keyword, at: first)
            skipStatement()
            return
        }
        declaration.end = previous?.range.upperBound ?? declaration.modifiersStart
        declarations.append(declaration)
    }

    private mutating func reportStatement(_ keyword: String, at first: Token) {
        guard token.kind != .end || first.range != token.range else { return }
        let offset = first.range.lowerBound
        switch keyword {
        case "init", "deinit", "subscript", "case", "associatedtype":
            report("\(keyword) can't stand at the top level", at: offset)
        default:
            if token.is("}") || token.is(")") || token.is("]") {
                report("this bracket closes nothing", at: token.range.lowerBound)
            } else {
                report("a route file holds declarations only: this statement would never run", at: offset)
            }
        }
    }

    // MARK: - Parts of a declaration

    private mutating func skipAttribute() {
        advance()
        guard token.kind == .word else { return }
        advance()
        while token.is("."), !token.followsNewline {
            advance()
            if token.kind == .word { advance() }
        }
        if token.kind == .operation, !token.followsSpace, lexer.bytes[token.range.lowerBound] == UInt8(ascii: "<") {
            skipAngles()
        }
        if token.is("("), !token.followsSpace { skipBrackets() }
    }

    private mutating func skipAngles() {
        var depth = 0
        while token.kind != .end, !token.is("{"), !token.is("}") {
            if token.kind == .operation, text(token) != "->" {
                for byte in lexer.bytes[token.range] {
                    if byte == UInt8(ascii: "<") { depth += 1 }
                    if byte == UInt8(ascii: ">") { depth -= 1 }
                }
            }
            if token.is("(") || token.is("[") { skipBrackets() } else { advance() }
            if depth <= 0 { return }
        }
    }

    /// The modifier that comes next, if what follows it makes it one.
    ///
    /// `open`, `prefix` and others are names too: `open` is a modifier if a modifier or a keyword stands behind it.
    private func modifier() -> String? {
        guard token.kind == .word else { return nil }
        let name = text(token)
        guard DeclarationScanner.modifiers.contains(name) else { return nil }
        var ahead = self
        ahead.advance()
        if ahead.token.is("("), !ahead.token.followsSpace { ahead.skipBrackets() }
        guard ahead.token.kind == .word else { return nil }
        let following = ahead.text(ahead.token)
        let isModifier =
            DeclarationScanner.keywords.contains(following) || DeclarationScanner.modifiers.contains(following)
        return isModifier ? name : nil
    }

    private mutating func takeModifier(_ modifier: String, into declaration: inout Declaration) {
        let start = token.range.lowerBound
        advance()
        var isForSetter = false
        if token.is("("), !token.followsSpace {
            skipBrackets()
            isForSetter = true
        }
        switch modifier {
        case "public", "open", "internal", "package":
            declaration.widerAccess.append(start..<(previous?.range.upperBound ?? start))
        case "private", "fileprivate":
            if !isForSetter { declaration.isPrivate = true }
        default: break
        }
    }

    private mutating func scanImport() {
        guard token.kind == .word else { return }
        let module = text(token)
        advance()
        let isWhole = token.followsNewline || token.kind == .end || token.is(";")
        if isWhole { imports.append(module) }
        while token.kind != .end, !token.followsNewline, !token.is(";") { advance() }
    }

    private mutating func scanFunction(into declaration: inout Declaration) {
        advance()
        var binding = Declaration.Binding(name: text(token), offset: token.range.lowerBound)
        advance()
        if token.kind == .operation { skipAngles() }
        if token.is("(") {
            let start = token.range.upperBound
            skipBrackets()
            let parameters = lexer.bytes[start..<max(start, previous?.range.lowerBound ?? start)]
            binding.looksLikeHandler = DeclarationScanner.looksLikeHandler(parameters)
        }
        declaration.bindings = [binding]
        skipToBody(orLineEnd: false)
    }

    private static func looksLikeHandler(_ parameters: ArraySlice<UInt8>) -> Bool {
        var lexer = Lexer(Array(parameters))
        var token = lexer.next()
        if token.kind == .end { return true }
        while token.kind != .end, !token.is(",") {
            if token.kind == .word, lexer.bytes[token.range].elementsEqual("Request".utf8) { return true }
            token = lexer.next()
        }
        return false
    }

    private mutating func scanNamed(into declaration: inout Declaration) {
        advance()
        if token.kind == .word {
            declaration.bindings = [Declaration.Binding(name: text(token), offset: token.range.lowerBound)]
        }
        skipToBody(orLineEnd: false)
    }

    private mutating func scanExtension(into declaration: inout Declaration) {
        advance()
        while token.kind != .end, !token.is("{") {
            if token.is(":") { declaration.keepsItsAccess = true }
            if startsDeclaration() { return }
            if token.is("(") || token.is("[") { skipBrackets() } else { advance() }
        }
        var ahead = self
        if ahead.skipMembersSayTheirAccess() { declaration.keepsItsAccess = true }
        skipBrackets()
    }

    private static let modifiers: Set<String> = [
        "public", "open", "internal", "package", "private", "fileprivate", "final", "indirect", "nonisolated",
        "isolated", "distributed", "weak", "unowned", "lazy", "dynamic", "prefix", "infix", "postfix", "async",
        "static", "mutating", "nonmutating", "consuming", "borrowing", "override", "required", "convenience",
        "optional",
    ]

    static let keywords: Set<String> = [
        "import", "func", "let", "var", "struct", "class", "enum", "actor", "protocol", "extension", "typealias",
        "operator", "precedencegroup", "macro", "init", "deinit", "subscript", "case", "associatedtype",
    ]
}
