// Copyright 2026 the Whippet authors
// SPDX-License-Identifier: Apache-2.0

internal import WhippetRouting

/// For which paths a rule applies, ready for look-ups.
struct RuleSource: Sendable {
    let pattern: RoutePattern
    private let table: RouteTable

    /// Reads Next's notation, or that of routes.
    ///
    /// - Throws: `RuleProblem` for what is neither.
    init(_ notation: String) throws {
        for segment in notation.split(separator: "/") { try Self.check(segment, in: notation) }
        do {
            pattern = try RoutePattern(CompiledMatcher.routeNotation(notation))
            table = try RouteTable([pattern])
        } catch {
            throw RuleProblem("\(error)")
        }
    }

    /// The names of what it captures.
    var names: [String] { pattern.parameterNames }

    /// The one path that it matches, nil if there are several.
    var literalPath: [UInt8]? { pattern.literalPath.map { Array($0.utf8) } }

    /// What a canonical path has for the names; nil if the source does not match it.
    func match(_ path: [UInt8]) -> [RuleCapture]? {
        path.withUnsafeBufferPointer { path in
            guard let match = table.match(path) else { return nil }
            let names = pattern.parameterNames
            var captures: [RuleCapture] = []
            for (position, capture) in match.captures.enumerated() where position < names.count {
                let bytes = UnsafeBufferPointer(rebasing: path[capture])
                let value: RuleCapture.Value
                if position == names.count - 1, pattern.segments.last?.isCatchAll == true {
                    guard let list = PathNormalization.decodeSegments(bytes) else { return nil }
                    value = .segments(list)
                } else {
                    guard let text = PathNormalization.decodeSegment(bytes) else { return nil }
                    value = .text(text)
                }
                captures.append(RuleCapture(name: names[position], value: value))
            }
            // An optional catch-all that matched nothing.
            for name in names.dropFirst(captures.count) {
                captures.append(RuleCapture(name: name, value: .segments([])))
            }
            return captures
        }
    }

    private static func check(_ segment: Substring, in notation: String) throws {
        if segment.first == "[" { return }
        var rest = segment
        if segment.first == ":" {
            guard let name = RuleName.prefix(of: segment.dropFirst()) else {
                throw RuleProblem("source \"\(notation)\": \"\(segment)\" has no name")
            }
            rest = segment.dropFirst(name.count + 1)
            if rest == "*" || rest == "+" || rest.isEmpty { return }
        }
        if let character = rest.first(where: { ":*+?(){}".contains($0) }) ?? (segment.first == ":" ? rest.first : nil) {
            throw RuleProblem(
                "source \"\(notation)\": \"\(character)\" in \"\(segment)\"; a segment is text, :name, :name* or :name+"
            )
        }
    }
}
