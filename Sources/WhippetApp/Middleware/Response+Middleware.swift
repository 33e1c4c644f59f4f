// Copyright 2026 the Whippet authors
// SPDX-License-Identifier: Apache-2.0

public import WhippetFetch

extension Response {
    /// Tells the host to go on, as Next's middleware does: to the next middleware or the handler.
    ///
    /// It is no answer and means something from middleware only.
    /// ```swift
    /// func middleware(_ request: Request) -> Response {
    ///     var headers = request.headers
    ///     headers["x-from-middleware"] = "yes"
    ///     return Response.next(request: headers, headers: ["x-seen": "1"])
    /// }
    /// ```
    /// - Parameters:
    ///   - request: The headers that the handler sees instead of the request's own; nil leaves them.
    ///   - headers: What the answer gets; a field of the handler's with the same name gives way, except `Set-Cookie`,
    ///     `Vary` and challenges, which are added.
    public static func next(request: Headers? = nil, headers: Headers = Headers()) -> Response {
        Response(directive: .next(requestHeaders: request), headers: headers)
    }

    /// Tells the host to answer as if another path had been asked for, without telling the client.
    ///
    /// It is no answer and means something from middleware only. The route of the new path runs with its own
    /// middleware, save what has run already.
    /// - Parameters:
    ///   - url: The path, such as `/en/about?x=1`, or an absolute URL of this server.
    ///   - headers: What the answer gets, as with `next`.
    public static func rewrite(_ url: String, headers: Headers = Headers()) -> Response {
        Response(directive: .rewrite(url), headers: headers)
    }
}
