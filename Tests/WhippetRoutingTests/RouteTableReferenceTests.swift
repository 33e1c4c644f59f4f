// Copyright 2026 the Whippet authors
// SPDX-License-Identifier: Apache-2.0

import Testing
import WhippetRouting

/// Compares the table with a matcher so simple that it can be seen to be right: it tries all routes, one after the
/// other, in Next's order.
@Suite struct RouteTableReferenceTests {
    @Test("Random tables find what trying all routes in Next's order finds", arguments: 0..<60)
    func random(seed: Int) throws {
        var random = RandomSource(state: UInt64(seed) &* 0x9E37_79B9_7F4A_7C15 | 1)
        let patterns = try randomPatterns(&random)
        let table = try RouteTable(patterns)
        let reference = ReferenceMatcher(patterns)
        for _ in 0..<300 {
            let path = randomPath(&random)
            let found = table.match(path)
            let expected = reference.match(path)
            #expect(found?.route == expected?.route, "\(path) in \(patterns)")
            let bytes = Array(path.utf8)
            #expect(
                found?.captures.map { String(decoding: bytes[$0], as: UTF8.self) } == expected?.captures,
                "\(path) in \(patterns)")
        }
    }

    /// Up to 24 routes without a conflict: a parameter is named after its depth.
    private func randomPatterns(_ random: inout RandomSource) throws -> [RoutePattern] {
        var patterns: [RoutePattern] = []
        for _ in 0..<random.below(24) + 1 {
            var notation = ""
            let depth = random.below(5)
            for level in 0..<depth {
                notation += random.below(3) == 0 ? "/[p\(level)]" : "/" + randomName(&random)
            }
            switch random.below(5) {
            case 0: notation += "/[...rest]"
            case 1: notation += "/[[...rest]]"
            default: break
            }
            let pattern = try RoutePattern(notation.isEmpty ? "/" : notation)
            if (try? RouteTable(patterns + [pattern])) != nil { patterns.append(pattern) }
        }
        return patterns
    }

    private func randomPath(_ random: inout RandomSource) -> String {
        let depth = random.below(6)
        return depth == 0 ? "/" : (0..<depth).map { _ in "/" + randomName(&random) }.joined()
    }

    private func randomName(_ random: inout RandomSource) -> String {
        ["a", "b", "ab", "abcdefgh", "abcdefghi"][random.below(5)]
    }
}

/// A xorshift generator: the same numbers in each run.
struct RandomSource {
    var state: UInt64

    mutating func below(_ bound: Int) -> Int {
        state ^= state << 13
        state ^= state >> 7
        state ^= state << 17
        return Int(state % UInt64(bound))
    }
}

private struct ReferenceMatcher {
    private let routes: [(route: Int, segments: [RoutePattern.Segment])]

    init(_ patterns: [RoutePattern]) {
        routes = patterns.enumerated().map { ($0.offset, $0.element.segments) }.sorted { left, right in
            for (first, second) in zip(left.1, right.1) where Self.rank(first) != Self.rank(second) {
                return Self.rank(first) < Self.rank(second)
            }
            return left.1.count < right.1.count
        }
    }

    func match(_ path: String) -> (route: Int, captures: [String])? {
        let parts = path == "/" ? [] : path.dropFirst().split(separator: "/").map(String.init)
        for (route, segments) in routes {
            if let captures = captures(segments, parts) { return (route, captures) }
        }
        return nil
    }

    private func captures(_ segments: [RoutePattern.Segment], _ parts: [String]) -> [String]? {
        var captures: [String] = []
        for (index, segment) in segments.enumerated() {
            let rest = parts.dropFirst(index)
            switch segment {
            case .literal(let text):
                guard rest.first == text else { return nil }
            case .parameter:
                guard let part = rest.first else { return nil }
                captures.append(part)
            case .catchAll:
                return rest.isEmpty ? nil : captures + [rest.joined(separator: "/")]
            case .optionalCatchAll:
                return rest.isEmpty ? captures : captures + [rest.joined(separator: "/")]
            }
        }
        return parts.count == segments.count ? captures : nil
    }

    /// Literals in alphabetical order, then the parameter, then the catch-alls.
    private static func rank(_ segment: RoutePattern.Segment) -> String {
        switch segment {
        case .literal(let text): "1" + text
        case .parameter: "2"
        case .catchAll: "3"
        case .optionalCatchAll: "4"
        }
    }
}
