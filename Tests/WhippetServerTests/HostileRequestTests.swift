// Copyright 2026 the Whippet authors
// SPDX-License-Identifier: Apache-2.0

import Testing
import Whippet
import WhippetTesting

/// Requests that are refused before any handler sees them.
///
/// Each rule has its own table beside the parser; these go through a socket.
@Suite("Hostile requests")
struct HostileRequestTests {
    struct Case: Sendable, CustomTestStringConvertible {
        var name: String
        var status: Int
        var bytes: [UInt8]

        init(_ name: String, _ status: Int, _ text: String) {
            self.name = name
            self.status = status
            bytes = Array(text.utf8)
        }

        var testDescription: String { name }
    }

    static let cases = [
        Case("lines that end with LF alone", 400, "GET / HTTP/1.1\nhost: x\n\n"),
        Case("no Host", 400, "GET / HTTP/1.1\r\n\r\n"),
        Case("two Hosts", 400, "GET / HTTP/1.1\r\nhost: a\r\nhost: b\r\n\r\n"),
        Case("an invalid Host", 400, "GET / HTTP/1.1\r\nhost: a b\r\n\r\n"),
        Case("white space before the colon", 400, "GET / HTTP/1.1\r\nhost : x\r\n\r\n"),
        Case("a folded line", 400, "GET / HTTP/1.1\r\nhost: x\r\na: b\r\n c\r\n\r\n"),
        Case("a field without a colon", 400, "GET / HTTP/1.1\r\nhost: x\r\nnonsense\r\n\r\n"),
        Case("NUL in a value", 400, "GET / HTTP/1.1\r\nhost: x\r\na: b\0c\r\n\r\n"),
        Case("CR alone in a value", 400, "GET / HTTP/1.1\r\nhost: x\r\na: b\rc\r\n\r\n"),
        Case("two spaces in the request line", 400, "GET  / HTTP/1.1\r\nhost: x\r\n\r\n"),
        Case("a space in the target", 400, "GET /a b HTTP/1.1\r\nhost: x\r\n\r\n"),
        Case("a method that is no token", 400, "G@T / HTTP/1.1\r\nhost: x\r\n\r\n"),
        Case("no version", 400, "GET /\r\nhost: x\r\n\r\n"),
        Case("a greeting of TLS", 400, "\u{16}\u{03}\u{01}\u{02}\u{00}\u{01}\u{00}\r\n\r\n"),
        Case("length and chunks at once", 400, post("content-length: 5\r\ntransfer-encoding: chunked")),
        Case("two lengths", 400, post("content-length: 5\r\ncontent-length: 6")),
        Case("the same length twice", 400, post("content-length: 5\r\ncontent-length: 5")),
        Case("a list of lengths", 400, post("content-length: 5, 5")),
        Case("a length with a sign", 400, post("content-length: +5")),
        Case("a length in hexadecimal", 400, post("content-length: 0x5")),
        Case("a length beyond 2^63", 400, post("content-length: 9223372036854775808")),
        Case("chunked twice", 400, post("transfer-encoding: chunked, chunked")),
        Case("chunked not last", 400, post("transfer-encoding: chunked, gzip")),
        Case("chunks in HTTP/1.0", 400, "POST / HTTP/1.0\r\nhost: x\r\ntransfer-encoding: chunked\r\n\r\n"),
        Case("broken chunks that nobody would have read", 400, post("transfer-encoding: chunked")),
        Case(
            "broken chunks of a GET", 400, "GET / HTTP/1.1\r\nhost: x\r\ntransfer-encoding: chunked\r\n\r\n0_2e\r\n\r\n"
        ),
        Case("an unknown transfer coding", 501, post("transfer-encoding: gzip, chunked")),
        Case("an unknown expectation", 417, post("content-length: 5\r\nexpect: miracles")),
        Case("HTTP/2 without asking", 505, "GET / HTTP/2.0\r\nhost: x\r\n\r\n"),
        Case("a target over 16 KiB", 414, "GET /\(String(repeating: "a", count: 16 * 1024)) HTTP/1.1\r\n\r\n"),
        Case("a field over 32 KiB", 431, "GET / HTTP/1.1\r\nhost: x\r\na: \(String(repeating: "a", count: 32 * 1024))"),
        Case("fields over 32 KiB together", 431, "GET / HTTP/1.1\r\nhost: x\r\n" + fields(90, size: 400)),
        Case("101 fields", 431, "GET / HTTP/1.1\r\nhost: x\r\n" + fields(101, size: 5)),
    ]

    private static func post(_ fields: String) -> String {
        "POST / HTTP/1.1\r\nhost: x\r\n\(fields)\r\n\r\nhello"
    }

    private static func fields(_ count: Int, size: Int) -> String {
        (0..<count).map { "a\($0): \(String(repeating: "b", count: size))\r\n" }.joined() + "\r\n"
    }

    @Test("A request that breaks a rule gets its status and the end of the connection", arguments: cases)
    func refused(_ hostile: Case) async throws {
        let handled = Counter()
        try await withServer { _ in
            handled.add()
            return Response("never")
        } test: { client in
            let wire = try await client.connect()
            // What would be a good request behind it must not be understood as one.
            try await wire.send(hostile.bytes + "GET /smuggled HTTP/1.1\r\nhost: x\r\n\r\n".bytes)
            let answer = try await wire.receiveToEnd()
            #expect(answer.hasPrefix("HTTP/1.1 \(hostile.status) "))
            #expect(answer.contains("\r\nconnection: close\r\n"))
            #expect(answer.components(of: "\r\ndate: ").count == 2)
            #expect(handled.count == 0)
        }
    }

    @Test("A good request before a broken one is answered", arguments: [true, false])
    func goodBeforeBroken(waits: Bool) async throws {
        try await withServer { _ in
            if waits { await Task.yield() }
            return Response("<good>")
        } test: { client in
            let wire = try await client.connect()
            try await wire.send("GET / HTTP/1.1\r\nhost: x\r\n\r\nbroken\r\n\r\n")
            #expect(try await wire.receive(until: "<good>").hasPrefix("HTTP/1.1 200 OK\r\n"))
            #expect(try await wire.receiveToEnd().hasPrefix("HTTP/1.1 400 Bad Request\r\n"))
        }
    }

    @Test("A request behind one that runs is refused for its broken content, and the first is answered")
    func goodBeforeBrokenContent() async throws {
        try await withServer { _ in
            await Task.yield()
            return Response("<good>")
        } test: { client in
            let wire = try await client.connect()
            try await wire.send(
                "GET / HTTP/1.1\r\nhost: x\r\n\r\nPOST / HTTP/1.1\r\nhost: x\r\ntransfer-encoding: chunked\r\n\r\nx")
            #expect(try await wire.receive(until: "<good>").hasPrefix("HTTP/1.1 200 OK\r\n"))
            #expect(try await wire.receiveToEnd().hasPrefix("HTTP/1.1 400 Bad Request\r\n"))
        }
    }

    @Test("The limits of the head can be set")
    func ownLimits() async throws {
        try await withServer { configuration in
            configuration.limits.targetBytes = 10
            configuration.limits.fieldCount = 2
            configuration.limits.fieldBlockBytes = 50
        } handler: { _ in
            Response("ok")
        } test: { client in
            let statuses = [
                ("GET /123456789 HTTP/1.1\r\nhost: x\r\n\r\n", 200),
                ("GET /1234567890 HTTP/1.1\r\nhost: x\r\n\r\n", 414),
                ("GET / HTTP/1.1\r\nhost: x\r\na: b\r\nc: d\r\n\r\n", 431),
                ("GET / HTTP/1.1\r\nhost: x\r\na: \(String(repeating: "b", count: 50))\r\n\r\n", 431),
            ]
            for (request, status) in statuses {
                let wire = try await client.connect()
                try await wire.send(request)
                wire.halfClose()
                #expect(try await wire.receiveToEnd().hasPrefix("HTTP/1.1 \(status) "))
            }
        }
    }

    @Test("The limit of what a chunked body has beside its content can be set", arguments: [20, 21])
    func ownChunkOverhead(size: Int) async throws {
        try await withServer {
            $0.limits.chunkOverheadBytes = 25
            $0.backlog = 10
        } handler: { _ in
            Response("ok")
        } test: { client in
            let wire = try await client.connect()
            // Four bytes of the trailer count beside its value, and one of the last line.
            try await wire.send(
                "POST / HTTP/1.1\r\nhost: x\r\ntransfer-encoding: chunked\r\n\r\n0\r\na: "
                    + String(repeating: "b", count: size) + "\r\n\r\n")
            wire.halfClose()
            #expect(try await wire.receiveToEnd().hasPrefix("HTTP/1.1 \(size == 20 ? 200 : 431) "))
        }
    }

    @Test("A body over the limit is a 413 that names the limit and what raises it", arguments: [true, false])
    func tooLarge(isChunked: Bool) async throws {
        let app = App(environment: .production, log: { _ in })
        app.route("/", POST: { request, _ in Response(try await request.text()) })
        app.route(
            "/large", bodyLimit: 3 * 1024 * 1024,
            POST: { request, _ in Response("\(try await request.text().utf8.count)") })
        let content = [UInt8](repeating: 0x61, count: 2 * 1024 * 1024)
        func body() -> Body {
            isChunked ? Body(chunks: Chunks { $0 == 0 ? content : nil }) : Body(content)
        }
        try await app.test(.live) { client in
            for _ in 0..<3 {
                let response = try await client.post("/", body: body())
                #expect(response.status == .contentTooLarge)
                let text = try await response.text()
                #expect(text.contains("1048576"))
                #expect(text.contains("bodyLimit"))
            }
            let response = try await client.post("/large", body: body())
            #expect(try await response.text() == "\(content.count)")
        }
    }

    @Test("A handler that throws is a 500 without details, and the connection goes on")
    func handlerThrows() async throws {
        let log = Notes()
        let app = App(environment: .production, log: log.add)
        app.route("/throw", GET: { _, _ in throw Failure() })
        app.route("/ok", GET: { _, _ in Response("<ok>") })
        try await app.test(.live) { client in
            let wire = try await client.connect()
            for _ in 0..<3 {
                try await wire.send("GET /throw HTTP/1.1\r\nhost: x\r\n\r\nGET /ok HTTP/1.1\r\nhost: x\r\n\r\n")
                let answer = try await wire.receive(until: "<ok>")
                #expect(answer.hasPrefix("HTTP/1.1 500 Internal Server Error\r\n"))
                #expect(!answer.contains("Failure"))
            }
            #expect(log.lines.count == 3)
        }
    }

    @Test("A client that sends a part of a head and nothing more is told so after the time for heads")
    func slowHead() async throws {
        try await withServer {
            $0.timeouts.head = 1
        } handler: { _ in
            Response("never")
        } test: { client in
            // On a busy machine the time may be over before the first byte comes; then there is nothing to answer.
            var answer = ""
            for _ in 0..<50 where answer.isEmpty {
                let wire = try await client.connect()
                try? await wire.send("GET / HTTP/1.1\r\nhost:")
                answer = (try? await wire.receiveToEnd()) ?? ""
            }
            #expect(answer.hasPrefix("HTTP/1.1 408 "))
        }
    }
}

extension String {
    /// The parts between the occurrences of a text.
    func components(of separator: String) -> [Substring] {
        var parts: [Substring] = []
        var start = startIndex
        var index = startIndex
        while index < endIndex {
            if self[index...].hasPrefix(separator) {
                parts.append(self[start..<index])
                index = self.index(index, offsetBy: separator.count)
                start = index
            } else {
                index = self.index(after: index)
            }
        }
        return parts + [self[start...]]
    }
}
