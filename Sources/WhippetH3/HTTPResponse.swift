// Copyright 2026 the Whippet authors
// SPDX-License-Identifier: Apache-2.0

public import WhippetApp
public import WhippetFetch

/// A body with a status and headers that joins what is prepared, where a `Response` is taken for complete.
///
/// ```swift
/// let app = H3()
/// app.get("/teapot") { event in
///     HTTPResponse("short and stout", status: 418, headers: ["x-spout": "1"])
/// }
/// ```
public struct HTTPResponse: ResponseConvertible, Sendable {
    let body: Response
    let status: Status?
    let statusText: String

    /// Takes a body of any kind; nil for an empty one.
    ///
    /// - Parameters:
    ///   - status: The status; nil for the one that is prepared.
    ///   - statusText: The reason phrase; empty for the usual one.
    ///   - headers: Headers; prepared ones of the same name win.
    public init(
        _ body: (some BodyInit)?, status: Status? = nil, statusText: String = "", headers: Headers = Headers()
    ) {
        self.body = Response(body, headers: headers)
        self.status = status
        self.statusText = statusText
    }

    /// Makes an empty one.
    ///
    /// - Parameters:
    ///   - status: The status; nil for the one that is prepared.
    ///   - statusText: The reason phrase; empty for the usual one.
    ///   - headers: Headers; prepared ones of the same name win.
    public init(status: Status? = nil, statusText: String = "", headers: Headers = Headers()) {
        body = Response(headers: headers)
        self.status = status
        self.statusText = statusText
    }

    /// The response, without what is prepared.
    public var response: Response { body.replacing(status: status ?? .ok, statusText: statusText) }
}
