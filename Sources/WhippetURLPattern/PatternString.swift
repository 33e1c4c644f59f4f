// Copyright 2026 the Whippet authors
// SPDX-License-Identifier: Apache-2.0

/// Pattern strings made of parts.
enum PatternString {
    /// Implements [escape a pattern string](https://urlpattern.spec.whatwg.org/#escape-a-pattern-string).
    static func escape(_ input: String) -> String {
        var result = String.UnicodeScalarView()
        for scalar in input.unicodeScalars {
            switch scalar {
            case "+", "*", "?", ":", "{", "}", "(", ")", "\\": result.append("\\")
            default: break
            }
            result.append(scalar)
        }
        return String(result)
    }

    /// Implements [generate a pattern string](https://urlpattern.spec.whatwg.org/#generate-a-pattern-string).
    static func generate(_ parts: [Part], _ options: PatternOptions) -> String {
        // 1–2.
        var result = ""
        // 3.
        for (index, part) in parts.enumerated() {
            // 3.2–3.3.
            let previous = index > 0 ? parts[index - 1] : nil
            let next = index + 1 < parts.count ? parts[index + 1] : nil
            // 3.4.
            if part.kind == .fixedText {
                let text = escape(part.value)
                result += part.modifier == .none ? text : "{\(text)}\(part.modifier.rawValue)"
                continue
            }
            // 3.6–3.8.
            let needsGrouping = needsGrouping(part, previous, next, options)
            // 3.10–3.12.
            if needsGrouping { result += "{" }
            result += escape(part.prefix)
            if part.hasCustomName { result += ":\(part.name)" }
            // 3.13–3.15.
            switch part.kind {
            case .fixedText: break
            case .regexp: result += "(\(part.value))"
            case .segmentWildcard:
                if !part.hasCustomName { result += "(\(options.segmentWildcardRegexp))" }
            case .fullWildcard:
                let isPlain =
                    !part.hasCustomName
                    && (previous == nil || previous?.kind == .fixedText || previous?.modifier != Part.Modifier.none
                        || needsGrouping || !part.prefix.isEmpty)
                result += isPlain ? "*" : "(.*)"
            }
            // 3.16.
            if part.kind == .segmentWildcard, part.hasCustomName, let first = part.suffix.unicodeScalars.first,
                Tokenizer.isValidName(first, first: false)
            {
                result += "\\"
            }
            // 3.17–3.19.
            result += escape(part.suffix)
            if needsGrouping { result += "}" }
            result += part.modifier.rawValue
        }
        // 4.
        return result
    }

    /// Steps 3.6 to 3.8: whether the part would join its neighbours without braces.
    private static func needsGrouping(
        _ part: Part, _ previous: Part?, _ next: Part?, _ options: PatternOptions
    ) -> Bool {
        // 3.6.
        if !part.suffix.isEmpty { return true }
        if !part.prefix.isEmpty, part.prefix != options.prefixString { return true }
        // 3.7.
        if part.hasCustomName, part.kind == .segmentWildcard, part.modifier == .none, let next, next.prefix.isEmpty,
            next.suffix.isEmpty
        {
            if next.kind == .fixedText {
                if let first = next.value.unicodeScalars.first, Tokenizer.isValidName(first, first: false) {
                    return true
                }
            } else if !next.hasCustomName {
                return true
            }
        }
        // 3.8.
        guard part.prefix.isEmpty, let previous, previous.kind == .fixedText, let prefix = options.prefix else {
            return false
        }
        return previous.value.unicodeScalars.last == prefix
    }
}
