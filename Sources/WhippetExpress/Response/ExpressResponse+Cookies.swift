// Copyright 2026 the Whippet authors
// SPDX-License-Identifier: Apache-2.0

public import WhippetFetch
internal import WhippetInfra
public import WhippetJSON

/// The attributes of a cookie that `res.cookie` sets.
public struct ExpressCookieOptions: Sendable {
    /// The host whose subdomains get the cookie as well; nil for the host that set it alone.
    public var domain: String?
    /// When the cookie ends, in milliseconds since 1970.
    public var expires: Int?
    /// Whether scripts can't see the cookie.
    public var httpOnly: Bool
    /// For how long the cookie is kept, in whole seconds; it sets `Expires`, too.
    public var maxAge: Duration?
    /// Whether each top-level site has a cookie of its own.
    public var partitioned: Bool
    /// Under which path the cookie is sent.
    public var path: String
    /// Which cookies a browser keeps when it has too many.
    public var priority: SetCookie.Priority?
    /// With which requests of other sites the cookie is sent.
    public var sameSite: SetCookie.SameSite?
    /// Whether the cookie travels encrypted only.
    public var secure: Bool
    /// Whether the value is signed with the first secret of `express.cookieParser(_:)`.
    public var signed: Bool

    /// Makes options; each has the default of Express.
    public init(
        domain: String? = nil, expires: Int? = nil, httpOnly: Bool = false, maxAge: Duration? = nil,
        partitioned: Bool = false, path: String = "/", priority: SetCookie.Priority? = nil,
        sameSite: SetCookie.SameSite? = nil, secure: Bool = false, signed: Bool = false
    ) {
        self.domain = domain
        self.expires = expires
        self.httpOnly = httpOnly
        self.maxAge = maxAge
        self.partitioned = partitioned
        self.path = path
        self.priority = priority
        self.sameSite = sameSite
        self.secure = secure
        self.signed = signed
    }
}

extension ExpressResponse {
    /// Express's order; a browser does not care.
    private static let order: [SetCookie.Attribute] = [
        .maxAge, .domain, .path, .expires, .httpOnly, .secure, .partitioned, .priority, .sameSite,
    ]

    /// Sets a cookie.
    ///
    /// ```swift
    /// let app = express()
    /// app.get("/") { req, res in
    ///     res.cookie("rememberme", "1", .init(httpOnly: true, maxAge: .seconds(900))).send("Welcome")
    /// }
    /// ```
    @discardableResult
    public func cookie(
        _ name: String, _ value: String, _ options: ExpressCookieOptions = .init()
    ) -> ExpressResponse {
        guard isOpen() else { return self }
        var value = value
        if options.signed {
            guard let secret = request.secrets.first else {
                return fail(TypeError("express.cookieParser(\"secret\") is required for signed cookies"))
            }
            value = "s:" + CookieSignature.sign(value, secret)
        }
        var expires = options.expires
        if let maxAge = options.maxAge { expires = Self.milliseconds(after: maxAge) }
        let cookie = SetCookie(
            name, value, path: options.path, domain: options.domain, expires: expires, maxAge: options.maxAge,
            secure: options.secure, httpOnly: options.httpOnly, sameSite: options.sameSite,
            partitioned: options.partitioned, priority: options.priority)
        do {
            return append("Set-Cookie", try cookie.serialize(Self.order))
        } catch {
            return fail(error)
        }
    }

    /// Sets a cookie to JSON, to be read with `req.jsonCookie`.
    @_disfavoredOverload
    @discardableResult
    public func cookie(_ name: String, _ value: JSON, _ options: ExpressCookieOptions = .init()) -> ExpressResponse {
        switch value {
        case .string(let text): return cookie(name, text, options)
        case .bool, .number: return cookie(name, String(decoding: value.serialize(), as: UTF8.self), options)
        case .null, .array, .object:
            return cookie(name, "j:" + String(decoding: value.serialize(), as: UTF8.self), options)
        }
    }

    /// Tells the client to forget a cookie, which it knows by name, path and domain.
    @discardableResult
    public func clearCookie(_ name: String, _ options: ExpressCookieOptions = .init()) -> ExpressResponse {
        var options = options
        options.expires = 1
        options.maxAge = nil
        return cookie(name, "", options)
    }

    private static func milliseconds(after age: Duration) -> Int {
        let (seconds, attoseconds) = age.components
        let (milliseconds, overflow) = Int(clamping: seconds).multipliedReportingOverflow(by: 1000)
        guard !overflow else { return seconds < 0 ? 0 : Int(Int32.max) * 1000 }
        return File.now.addingReportingOverflow(milliseconds + Int(attoseconds / 1_000_000_000_000_000)).partialValue
    }
}
