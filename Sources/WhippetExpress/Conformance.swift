// Copyright 2026 the Whippet authors
// SPDX-License-Identifier: Apache-2.0

// What the packages beside this one (conformance, fuzzing, benchmarks) reach inside for. No API: it may change any day.

/// A path of Express, matched as a route or a router would.
@_spi(Conformance) public struct ExpressPathMatching: Sendable {
    private let pattern: PathPattern

    /// Compiles a path; nil if it is not of the syntax.
    public init?(_ path: String, isWhole: Bool, isCaseSensitive: Bool, isStrict: Bool) {
        let options = PathPattern.Options(isWhole: isWhole, isCaseSensitive: isCaseSensitive, isStrict: isStrict)
        guard let pattern = try? PathPattern(path, options) else { return nil }
        self.pattern = pattern
    }

    /// How many bytes match, and the captures; nil if the path does not match.
    public func match(_ path: [UInt8]) -> (length: Int, captures: [Range<Int>], wildcards: [Bool])? {
        pattern.match(path.span).map { match in
            (match.length, match.captures, pattern.matchesAll ? [] : pattern.sequences[match.sequence].wildcards)
        }
    }

    /// Whether the fast way and the thorough one agree on a path.
    public func agrees(on path: [UInt8]) -> Bool {
        if pattern.matchesAll { return true }
        for sequence in pattern.sequences {
            var thorough: [Range<Int>] = []
            let end = pattern.matchFromEnd(sequence.elements, path.span, &thorough)
            guard sequence.isPlain else {
                if end != nil { return true }
                continue
            }
            var plain: [Range<Int>] = []
            guard pattern.matchPlain(sequence.elements, path.span, &plain) == end else { return false }
            if end != nil { return plain == thorough }
        }
        return true
    }
}
