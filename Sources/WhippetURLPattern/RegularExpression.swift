// Copyright 2026 the Whippet authors
// SPDX-License-Identifier: Apache-2.0

internal import WhippetInfra

/// A component's parts as a regular expression of Swift, for components with regular expressions of their own.
// SAFETY: the expression is never changed; `init` applies it once, so that its lazily made program is there already.
struct RegularExpression: @unchecked Sendable {
    private let expression: Regex<AnyRegexOutput>

    /// Implements [generate a regular expression and name list](
    /// https://urlpattern.spec.whatwg.org/#generate-a-regular-expression-and-name-list).
    init(_ input: String, _ parts: [Part], _ options: PatternOptions) throws(TypeError) {
        var translator = ECMAScriptTranslator(ignoresCase: options.ignoresCase)
        var source = "\\A"
        do {
            for part in parts { source += try Self.source(part, options, &translator) }
        } catch {
            throw URLPattern.error(input, error.rule)
        }
        do {
            expression = try Regex(source + "\\z").matchingSemantics(.unicodeScalar)
        } catch {
            throw URLPattern.error(input, "a regular expression is not supported: \(error)")
        }
        _ = match("")
    }

    /// What the groups match where the whole input matches, nil if it doesn't.
    func match(_ input: String) -> [String?]? {
        guard input.utf8.count <= URLPattern.maximumRegularExpressionInput,
            let match = try? expression.wholeMatch(in: input)
        else { return nil }
        return match.output.dropFirst().map { $0.substring.map(String.init) }
    }

    // MARK: - Algorithm

    private static func source(
        _ part: Part, _ options: PatternOptions, _ translator: inout ECMAScriptTranslator
    ) throws(ECMAScriptTranslator.Failure) -> String {
        let modifier = part.modifier.rawValue
        if part.kind == .fixedText {
            let text = translator.literal(part.value)
            return part.modifier == .none ? text : "(?:\(text))\(modifier)"
        }
        let (prefix, suffix) = (translator.literal(part.prefix), translator.literal(part.suffix))
        if prefix.isEmpty, suffix.isEmpty {
            let value = try self.value(part, options, &translator)
            return part.modifier.isRepeating ? "((?:\(value))\(modifier))" : "(\(value))\(modifier)"
        }
        let value = try self.value(part, options, &translator)
        guard part.modifier.isRepeating else { return "(?:\(prefix)(\(value))\(suffix))\(modifier)" }
        // Translated again, as the standard writes it twice: a named group in it is then a duplicate.
        let repeated = try self.value(part, options, &translator)
        let end = part.modifier == .zeroOrMore ? "?" : ""
        return "(?:\(prefix)((?:\(value))(?:\(suffix)\(prefix)(?:\(repeated)))*)\(suffix))\(end)"
    }

    private static func value(
        _ part: Part, _ options: PatternOptions, _ translator: inout ECMAScriptTranslator
    ) throws(ECMAScriptTranslator.Failure) -> String {
        switch part.kind {
        case .regexp: try translator.translate(part.value)
        case .segmentWildcard: try translator.translate(options.segmentWildcardRegexp)
        case .fullWildcard, .fixedText: ".*"
        }
    }
}
