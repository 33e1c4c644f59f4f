// Copyright 2026 the Whippet authors
// SPDX-License-Identifier: Apache-2.0

internal import WhippetFetch
internal import WhippetInfra
internal import WhippetURL

extension Middleware {
    /// Refuses forms that another site's page sends in a user's name: 403.
    ///
    /// What a page can send anywhere without a preflight is checked: other methods than `GET`, `HEAD` and `OPTIONS` with
    /// the content of a form, of plain text, or of no type. It must come from this origin: `Sec-Fetch-Site` says so, or
    /// else `Origin`. A request with neither is no browser's and passes if it has a type that only a script can send.
    /// - Parameter origins: Other origins that may send forms, such as `https://example.com`.
    public static func csrf(origins: [String] = []) -> Middleware {
        Middleware { request, _, next in
            guard isUnsafe(request), request.headers.canComeFromForm else { return await next(request) }
            let origin = request.headers[.origin]
            if let origin, origins.contains(origin) { return await next(request) }
            let isSame: Bool
            if let site = request.headers["sec-fetch-site"] {
                isSame = site == "same-origin"
            } else {
                isSame = origin == request.url.origin
            }
            guard isSame else { throw HTTPError(.forbidden) }
            return await next(request)
        }
    }

    private static func isUnsafe(_ request: Request) -> Bool {
        request.method != .GET && request.method != .HEAD && request.method != .OPTIONS
    }
}

extension Headers {
    fileprivate var canComeFromForm: Bool {
        guard let type = self[.contentType]?.lowercased() else { return true }
        return ["application/x-www-form-urlencoded", "multipart/form-data", "text/plain"].contains {
            type.hasPrefix($0)
        }
    }
}
