// Copyright 2026 the Whippet authors
// SPDX-License-Identifier: Apache-2.0

public import WhippetFetch
public import WhippetJSON

extension ExpressRequest {
    /// The cookies that the client sent, but for the signed ones; the first of two of one name counts.
    public var cookies: RequestCookies {
        let cookies = request.cookies(.node)
        guard !secrets.isEmpty else { return cookies }
        return RequestCookies(cookies: cookies.filter { !$0.value.hasPrefix("s:") })
    }

    /// The signed cookies that the client sent, without their signatures; one whose signature is wrong is left out.
    ///
    /// They need the secret that `express.cookieParser(_:)` is given.
    public var signedCookies: RequestCookies {
        guard !secrets.isEmpty else { return RequestCookies(cookies: []) }
        return RequestCookies(
            cookies: request.cookies(.node).compactMap { cookie in
                guard cookie.value.hasPrefix("s:") else { return nil }
                return CookieSignature.verify(String(cookie.value.dropFirst(2)), secrets)
                    .map { RequestCookies.Cookie(name: cookie.name, value: $0) }
            })
    }

    /// A cookie that `res.cookie` was given as JSON, nil if there is none.
    public func jsonCookie(_ name: String) -> JSON? {
        guard let value = (signedCookies[name] ?? cookies[name]), value.hasPrefix("j:") else { return nil }
        return try? JSON.parse(Array(value.utf8.dropFirst(2)))
    }
}
