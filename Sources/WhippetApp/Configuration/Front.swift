// Copyright 2026 the Whippet authors
// SPDX-License-Identifier: Apache-2.0

internal import WhippetFetch
internal import WhippetRouting
internal import WhippetServer
internal import WhippetURL

/// What stands before the host of an application that has rules or observers; requests of others never come here.
final class Front: Responder {
    let host: Host
    private let rules: RuleSet?
    private let observation: Observation?

    init(_ host: Host, rules: RuleSet?, observation: Observation?) {
        self.host = host
        self.rules = rules
        self.observation = observation
    }

    /// What the server asks: the host itself where nothing stands before it.
    var responder: any Responder { rules == nil && observation == nil ? host : self }

    func respond(to request: Request, in scope: RequestScope) async -> Response {
        let lead = rules.map { self.lead(request, $0) } ?? Lead(found: host.index.find(request))
        var request = request
        if let search = lead.search {
            var url = request.url
            url.search = search
            request = request.moved(to: url)
            scope.replace(request)
        }
        let watch = observation?.begin(request, route: lead.found.route.pattern)
        if let watch { scope.watch(watch) }
        var response = await host.respond(to: request, at: lead.found, in: scope)
        if let fields = lead.fields {
            response.merge(fields)
            response = host.checked(response)
        }
        watch?.answered(response.status)
        return response
    }

    func respond(to error: any Error, insteadOf response: Response, in scope: RequestScope) async -> Response? {
        await host.respond(to: error, insteadOf: response, in: scope)
    }

    var clock: any Clock<Duration> { host.clock }

    func name(of request: Request) -> String { host.name(of: request) }

    func eventLoopBlocked(for duration: Duration, by request: String?) {
        observation?.measure(
            ObservedMeasurement(
                "whippet.event_loop.blocked", duration / .seconds(1), unit: "s",
                attributes: request.map { ["whippet.request": $0] } ?? [:]))
    }

    /// Where a request leads.
    private struct Lead {
        var found: Found
        /// What the answer gets, whatever it is.
        var fields: Headers?
        /// The query that a rewrite makes.
        var search: String?
    }

    /// Finds where a request leads, in Next's order: headers, redirects, rewrites and routes.
    private func lead(_ request: Request, _ rules: RuleSet) -> Lead {
        let policy = host.index.policy
        let whole = request.withPathBytes { path -> [UInt8]? in
            switch PathNormalization(path) {
            case .unchanged: Array(path)
            case .normalized(let normalized): normalized.bytes
            case .invalid: nil
            }
        }
        guard let whole else { return Lead(found: host.index.find(request)) }
        var ruled = RuledRequest(request)
        let paths = RulePaths(below: policy.below(whole), whole: whole)
        let fields = rules.fields(paths, &ruled)
        // The right spelling of the path comes first.
        if case .redirect = request.withPathBytes(policy.decide) {
            return Lead(found: host.index.find(request), fields: fields)
        }
        if let redirect = rules.redirect(paths, basePath: policy.basePath, &ruled) {
            return Lead(found: host.index.answer(redirect), fields: fields)
        }
        let (found, search) = rules.route(paths, in: host.index, &ruled)
        return Lead(found: found, fields: fields, search: search)
    }
}

extension RequestScope {
    /// The host that answers the request; nil for a plain function's.
    var host: Host? { (responder as? Host) ?? (responder as? Front)?.host }
}
