// Copyright 2026 the Whippet authors
// SPDX-License-Identifier: Apache-2.0

public import WhippetInfra
public import WhippetURL

/// A pattern for URLs, as the [URL Pattern Standard](https://urlpattern.spec.whatwg.org/#urlpattern-class) defines it.
///
/// Each component of a URL is matched with the pattern of that component:
///
///     let pattern = try URLPattern("/books/:id{.:format}?", baseURL: "https://example.com")
///     let match = pattern.exec("https://example.com/books/7.json")
///     match?.pathname.groups  // ["id": "7", "format": "json"]
///
/// Names and wildcards are matched in linear time. A group in parentheses is a regular expression: it is translated to
/// Swift's, and refused where it needs look-behind, back references, word boundaries or Unicode properties. It is
/// applied only to components of up to `maximumRegularExpressionInput` bytes; a longer one doesn't match. Write no
/// expression that backtracks without end: the input is a stranger's.
public struct URLPattern: Sendable {
    /// How long, in bytes, a component may be that a regular expression is applied to.
    public static let maximumRegularExpressionInput = 4096

    let protocolComponent: Component
    let usernameComponent: Component
    let passwordComponent: Component
    let hostnameComponent: Component
    let portComponent: Component
    let pathnameComponent: Component
    let searchComponent: Component
    let hashComponent: Component

    /// Makes a pattern of one string, relative to a base URL if one is given.
    ///
    /// Implements
    /// [new URLPattern(input, baseURL, options)](https://urlpattern.spec.whatwg.org/#dom-urlpattern-urlpattern).
    ///
    /// - Throws: `TypeError` if the pattern is malformed, or relative without a base URL.
    public init(_ pattern: String, baseURL: String? = nil, ignoreCase: Bool = false) throws(TypeError) {
        // Create, steps 2.1–2.3.
        var components = try ConstructorStringParser.parse(pattern)
        guard baseURL != nil || components.protocol != nil else {
            throw URLPattern.error(pattern, "it has no scheme, and no base URL completes it")
        }
        if let baseURL { components.baseURL = baseURL }
        try self.init(components, ignoreCase: ignoreCase)
    }

    /// Makes a pattern of components; one that is left out matches anything.
    ///
    /// Implements [new URLPattern(input, options)](
    /// https://urlpattern.spec.whatwg.org/#dom-urlpattern-urlpattern-input-options).
    ///
    /// - Throws: `TypeError` if a component's pattern is malformed.
    public init(_ components: URLPatternInit = URLPatternInit(), ignoreCase: Bool = false) throws(TypeError) {
        // Create, steps 4–5.
        let processed = try components.processed(for: .pattern, defaults: URLPatternInit())
        let scheme = processed.protocol ?? "*"
        var port = processed.port ?? "*"
        // 6.
        if let defaultPort = URLCanonicalization.defaultPort(ofScheme: scheme), port == String(defaultPort) {
            port = ""
        }
        // 8–10.
        protocolComponent = try Component.compile(scheme, .protocol, .standard)
        usernameComponent = try Component.compile(processed.username ?? "*", .username, .standard)
        passwordComponent = try Component.compile(processed.password ?? "*", .password, .standard)
        // 11–12.
        let hostname = processed.hostname ?? "*"
        hostnameComponent = try Component.compile(
            hostname, URLPattern.isIPv6Address(hostname) ? .ipv6Hostname : .hostname, .hostname)
        // 13.
        portComponent = try Component.compile(port, .port, .standard)
        // 14–16.
        var options = PatternOptions.standard
        options.ignoresCase = ignoreCase
        var pathOptions = PatternOptions.pathname
        pathOptions.ignoresCase = ignoreCase
        let isSpecial = protocolComponent.matchesSpecialScheme
        pathnameComponent = try Component.compile(
            processed.pathname ?? "*", isSpecial ? .pathname : .opaquePathname, isSpecial ? pathOptions : options)
        // 17–18.
        searchComponent = try Component.compile(processed.search ?? "*", .search, options)
        hashComponent = try Component.compile(processed.hash ?? "*", .hash, options)
    }

    /// Makes a pattern of a string or of components; only a string may have a base URL beside it.
    ///
    /// - Throws: `TypeError` if the pattern is malformed.
    public init(_ input: URLPatternInput, baseURL: String? = nil, ignoreCase: Bool = false) throws(TypeError) {
        switch input {
        case .string(let pattern): try self.init(pattern, baseURL: baseURL, ignoreCase: ignoreCase)
        case .components(let components):
            // Create, step 3.2.
            guard baseURL == nil else { throw URLPattern.baseURLBesideComponents }
            try self.init(components, ignoreCase: ignoreCase)
        }
    }

    /// The scheme's pattern in its normal form.
    public var `protocol`: String { protocolComponent.patternString }
    /// The user name's pattern in its normal form.
    public var username: String { usernameComponent.patternString }
    /// The password's pattern in its normal form.
    public var password: String { passwordComponent.patternString }
    /// The host's pattern in its normal form.
    public var hostname: String { hostnameComponent.patternString }
    /// The port's pattern in its normal form.
    public var port: String { portComponent.patternString }
    /// The path's pattern in its normal form.
    public var pathname: String { pathnameComponent.patternString }
    /// The query's pattern in its normal form.
    public var search: String { searchComponent.patternString }
    /// The fragment's pattern in its normal form.
    public var hash: String { hashComponent.patternString }

    /// Whether any group is a regular expression of its own.
    public var hasRegExpGroups: Bool {
        protocolComponent.hasRegexpGroups || usernameComponent.hasRegexpGroups || passwordComponent.hasRegexpGroups
            || hostnameComponent.hasRegexpGroups || portComponent.hasRegexpGroups || pathnameComponent.hasRegexpGroups
            || searchComponent.hasRegexpGroups || hashComponent.hasRegexpGroups
    }

    /// Whether a URL matches.
    public func test(_ url: URL) -> Bool {
        exec(url) != nil
    }

    /// Whether a URL, relative to a base URL if one is given, is one and matches.
    public func test(_ url: String, baseURL: String? = nil) -> Bool {
        exec(url, baseURL: baseURL) != nil
    }

    /// Whether components match; one that is left out is empty.
    public func test(_ components: URLPatternInit) -> Bool {
        exec(components) != nil
    }

    /// How a URL matches, nil if it doesn't.
    public func exec(_ url: URL) -> URLPatternResult? {
        match(url, inputs: [.string(url.href)])
    }

    /// How a URL, relative to a base URL if one is given, matches, nil if it doesn't or is none.
    ///
    /// Implements [exec(input, baseURL)](https://urlpattern.spec.whatwg.org/#dom-urlpattern-exec).
    public func exec(_ url: String, baseURL: String? = nil) -> URLPatternResult? {
        if let baseURL {
            guard let parsed = URL.parse(url, base: baseURL) else { return nil }
            return match(parsed, inputs: [.string(url), .string(baseURL)])
        }
        return URL.parse(url).flatMap { match($0, inputs: [.string(url)]) }
    }

    /// How components match, nil if they don't; one that is left out is empty.
    public func exec(_ components: URLPatternInit) -> URLPatternResult? {
        // Match, step 12.2. An invalid component doesn't match.
        let empty = URLPatternInit(
            protocol: "", username: "", password: "", hostname: "", port: "", pathname: "", search: "", hash: "")
        guard let values = try? components.processed(for: .url, defaults: empty) else { return nil }
        return match(values, inputs: [.components(components)])
    }

    /// How a string or components match; only a string may have a base URL beside it.
    ///
    /// - Throws: `TypeError` if a base URL stands beside components.
    public func exec(_ input: URLPatternInput, baseURL: String? = nil) throws(TypeError) -> URLPatternResult? {
        switch input {
        case .string(let url): return exec(url, baseURL: baseURL)
        case .components(let components):
            guard baseURL == nil else { throw URLPattern.baseURLBesideComponents }
            return exec(components)
        }
    }

    // MARK: - Algorithm

    private func match(_ url: URL, inputs: [URLPatternInput]) -> URLPatternResult? {
        // Match, steps 13.4–13.11.
        let values = URLPatternInit(
            protocol: url.scheme, username: url.username, password: url.password, hostname: url.hostname,
            port: url.port, pathname: url.pathname, search: String(url.search.dropFirst()),
            hash: String(url.hash.dropFirst()))
        return match(values, inputs: inputs)
    }

    /// Implements [match](https://urlpattern.spec.whatwg.org/#url-pattern-match), from step 14 on.
    private func match(_ values: URLPatternInit, inputs: [URLPatternInput]) -> URLPatternResult? {
        // 14–22. The path first: it tells most apart.
        guard let pathname = pathnameComponent.match(values.pathname ?? ""),
            let hostname = hostnameComponent.match(values.hostname ?? ""),
            let scheme = protocolComponent.match(values.protocol ?? ""),
            let username = usernameComponent.match(values.username ?? ""),
            let password = passwordComponent.match(values.password ?? ""),
            let port = portComponent.match(values.port ?? ""),
            let search = searchComponent.match(values.search ?? ""),
            let hash = hashComponent.match(values.hash ?? "")
        else { return nil }
        // 23–33.
        return URLPatternResult(
            inputs: inputs, protocol: scheme, username: username, password: password, hostname: hostname, port: port,
            pathname: pathname, search: search, hash: hash)
    }

    /// Implements
    /// [hostname pattern is an IPv6 address](https://urlpattern.spec.whatwg.org/#hostname-pattern-is-an-ipv6-address).
    private static func isIPv6Address(_ pattern: String) -> Bool {
        let start = Array(pattern.utf8.prefix(2))
        guard start.count == 2 else { return false }
        return start[0] == 0x5B || ((start[0] == 0x7B || start[0] == 0x5C) && start[1] == 0x5B)
    }

    private static let baseURLBesideComponents = TypeError(
        "URLPattern: a base URL can't stand beside components; it is one of them")

    /// The error for a pattern, of which a long one is cut.
    static func error(_ pattern: String, _ rule: String) -> TypeError {
        let shown = pattern.utf8.count <= 200 ? pattern : "\(pattern.prefix(100))…"
        return TypeError("URLPattern: \"\(shown)\" is not a valid pattern: \(rule)")
    }
}
