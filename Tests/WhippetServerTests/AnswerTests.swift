// Copyright 2026 the Whippet authors
// SPDX-License-Identifier: Apache-2.0

import Testing
import Whippet
import WhippetTesting

@Suite("How answers leave")
struct AnswerTests {
    /// Bodies of each kind that goes out by the short way, and the head lines that the long way writes for them.
    private static let bodies: [(path: String, type: String?, body: String)] = [
        ("/text", "text/plain;charset=UTF-8", "Hello, World!"),
        ("/json", "application/json", #"{"a":1}"#),
        ("/form", "application/x-www-form-urlencoded;charset=UTF-8", "a=1"),
        ("/bytes", nil, "bytes"),
        ("/none", nil, ""),
        ("/long", "text/plain;charset=UTF-8", String(repeating: "long", count: 5000)),
    ]

    private static func response(_ path: String) -> Response {
        switch path {
        case "/text": Response("Hello, World!")
        case "/json": Response.json(["a": 1])
        case "/form": Response(URLSearchParams([("a", "1")]))
        case "/bytes": Response("bytes".bytes)
        case "/long": Response(String(repeating: "long", count: 5000))
        default: Response()
        }
    }

    @Test(
        "An answer without fields of its own goes out as one with fields does",
        arguments: bodies, ["GET", "HEAD", "GET 1.0"])
    func shortWay(row: (path: String, type: String?, body: String), method: String) async throws {
        try await withServer { request in
            var response = Self.response(request.url.pathname)
            if request.url.search == "?field" { response.headers["x-field"] = "1" }
            return response
        } test: { client in
            var answers: [String] = []
            for query in ["", "?field"] {
                let wire = try await client.connect()
                let verb = method == "HEAD" ? "HEAD" : "GET"
                let version = method == "GET 1.0" ? "1.0" : "1.1"
                try await wire.send(
                    "\(verb) \(row.path)\(query) HTTP/\(version)\r\nhost: x\r\nconnection: close\r\n\r\n")
                answers.append(try await wire.receiveToEnd())
            }
            let lines = answers.map { answer in
                answer.split(separator: "\r\n", omittingEmptySubsequences: false).filter {
                    !$0.hasPrefix("date: ") && !$0.hasPrefix("x-field: ")
                }.sorted()
            }
            #expect(lines[0] == lines[1])
            #expect(answers[0].hasPrefix("HTTP/1.1 200 OK\r\n"))
            if let type = row.type { #expect(answers[0].contains("\r\ncontent-type: \(type)\r\n")) }
            #expect(answers[0].contains("\r\ncontent-length: \(row.body.utf8.count)\r\n"))
            #expect(answers[0].hasSuffix("\r\n\r\n" + (method == "HEAD" ? "" : row.body)))
        }
    }

    @Test("Chunks of all sizes arrive in their order, at once or in many short writes", arguments: [false, true])
    func gathered(waits: Bool) async throws {
        let sizes = [1, 16_384, 8192, 8193, 40, 70_000, 131_072, 3, 32_768, 32_769, 9000, 300_000, 1]
        let chunks = (0..<3).flatMap { round in
            sizes.enumerated().map { index, size in [UInt8](repeating: UInt8(round * 13 + index), count: size) }
        }
        try await withServer { request in
            guard request.url.pathname == "/chunks" else { return Response("pong") }
            return Response(Chunks { index in index < chunks.count ? chunks[index] : nil })
        } test: { client in
            let response = try await client.get("/chunks")
            if waits { _ = try await settled(client) { 0 } }
            let bytes = try await response.bytes()
            #expect(bytes == chunks.flatMap(\.self))
            #expect(try await client.get("/ping").text() == "pong")
        }
    }

    @Test(
        "A length that a handler says without content goes out if it is one", arguments: ["HEAD", "GET"],
        [("12", true), ("0", true), ("", false), ("12 ", true), ("-1", false), ("1, 1", false), ("twelve", false)])
    func declaredLengths(method: String, length: (value: String, isValid: Bool)) async throws {
        try await withServer { request in
            let headers: Headers = ["content-length": length.value]
            guard request.method == .HEAD else { return Response(status: .notModified, headers: headers) }
            return Response(Chunks { _ in nil }, headers: headers)
        } test: { client in
            let wire = try await client.connect()
            try await wire.send("\(method) / HTTP/1.1\r\nhost: x\r\nconnection: close\r\n\r\n")
            let answer = try await wire.receiveToEnd()
            let value = length.isValid ? length.value.prefix { $0 != " " } : "0"
            let status = length.isValid ? (method == "HEAD" ? 200 : 304) : 500
            #expect(answer.hasPrefix("HTTP/1.1 \(status) "))
            #expect(answer.contains("\r\ncontent-length: \(value)\r\n"))
        }
    }

    @Test("A request that outlives its answer keeps what it was")
    func keptRequest() async throws {
        let kept = Locked<[Request]>([])
        try await withServer { request in
            kept.withLock { $0.append(request) }
            var changed = request
            changed.headers["x-number"] = "changed"
            return Response(request.headers["x-number"] ?? "none")
        } test: { client in
            let wire = try await client.connect()
            for number in 0..<3 {
                try await wire.send("GET /\(number)?q=\(number) HTTP/1.1\r\nhost: x\r\nx-number: \(number)\r\n\r\n")
                _ = try await wire.receive(until: "\r\n\r\n\(number)")
            }
        }
        let requests = kept.withLock { $0 }
        #expect(requests.map(\.url.pathname) == ["/0", "/1", "/2"])
        #expect(requests.map(\.url.search) == ["?q=0", "?q=1", "?q=2"])
        #expect(requests.map { $0.headers["x-number"] } == ["0", "1", "2"])
    }
}
