// Copyright 2026 the Whippet authors
// SPDX-License-Identifier: Apache-2.0

internal import Testing
internal import WhippetURLPattern

/// Wildcards against the regular expressions that the standard defines them by.
struct WildcardReferenceTests {
    /// A generator with a seed: the same patterns in each run.
    private struct Random: RandomNumberGenerator {
        var state: UInt64

        mutating func next() -> UInt64 {
            state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            return state ^ (state >> 29)
        }
    }

    @Test("A pattern of wildcards matches as the same pattern of regular expressions", arguments: [1, 2, 3, 4])
    func equalToRegularExpressions(seed: UInt64) throws {
        var random = Random(state: seed)
        var differences: [String] = []
        var matched = 0
        for _ in 0..<60 {
            let (wildcards, expressions) = pattern(using: &random)
            guard let left = try? URLPattern(URLPatternInit(pathname: wildcards)) else { continue }
            let right = try URLPattern(URLPatternInit(pathname: expressions))
            for _ in 0..<12 {
                let path =
                    "/"
                    + (0..<Int.random(in: 0...8, using: &random)).map { _ in
                        String("ab/.".randomElement(using: &random) ?? "a")
                    }.joined()
                let found = left.exec(URLPatternInit(pathname: path))?.pathname
                let expected = right.exec(URLPatternInit(pathname: path))?.pathname
                if found != nil { matched += 1 }
                if found != expected {
                    differences.append("\(wildcards) \(path): \(found?.groups ?? [:]), \(expected?.groups ?? [:])")
                }
            }
        }
        #expect(differences == [])
        #expect(matched > 50)
    }

    /// One pattern in two spellings: the second has each wildcard as a regular expression of its own.
    private func pattern(using random: inout Random) -> (wildcards: String, expressions: String) {
        var (wildcards, expressions) = ("/", "/")
        for index in 0..<Int.random(in: 1...4, using: &random) {
            let modifier = ["", "", "?", "*", "+"].randomElement(using: &random) ?? ""
            let (before, after) = (text(using: &random), text(using: &random))
            switch Int.random(in: 0..<5, using: &random) {
            case 0:
                wildcards += ":x\(index)\(modifier)/"
                expressions += ":x\(index)((?:[^\\/]+?))\(modifier)/"
            case 1:
                wildcards += "{\(before)a:x\(index)\\\(after)b}\(modifier)"
                expressions += "{\(before)a:x\(index)((?:[^\\/]+?))\\\(after)b}\(modifier)"
            case 2:
                wildcards += "{a*\(after)}\(modifier)"
                expressions += "{a((?:.*))\(after)}\(modifier)"
            case 3:
                wildcards += "{\(before)b}\(modifier)"
                expressions += "{\(before)b}\(modifier)"
            default:
                wildcards += "{*}"
                expressions += "{((?:.*))}"
            }
        }
        return (wildcards, expressions)
    }

    private func text(using random: inout Random) -> String {
        ["a", "b", ".", "/"].randomElement(using: &random) ?? "a"
    }
}
