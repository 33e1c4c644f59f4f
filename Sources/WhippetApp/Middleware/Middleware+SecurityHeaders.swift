// Copyright 2026 the Whippet authors
// SPDX-License-Identifier: Apache-2.0

public import WhippetFetch

extension Middleware {
    /// Sets the headers that make browsers careful; what a handler has set itself stays.
    ///
    /// - Parameter overrides: Other values, and nil for a header that is not to be set, such as
    ///   `["x-frame-options": "DENY", "strict-transport-security": nil]`.
    public static func securityHeaders(_ overrides: KeyValuePairs<Headers.Name, String?> = [:]) -> Middleware {
        var fields: [(Headers.Name, String)] = []
        for (name, value) in careful where !overrides.contains(where: { $0.key == name }) {
            fields.append((name, value))
        }
        for (name, value) in overrides { if let value { fields.append((name, value)) } }
        let list = fields
        return Middleware { request, _, next in
            var response = await next(request)
            for (name, value) in list where response.headers[name] == nil { response.headers[name] = value }
            response.headers["x-powered-by"] = nil
            return response
        }
    }

    private static var careful: [(Headers.Name, String)] {
        [
            ("cross-origin-opener-policy", "same-origin"), ("cross-origin-resource-policy", "same-origin"),
            ("origin-agent-cluster", "?1"), ("referrer-policy", "no-referrer"),
            ("strict-transport-security", "max-age=15552000; includeSubDomains"), ("x-content-type-options", "nosniff"),
            ("x-dns-prefetch-control", "off"), ("x-download-options", "noopen"), ("x-frame-options", "SAMEORIGIN"),
            ("x-permitted-cross-domain-policies", "none"), ("x-xss-protection", "0"),
        ]
    }
}
