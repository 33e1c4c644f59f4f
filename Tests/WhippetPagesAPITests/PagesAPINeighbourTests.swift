// Copyright 2026 the Whippet authors
// SPDX-License-Identifier: Apache-2.0

import Foundation
import Testing
import Whippet
import WhippetPagesAPI

/// Cases beside those that were measured: the same rules, asked from another side.
struct PagesAPINeighbourTests {
    /// A handler, what it is asked, and what it must answer.
    struct Case: Sendable, CustomTestStringConvertible {
        var testDescription: String
        var method: HTTPMethod
        var path: String
        var headers: Headers
        var body: String?
        var config: NextApiConfig
        var status: Status
        var fields: [(name: String, value: String?)]
        var text: String?
        var handler: @Sendable (NextApiRequest, NextApiResponse<Any>) async throws -> Void

        init(
            _ name: String, _ method: HTTPMethod = .GET, _ search: String = "", with headers: Headers = [:],
            body: String? = nil, config: NextApiConfig = NextApiConfig(), status: Status = .ok,
            fields: KeyValuePairs<String, String?> = [:], text: String? = nil,
            _ handler: @escaping @Sendable (NextApiRequest, NextApiResponse<Any>) async throws -> Void
        ) {
            testDescription = name
            self.method = method
            path = "/api/case" + search
            self.headers = headers
            self.body = body
            self.config = config
            self.status = status
            self.fields = fields.map { ($0.key, $0.value) }
            self.text = text
            self.handler = handler
        }
    }

    private static let json = "application/json; charset=utf-8"

    private static func echo(
        _ name: String, _ type: String?, _ body: String, _ text: String, status: Status = .ok
    ) -> Case {
        Case(name, .POST, with: type.map { [.contentType: $0] } ?? [:], body: body, status: status, text: text) {
            req, res in res.json(req.body)
        }
    }

    static let cases: [Case] = [
        // Answers.
        Case("AR-17: null is JSON", fields: ["content-type": json, "etag": "\"wm6yxsynvh4\""], text: "null") { _, res in
            res.json(.null)
        },
        Case("AR-17: text is JSON, quoted", fields: ["content-type": json], text: #""a\"b""#) { _, res in
            res.json("a\"b")
        },
        Case("AR-17: a type that was set gives way", fields: ["content-type": json]) { _, res in
            res.setHeader("Content-Type", "text/plain").json([1])
        },
        Case("AR-18: a number is JSON", fields: ["content-type": json], text: "42") { _, res in res.send(42) },
        Case("AR-18: a list is JSON", fields: ["content-type": json], text: "[1,\"a\"]") { _, res in
            res.send([1, "a"] as JSON)
        },
        Case("AR-18: text keeps a type", fields: ["content-type": "text/csv", "etag": "\"78p3gz236i0\""], text: "") {
            _, res in res.setHeader("Content-Type", "text/csv").send("")
        },
        Case(
            "AR-18: the tag of text counts UTF-16", fields: ["content-type": nil, "etag": "\"c66t4pa6oi1\""], text: "é"
        ) { _, res in res.send("é") },
        Case(
            "AR-18: the tag of bytes is that of their JSON",
            fields: ["content-type": "application/octet-stream", "etag": "\"nr3yhq33asu\""]
        ) { _, res in res.send([1, 2] as [UInt8]) },
        Case(
            "AR-18: a tag that the client has is a 304", with: ["if-none-match": "W/\"147uiiad94i7\", \"x\""],
            status: .notModified, fields: ["etag": "\"147uiiad94i7\""], text: ""
        ) { _, res in res.json(["a": 1]) },
        Case(
            "AR-18: POST is answered in full", .POST, with: ["if-none-match": "\"147uiiad94i7\""], text: #"{"a":1}"#
        ) { _, res in res.json(["a": 1]) },
        Case(
            "AR-18: a client that wants it fresh gets it",
            with: ["if-none-match": "*", "cache-control": "max-age=0, No-Cache"],
            text: #"{"a":1}"#
        ) { _, res in res.json(["a": 1]) },
        Case("AR-16: 204 has no body", status: 204, fields: ["content-type": nil], text: "") { _, res in
            res.status(204).json(["a": 1])
        },
        Case("AR-16: end without a body", status: 404, fields: ["etag": nil], text: "") { _, res in
            res.status(404).end()
        },
        Case(
            "AR-19: a status and a URL", status: 301, fields: ["location": "https://example.com/a"],
            text: "https://example.com/a"
        ) {
            _, res in res.redirect(301, "https://example.com/a")
        },
        Case("AR-19: letters beyond ASCII are escaped", status: 307, fields: ["location": "/%C3%A9"]) { _, res in
            res.redirect("/é")
        },
        Case("AR-32: writeHead sets status and headers", status: 202, fields: ["x-a": "1"], text: "x") { _, res in
            res.writeHead(202, ["x-a": "1"])
            res.end("x")
        },
        Case("AR-32: cookies stand in lines of their own", fields: ["set-cookie": "a=1, b=2"]) { _, res in
            res.setHeader("Set-Cookie", ["a=1", "b=2"])
            res.end()
        },
        // Requests.
        echo("AR-09: null", "application/json", "null", "null"),
        echo("AR-09: a number alone", "application/json", "1", "1"),
        echo("AR-09: a letter case of a type", "Application/JSON; Charset=UTF-8", "[1]", "[1]"),
        echo("AR-09: an empty form", "application/x-www-form-urlencoded", "", "{}"),
        echo("AR-09: a form with a name alone", "application/x-www-form-urlencoded", "a&b=", #"{"a":"","b":""}"#),
        echo("AR-09: no type is text", nil, "x=1", "\"x=1\""),
        echo("AR-09: HTML is text", "text/html", "<p>", "\"<p>\""),
        echo("AR-09: no JSON", "application/json", "{'a':1}", "Invalid JSON", status: 400),
        Case("AR-07: the first cookie counts", with: ["cookie": "a=1; a=2; b=\"q\"; c"], text: #"{"a":"1","b":"q"}"#) {
            req, res in res.json(req.cookies)
        },
        Case("AR-08: names that come twice are lists", .GET, "?a=1&b=2&a=3", text: #"{"a":["1","3"],"b":"2"}"#) {
            req, res in res.json(req.query)
        },
        Case("AR-08: an empty query", .GET, "?", text: "{}") { req, res in res.json(req.query) },
        Case(
            "AR-11: the body is null", .POST, body: "x", config: NextApiConfig(api: .init(bodyParser: false)),
            text: "null x"
        ) {
            req, res in
            var text = ""
            if let stream = req.stream {
                for try await chunk in stream { text += String(decoding: chunk, as: UTF8.self) }
            }
            res.end("\(String(decoding: req.body.serialize(), as: UTF8.self)) \(text)")
        },
        Case("AR-32: url is path and query", .GET, "?a=1", text: "/api/case?a=1") { req, res in res.end(req.url) },
        // Errors.
        Case("NE-03: 404 without a message", status: 404, text: "Not Found") { _, _ in throw NextApiError(404) },
        Case(
            "NE-04: headers of the error go with it", status: 429, fields: ["retry-after": "7", "x-a": "1"],
            text: "slow"
        ) {
            _, res in
            res.setHeader("X-A", "1")
            throw NextApiError(429, "slow", headers: ["retry-after": "7"])
        },
        Case(
            "NE-04: what spoke of the body does not stay", status: 400, fields: ["etag": nil, "content-type": nil],
            text: "bad"
        ) {
            _, res in
            res.setHeader("ETag", "\"1\"").setHeader("Content-Type", "text/csv")
            throw NextApiError(400, "bad")
        },
    ]

    @Test("A handler and its answer", arguments: cases)
    func answers(_ row: Case) async throws {
        let app = App(environment: .production, log: { _ in })
        app.api("/case", config: row.config, row.handler)
        let response = await app.fetch(Request(row.path, method: row.method, headers: row.headers, body: row.body))
        #expect(response.status == row.status)
        for (name, value) in row.fields { #expect(response.headers[name] == value, "\(name)") }
        let text = try await response.text()
        if let expected = row.text { #expect(text == expected) }
    }

    @Test("AR-04: a static export leaves API routes out")
    func export() async throws {
        let folder = FileManager.default.temporaryDirectory.path + "/pages-\(UInt64.random(in: 0...UInt64.max))"
        defer { try? FileManager.default.removeItem(atPath: folder) }
        let app = App(log: { _ in })
        app.get("/kept", config: SegmentConfig(dynamic: .forceStatic)) { "kept" }
        app.api("/hello") { _, res in res.end("hello") }
        let report = try await app.export(to: folder)
        #expect(report.written.map(\.path) == ["/kept"])
        #expect(report.skipped.map(\.route) == ["/api/hello"])
    }

    @Test("AR-31: what would be an edge route is a route handler, below /api as well")
    func edge() async throws {
        let app = App(log: { _ in })
        app.api("/old") { _, res in res.end("old") }
        app.get("/api/edge") { request -> Response in Response("edge \(request.method)") }
        let old = try await app.fetch(Request("/api/old")).text()
        let edge = try await app.fetch(Request("/api/edge")).text()
        #expect([old, edge] == ["old", "edge GET"])
    }
}
