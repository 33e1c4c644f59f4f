// Copyright 2026 the Whippet authors
// SPDX-License-Identifier: Apache-2.0

public import WhippetInfra

/// A cookie that a response sets, with its attributes.
///
/// ```swift
/// var response = Response("Welcome back\n")
/// response.cookies.set(SetCookie("session", "7b0e", maxAge: .seconds(3600), secure: true, httpOnly: true))
/// ```
/// Source: [RFC 6265bis §4.1](https://datatracker.ietf.org/doc/html/draft-ietf-httpbis-rfc6265bis#section-4.1).
public struct SetCookie: Sendable, Hashable {
    /// With which requests of other sites a cookie is sent.
    public enum SameSite: String, Sendable {
        /// With none.
        case strict = "Strict"
        /// With those that lead to the site and change nothing.
        case lax = "Lax"
        /// With all; the cookie must be `secure`.
        case none = "None"
    }

    /// Which cookies a browser keeps when it has too many.
    public enum Priority: String, Sendable {
        /// Those go first.
        case low = "Low"
        /// Those go next.
        case medium = "Medium"
        /// Those go last.
        case high = "High"
    }

    /// The name, a token.
    public var name: String
    /// The value, any text: it is percent-encoded on its way.
    public var value: String
    /// Under which path the cookie is sent; nil for that of the request that set it.
    public var path: String?
    /// The host whose subdomains get the cookie as well; nil for the host that set it alone.
    public var domain: String?
    /// When the cookie ends, in milliseconds since 1970; `maxAge` goes first.
    public var expires: Int?
    /// For how long the cookie is kept, in whole seconds; without it and `expires`, until the browser is closed.
    public var maxAge: Duration?
    /// Whether the cookie travels encrypted only.
    public var secure: Bool
    /// Whether scripts can't see the cookie.
    public var httpOnly: Bool
    /// With which requests of other sites the cookie is sent; nil for the browser's default, `lax` as a rule.
    public var sameSite: SameSite?
    /// Whether each top-level site has a cookie of its own; the cookie must be `secure`.
    public var partitioned: Bool
    /// Which cookies a browser keeps when it has too many.
    public var priority: Priority?

    /// Makes a cookie, for all paths of the host that sets it unless said otherwise.
    public init(
        _ name: String, _ value: String, path: String? = "/", domain: String? = nil, expires: Int? = nil,
        maxAge: Duration? = nil, secure: Bool = false, httpOnly: Bool = false, sameSite: SameSite? = nil,
        partitioned: Bool = false, priority: Priority? = nil
    ) {
        self.name = name
        self.value = value
        self.path = path
        self.domain = domain
        self.expires = expires
        self.maxAge = maxAge
        self.secure = secure
        self.httpOnly = httpOnly
        self.sameSite = sameSite
        self.partitioned = partitioned
        self.priority = priority
    }

    /// Writes the cookie as the value of a `Set-Cookie` header.
    ///
    /// - Throws: `TypeError` for what a browser would refuse or read differently: a name that is no token, more than
    ///   4,096 bytes of name and value, a path or domain with other characters than it may have or more than 1,024, a
    ///   prefix `__Secure-` or `__Host-` without the attributes it asks for, `SameSite=None` or `Partitioned` without
    ///   `Secure`.
    public func serialize() throws(TypeError) -> String {
        try validate()
        var text = "\(name)=\(CookieText.encode(value))"
        if text.utf8.count - 1 > CookieText.pairLimit {
            throw refusal("has more than \(CookieText.pairLimit) bytes of name and value")
        }
        appendAttributes(Attribute.usualOrder, to: &text)
        return text
    }

    /// An attribute as it is written.
    package enum Attribute: Sendable {
        case path, expires, maxAge, domain, secure, httpOnly, sameSite, partitioned, priority

        static let usualOrder: [Attribute] = [
            .path, .expires, .maxAge, .domain, .secure, .httpOnly, .sameSite, .partitioned, .priority,
        ]
    }

    /// Writes the cookie with its attributes in an order of the caller's, and without the rules of browsers: for front
    /// doors whose own rules they are not.
    ///
    /// - Throws: `TypeError` for a name, path or domain with other characters than it may have.
    package func serialize(_ order: [Attribute]) throws(TypeError) -> String {
        try validateSyntax()
        var text = "\(name)=\(CookieText.encode(value))"
        appendAttributes(order, to: &text)
        return text
    }

    private func appendAttributes(_ order: [Attribute], to text: inout String) {
        for attribute in order {
            switch attribute {
            case .path: if let path { text += "; Path=\(path)" }
            case .expires:
                guard let expires else { continue }
                let seconds = Int64((Double(expires) / 1000).rounded(.down))
                text += "; Expires=\(HTTPDate.format(secondsSince1970: seconds))"
            case .maxAge: if let maxAge { text += "; Max-Age=\(maxAge.components.seconds)" }
            case .domain: if let domain { text += "; Domain=\(domain)" }
            case .secure: if secure { text += "; Secure" }
            case .httpOnly: if httpOnly { text += "; HttpOnly" }
            case .sameSite: if let sameSite { text += "; SameSite=\(sameSite.rawValue)" }
            case .partitioned: if partitioned { text += "; Partitioned" }
            case .priority: if let priority { text += "; Priority=\(priority.rawValue)" }
            }
        }
    }

    // MARK: - Algorithm

    private func validateSyntax() throws(TypeError) {
        guard ASCII.isToken(name) else { throw refusal("has a name that is no token") }
        if let path {
            guard path.utf8.first == 0x2F, path.utf8.allSatisfy(CookieText.isAttributeByte) else {
                throw refusal("has the path \(quoted(path)), which must begin with / and be ASCII without ;")
            }
            guard path.utf8.count <= CookieText.attributeLimit else {
                throw refusal("has a path of more than \(CookieText.attributeLimit) bytes")
            }
        }
        if let domain {
            guard CookieText.isDomain(domain) else {
                throw refusal("has the domain \(quoted(domain)), which is no host name")
            }
            guard domain.utf8.count <= CookieText.attributeLimit else {
                throw refusal("has a domain of more than \(CookieText.attributeLimit) bytes")
            }
        }
    }

    private func validate() throws(TypeError) {
        try validateSyntax()
        // A browser compares the prefixes without regard to case.
        let lowercased = ASCII.lowercased(name)
        if lowercased.hasPrefix("__secure-") || lowercased.hasPrefix("__host-"), !secure {
            throw refusal("has a prefix that asks for secure")
        }
        if lowercased.hasPrefix("__host-"), path != "/" || domain != nil {
            throw refusal("has the prefix __Host-, which asks for the path / and no domain")
        }
        if sameSite == SameSite.none, !secure { throw refusal("has SameSite=None, which asks for secure") }
        if partitioned, !secure { throw refusal("is partitioned, which asks for secure") }
    }

    private func refusal(_ reason: String) -> TypeError {
        TypeError("SetCookie: the cookie \(quoted(name)) \(reason)")
    }
}

extension SetCookie: CustomStringConvertible {
    /// The cookie as a `Set-Cookie` header has it, or what keeps it from being one.
    public var description: String {
        do {
            return try serialize()
        } catch {
            return "\(error)"
        }
    }
}
