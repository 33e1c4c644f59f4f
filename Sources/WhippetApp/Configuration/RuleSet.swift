// Copyright 2026 the Whippet authors
// SPDX-License-Identifier: Apache-2.0

internal import WhippetFetch
internal import WhippetInfra
internal import WhippetRouting
internal import WhippetURL

/// The rules of an application's configuration, compiled.
struct RuleSet: Sendable {
    struct Redirect: Sendable {
        let status: Status
        let destination: RuleDestination
    }

    private var headers = CompiledRules<[(Headers.Name, RuleTemplate)]>(isFirstOnly: false)
    private var redirects = CompiledRules<Redirect>(isFirstOnly: true)
    private var beforeFiles = CompiledRules<RuleDestination>(isFirstOnly: false)
    private var afterFiles = CompiledRules<RuleDestination>(isFirstOnly: true)
    private var fallback = CompiledRules<RuleDestination>(isFirstOnly: true)

    /// Whether there is no rule at all.
    var isEmpty: Bool {
        headers.isEmpty && redirects.isEmpty && beforeFiles.isEmpty && afterFiles.isEmpty && fallback.isEmpty
    }

    /// Compiles the rules.
    ///
    /// - Throws: `RouteError` for a rule that can't be used, with its place.
    init(_ configuration: AppConfiguration) throws {
        for rule in configuration.headers {
            try headers.add("headers", rule.source, rule.scope) { names in
                if let failure = rule.headers.failure { throw RuleProblem(failure.message) }
                let fields = rule.headers.map { (Headers.Name($0.0), RuleTemplate(field: $0.1, names: names)) }
                guard !fields.isEmpty else { throw RuleProblem("it sets no header") }
                return fields
            }
        }
        for rule in configuration.redirects {
            try redirects.add("redirect", rule.source, rule.scope) { names in
                guard [301, 302, 303, 307, 308].contains(rule.status) else {
                    throw RuleProblem("\(rule.status.rawValue) is no status of a redirect")
                }
                return Redirect(
                    status: rule.status, destination: try RuleDestination(rule.destination, names: names))
            }
        }
        try Self.add(configuration.rewrites.beforeFiles, to: &beforeFiles)
        try Self.add(configuration.rewrites.afterFiles, to: &afterFiles)
        try Self.add(configuration.rewrites.fallback, to: &fallback)
        try RedirectLoops.check(redirects)
    }

    private static func add(_ rules: [RewriteRule], to compiled: inout CompiledRules<RuleDestination>) throws {
        for rule in rules {
            try compiled.add("rewrite", rule.source, rule.scope) { names in
                let destination = try RuleDestination(rule.destination, names: names)
                if destination.isAbsolute {
                    throw RuleProblem("destination \"\(rule.destination)\" is not a path: other servers are not asked")
                }
                return destination
            }
        }
    }

    // MARK: - Requests

    /// The fields for the answer; of two of one name that are not lists the later wins.
    ///
    /// Nil for none.
    func fields(_ paths: RulePaths, _ request: inout RuledRequest) -> Headers? {
        guard !headers.isEmpty else { return nil }
        var fields: Headers?
        var index = 0
        while let (rule, captures) = headers.next(from: &index, paths, &request) {
            for (name, template) in rule {
                guard let value = template.filled(captures) else { continue }
                var all = fields ?? Headers()
                if name == .setCookie || name == .vary { all.append(name, value) } else { all[name] = value }
                fields = all
            }
        }
        return fields
    }

    /// The redirect that applies.
    func redirect(_ paths: RulePaths, basePath: String, _ request: inout RuledRequest) -> Response? {
        guard !redirects.isEmpty else { return nil }
        let search = request.url.search
        var index = 0
        while true {
            guard let (redirect, captures) = redirects.next(from: &index, paths, &request) else { return nil }
            let isBelow = redirects.rules[index - 1].isBelowBase
            guard
                let location = redirect.destination.location(captures, after: search, basePath: isBelow ? basePath : "")
            else { continue }
            // Nobody is sent to where they are.
            if location == String(decoding: paths.whole, as: UTF8.self) + search { continue }
            return Response(location, status: redirect.status, headers: [.location: location])
        }
    }

    /// Finds the route of a request, rewritten where a rule says so.
    ///
    /// - Returns: What was found, and the query that the rules add.
    func route(
        _ paths: RulePaths, in routes: RouteIndex, _ request: inout RuledRequest
    ) -> (found: Found, search: String?) {
        var paths = paths
        var search: String?
        var index = 0
        while rewrite(beforeFiles, from: &index, &paths, &search, &request) {}
        var found = find(paths, in: routes, request.request)
        if found.route.isMatched, found.route.names.isEmpty { return (found, search) }
        for rules in [afterFiles, fallback] {
            index = 0
            while rewrite(rules, from: &index, &paths, &search, &request) {
                found = find(paths, in: routes, request.request)
                if found.route.isMatched { return (found, search) }
            }
            if found.route.isMatched { break }
        }
        return (found, search)
    }

    private func find(_ paths: RulePaths, in routes: RouteIndex, _ request: Request) -> Found {
        guard let path = paths.below else { return routes.find(request) }
        return routes.find(path, request.method)
    }

    /// Applies the next rule that leads to a path; false when there is none.
    private func rewrite(
        _ rules: CompiledRules<RuleDestination>, from index: inout Int, _ paths: inout RulePaths,
        _ search: inout String?, _ request: inout RuledRequest
    ) -> Bool {
        guard !rules.isEmpty else { return false }
        while let (destination, captures) = rules.next(from: &index, paths, &request) {
            guard let path = destination.path(captures), let canonical = Self.canonical(path) else { continue }
            if destination.hasQuery {
                search = destination.search(captures, after: search ?? request.url.search) ?? search
            }
            paths.below = canonical
            return true
        }
        return false
    }

    private static func canonical(_ path: String) -> [UInt8]? {
        let bytes = Array(path.utf8)
        return bytes.withUnsafeBufferPointer { path in
            switch PathNormalization(path) {
            case .unchanged: bytes
            case .normalized(let normalized): normalized.bytes
            case .invalid: nil
            }
        }
    }
}
