// Copyright 2026 the Whippet authors
// SPDX-License-Identifier: Apache-2.0

import BehaviourFixture
import Testing
import Whippet
import WhippetTesting

/// What a client sees byte by byte; the identifiers are those of srvx's and Next.js's own facts.
struct WireBehaviourTests {
    struct Case: CustomTestStringConvertible {
        var id: String
        var sent: String
        /// What the answer starts with, and what it ends with.
        var start: String
        var end: String
        var testDescription: String { id }
    }

    private static func app() -> App {
        let app = Fixture.app()
        let own: Handler = { request, _ in Response("\(request.method.rawValue) \(request.url.href)") }
        app.route("/[[...path]]", GET: own)
        app.post("/text") { request in Response(try await request.text()) }
        app.get("/twice") { request in request.headers["x-a"] ?? "" }
        app.get("/throws") { () -> Response in throw Fixture.Failure() }
        app.get("/bad") { Response("x", headers: ["x-a": "a\r\nx-b: 1"]) }
        app.get("/reason") { try Response("x", init: ResponseInit(status: 200, statusText: "Fine")) }
        app.get("/json") { ["a": 1] as JSON }
        app.get("/bytes") { Response(Array("AB".utf8)) }
        return app
    }

    private static func request(_ line: String, _ fields: String...) -> String {
        ([line + " HTTP/1.1", "Host: localhost", "Connection: close"] + fields + ["", ""]).joined(separator: "\r\n")
    }

    static let cases: [Case] = [
        Case(id: "srvx-003", sent: request("GET ftp://x/y"), start: "HTTP/1.1 400 ", end: ""),
        Case(
            id: "srvx-006", sent: request("GET /a/%2e%2e/b"), start: "HTTP/1.1 200 ",
            end: "\r\n\r\nGET http://localhost/b"),
        Case(
            id: "own-absolute-form", sent: request("GET http://localhost/b?c=d"), start: "HTTP/1.1 200 ",
            end: "\r\n\r\nGET http://localhost/b?c=d"),
        Case(
            id: "srvx-013", sent: request("GET /x"), start: "HTTP/1.1 200 OK\r\n", end: "\r\n\r\nGET http://localhost/x"
        ),
        Case(id: "srvx-016", sent: request("GET /bytes"), start: "HTTP/1.1 200 OK\r\n", end: "\r\n\r\nAB"),
        Case(id: "srvx-018", sent: request("GET /json"), start: "HTTP/1.1 200 OK\r\n", end: "\r\n\r\n{\"a\":1}"),
        Case(id: "srvx-020", sent: request("HEAD /json"), start: "HTTP/1.1 200 OK\r\n", end: "\r\n\r\n"),
        Case(id: "srvx-022", sent: request("GET /bad"), start: "HTTP/1.1 500 ", end: "\r\n\r\n"),
        Case(id: "srvx-023", sent: request("GET /throws"), start: "HTTP/1.1 500 ", end: "\r\n\r\n"),
        Case(
            id: "srvx-032", sent: request("GET /twice", "X-A: 1", "X-A: 2"), start: "HTTP/1.1 200 ", end: "\r\n\r\n1, 2"
        ),
        Case(id: "R-status-text", sent: request("GET /reason"), start: "HTTP/1.1 200 Fine\r\n", end: "\r\n\r\nx"),
        Case(id: "srvx-036", sent: request("GET /x", "X-A: 1", " 2"), start: "HTTP/1.1 400 ", end: ""),
        Case(
            id: "srvx-038", sent: request("POST /text", "Content-Length: 5", "Content-Length: 6") + "hello",
            start: "HTTP/1.1 400 ", end: ""),
        Case(
            id: "srvx-042", sent: request("POST /text", "Expect: 100-continue", "Content-Length: 2") + "hi",
            start: "HTTP/1.1 ", end: "\r\n\r\nhi"),
    ]

    @Test("The bytes of an answer", arguments: cases)
    func answer(_ behaviour: Case) async throws {
        try await Self.app().test(.live(loops: 1)) { client in
            let wire = try await client.connect()
            try await wire.send(behaviour.sent)
            let answer = try await wire.receiveToEnd()
            #expect(answer.hasPrefix(behaviour.start), "\(answer)")
            #expect(answer.hasSuffix(behaviour.end), "\(answer)")
        }
    }

    @Test("srvx-041: two requests at once are answered in order")
    func pipelined() async throws {
        try await Self.app().test(.live(loops: 1)) { client in
            let wire = try await client.connect()
            try await wire.send("GET /1 HTTP/1.1\r\nHost: localhost\r\n\r\n" + Self.request("GET /2"))
            let answer = try await wire.receiveToEnd()
            let first = try #require(answer.firstRange(of: "GET http://localhost/1"))
            let second = try #require(answer.firstRange(of: "GET http://localhost/2"))
            #expect(first.lowerBound < second.lowerBound)
        }
    }

    @Test("srvx-026, S-error-midway: a stream that fails after its first chunk cuts the connection")
    func cut() async throws {
        try await Fixture.streaming().test(.live(loops: 1)) { client in
            let wire = try await client.connect()
            try await wire.send(Self.request("GET /s/err"))
            let head = try await wire.receive(until: "part\r\n")
            #expect(head.hasPrefix("HTTP/1.1 200 "))
            // However the connection ends, the last chunk never comes.
            let rest = try? await wire.receiveToEnd()
            #expect(rest ?? "" == "")
        }
    }

    @Test("srvx-012: forwarding headers count when they come from a trusted proxy")
    func trustedProxy() async throws {
        var configuration = ServerConfiguration().patient
        configuration.trustedProxies = .loopback
        let app = App(configuration: configuration, log: { _ in })
        app.get("/") { request in request.url.origin }
        try await app.test(.live(loops: 1)) { client in
            let fields: Headers = ["x-forwarded-proto": "https", "x-forwarded-host": "pub.test"]
            let origin = try await client.get("/", headers: fields).text()
            #expect(origin == "https://pub.test")
        }
    }
}
