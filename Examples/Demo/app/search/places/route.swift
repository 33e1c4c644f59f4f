// Copyright 2026 the Whippet authors
// SPDX-License-Identifier: Apache-2.0

import Whippet

func GET(_ request: Request) async -> Response {
    let searchParams = request.nextUrl.searchParams
    guard let keyword = searchParams.get("keyword"), let location = searchParams.get("location") else {
        return Response.json(["error": "Missing required parameters"], status: .badRequest)
    }
    do {
        let results = try await searchPlaces(keyword, location)
        return Response.json(["results": results])
    } catch {
        return Response.json(["error": "Failed to fetch results"], status: .internalServerError)
    }
}

func searchPlaces(_ keyword: String, _ location: String) async throws -> JSON {
    var url = try URL("http://localhost/backend/places")
    url.searchParams.append("keyword", keyword)
    url.searchParams.append("location", location)
    let response = await Demo.app.fetch(Request(url))
    guard response.ok else { throw HTTPError(.badGateway) }
    return try await response.json()
}
