// Copyright 2026 the Whippet authors
// SPDX-License-Identifier: Apache-2.0

internal import WhippetApp
internal import WhippetFetch
public import WhippetJSON
internal import WhippetURL

// What h3's functions read of a request.

/// The query as an object: text for a name that came once, an array for one that came more often.
///
/// - Returns: The object, in the order in which the names came first.
public func getQuery(_ event: H3Event) -> JSON.Object { event.url.searchParams.object }

/// A parameter of the route, decoded; nil if there is none.
public func getRouterParam(_ event: H3Event, _ name: String) -> String? { event.params[name] }

/// The parameters of the route as an object, decoded; a wildcard that matched nothing is empty.
public func getRouterParams(_ event: H3Event) -> JSON.Object {
    let params = event.params
    return JSON.Object(params.keys.map { ($0, JSON(params[$0] ?? "")) })
}

/// Reads the body: a form as an object, anything else as JSON; nil if it is empty.
///
/// ```swift
/// let app = H3()
/// app.post("/echo") { event in try await readBody(event) }
/// ```
/// - Throws: `HTTPError` 400 if it is not JSON, 413 if it is larger than the server or route allows.
public func readBody(_ event: H3Event) async throws -> JSON? {
    let bytes = try await event.req.bytes()
    if bytes.isEmpty { return nil }
    if let type = event.req.headers[.contentType]?.lowercased(),
        type.hasPrefix("application/x-www-form-urlencoded")
    {
        return JSON(URLSearchParams(String(decoding: bytes, as: UTF8.self)).object)
    }
    do {
        return try JSON.parse(bytes)
    } catch {
        throw HTTPError(status: .badRequest, statusText: "Bad Request", message: "Invalid JSON body")
    }
}

/// Reads the body as JSON of a type.
///
/// - Throws: `HTTPError` 400 if it is not the JSON of that type, 413 if it is larger than the server or route allows.
public func readBody<Value: Decodable>(_ event: H3Event, as type: Value.Type) async throws -> Value {
    try await event.req.json(as: type)
}
