// Copyright 2026 the Whippet authors
// SPDX-License-Identifier: Apache-2.0

/// A pattern, or what is matched with one, component by component.
///
/// Implements [URLPatternInit](https://urlpattern.spec.whatwg.org/#dictdef-urlpatterninit). In a pattern a component
/// that is left out matches anything; in an input it is empty.
public struct URLPatternInit: Hashable, Sendable {
    /// The scheme, with or without its colon.
    public var `protocol`: String?
    /// The user name.
    public var username: String?
    /// The password.
    public var password: String?
    /// The host without the port.
    public var hostname: String?
    /// The port.
    public var port: String?
    /// The path.
    public var pathname: String?
    /// The query, with or without its question mark.
    public var search: String?
    /// The fragment, with or without its number sign.
    public var hash: String?
    /// A URL for the components that are left out before the first that is given.
    public var baseURL: String?

    /// Makes one of any components.
    public init(
        protocol: String? = nil, username: String? = nil, password: String? = nil, hostname: String? = nil,
        port: String? = nil, pathname: String? = nil, search: String? = nil, hash: String? = nil, baseURL: String? = nil
    ) {
        self.protocol = `protocol`
        self.username = username
        self.password = password
        self.hostname = hostname
        self.port = port
        self.pathname = pathname
        self.search = search
        self.hash = hash
        self.baseURL = baseURL
    }
}

/// A string or components: [URLPatternInput](https://urlpattern.spec.whatwg.org/#typedefdef-urlpatterninput).
public enum URLPatternInput: Hashable, Sendable, ExpressibleByStringLiteral {
    /// A pattern or a URL in one string.
    case string(String)
    /// Components one by one.
    case components(URLPatternInit)

    /// Makes a pattern or URL of a literal.
    public init(stringLiteral value: String) {
        self = .string(value)
    }
}
