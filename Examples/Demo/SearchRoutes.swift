// Copyright 2026 the Whippet authors
// SPDX-License-Identifier: Apache-2.0

import Whippet

extension Demo {
    /// Query parameters, and a back end that is asked over `fetch`.
    static func declareSearchRoutes() {
        app.route(
            "/search",
            GET: { request, _ in
                let query = request.url.searchParams.get("query")
                return Response.json(["query": query.map { JSON($0) } ?? .null])
            })

        app.route(
            "/search/places",
            GET: { request, _ in
                let searchParams = request.url.searchParams
                guard let keyword = searchParams.get("keyword"), let location = searchParams.get("location") else {
                    return Response.json(["error": "Missing required parameters"], status: .badRequest)
                }
                do {
                    let results = try await searchPlaces(keyword, location)
                    return Response.json(["results": results])
                } catch {
                    return Response.json(["error": "Failed to fetch results"], status: .internalServerError)
                }
            })

        // What stands for the outside service: it knows Denver and nothing else.
        app.route(
            "/backend/places",
            GET: { request, _ in
                let searchParams = request.url.searchParams
                guard searchParams.get("location") == "Denver", let keyword = searchParams.get("keyword") else {
                    throw HTTPError(.serviceUnavailable)
                }
                return Response.json([["name": "\(keyword) of Denver", "rating": 4.5]])
            })
    }

    private static func searchPlaces(_ keyword: String, _ location: String) async throws -> JSON {
        var url = try URL("http://localhost/backend/places")
        url.searchParams.append("keyword", keyword)
        url.searchParams.append("location", location)
        let response = await app.fetch(Request(url))
        guard response.ok else { throw HTTPError(.badGateway) }
        return try await response.json()
    }
}
