// Copyright 2026 the Whippet authors
// SPDX-License-Identifier: Apache-2.0

internal import WhippetInfra

/// Implements [parse a pattern string](https://urlpattern.spec.whatwg.org/#parse-a-pattern-string).
struct PatternParser {
    /// An [encoding callback](https://urlpattern.spec.whatwg.org/#encoding-callback); nil is failure.
    typealias EncodingCallback = (String) -> String?

    private let input: String
    private let tokens: [Token]
    private let options: PatternOptions
    private let encode: EncodingCallback
    private var parts: [Part] = []
    private var names: Set<String> = []
    private var pendingFixedValue = ""
    private var index = 0
    private var nextNumericName = 0

    private init(
        _ input: String, _ options: PatternOptions, _ encode: @escaping EncodingCallback
    ) throws(TypeError) {
        self.input = input
        self.options = options
        self.encode = encode
        tokens = try Tokenizer.tokenize(Array(input.unicodeScalars), .strict)
    }

    static func parse(
        _ input: String, _ options: PatternOptions, _ encode: @escaping EncodingCallback
    ) throws(TypeError) -> [Part] {
        // 1–2.
        var parser = try PatternParser(input, options, encode)
        // 3.
        while parser.index < parser.tokens.count { try parser.parsePart() }
        // 4.
        return parser.parts
    }

    // MARK: - Algorithm

    /// One round of step 3.
    private mutating func parsePart() throws(TypeError) {
        // 3.1–3.3.
        let charToken = tryToConsume(.char)
        let nameToken = tryToConsume(.name)
        let groupToken = tryToConsumeRegexpOrWildcard(nameToken)
        // 3.4.
        if nameToken != nil || groupToken != nil {
            var prefix = charToken?.value ?? ""
            if !prefix.isEmpty, prefix != options.prefixString {
                pendingFixedValue += prefix
                prefix = ""
            }
            try maybeAddPartFromPendingFixedValue()
            let modifier = tryToConsumeModifier()
            return try addPart(prefix: prefix, nameToken, groupToken, suffix: "", modifier)
        }
        // 3.5–3.7.
        if let fixedToken = charToken ?? tryToConsume(.escapedChar) {
            pendingFixedValue += fixedToken.value
            return
        }
        // 3.8–3.9.
        if tryToConsume(.open) != nil {
            let prefix = consumeText()
            let nameToken = tryToConsume(.name)
            let groupToken = tryToConsumeRegexpOrWildcard(nameToken)
            let suffix = consumeText()
            try consumeRequired(.close)
            let modifier = tryToConsumeModifier()
            return try addPart(prefix: prefix, nameToken, groupToken, suffix: suffix, modifier)
        }
        // 3.10–3.11.
        try maybeAddPartFromPendingFixedValue()
        try consumeRequired(.end)
    }

    private mutating func tryToConsume(_ kind: Token.Kind) -> Token? {
        guard index < tokens.count, tokens[index].kind == kind else { return nil }
        index += 1
        return tokens[index - 1]
    }

    private mutating func tryToConsumeModifier() -> Part.Modifier {
        let token = tryToConsume(.otherModifier) ?? tryToConsume(.asterisk)
        return token.flatMap { Part.Modifier(rawValue: $0.value) } ?? .none
    }

    private mutating func tryToConsumeRegexpOrWildcard(_ nameToken: Token?) -> Token? {
        tryToConsume(.regexp) ?? (nameToken == nil ? tryToConsume(.asterisk) : nil)
    }

    private mutating func consumeRequired(_ kind: Token.Kind) throws(TypeError) {
        guard tryToConsume(kind) == nil else { return }
        throw URLPattern.error(input, kind == .close ? "a brace is not closed" : "a modifier or brace is misplaced")
    }

    private mutating func consumeText() -> String {
        var result = ""
        while let token = tryToConsume(.char) ?? tryToConsume(.escapedChar) { result += token.value }
        return result
    }

    /// Implements [maybe add a part from the pending fixed value](
    /// https://urlpattern.spec.whatwg.org/#maybe-add-a-part-from-the-pending-fixed-value).
    private mutating func maybeAddPartFromPendingFixedValue() throws(TypeError) {
        // 1–3.
        guard !pendingFixedValue.isEmpty else { return }
        let value = try encoded(pendingFixedValue)
        pendingFixedValue = ""
        // 4–5.
        parts.append(Part(kind: .fixedText, value: value, modifier: .none))
    }

    /// Implements [add a part](https://urlpattern.spec.whatwg.org/#add-a-part); the caller does steps 1 and 2.
    private mutating func addPart(
        prefix: String, _ nameToken: Token?, _ groupToken: Token?, suffix: String, _ modifier: Part.Modifier
    ) throws(TypeError) {
        let isGroup = nameToken != nil || groupToken != nil
        // 3. A plain grouping joins the text around it.
        if !isGroup, modifier == .none {
            pendingFixedValue += prefix
            return
        }
        // 4.
        try maybeAddPartFromPendingFixedValue()
        // 5.
        if !isGroup {
            guard !prefix.isEmpty else { return }
            parts.append(Part(kind: .fixedText, value: try encoded(prefix), modifier: modifier))
            return
        }
        // 6–12. An equivalent regular expression is the same as a wildcard.
        let kind: Part.Kind
        switch groupToken {
        case nil: kind = .segmentWildcard
        case let token? where token.kind == .asterisk || token.value == ".*": kind = .fullWildcard
        case let token?: kind = token.value == options.segmentWildcardRegexp ? .segmentWildcard : .regexp
        }
        // 13–15.
        var name = nameToken?.value ?? ""
        if nameToken == nil {
            name = String(nextNumericName)
            nextNumericName += 1
        }
        // 16.
        guard names.insert(name).inserted else { throw URLPattern.error(input, "the name \"\(name)\" occurs twice") }
        // 17–20.
        parts.append(
            Part(
                kind: kind, value: kind == .regexp ? groupToken?.value ?? "" : "", modifier: modifier, name: name,
                prefix: try encoded(prefix), suffix: try encoded(suffix)))
    }

    private func encoded(_ value: String) throws(TypeError) -> String {
        guard let encoded = encode(value) else {
            throw URLPattern.error(input, "\"\(value)\" can't stand in this component")
        }
        return encoded
    }
}
