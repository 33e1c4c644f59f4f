// Copyright 2026 the Whippet authors
// SPDX-License-Identifier: Apache-2.0

internal import WhippetInfra

/// Implements [tokenize](https://urlpattern.spec.whatwg.org/#tokenize).
struct Tokenizer {
    /// What happens at an error.
    enum Policy {
        case strict
        case lenient
    }

    private let input: [Unicode.Scalar]
    private let policy: Policy
    private var tokens: [Token] = []
    private var index = 0

    private init(_ input: [Unicode.Scalar], _ policy: Policy) {
        self.input = input
        self.policy = policy
    }

    static func tokenize(_ input: [Unicode.Scalar], _ policy: Policy) throws(TypeError) -> [Token] {
        // 1–3.
        var tokenizer = Tokenizer(input, policy)
        // 4.
        while tokenizer.index < input.count {
            switch input[tokenizer.index] {
            case "*": tokenizer.addToken(.asterisk)
            case "+", "?": tokenizer.addToken(.otherModifier)
            case "\\": try tokenizer.escape()
            case "{": tokenizer.addToken(.open)
            case "}": tokenizer.addToken(.close)
            case ":": try tokenizer.name()
            case "(": try tokenizer.regexp()
            default: tokenizer.addToken(.char)
            }
        }
        // 5–6.
        tokenizer.addToken(.end, tokenizer.index..<tokenizer.index, next: tokenizer.index)
        return tokenizer.tokens
    }

    /// Whether the code point may stand in a name.
    ///
    /// Implements [is a valid name code point](https://urlpattern.spec.whatwg.org/#is-a-valid-name-code-point).
    static func isValidName(_ scalar: Unicode.Scalar, first: Bool) -> Bool {
        if scalar == "$" || scalar == "_" { return true }
        if first { return scalar.properties.isIDStart }
        return scalar.properties.isIDContinue || scalar == "\u{200C}" || scalar == "\u{200D}"
    }

    // MARK: - Algorithm

    /// Step 4.4: a backslash.
    private mutating func escape() throws(TypeError) {
        guard index + 1 < input.count else {
            return try processError(index..<index + 1, "a backslash at the end escapes nothing")
        }
        addToken(.escapedChar, index + 1..<index + 2, next: index + 2)
    }

    /// Step 4.7: a colon.
    private mutating func name() throws(TypeError) {
        let start = index + 1
        var end = start
        while end < input.count, Self.isValidName(input[end], first: end == start) { end += 1 }
        guard end > start else { return try processError(index..<start, "a colon must have a name after it") }
        addToken(.name, start..<end, next: end)
    }

    /// Step 4.8: an opening parenthesis.
    private mutating func regexp() throws(TypeError) {
        let start = index + 1
        var depth = 1
        var position = start
        while position < input.count, depth > 0 {
            let scalar = input[position]
            guard scalar.isASCII else {
                return try processError(index..<start, "a regular expression must be ASCII")
            }
            // 4.8.5.3.
            guard position != start || scalar != "?" else {
                return try processError(index..<start, "a group must not begin with a question mark")
            }
            switch scalar {
            case "\\":
                // 4.8.5.4.
                guard position + 1 < input.count, input[position + 1].isASCII else {
                    return try processError(index..<start, "a regular expression must be ASCII and complete")
                }
                position += 1
            case ")":
                depth -= 1
            case "(":
                depth += 1
                // 4.8.5.6. The groups of the pattern are numbered: none may hide in a regular expression.
                guard position + 1 < input.count, input[position + 1] == "?" else {
                    return try processError(index..<start, "a regular expression must have no capturing groups")
                }
            default: break
            }
            position += 1
        }
        // 4.8.7–4.8.9.
        guard depth == 0 else { return try processError(index..<start, "a group is not closed") }
        guard position - start > 1 else { return try processError(index..<start, "a group is empty") }
        addToken(.regexp, start..<position - 1, next: position)
    }

    /// Adds a token of one code point.
    private mutating func addToken(_ kind: Token.Kind) {
        addToken(kind, index..<index + 1, next: index + 1)
    }

    /// Implements [add a token](https://urlpattern.spec.whatwg.org/#add-a-token).
    private mutating func addToken(_ kind: Token.Kind, _ value: Range<Int>, next: Int) {
        tokens.append(Token(kind: kind, index: index, value: String(input[value])))
        index = next
    }

    /// Implements [process a tokenizing error](https://urlpattern.spec.whatwg.org/#process-a-tokenizing-error).
    private mutating func processError(_ value: Range<Int>, _ rule: String) throws(TypeError) {
        guard policy == .lenient else { throw URLPattern.error(String(input), rule) }
        addToken(.invalidChar, value, next: value.upperBound)
    }
}

extension String {
    /// A string of code points.
    init(_ scalars: some Sequence<Unicode.Scalar>) {
        var view = UnicodeScalarView()
        view.append(contentsOf: scalars)
        self.init(view)
    }
}
