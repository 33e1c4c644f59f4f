// Copyright 2026 the Whippet authors
// SPDX-License-Identifier: Apache-2.0

public import WhippetInfra

/// What other origins may do with a route: an option of the route, a group or the application.
///
/// ```swift
/// app.cors(CORS())                                                     // anybody may read
/// app.group("/api", cors: CORS(origins: ["https://example.com"], credentials: true, maxAge: .seconds(600))) { api in
///     api.get("/me") { "you" }
/// }
/// ```
/// Preflights are answered from the methods of the route; the fields are on every answer, errors included.
/// Source: [Fetch §3.2](https://fetch.spec.whatwg.org/#http-cors-protocol).
public struct CORS: Sendable {
    /// Which origins are allowed.
    public enum Origins: Sendable, ExpressibleByArrayLiteral {
        /// Every origin, without credentials.
        case any
        /// These, each as a browser sends it, such as `https://example.com`.
        case list([String])
        /// Those for which the function says yes.
        case matching(@Sendable (String) -> Bool)

        /// Allows these origins.
        public init(arrayLiteral origins: String...) {
            self = .list(origins)
        }
    }

    /// Which origins are allowed.
    public var origins: Origins
    /// Which methods a preflight allows; nil for those of the route.
    public var methods: [HTTPMethod]?
    /// Which request headers a preflight allows; nil for those that it asks for.
    public var headers: [String]?
    /// Which response headers a script may read, besides the few that it always may.
    public var exposedHeaders: [String]
    /// Whether requests may carry cookies; needs a list of origins or a function.
    public var credentials: Bool
    /// How long a browser may remember the answer to a preflight, in whole seconds; nil for its own default.
    public var maxAge: Duration?

    /// Makes rules; without arguments every origin may ask, without credentials.
    public init(
        origins: Origins = .any, methods: [HTTPMethod]? = nil, headers: [String]? = nil,
        exposedHeaders: [String] = [], credentials: Bool = false, maxAge: Duration? = nil
    ) {
        self.origins = origins
        self.methods = methods
        self.headers = headers
        self.exposedHeaders = exposedHeaders
        self.credentials = credentials
        self.maxAge = maxAge
    }

    /// Why the rules can't be used.
    var problem: String? {
        if case .any = origins, credentials {
            return "CORS: credentials need a list of origins, or every site could act for your users"
        }
        return nil
    }
}
