// Copyright 2026 the Whippet authors
// SPDX-License-Identifier: Apache-2.0

import Testing
import WhippetFetch
import WhippetInfra
import WhippetJSON
import WhippetStreams
import WhippetURL

private struct Place: Codable {
    var name: String
}

/// What handlers are written like; each must compile as it stands and do what it says.
@Suite("Fetch types: as handlers use them")
struct UsageTests {
    @Test("responses")
    func responses() async throws {
        let name = "tea"
        let places = [Place(name: name)]
        #expect(Response("Hello \(name)").ok)
        #expect(Response("a" + name, status: .created, headers: ["Location": "/\(name)"]).headers[.location] == "/tea")
        #expect(Response(nil, status: .noContent).failure == nil)
        #expect(Response(status: 204).status == .noContent)
        #expect(Response(status: .notFound).status == 404)
        #expect(try await Response.json(["error": "Missing"], status: 400).text() == #"{"error":"Missing"}"#)
        #expect(try await Response.json(["results": places]).text() == #"{"results":[{"name":"tea"}]}"#)
        #expect(try await Response.json(places, status: .ok, headers: [.vary: "a"]).json(as: [Place].self).count == 1)
        #expect(try await Response.json(["name": "\(name)", "next": nil, "n": 1.5]).json()["n"].doubleValue == 1.5)
        #expect(try Response.redirect("/login", status: 307).status == .temporaryRedirect)
        #expect(try Response("a", init: .init(status: 201, headers: ["x": "1"])).status == .created)
        #expect(try Response(nil, init: .init(status: 204)).body == nil)
        #expect(
            try await Response(
                ByteStream { controller in
                    try controller.enqueue(Array("a".utf8))
                    try controller.close()
                }
            ).text() == "a")
    }

    @Test("requests")
    func requests() async throws {
        let request = Request(
            "/items?q=tea", method: .POST, headers: [.contentType: "application/json"], body: #"{"name": "tea"}"#)
        #expect(request.url.searchParams.get("q") == "tea")
        #expect(try await request.clone().json()["name"].stringValue == "tea")
        #expect(try await request.clone().json(as: Place.self).name == "tea")
        for try await chunk in try #require(request.clone().body) { #expect(chunk.count == 15) }
        switch request.method {
        case .POST: break
        default: Issue.record("\(request.method)")
        }
        #expect(try Request(request, init: .init(method: "PUT")).method == .PUT)
        #expect(try Request("https://example.com/", init: .init(method: "delete")).method == .DELETE)
        #expect(try Request(URL("https://example.com/"), init: .init()).url.host == "example.com")
        #expect(Request(try URL("https://example.com/a")).url.pathname == "/a")
    }

    @Test("headers")
    func headers() throws {
        var headers = try Headers(["a": "1"])
        try headers.append("b", "2")
        headers[.cacheControl] = "no-store"
        headers["x-name"] = "3"
        headers.append(.setCookie, "a=1")
        var names: [String] = []
        for (name, _) in headers { names.append(name) }
        #expect(names == ["a", "b", "cache-control", "set-cookie", "x-name"])
        #expect(try Headers([("a", "1"), ("a", "2")]).get("a") == "1, 2")
    }

    @Test("errors")
    func errors() {
        func handler(_ which: Int) throws -> Response {
            switch which {
            case 0: throw HTTPError.notFound
            case 1: throw HTTPError(.notFound)
            case 2: throw HTTPError(404, "no tea")
            case 3: throw HTTPError.badRequest("no tea", headers: ["x": "1"])
            default: return Response()
            }
        }
        let texts = (0..<5).map { which in errorText { try handler(which) } }
        #expect(
            texts == [
                "HTTPError 404: Not Found", "HTTPError 404: Not Found", "HTTPError 404: no tea",
                "HTTPError 400: no tea", nil,
            ])
    }

    @Test("forms")
    func forms() async throws {
        let request = Request("/", method: .POST, body: URLSearchParams([("name", "Ada"), ("email", "a@b")]))
        let form = try await request.formData()
        guard let name = form["name"], let email = form.get("email") else { throw HTTPError.badRequest }
        #expect(name == "Ada")
        #expect("\(email)" == "a@b")
        for (name, value) in form { #expect(!name.isEmpty && value.text != nil) }
    }
}
