// Copyright 2026 the Whippet authors
// SPDX-License-Identifier: Apache-2.0

/// How a URL matched a pattern: [URLPatternResult](https://urlpattern.spec.whatwg.org/#dictdef-urlpatternresult).
public struct URLPatternResult: Hashable, Sendable {
    /// How one component matched.
    ///
    /// Implements [URLPatternComponentResult](https://urlpattern.spec.whatwg.org/#dictdef-urlpatterncomponentresult).
    public struct Component: Hashable, Sendable {
        /// The component of the URL.
        public let input: String
        /// What each group matched; groups without a name are numbered from `"0"`.
        ///
        /// A group that took no part is not in it, where a browser's object has it as `undefined`.
        public let groups: [String: String]
    }

    /// What was matched, and the base URL if one was given.
    public let inputs: [URLPatternInput]
    /// How the scheme matched.
    public let `protocol`: Component
    /// How the user name matched.
    public let username: Component
    /// How the password matched.
    public let password: Component
    /// How the host matched.
    public let hostname: Component
    /// How the port matched.
    public let port: Component
    /// How the path matched.
    public let pathname: Component
    /// How the query matched.
    public let search: Component
    /// How the fragment matched.
    public let hash: Component
}
