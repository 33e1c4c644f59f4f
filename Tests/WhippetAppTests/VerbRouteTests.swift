// Copyright 2026 the Whippet authors
// SPDX-License-Identifier: Apache-2.0

import Testing
import Whippet

/// What handlers may take and return.
struct VerbRouteTests {
    struct Item: Codable, Sendable { var slug: String }

    struct Page: ResponseConvertible {
        var body: String
        var response: Response { Response(body, headers: ["content-type": "text/html"]) }
    }

    static let app: App = {
        let app = App(log: { _ in })
        app.get("/text") { "text" }
        app.get("/interpolated") { request in "you ask with \(request.method)" }
        app.get("/statements") {
            let name = "two"
            return "\(name) statements"
        }
        app.get("/item/[slug]") { _, context in Item(slug: context.params.slug) }
        app.get("/list") { [1, 2, 3] }
        app.get("/json") { () -> JSON in ["count": 1, "name": "tea", "tags": ["a"]] }
        app.get("/own") { Page(body: "<p>") }
        app.get("/guarded/[id]") { _, context in
            guard context.params.id == "1" else { throw HTTPError(.conflict) }
            _ = context.params.id
        }
        app.get("/gone") {
            _ = app.configuration
            try redirect("/text")
        }
        app.get("/away") { try redirect("/text") }
        app.get("/response") { Response("made", status: .created) }
        app.get("/nothing") { _ = 1 }
        app.get("/bytes") { [104, 105] as [UInt8] }
        app.get("/substring") { "some text".dropFirst(5) }
        app.get("/body") { Body("a,b", type: "text/csv") }
        app.get("/blob") { Blob(["b"], type: "text/x-blob") }
        app.get("/file") { File(["f"], name: "f.txt", type: "text/x-file") }
        app.get("/parameters") { URLSearchParams("a=1&b=%20") }
        app.get("/stream") { ByteStream.from([[97], [98]]) }
        app.get("/error") { HTTPError.conflict("taken") }
        app.get("/some") { () -> String? in "some" }
        app.get("/none") { () -> String? in nil }
        app.get("/chunks") {
            AsyncStream<[UInt8]> { stream in
                stream.yield(Array("a".utf8))
                stream.yield(Array("b".utf8))
                stream.finish()
            }
        }
        app.get("/throws") {
            if app.configuration.loops == 99 { return "never" }
            throw HTTPError(.conflict)
        }
        app.post("/both") { request in try await request.text() }
        app.put("/both") { request, _ in Response(request.body, status: .accepted) }
        app.on("PURGE")("/both") { "purged" }
        return app
    }()

    @Test(
        "A handler returns what it likes",
        arguments: [
            ("/text", Status.ok, "text/plain;charset=UTF-8", "text"),
            ("/interpolated", .ok, "text/plain;charset=UTF-8", "you ask with GET"),
            ("/statements", .ok, "text/plain;charset=UTF-8", "two statements"),
            ("/item/tea", .ok, "application/json", #"{"slug":"tea"}"#),
            ("/list", .ok, "application/json", "[1,2,3]"),
            ("/json", .ok, "application/json", #"{"count":1,"name":"tea","tags":["a"]}"#),
            ("/response", .created, "text/plain;charset=UTF-8", "made"),
            ("/nothing", .noContent, nil, ""),
            ("/bytes", .ok, nil, "hi"),
            ("/substring", .ok, "text/plain;charset=UTF-8", "text"),
            ("/body", .ok, "text/csv", "a,b"),
            ("/blob", .ok, "text/x-blob", "b"),
            ("/file", .ok, "text/x-file", "f"),
            ("/parameters", .ok, "application/x-www-form-urlencoded;charset=UTF-8", "a=1&b=+"),
            ("/stream", .ok, nil, "ab"),
            ("/error", .conflict, "text/plain;charset=UTF-8", "taken\n"),
            ("/some", .ok, "text/plain;charset=UTF-8", "some"),
            ("/none", .noContent, nil, ""),
            ("/chunks", .ok, nil, "ab"),
            ("/own", .ok, "text/html", "<p>"),
            ("/guarded/1", .noContent, nil, ""),
            ("/guarded/2", .conflict, "text/plain;charset=UTF-8", "Conflict\n"),
            ("/gone", .temporaryRedirect, nil, ""),
            ("/away", .temporaryRedirect, nil, ""),
            ("/throws", .conflict, "text/plain;charset=UTF-8", "Conflict\n"),
        ] as [(String, Status, String?, String)])
    func results(path: String, status: Status, type: String?, text: String) async throws {
        let response = await Self.app.fetch(Request(path))
        #expect(response.status == status)
        #expect(response.headers["content-type"] == type)
        #expect(try await response.text() == text)
    }

    @Test(
        "Handlers of one path that are declared apart make one route",
        arguments: [
            ("POST", Status.ok, "sent"), ("PUT", .accepted, "sent"), ("PURGE", .ok, "purged"),
        ] as [(Request.Method, Status, String)])
    func oneRoute(method: Request.Method, status: Status, text: String) async throws {
        let body: String? = method == "PURGE" ? nil : "sent"
        let response = await Self.app.fetch(Request("/both", method: method, body: body))
        #expect(response.status == status)
        #expect(try await response.text() == text)
        let other = await Self.app.fetch(Request("/both", method: .GET))
        #expect(other.headers["allow"] == "OPTIONS, POST, PURGE, PUT")
    }

    @Test("One method of one path declared twice is an error at start with both places")
    func twice() {
        let app = App(log: { _ in })
        app.get("/a") { "one" }
        app.get("/a") { "two" }
        let error = #expect(throws: RouteError.self) { try app.table() }
        #expect(error?.message.contains("GET has a handler already") == true)
    }
}
