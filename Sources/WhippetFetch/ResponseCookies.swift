// Copyright 2026 the Whippet authors
// SPDX-License-Identifier: Apache-2.0

internal import WhippetInfra

extension Response {
    /// The cookies that the response sets, as its `Set-Cookie` headers say.
    public var cookies: ResponseCookies {
        get { ResponseCookies(headers) }
        _modify {
            var cookies = ResponseCookies(headers)
            // The headers leave their place while they change, so that they change in place.
            headers = Headers()
            defer { headers = cookies.headers }
            yield &cookies
        }
        set { headers = newValue.headers }
    }
}

/// The cookies that a response sets: a view of its `Set-Cookie` headers.
///
/// A change that may not be made, such as a name that is no token, does not throw: it makes the answer a 500 with a line
/// in the log.
/// ```swift
/// var response = Response("Bye\n")
/// response.cookies.set("theme", "dark", maxAge: .seconds(365 * 24 * 3600))
/// response.cookies.delete("session")
/// ```
public struct ResponseCookies: Sendable, Sequence {
    fileprivate var headers: Headers

    fileprivate init(_ headers: Headers) {
        self.headers = headers
    }

    /// The value of the first cookie of a name, nil if the response sets none.
    public subscript(_ name: String) -> String? { self.get(name)?.value }

    /// The first cookie of a name, nil if the response sets none.
    public func get(_ name: String) -> SetCookie? { getAll().first { $0.name == name } }

    /// All cookies, in their order.
    public func getAll() -> [SetCookie] { headers.getSetCookie().compactMap { SetCookie(parsing: $0) } }

    /// The cookies of a name, which differ in path or domain.
    public func getAll(_ name: String) -> [SetCookie] { getAll().filter { $0.name == name } }

    /// Whether the response sets a cookie of a name.
    public func has(_ name: String) -> Bool { get(name) != nil }

    /// Iterates over the cookies.
    public func makeIterator() -> IndexingIterator<[SetCookie]> { getAll().makeIterator() }

    /// Sets a cookie; one of the same name, path and domain is replaced in its place.
    public mutating func set(_ cookie: SetCookie) {
        let text: String
        do {
            text = try cookie.serialize()
        } catch {
            headers.fail(error)
            return
        }
        headers.replaceSetCookie(text) { other in
            SetCookie(parsing: other).map { Self.isSame($0, cookie) } ?? false
        }
    }

    /// Sets a cookie; one of the same name, path and domain is replaced in its place.
    ///
    /// - Parameters:
    ///   - name: The name, a token.
    ///   - value: The value, any text.
    ///   - path: Under which path the cookie is sent.
    ///   - domain: The host whose subdomains get the cookie as well; nil for the host that set it alone.
    ///   - maxAge: For how long the cookie is kept; nil for until the browser is closed.
    ///   - secure: Whether the cookie travels encrypted only.
    ///   - httpOnly: Whether scripts can't see the cookie.
    ///   - sameSite: With which requests of other sites the cookie is sent.
    public mutating func set(
        _ name: String, _ value: String, path: String = "/", domain: String? = nil, maxAge: Duration? = nil,
        secure: Bool = false, httpOnly: Bool = false, sameSite: SetCookie.SameSite? = nil
    ) {
        set(
            SetCookie(
                name, value, path: path, domain: domain, maxAge: maxAge, secure: secure, httpOnly: httpOnly,
                sameSite: sameSite))
    }

    /// Tells the client to forget a cookie, which it knows by name, path and domain.
    public mutating func delete(_ name: String, path: String = "/", domain: String? = nil) {
        let lowercased = ASCII.lowercased(name)
        // A browser refuses even the end of such a cookie without the attribute.
        let isSecure = lowercased.hasPrefix("__secure-") || lowercased.hasPrefix("__host-")
        set(SetCookie(name, "", path: path, domain: domain, expires: 0, secure: isSecure))
    }

    private static func isSame(_ left: SetCookie, _ right: SetCookie) -> Bool {
        func bare(_ domain: String?) -> String? {
            domain.map { ASCII.lowercased($0.hasPrefix(".") ? String($0.dropFirst()) : $0) }
        }
        return left.name == right.name && left.path == right.path && bare(left.domain) == bare(right.domain)
    }
}
