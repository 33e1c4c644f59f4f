// Copyright 2026 the Whippet authors
// SPDX-License-Identifier: Apache-2.0

public import WhippetFetch
public import WhippetJSON

/// What a handler can return as it is: a response, text, or a `JSON` value.
///
/// ```swift
/// struct Page: HandlerResult {
///     var body: String
///     var response: Response { Response(body, headers: [.contentType: "text/html;charset=UTF-8"]) }
/// }
/// app.get("/page") { Page(body: "<h1>Hello</h1>") }
/// ```
public protocol HandlerResult: SendableMetatype {
    /// The response that is sent.
    var response: Response { get }
}

extension Response: HandlerResult {
    /// The response itself.
    public var response: Response { self }
}

extension String: HandlerResult {
    /// The text as `text/plain`.
    public var response: Response { Response(self) }
}

extension JSON: HandlerResult {
    /// The value as `application/json`.
    public var response: Response { Response.json(self) }
}
