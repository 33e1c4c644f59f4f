// Copyright 2026 the Whippet authors
// SPDX-License-Identifier: Apache-2.0

internal import WhippetFetch
internal import WhippetInfra
internal import WhippetServer

/// The draft mode of the request that is being handled: who has its cookie gets answers that are made for each request,
/// where others get those that are kept.
///
/// ```swift
/// app.get("/draft") { request -> Response in
///     guard request.url.searchParams.get("token") == "the token of the editors" else { throw HTTPError.unauthorized }
///     try draftMode().enable()
///     try redirect("/posts")
/// }
/// ```
/// In a handler whose answer is kept it is never enabled: that answer is for everybody.
/// - Throws: `OutsideRequestError` when no request is being handled.
public func draftMode() throws -> DraftMode {
    guard let scope = RequestScope.current, let host = scope.host, scope.request != nil else {
        throw OutsideRequestError(function: "draftMode()")
    }
    return DraftMode(scope: scope, secret: host.cache.draftMode)
}

/// The draft mode of a request.
public struct DraftMode: Sendable {
    let scope: RequestScope
    let secret: DraftModeSecret

    /// Whether the request came with the right cookie.
    public var isEnabled: Bool {
        // A look at the request would make the answer one that is not kept.
        guard !(scope.purpose is CacheRun), let request = scope.request else { return false }
        return secret.state(of: request) == .enabled
    }

    /// Sets the cookie with the answer.
    ///
    /// - Throws: `CacheRunError` in a run whose result is kept.
    public func enable() throws {
        try change("draftMode().enable()")
        scope.stage(secret.cookie)
    }

    /// Deletes the cookie with the answer.
    ///
    /// - Throws: `CacheRunError` in a run whose result is kept.
    public func disable() throws {
        try change("draftMode().disable()")
        scope.stage(secret.cookieOfTheEnd)
    }

    /// Sets a cookie beside that of the mode, with its attributes and a value that the client can't change; nil deletes it.
    ///
    /// - Throws: `CacheRunError` in a run whose result is kept; `TypeError` if the mode's secret is too short to sign by.
    package func setCompanion(_ name: String, _ value: String?, maxAge: Duration? = nil) throws {
        try change("draftMode()")
        scope.stage(try secret.companion(name, value, maxAge: maxAge))
    }

    /// The value of a cookie that was set beside that of the mode; nil without the mode, and for another's.
    package func companion(_ name: String) -> String? {
        guard isEnabled, let signed = scope.request?.cookies[name] else { return nil }
        return try? secret.signer().verify(name, signed)
    }

    private func change(_ function: String) throws {
        if let run = scope.purpose as? CacheRun { throw CacheRunError(function: function, run: run.name) }
    }
}

/// What the cookie of the draft mode holds.
struct DraftModeSecret: Sendable {
    enum State {
        case none
        case enabled
        case wrong
    }

    static let cookieName = "__prerender_bypass"
    private static let cookieNameBytes: StaticString = "__prerender_bypass"
    static let cacheControl = "private, no-cache, no-store, max-age=0, must-revalidate"

    private let value: String
    private let isInDevelopment: Bool

    init(_ value: String?, environment: RuntimeEnvironment) {
        isInDevelopment = environment == .development
        if let value {
            self.value = value
        } else {
            var generator = SystemRandomNumberGenerator()
            let bytes = (0..<16).map { _ in UInt8.random(in: 0...255, using: &generator) }
            self.value = Base64.encode(bytes.span, alphabet: .urlSafe)
        }
    }

    /// Whether a request came with the cookie, and whether it is the right one.
    func state(of request: Request) -> State {
        guard request.headers.mentions(cookie: Self.cookieNameBytes), let found = request.cookies[Self.cookieName],
            !found.isEmpty
        else { return .none }
        return ConstantTime.equals(Array(found.utf8).span, Array(value.utf8).span) ? .enabled : .wrong
    }

    /// The cookie, with the attributes that Next gives it.
    var cookie: SetCookie { make(value, expires: nil) }

    /// The cookie that makes a client forget it.
    var cookieOfTheEnd: SetCookie { make("", expires: 0) }

    func signer() throws -> CookieSigner { try CookieSigner([Array(value.utf8)]) }

    func companion(_ name: String, _ value: String?, maxAge: Duration?) throws -> SetCookie {
        var cookie = try value.map { make(try signer().sign(name, $0), expires: nil) } ?? cookieOfTheEnd
        cookie.name = name
        cookie.maxAge = maxAge
        return cookie
    }

    private func make(_ value: String, expires: Int?) -> SetCookie {
        SetCookie(
            Self.cookieName, value, path: "/", expires: expires, secure: !isInDevelopment, httpOnly: true,
            sameSite: isInDevelopment ? .lax : SetCookie.SameSite.none)
    }
}
