// Copyright 2026 the Whippet authors
// SPDX-License-Identifier: Apache-2.0

@_spi(Whippet) internal import WhippetInfra
internal import WhippetURL

/// Where a rule leads: a path of the application or an absolute URL, with places for what the rule found.
struct RuleDestination: Sendable {
    /// Scheme and host, empty for a path of the application.
    private let authority: RuleTemplate
    private let path: RuleTemplate
    private let query: RuleTemplate?
    /// With its `#`; empty for none.
    private let fragment: String
    let isAbsolute: Bool

    /// Reads a destination.
    ///
    /// - Throws: `RuleProblem` for one that is neither a path nor an absolute URL, or that uses what nothing finds.
    init(_ notation: String, names: [String]) throws {
        var rest = notation[...]
        isAbsolute = rest.hasPrefix("https://") || rest.hasPrefix("http://")
        if isAbsolute {
            let scheme = rest.prefix(rest.hasPrefix("https://") ? 8 : 7)
            let host = rest.dropFirst(scheme.count).prefix { !"/?#".contains($0) }
            guard !host.isEmpty, !host.contains("@"), !host.contains("\\") else {
                throw RuleProblem("destination \"\(notation)\" names no host")
            }
            authority = try RuleTemplate(rest[..<host.endIndex], .authority, names: names)
            rest = rest[host.endIndex...]
        } else {
            guard rest.first == "/", rest.dropFirst().first != "/", !rest.contains("\\") else {
                throw RuleProblem("destination \"\(notation)\" is neither a path nor an absolute URL")
            }
            authority = try RuleTemplate("", .authority, names: [])
        }
        let whole = rest.prefix { $0 != "#" }
        fragment = PercentEncoding.encode(String(rest[whole.endIndex...]), RuleTemplate.nonASCII)
        let path = whole.prefix { $0 != "?" }
        self.path = try RuleTemplate(path, .path, names: names)
        query =
            path.endIndex == whole.endIndex
            ? nil : try RuleTemplate(whole[path.endIndex...].dropFirst(), .query, names: names)
    }

    /// The path for what was found; nil where that can't stand in it.
    func path(_ captures: [RuleCapture]) -> String? {
        guard let path = path.filled(captures) else { return nil }
        return path.isEmpty ? "/" : path
    }

    /// The query, with its `?`, after that of the request: of a name that both have, the destination's is kept.
    ///
    /// - Parameter search: The request's query, with its `?`; empty for none.
    func search(_ captures: [RuleCapture], after search: String) -> String? {
        guard let query else { return search }
        guard let own = query.filled(captures) else { return nil }
        let names = URLSearchParams(own).map(\.0)
        let kept = search.dropFirst().split(separator: "&").filter { pair in
            !URLSearchParams(String(pair)).contains { names.contains($0.0) }
        }
        let all = (kept + [own[...]]).filter { !$0.isEmpty }
        return all.isEmpty ? "" : "?" + all.joined(separator: "&")
    }

    /// Whether it has a query of its own.
    var hasQuery: Bool { query != nil }

    /// The whole for a `Location`.
    ///
    /// - Parameter basePath: What stands before a path of the application.
    func location(_ captures: [RuleCapture], after search: String, basePath: String) -> String? {
        guard let authority = authority.filled(captures), let path = path(captures),
            let search = self.search(captures, after: search)
        else { return nil }
        let base = isAbsolute ? authority : basePath
        return base + (path == "/" && !basePath.isEmpty && !isAbsolute ? "" : path) + search + fragment
    }
}
