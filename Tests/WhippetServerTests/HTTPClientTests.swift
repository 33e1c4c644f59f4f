// Copyright 2026 the Whippet authors
// SPDX-License-Identifier: Apache-2.0

import Testing
import Whippet
import WhippetTesting

@Suite("The HTTP client")
struct HTTPClientTests {
    private static func withClient(
        _ answers: [[String]], _ test: (HTTPClient, FakeServer) async throws -> Void
    ) async throws {
        let server = try FakeServer(answers)
        try await test(try HTTPClient(silenceLimit: .seconds(60), idleLimit: .seconds(60)), server)
    }

    private static func text(_ client: HTTPClient, _ server: FakeServer) async throws -> String {
        try await client.send(Request("http://x/"), to: server.address).text()
    }

    @Test("A request carries Host, its fields and no fragment; the answer knows where it comes from")
    func request() async throws {
        try await Self.withClient([["HTTP/1.1 200 Fine\r\ncontent-length: 2\r\nx-a: b\r\n\r\nok"]]) { client, server in
            let request = Request("http://example.test:81/a%20b?c=d#e", headers: ["X-One": "1", "connection": "close"])
            let response = try await client.send(request, to: server.address)
            #expect(response.statusText == "Fine")
            #expect(response.headers["x-a"] == "b")
            #expect(response.url?.href == "http://example.test:81/a%20b?c=d")
            #expect(try await response.text() == "ok")
            #expect(
                server.heads == [
                    "GET /a%20b?c=d HTTP/1.1\r\nhost: example.test:81\r\nX-One: 1\r\nconnection: close\r\n\r\n"
                ])
        }
    }

    @Test(
        "Answers end where their framing says",
        arguments: [
            ("HTTP/1.1 200 OK\r\ncontent-length: 5\r\n\r\nhello", "hello"),
            ("HTTP/1.1 200 OK\r\ncontent-length: 0\r\n\r\n", ""),
            ("HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n2\r\nhe\r\n3;x\r\nllo\r\n0\r\n\r\n", "hello"),
            ("HTTP/1.1 200 OK\r\n\r\nhello until the end", "hello until the end"),
            ("HTTP/1.0 200 OK\r\n\r\nold", "old"),
            ("HTTP/1.1 204 No Content\r\n\r\n", ""),
            (
                "HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 103 Early Hints\r\nlink: a\r\n\r\nHTTP/1.1 200 OK\r\ncontent-length: 1\r\n\r\nx",
                "x"
            ),
        ])
    func framing(answer: String, content: String) async throws {
        try await Self.withClient([[answer]]) { client, server in
            let response = try await client.send(Request("http://x/"), to: server.address)
            #expect(response.ok)
            #expect(try await response.text() == content)
        }
    }

    @Test(
        "An answer that breaks off or is none is an error that says so",
        arguments: [
            ("", "GET /: the server closed the connection before it answered"),
            ("HTTP/1.1 200 OK\r\nconte", "GET /: the server closed the connection in the middle of the answer's head"),
            ("nonsense\r\n\r\n", "GET /: the answer is not HTTP/1.1: "),
            (
                "HTTP/1.1 200 OK\r\ncontent-length: 5\r\ncontent-length: 6\r\n\r\nhello",
                "GET /: the answer is not HTTP/1.1: "
            ),
            ("HTTP/1.1 101 Switching Protocols\r\n\r\n", "GET /: the answer 101 was not asked for"),
            (
                "HTTP/1.1 200 OK\r\ncontent-length: 6\r\n\r\nhello",
                "GET /: the server closed the connection in the middle of the answer's body"
            ),
            (
                "HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n5\r\nhello\r\n",
                "GET /: the server closed the connection in the middle of the answer's body"
            ),
            (
                "HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n5\r\nhello\r\nzz\r\n",
                "GET /: the answer's content is not HTTP/1.1: "
            ),
        ])
    func brokenAnswers(answer: String, message: String) async throws {
        try await Self.withClient([[answer]]) { client, server in
            let error = try #require(
                await #expect(throws: ClientError.self) {
                    try await client.send(Request("http://x/"), to: server.address).text()
                })
            #expect(error.message.hasPrefix(message))
        }
    }

    private static let kept = "HTTP/1.1 200 OK\r\ncontent-length: 1\r\n\r\n"

    @Test("A connection is kept for the next request")
    func keptConnection() async throws {
        try await Self.withClient([[Self.kept + "1", Self.kept + "2", Self.kept + "3"]]) { client, server in
            for number in 1...3 {
                let text = try await client.send(Request("http://x/"), to: server.address).text()
                #expect(text == "\(number)")
            }
        }
    }

    @Test("A kept connection that was closed under a request is replaced, if the request may be sent twice")
    func staleConnection() async throws {
        // The first connection takes a second request and ends without an answer.
        try await Self.withClient([[Self.kept + "1", ""], [Self.kept + "2"]]) { client, server in
            let first = try await Self.text(client, server)
            #expect(first == "1")
            #expect(try await Self.text(client, server) == "2")
            #expect(server.heads.count == 3)
        }
    }

    @Test("A POST is not sent twice")
    func stalePOST() async throws {
        try await Self.withClient([[Self.kept + "1", ""], [Self.kept + "2"]]) { client, server in
            let first = try await Self.text(client, server)
            #expect(first == "1")
            await #expect(throws: ClientError.self) {
                try await client.send(Request("http://x/", method: .POST, body: "x"), to: server.address)
            }
            #expect(server.heads.count == 2)
        }
    }

    @Test("Bytes behind an answer end the connection: they belong to no request")
    func bytesBehind() async throws {
        try await Self.withClient([[Self.kept + "1HTTP/1.1 200 OK\r\n"], [Self.kept + "2"]]) { client, server in
            let first = try await Self.text(client, server)
            #expect(first == "1")
            #expect(try await Self.text(client, server) == "2")
        }
    }

    @Test("A server that is silent for too long is an error")
    func silence() async throws {
        let server = try FakeServer([["", ""]])
        let client = try HTTPClient(silenceLimit: .milliseconds(1))
        let error = try #require(
            await #expect(throws: ClientError.self) { try await client.send(Request("http://x/"), to: server.address) })
        #expect(error.message.contains("was silent for 1 ms"))
    }

    @Test("Nobody who listens is an error that names the address")
    func nobodyListens() async throws {
        let place = try DeafSocket()
        let client = try HTTPClient()
        let error = try #require(
            await #expect(throws: ClientError.self) { try await client.send(Request("http://x/"), to: place.address) })
        #expect(error.message == "GET /: can't connect to \(place.address): Connection refused")
    }

    @Test(
        "A request that can't be is refused before anything is sent", arguments: ["http://", "https://x/", "ftp://x/"])
    func impossible(url: String) async throws {
        let client = try HTTPClient()
        await #expect(throws: (any Error).self) { try await client.send(Request(url)) }
    }

    @Test("A body that breaks off breaks the request off: no last chunk is sent")
    func brokenUpload() async throws {
        let failed = Event()
        try await withServer { request in
            do {
                _ = try await request.bytes()
            } catch {
                failed.happen()
            }
            return Response("never")
        } test: { client in
            let body = Body(
                chunks: Chunks { index in
                    guard index < 3 else { throw Failure() }
                    return "x".bytes
                })
            await #expect(throws: Failure.self) { try await client.post("/", body: body) }
            await failed.wait()
        }
    }

    @Test(
        "An upload whose length is given is sent without chunks", arguments: [("6", true), ("5", false), ("7", false)])
    func lengthOfUpload(length: String, isRight: Bool) async throws {
        try await withServer { request in
            let length = request.headers["content-length"] ?? "-"
            return Response("\(length) \((try? await request.text()) ?? "failed")")
        } test: { client in
            let body = Body(chunks: Chunks { $0 < 3 ? "ab".bytes : nil })
            let headers: Headers = ["content-length": length]
            if isRight {
                let response = try await client.post("/", headers: headers, body: body)
                #expect(try await response.text() == "6 ababab")
            } else {
                await #expect(throws: TypeError.self) { try await client.post("/", headers: headers, body: body) }
            }
        }
    }
}
