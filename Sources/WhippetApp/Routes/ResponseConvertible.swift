// Copyright 2026 the Whippet authors
// SPDX-License-Identifier: Apache-2.0

public import WhippetFetch
public import WhippetJSON
public import WhippetStreams
public import WhippetURL

/// What a handler can return as it is: a response, text, a `JSON` value, a body of any kind, or a type of your own.
///
/// ```swift
/// struct Page: ResponseConvertible {
///     var body: String
///     var response: Response { Response(body, headers: [.contentType: "text/html;charset=UTF-8"]) }
/// }
/// app.get("/page") { Page(body: "<h1>Hello</h1>") }
/// ```
public protocol ResponseConvertible: SendableMetatype {
    /// The response that is sent.
    var response: Response { get }
}

extension Response: ResponseConvertible {
    /// The response itself.
    public var response: Response { self }
}

extension String: ResponseConvertible {
    /// The text as `text/plain`.
    public var response: Response { Response(self) }
}

extension Substring: ResponseConvertible {
    /// The text as `text/plain`.
    public var response: Response { Response(String(self)) }
}

extension JSON: ResponseConvertible {
    /// The value as `application/json`.
    public var response: Response { Response.json(self) }
}

extension Body: ResponseConvertible {
    /// The body with its type.
    public var response: Response { Response(self) }
}

extension Blob: ResponseConvertible {
    /// The bytes with their type.
    public var response: Response { Response(self) }
}

extension File: ResponseConvertible {
    /// The bytes with their type.
    public var response: Response { Response(self) }
}

extension FormData: ResponseConvertible {
    /// The entries as `multipart/form-data`.
    public var response: Response { Response(self) }
}

extension URLSearchParams: ResponseConvertible {
    /// The parameters as `application/x-www-form-urlencoded`.
    public var response: Response { Response(self) }
}

extension ReadableStream: ResponseConvertible where Chunk == [UInt8] {
    /// The chunks, sent as they come.
    public var response: Response { Response(self) }
}

extension HTTPError: ResponseConvertible {
    /// The response that the error stands for: its message as plain text.
    public var response: Response { response() }
}

extension Optional: ResponseConvertible where Wrapped: ResponseConvertible {
    /// The value's response; 204 without content for nil.
    public var response: Response { self?.response ?? Response(status: .noContent) }
}

extension Response {
    /// The response of a value that can be written as JSON; bytes are sent as they are.
    ///
    /// `[UInt8]` is no `ResponseConvertible`: the compiler would take the literal `[1, 2, 3]` for bytes.
    @inlinable
    package static func encoding<Value: Encodable>(_ value: Value) -> Response {
        // The comparison first: the cast alone is a call of the runtime for each value.
        if Value.self == [UInt8].self, let bytes = value as? [UInt8] { return Response(bytes) }
        return Response.json(encoding: value)
    }
}
