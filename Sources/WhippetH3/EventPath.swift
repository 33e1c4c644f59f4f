// Copyright 2026 the Whippet authors
// SPDX-License-Identifier: Apache-2.0

internal import WhippetApp

/// A path in h3's notation: `/users/:id`, `/files/**`, `/files/**:path`, `/a/*/b`, `/n/:id(\d+)`, `/t/:id?`.
struct EventPath: Sendable {
    struct Failure: Error {}

    /// The path in the host's notation, its parameters named by position: paths need not agree on names.
    private(set) var pattern = ""
    /// The names as they are declared.
    private(set) var names: [String] = []
    private var constraints: [(name: String, constraint: ParameterConstraint)] = []
    private var endsInWildcard = false

    /// Whether a parameter must be of some characters.
    var isConstrained: Bool { !constraints.isEmpty }

    /// Whether the parameters are as the path wants them.
    func accepts(_ params: Params) -> Bool {
        constraints.allSatisfy { name, constraint in params[name].map(constraint.accepts) ?? false }
    }

    /// Reads a path; one that ends in an optional parameter is two.
    ///
    /// - Throws: `Failure` for a notation that is none.
    static func parse(_ path: String) throws -> [EventPath] {
        let segments = path.split(separator: "/")
        guard let last = segments.last, last.first == ":", last.last == "?" else { return [try EventPath(segments)] }
        return [try EventPath(segments.dropLast() + [last.dropLast()]), try EventPath(Array(segments.dropLast()))]
    }

    /// The patterns of a path for a matcher of middleware: a wildcard matches the path before it, too.
    static func patterns(_ path: String) throws -> [String] {
        try parse(path).flatMap { path in [path.pattern] + (path.withoutWildcard.map { [$0.pattern] } ?? []) }
    }

    private init(_ segments: [Substring]) throws {
        var wildcards = 0
        for (index, segment) in segments.enumerated() {
            let place = "p\(names.count + 1)"
            if segment.hasPrefix("**") {
                guard index == segments.count - 1, segment.count == 2 || segment.dropFirst(2).first == ":" else {
                    throw Failure()
                }
                names.append(segment.count == 2 ? "_" : String(segment.dropFirst(3)))
                pattern += "/[...\(place)]"
                endsInWildcard = true
            } else if segment == "*" {
                names.append("\(wildcards)")
                wildcards += 1
                pattern += "/[\(place)]"
            } else if segment.first == ":" {
                var name = segment.dropFirst()
                if let start = name.firstIndex(of: "(") {
                    guard name.last == ")", let constraint = ParameterConstraint(name[start...].dropFirst().dropLast())
                    else { throw Failure() }
                    name = name[..<start]
                    constraints.append((String(name), constraint))
                }
                guard !name.isEmpty, name.allSatisfy({ $0.isLetter || $0.isNumber || $0 == "_" || $0 == "-" }) else {
                    throw Failure()
                }
                names.append(String(name))
                pattern += "/[\(place)]"
            } else {
                guard !segment.contains(where: { "*:()[]?".contains($0) }) else { throw Failure() }
                pattern += "/" + segment
            }
        }
        if pattern.isEmpty { pattern = "/" }
    }

    /// The path before a wildcard at the end, where the wildcard is empty; nil for a path without one.
    var withoutWildcard: EventPath? {
        guard endsInWildcard, let slash = pattern.lastIndex(of: "/") else { return nil }
        var path = self
        path.pattern = slash == pattern.startIndex ? "/" : String(pattern[..<slash])
        path.names.removeLast()
        path.endsInWildcard = false
        return path
    }
}
