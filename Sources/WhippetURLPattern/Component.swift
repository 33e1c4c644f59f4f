// Copyright 2026 the Whippet authors
// SPDX-License-Identifier: Apache-2.0

internal import WhippetInfra
internal import WhippetURL

/// A [component](https://urlpattern.spec.whatwg.org/#component) of a pattern, ready to match.
struct Component: Sendable {
    /// How the component is matched; each way gives what the standard's regular expression gives.
    private enum Matcher: Sendable {
        /// The pattern is `*`.
        case anything
        /// The pattern is a text.
        case text(String, ignoresCase: Bool)
        /// The pattern has names and wildcards.
        case wildcards(WildcardProgram)
        /// The pattern has regular expressions.
        case regularExpression(RegularExpression)
    }

    let patternString: String
    let hasRegexpGroups: Bool
    let groupNames: [String]
    private let matcher: Matcher

    /// Implements [compile a component](https://urlpattern.spec.whatwg.org/#compile-a-component).
    static func compile(
        _ input: String, _ kind: ComponentKind, _ options: PatternOptions
    ) throws(TypeError) -> Component {
        // 1.
        let parts = try PatternParser.parse(input, options, kind.canonicalize)
        return try Component(input, parts, options)
    }

    private init(_ input: String, _ parts: [Part], _ options: PatternOptions) throws(TypeError) {
        // 6–8.
        patternString = PatternString.generate(parts, options)
        hasRegexpGroups = parts.contains { $0.kind == .regexp }
        groupNames = parts.filter { $0.kind != .fixedText }.map(\.name)
        // 2–5. Without regular expressions of its own the component is matched with its parts.
        if hasRegexpGroups {
            matcher = .regularExpression(try RegularExpression(input, parts, options))
        } else if parts.allSatisfy({ $0.kind == .fixedText && $0.modifier == .none }) {
            matcher = .text(parts.map(\.value).joined(), ignoresCase: options.ignoresCase)
        } else if let part = parts.first, parts.count == 1, part.kind == .fullWildcard, part.modifier == .none,
            part.prefix.isEmpty, part.suffix.isEmpty
        {
            matcher = .anything
        } else {
            matcher = .wildcards(WildcardProgram(parts, options))
        }
    }

    /// How the whole input matches, nil if it doesn't.
    func match(_ input: String) -> URLPatternResult.Component? {
        let groups: [String?]
        switch matcher {
        case .anything:
            groups = [input]
        case .text(let text, let ignoresCase):
            guard ignoresCase ? ASCII.equalsIgnoringCase(text, input) : text == input else { return nil }
            groups = []
        case .wildcards(let program):
            guard let matched = program.match(Array(input.utf8)) else { return nil }
            groups = matched
        case .regularExpression(let expression):
            guard let matched = expression.match(input) else { return nil }
            groups = matched
        }
        // Implements create a component match result.
        var named: [String: String] = [:]
        for (name, group) in zip(groupNames, groups) {
            if let group { named[name] = group }
        }
        return URLPatternResult.Component(input: input, groups: named)
    }

    /// Implements [protocol component matches a special scheme](
    /// https://urlpattern.spec.whatwg.org/#protocol-component-matches-a-special-scheme).
    var matchesSpecialScheme: Bool {
        URLCanonicalization.specialSchemes.contains { match($0) != nil }
    }
}
