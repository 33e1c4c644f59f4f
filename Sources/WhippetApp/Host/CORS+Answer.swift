// Copyright 2026 the Whippet authors
// SPDX-License-Identifier: Apache-2.0

package import WhippetFetch
internal import WhippetInfra

extension CORS {
    /// The answer to a preflight, nil when the request is none.
    ///
    /// - Parameter allow: The methods of the route, as `Allow` lists them; empty where no route matches.
    func preflight(_ request: Request, allow: String) -> Response? {
        guard request.method == .OPTIONS, request.headers[.origin] != nil,
            let method = request.headers[.accessControlRequestMethod]
        else { return nil }
        var response = Response(status: .noContent)
        addOrigin(request, to: &response)
        var vary = ["Access-Control-Request-Method"]
        let methods =
            self.methods.map { $0.map(\.rawValue).joined(separator: ", ") } ?? (allow.isEmpty ? method : allow)
        response.headers[.accessControlAllowMethods] = methods
        if let headers {
            if !headers.isEmpty { response.headers[.accessControlAllowHeaders] = headers.joined(separator: ", ") }
        } else {
            vary.append("Access-Control-Request-Headers")
            if let asked = request.headers[.accessControlRequestHeaders] {
                response.headers[.accessControlAllowHeaders] = asked
            }
        }
        if let maxAge { response.headers[.accessControlMaxAge] = "\(max(0, maxAge.components.seconds))" }
        response.addVary(vary)
        return response
    }

    /// The answer with the fields that a browser looks at.
    func decorate(_ response: consuming Response, _ request: Request) -> Response {
        var response = response
        addOrigin(request, to: &response)
        if !exposedHeaders.isEmpty {
            response.headers[.accessControlExposeHeaders] = exposedHeaders.joined(separator: ", ")
        }
        return response
    }

    private func addOrigin(_ request: Request, to response: inout Response) {
        if case .any = origins {
            response.headers[.accessControlAllowOrigin] = "*"
            return
        }
        // The answer depends on the origin, also where there is none or another one.
        response.addVary(["Origin"])
        guard let origin = request.headers[.origin], allows(origin) else { return }
        response.headers[.accessControlAllowOrigin] = origin
        if credentials { response.headers[.accessControlAllowCredentials] = "true" }
    }

    /// Whether an origin is among those that are allowed.
    package func allows(_ origin: String) -> Bool {
        switch origins {
        case .any: true
        case .list(let list): list.contains(origin)
        case .matching(let function): function(origin)
        }
    }
}

extension Response {
    /// Adds names to `Vary` that it does not hold yet.
    mutating func addVary(_ names: [String]) { headers.addVary(names) }
}

extension Headers {
    /// Adds names to `Vary` that it does not hold yet.
    package mutating func addVary(_ names: [String]) {
        let present = self[.vary] ?? ""
        if present == "*" { return }
        if names.contains("*") {
            self[.vary] = "*"
            return
        }
        var known = FieldElements(present).map { $0.lowercased() }
        var missing: [String] = []
        for name in names where !known.contains(name.lowercased()) {
            known.append(name.lowercased())
            missing.append(name)
        }
        guard !missing.isEmpty else { return }
        self[.vary] = ((present.isEmpty ? [] : [present]) + missing).joined(separator: ", ")
    }
}
