// Copyright 2026 the Whippet authors
// SPDX-License-Identifier: Apache-2.0

internal import WhippetApp
public import WhippetFetch
public import WhippetInfra
public import WhippetJSON
public import WhippetStreams
internal import WhippetURL

/// A request as an API route of Next gets it.
///
/// Source: [API Routes](https://nextjs.org/docs/pages/building-your-application/routing/api-routes).
public struct NextApiRequest: Sendable {
    /// The request as route handlers get it.
    public let request: Request
    /// The query with the parameters of the path, which win.
    public let query: NextApiQuery
    /// The body by its Content-Type: JSON for `application/json` and `application/ld+json`, an object for a form, text
    /// for any other type and none; null when the route reads bodies itself.
    ///
    /// An empty body is an empty text, an empty JSON body an empty object.
    public let body: JSON
    /// The body as it came; none when the route reads bodies itself.
    public let bytes: [UInt8]

    init(_ request: Request, _ context: Context, _ parser: NextApiConfig.BodyParser) async throws {
        self.request = request
        query = NextApiQuery(request.rawQuery, context.params)
        guard parser.isEnabled else {
            body = .null
            bytes = []
            return
        }
        var limited = request
        limited.bodyLimit = parser.sizeLimit.bytes
        do {
            bytes = request.hasBody ? try await limited.bytes() : []
        } catch let error as HTTPError where error.status == .contentTooLarge {
            throw HTTPError(.contentTooLarge, "Body exceeded \(parser.sizeLimit.text) limit")
        }
        body = try NextApiBody.parse(bytes, request.headers[.contentType])
    }

    /// The method, such as `GET`.
    public var method: HTTPMethod { request.method }
    /// The headers.
    public var headers: Headers { request.headers }
    /// Path and query, as in Node.
    public var url: String {
        let url = request.url
        return url.pathname + url.search
    }

    /// The cookies.
    public var cookies: NextApiCookies { NextApiCookies(request.cookies(.node)) }

    /// The body as a stream, for a route that reads bodies itself; nil for no body.
    public var stream: ByteStream? { request.body }

    /// The body as a value of a type, from JSON or a form.
    ///
    /// - Throws: `HTTPError` 400 if the body is not of that type; its message names the field.
    public func body<Value: Decodable>(as type: Value.Type) throws -> Value {
        do {
            return try JSON.decode(type, from: body.serialize())
        } catch {
            throw HTTPError(.badRequest, "\(error)")
        }
    }
}
