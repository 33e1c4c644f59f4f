// Copyright 2026 the Whippet authors
// SPDX-License-Identifier: Apache-2.0

public import WhippetFetch
internal import WhippetServer

/// The cookies of the request that is being handled, and those that its answer will set.
///
/// ```swift
/// app.post("/login") { () -> Response in
///     try cookies().set("session", "7b0e", maxAge: .seconds(3600), httpOnly: true)
///     try redirect("/")
/// }
/// ```
/// What is set here can be read here at once; `request.cookies` stays as the client sent it.
public struct CookieStore: Sendable {
    private let scope: RequestScope
    private let received: RequestCookies

    init?(_ scope: RequestScope?) {
        guard let scope, let request = scope.request else { return nil }
        self.scope = scope
        received = request.cookies
    }

    /// The value of a cookie; nil if there is none, or it was deleted.
    public subscript(_ name: String) -> String? {
        if let staged = scope.stagedCookies.last(where: { $0.name == name }) {
            return staged.isDeletion ? nil : staged.value
        }
        return received[name]
    }

    /// Whether there is a cookie of a name.
    public func has(_ name: String) -> Bool { self[name] != nil }

    /// The cookie of a name with its value; nil if there is none.
    public func get(_ name: String) -> (name: String, value: String)? {
        self[name].map { (name, $0) }
    }

    /// All cookies: those received, changed by what was set and deleted, then those that are new.
    public func getAll() -> [(name: String, value: String)] {
        var names = received.map(\.name)
        for cookie in scope.stagedCookies where !names.contains(cookie.name) { names.append(cookie.name) }
        return names.compactMap { get($0) }
    }

    /// Sets a cookie with the answer; one of the same name that the handler's response sets itself wins.
    ///
    /// - Throws: `TypeError` for a cookie that a browser would refuse; `OutsideRequestError` in `after`, where the answer
    ///   is out already.
    public func set(_ cookie: SetCookie) throws {
        if scope.isAfterAnswer { throw OutsideRequestError(function: "cookies().set") }
        _ = try cookie.serialize()
        scope.stage(cookie)
    }

    /// Sets a cookie with the answer.
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
    /// - Throws: `TypeError` for a cookie that a browser would refuse.
    public func set(
        _ name: String, _ value: String, path: String = "/", domain: String? = nil, maxAge: Duration? = nil,
        secure: Bool = false, httpOnly: Bool = false, sameSite: SetCookie.SameSite? = nil
    ) throws {
        try set(
            SetCookie(
                name, value, path: path, domain: domain, maxAge: maxAge, secure: secure, httpOnly: httpOnly,
                sameSite: sameSite))
    }

    /// Tells the client to forget a cookie, which it knows by name, path and domain.
    public func delete(_ name: String, path: String = "/", domain: String? = nil) {
        var response = Response()
        response.cookies.delete(name, path: path, domain: domain)
        if let cookie = response.cookies.get(name) { scope.stage(cookie) }
    }
}

extension SetCookie {
    /// Whether the cookie tells the client to forget it.
    fileprivate var isDeletion: Bool { expires == 0 }
}

extension Response {
    /// Adds the cookies that were set for the answer; those of the response itself come first and win by name.
    package mutating func add(_ staged: [SetCookie]) {
        let own = Set(cookies.getAll().map(\.name))
        for cookie in staged where !own.contains(cookie.name) { cookies.set(cookie) }
    }
}
