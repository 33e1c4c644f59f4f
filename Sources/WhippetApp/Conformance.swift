// Copyright 2026 the Whippet authors
// SPDX-License-Identifier: Apache-2.0

public import WhippetFetch
@_spi(Conformance) internal import WhippetRouting

// What the packages beside this one (conformance, fuzzing, benchmarks) reach inside for. No API: it may change any day.

/// The rules of a configuration, without the application around them.
@_spi(Conformance) public struct RuleMatching: Sendable {
    private let rules: RuleSet

    /// Compiles the rules.
    ///
    /// - Throws: `RouteError` for a rule that can't be used.
    public init(_ configuration: AppConfiguration) throws {
        rules = try RuleSet(configuration)
    }

    /// Where a request is redirected to, and the fields of its answer; nil for a path that is none.
    public func apply(_ request: Request) -> (location: String?, fields: Headers)? {
        guard let path = request.withPathBytes(PathMatching.normalized) else { return nil }
        var ruled = RuledRequest(request)
        let paths = RulePaths(below: path, whole: path)
        let fields = rules.fields(paths, &ruled) ?? Headers()
        return (rules.redirect(paths, basePath: "", &ruled)?.headers[.location], fields)
    }

    /// What the value of a condition captures in a text; nil if it does not match, or is none.
    public static func captures(_ pattern: String, in value: String) -> [String]? {
        guard let pattern = try? ValuePattern(pattern) else { return nil }
        return pattern.match(value)?.map { capture in
            guard case .text(let text) = capture.value else { return "" }
            return text
        }
    }
}
