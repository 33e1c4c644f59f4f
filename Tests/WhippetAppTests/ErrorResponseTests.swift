// Copyright 2026 the Whippet authors
// SPDX-License-Identifier: Apache-2.0

import Testing
import Whippet

/// What becomes of an error that a handler throws, and of a response that can't be sent.
struct ErrorResponseTests {
    struct Secret: Error {}

    /// Answers a request with one handler; returns the response and what was logged.
    private func answer(
        _ request: Request = Request("http://localhost/x"), bodyLimit: Int? = nil, _ handler: @escaping Handler
    ) async -> (Response, [String]) {
        let log = LogRecorder()
        let app = App(environment: .production, log: log.write)
        app.route("/x", bodyLimit: bodyLimit, GET: handler, POST: handler)
        let response = await app.fetch(request)
        return (response, log.lines)
    }

    private func post(_ body: String, _ type: String = "application/json") -> Request {
        Request("http://localhost/x", method: .POST, headers: [.contentType: type], body: body)
    }

    @Test("An HTTPError becomes its status, its message and its headers")
    func httpError() async throws {
        let (response, log) = await answer { _, _ in
            throw HTTPError(.unauthorized, "Who are you?", headers: ["www-authenticate": "Basic"])
        }
        #expect(response.status == .unauthorized)
        #expect(response.headers["www-authenticate"] == "Basic")
        #expect(response.headers[.contentType] == "text/plain;charset=UTF-8")
        #expect(try await response.text() == "Who are you?\n")
        #expect(log.isEmpty)
    }

    @Test("Any other error is a 500 without details and one line in the log")
    func otherError() async throws {
        let (response, log) = await answer { _, _ in throw Secret() }
        #expect(response.status == .internalServerError)
        #expect(try await response.text() == "")
        #expect(log == ["500 GET /x: Secret()"])
    }

    @Test("A handler that was cancelled logs nothing")
    func cancelled() async {
        let (response, log) = await answer { _, _ in throw CancellationError() }
        #expect(response.status == .internalServerError)
        #expect(log.isEmpty)
    }

    @Test("A response that may not be sent is a 500 and one line in the log")
    func unsendable() async throws {
        let (response, log) = await answer { _, _ in Response("text", status: .noContent) }
        #expect(response.status == .internalServerError)
        #expect(log == ["500: TypeError: Response: a response with the status 204 can't have a body"])
    }

    @Test("A header that would split the response is a 500")
    func headerInjection() async throws {
        let (response, log) = await answer { _, _ in
            Response("x", headers: ["x-name": "a\r\nset-cookie: evil=1"])
        }
        #expect(response.status == .internalServerError)
        #expect(response.headers["set-cookie"] == nil)
        #expect(log.count == 1)
    }

    struct Order: Codable {
        struct Line: Codable {
            var price: Double
        }
        var item: String
        var lines: [Line]
    }

    struct BadBody: CustomTestStringConvertible, Sendable {
        var body: String
        var type = "application/json"
        var status = Status.badRequest
        var message: String

        var testDescription: String { body }
    }

    static let badBodies: [BadBody] = [
        BadBody(body: "", message: "expected a value, found the end of the text at byte 0\n"),
        BadBody(body: #"{"item":"a"}"#, message: "lines: required, but missing\n"),
        BadBody(body: #"{"item":1,"lines":[]}"#, message: "item: expected a string, found a number\n"),
        BadBody(
            body: #"{"item":"a","lines":[{"price":1},{"price":"x"}]}"#,
            message: "lines[1].price: expected a number, found a string\n"),
    ]

    @Test("JSON that is not of the type is a 400 that names the field", arguments: badBodies)
    func badJSON(_ test: BadBody) async throws {
        let (response, log) = await answer(post(test.body, test.type)) { request, _ in
            Response.json(try await request.json(as: Order.self))
        }
        #expect(response.status == test.status)
        #expect(try await response.text() == test.message)
        #expect(log.isEmpty)
    }

    @Test("JSON in another charset is a 415")
    func charset() async {
        let (response, _) = await answer(post("{}", "application/json; charset=iso-8859-1")) { request, _ in
            Response.json(try await request.json(as: [String: Int].self))
        }
        #expect(response.status == .unsupportedMediaType)
    }

    @Test("A form of another type is a 415")
    func formType() async {
        let (response, _) = await answer(post("a=b", "text/plain")) { request, _ in
            Response(try await request.formData()["a"] ?? "")
        }
        #expect(response.status == .unsupportedMediaType)
    }

    @Test("A body of the route's limit passes, one byte more is a 413 that names the limit and how to raise it")
    func tooLarge() async throws {
        let handler: Handler = { request, _ in Response("\(try await request.text().utf8.count)") }
        let (fits, _) = await answer(post("12345678"), bodyLimit: 8, handler)
        #expect(try await fits.text() == "8")
        let (large, log) = await answer(post("123456789"), bodyLimit: 8, handler)
        #expect(large.status == .contentTooLarge)
        let text = try await large.text()
        #expect(text.contains("8 bytes") && text.contains("bodyLimit"))
        #expect(log.isEmpty)
    }

    @Test("An error in reading another server's answer is not the client's fault")
    func upstream() async {
        let (response, log) = await answer { _, _ in
            let upstream = Response("no JSON")
            return Response.json(try await upstream.json())
        }
        #expect(response.status == .internalServerError)
        #expect(log.count == 1)
    }

    @Test("A stored response can be returned any number of times")
    func stored() async throws {
        let stored = Response("again", headers: ["x-count": "1"])
        let app = App(log: { _ in })
        app.route("/x", GET: { _, _ in stored })
        for _ in 0..<3 {
            let response = await app.fetch(Request("http://localhost/x", method: .HEAD))
            #expect(response.headers[.contentLength] == "5")
        }
        for _ in 0..<3 {
            let response = await app.fetch(Request("http://localhost/x"))
            #expect(response.headers["x-count"] == "1")
            #expect(response.headers[.contentLength] == nil)
            #expect(try await response.text() == "again")
        }
    }
}
