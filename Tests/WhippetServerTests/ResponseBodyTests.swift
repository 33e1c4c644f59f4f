// Copyright 2026 the Whippet authors
// SPDX-License-Identifier: Apache-2.0

import Testing
import Whippet
import WhippetServer
import WhippetTesting

@Suite("Bodies of answers")
struct ResponseBodyTests {
    /// 10 MB in which no two kilobytes are the same.
    private static let large: [UInt8] = {
        var bytes: [UInt8] = []
        bytes.reserveCapacity(10_240_000)
        for number in 0..<10_000 {
            let line = "\(number):".bytes
            bytes += line + [UInt8](repeating: UInt8(truncatingIfNeeded: number), count: 1024 - line.count)
        }
        return bytes
    }()

    /// Whether the bytes are those of `large`; by kilobytes, as comparing single bytes takes long in a debug build.
    private static func isLarge(_ bytes: [UInt8]) -> Bool {
        guard bytes.count == large.count else { return false }
        return bytes.withUnsafeBytes { left in
            large.withUnsafeBytes { right in
                for offset in stride(from: 0, to: left.count, by: 8)
                where left.loadUnaligned(fromByteOffset: offset, as: UInt64.self)
                    != right.loadUnaligned(fromByteOffset: offset, as: UInt64.self)
                {
                    return false
                }
                return true
            }
        }
    }

    @Test("A large body arrives whole through many short writes", arguments: ["bytes", "chunks"])
    func largeBody(kind: String) async throws {
        let large = Self.large
        try await withServer { request in
            guard request.url.pathname == "/large" else { return Response("pong") }
            if kind == "bytes" { return Response(large) }
            let size = 100_000
            return Response(
                Chunks { index in
                    let start = index * size
                    return start < large.count ? Array(large[start..<min(start + size, large.count)]) : nil
                })
        } test: { client in
            let response = try await client.get("/large")
            // The server fills the system's buffers before anybody reads.
            _ = try await settled(client) { 0 }
            let bytes = try await response.bytes()
            #expect(Self.isLarge(bytes))
            #expect(try await client.get("/ping").text() == "pong")
        }
    }

    private static let stored = [
        "bytes": Response(large), "text": Response(String(repeating: "0123456789", count: 800_000)),
        "ready": Response(large).withReadyHead(),
    ]

    @Test("Clients that take a stored body in their own time all get the whole of it, and what they ask for next")
    func storedBody() async throws {
        try await withServer { request in
            Self.stored[String(request.url.pathname.dropFirst())] ?? Response("pong")
        } test: { client in
            var answers: [(kind: String, response: Response)] = []
            for kind in ["bytes", "text", "ready", "bytes", "text", "ready"] {
                answers.append((kind, try await client.get("/\(kind)")))
            }
            let gone = try await client.connect()
            try await gone.send("GET /bytes HTTP/1.1\r\nhost: x\r\n\r\n")
            _ = try await gone.receive()
            gone.reset()
            _ = try await settled(client) { 0 }
            for (kind, response) in answers {
                let bytes = try await response.bytes()
                if kind == "text" {
                    #expect(bytes.count == 8_000_000)
                    #expect(bytes.suffix(11) == "90123456789".bytes)
                } else {
                    #expect(Self.isLarge(bytes))
                }
            }
            let wire = try await client.connect()
            try await wire.send(
                "GET /text HTTP/1.1\r\nhost: x\r\n\r\nGET /text HTTP/1.1\r\nhost: x\r\n\r\n"
                    + "GET /ping HTTP/1.1\r\nhost: x\r\nconnection: close\r\n\r\n")
            _ = try await settled(client) { 0 }
            let all = try await wire.receiveToEnd()
            #expect(all.utf8.count { $0 == 0x39 } >= 1_600_000)
            #expect(all.hasSuffix("\r\n\r\npong"))
        }
    }

    @Test("A client that does not read stops the producer, and gets all when it does")
    func backPressure() async throws {
        let made = Counter()
        let total = 512
        let chunk = [UInt8](repeating: 0x61, count: 64 * 1024)
        try await withServer { request in
            guard request.url.pathname == "/stream" else { return Response("pong") }
            return Response(
                Chunks { index in
                    guard index < total else { return nil }
                    made.add()
                    return chunk
                })
        } test: { client in
            let response = try await client.get("/stream")
            let produced = try await settled(client) { made.count }
            #expect(produced < total * 3 / 4)
            var count = 0
            for try await chunk in try #require(response.body) { count += chunk.count }
            #expect(count == total * chunk.count)
            #expect(made.count == total)
        }
    }

    @Test("Each chunk goes out when it is made")
    func chunksGoOut() async throws {
        let events = [Event(), Event(), Event()]
        try await withServer { _ in
            Response(
                Chunks { index in
                    guard index < 3 else { return nil }
                    await events[index].wait()
                    return "<\(index)>".bytes
                })
        } test: { client in
            let wire = try await client.connect()
            try await wire.send("GET / HTTP/1.1\r\nhost: x\r\n\r\n")
            events[0].happen()
            let first = try await wire.receive(until: "\r\n3\r\n<0>\r\n")
            #expect(first.contains("\r\ntransfer-encoding: chunked\r\n"))
            events[1].happen()
            #expect(try await wire.receive(until: "3\r\n<1>\r\n") == "3\r\n<1>\r\n")
            events[2].happen()
            #expect(try await wire.receive(until: "3\r\n<2>\r\n0\r\n\r\n") == "3\r\n<2>\r\n0\r\n\r\n")
        }
    }

    @Test("An error before the first chunk is a 500, and the connection goes on")
    func errorBeforeFirstChunk() async throws {
        let log = Notes()
        try await withServer(log: log.add) { request in
            guard request.url.pathname == "/fail" else { return Response("<ok>") }
            return Response(Chunks { _ in throw Failure() })
        } test: { client in
            let wire = try await client.connect()
            try await wire.send("GET /fail HTTP/1.1\r\nhost: x\r\n\r\nGET / HTTP/1.1\r\nhost: x\r\n\r\n")
            let answer = try await wire.receive(until: "<ok>")
            #expect(answer.hasPrefix("HTTP/1.1 500 Internal Server Error\r\n"))
            #expect(answer.contains("HTTP/1.1 200 OK\r\n"))
            #expect(!answer.contains("Failure"))
            #expect(log.lines.count == 1)
        }
    }

    @Test("An error after the first chunk cuts the connection, so that nobody takes a part for the whole")
    func errorAfterFirstChunk() async throws {
        let log = Notes()
        try await withServer(log: log.add) { _ in
            Response(
                Chunks { index in
                    guard index == 0 else { throw Failure() }
                    return "part".bytes
                })
        } test: { client in
            let wire = try await client.connect()
            try await wire.send("GET / HTTP/1.1\r\nhost: x\r\n\r\n")
            let answer = try await wire.receiveToEnd()
            #expect(answer.hasPrefix("HTTP/1.1 200 OK\r\n"))
            #expect(answer.hasSuffix("\r\n4\r\npart\r\n"))
            let response = try await client.get("/")
            await #expect(throws: ClientError.self) { try await response.text() }
            #expect(log.lines.count == 2)
        }
    }

    @Test(
        "A stream must be as long as the Content-Length that its handler gave",
        arguments: [("9", "abc|def|ghi"), ("8", "abc|def"), ("10", "abc|def|ghi")])
    func ownContentLength(length: String, sent: String) async throws {
        try await withServer { _ in
            Response(
                Chunks { $0 < 3 ? ["abc", "def", "ghi"][$0].bytes : nil }, headers: ["content-length": length])
        } test: { client in
            let wire = try await client.connect()
            try await wire.send("GET / HTTP/1.1\r\nhost: x\r\n\r\n")
            let head = try await wire.receive(until: "\r\n\r\n")
            #expect(head.contains("\r\ncontent-length: \(length)\r\n"))
            #expect(!head.contains("transfer-encoding"))
            let content = sent.split(separator: "|").joined()
            if length == "9" {
                #expect(try await wire.receive(until: content) == content)
                try await wire.send("GET / HTTP/1.1\r\nhost: x\r\n\r\n")
                #expect(try await wire.receive(until: content).hasPrefix("HTTP/1.1 200"))
            } else {
                #expect(try await wire.receiveToEnd() == content)
            }
        }
    }

    @Test("A stream that was sent once can't be sent again: 500 and a line that says why")
    func streamSentTwice() async throws {
        let stored = Response(Chunks { $0 < 1 ? "once".bytes : nil })
        let log = Notes()
        try await withServer(log: log.add) { _ in
            stored
        } test: { client in
            #expect(try await client.get("/").text() == "once")
            let response = try await client.get("/")
            #expect(response.status == .internalServerError)
            #expect(log.lines.count == 1)
            #expect(log.lines.first?.contains("stream") == true)
        }
    }

    @Test("A body that may not be sent is a 500", arguments: ["bad\r\nname", "bad name"])
    func invalidHeader(name: String) async throws {
        try await withServer { _ in
            var response = Response("x")
            response.headers[Headers.Name(name)] = "y"
            return response
        } test: { client in
            let response = try await client.get("/")
            #expect(response.status == .internalServerError)
        }
    }
}
