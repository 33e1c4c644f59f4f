// Copyright 2026 the Whippet authors
// SPDX-License-Identifier: Apache-2.0

package import WhippetFetch
internal import WhippetRouting

/// A matcher ready for lookups.
package struct CompiledMatcher: Sendable {
    /// Nil: everything is included.
    private let included: [RouteTable]?
    private let excluded: [RouteTable]

    /// Compiles a matcher; a table for each pattern, since patterns of one matcher may overlap.
    package init(_ matcher: Matcher) throws {
        included = matcher.included.isEmpty ? nil : try matcher.included.map(Self.table)
        excluded = try matcher.excluded.map(Self.table)
    }

    package func matches(_ request: Request) -> Bool {
        request.withPathBytes { path in
            switch PathNormalization(path) {
            case .unchanged: matches(path)
            case .normalized(let normalized): normalized.bytes.withUnsafeBufferPointer { matches($0) }
            case .invalid: false
            }
        }
    }

    private func matches(_ path: UnsafeBufferPointer<UInt8>) -> Bool {
        if let included, !included.contains(where: { $0.match(path) != nil }) { return false }
        return !excluded.contains { $0.match(path) != nil }
    }

    private static func table(_ notation: String) throws -> RouteTable {
        guard !notation.contains("(") else {
            throw RouteError(
                "matcher \"\(notation)\": regular expressions are not supported; use Matcher(excluding:) or list the paths"
            )
        }
        return try RouteTable([RoutePattern(routeNotation(notation))])
    }

    /// A pattern of Next's matcher in the notation of routes: `/a/:id/:rest*` is `/a/[id]/[[...rest]]`.
    static func routeNotation(_ notation: String) -> String {
        notation.split(separator: "/", omittingEmptySubsequences: false).map { segment in
            guard segment.first == ":" else { return String(segment) }
            let name = segment.dropFirst()
            switch name.last {
            case "*": return "[[...\(name.dropLast())]]"
            case "+": return "[...\(name.dropLast())]"
            default: return "[\(name)]"
            }
        }.joined(separator: "/")
    }
}
