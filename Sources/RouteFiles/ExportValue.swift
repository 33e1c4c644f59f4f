// Copyright 2026 the Whippet authors
// SPDX-License-Identifier: Apache-2.0

/// Checks the literal values of a route's configuration, after Next's
/// [route segment config](https://nextjs.org/docs/app/api-reference/file-conventions/route-segment-config).
enum ExportValue {
    /// What is wrong with a literal as the value of an export; nil if nothing is, or if the compiler says it.
    static func complaint(_ name: String, _ literal: String) -> String? {
        switch name {
        case "dynamic": oneOf(["auto", "force-dynamic", "error", "force-static"], name, literal)
        case "fetchCache":
            oneOf(
                [
                    "auto", "default-cache", "only-cache", "force-cache", "force-no-store", "default-no-store",
                    "only-no-store",
                ], name, literal)
        case "runtime": oneOf(["nodejs", "edge"], name, literal)
        case "revalidate":
            literal == "false" || isWholeNumber(literal)
                ? nil : "revalidate is false or a whole number of seconds, not \(literal)"
        case "maxDuration":
            isWholeNumber(literal) && literal != "0"
                ? nil : "maxDuration is a whole number of seconds above 0, not \(literal)"
        case "dynamicParams":
            literal == "true" || literal == "false" ? nil : "dynamicParams is true or false, not \(literal)"
        case "bodyLimit": isWholeNumber(literal) ? nil : "bodyLimit is a whole number of bytes, not \(literal)"
        default: nil
        }
    }

    private static func oneOf(_ values: [String], _ name: String, _ literal: String) -> String? {
        let quoted = values.map { "\"\($0)\"" }
        if quoted.contains(literal) { return nil }
        return "\(literal) is no value of \(name); the values are \(quoted.joined(separator: ", "))"
    }

    private static func isWholeNumber(_ literal: String) -> Bool {
        guard let first = literal.utf8.first, Lexer.isDigit(first) else { return false }
        return literal.utf8.allSatisfy { Lexer.isWord($0) }
    }
}
