// Copyright 2026 the Whippet authors
// SPDX-License-Identifier: Apache-2.0

import Testing
import Whippet
import WhippetServer
import WhippetTesting

@Suite("CONNECT")
struct TunnelTests {
    private static let ready = Response("ready").withReadyHead()

    private static func response(_ kind: String) -> Response {
        switch kind {
        case "text": Response("text")
        case "fields": Response("text", headers: ["x-a": "1"])
        case "empty": Response(status: .noContent)
        case "stream": Response(Chunks { $0 < 2 ? "part".bytes : nil })
        default: ready
        }
    }

    @Test(
        "What follows an answer that opens a tunnel is no request: the connection ends",
        arguments: ["text", "fields", "empty", "stream", "ready"])
    func opened(kind: String) async throws {
        let asked = Notes()
        try await withServer { request in
            asked.add(request.method.rawValue)
            return Self.response(kind)
        } test: { client in
            let wire = try await client.connect()
            try await wire.send("CONNECT a:1 HTTP/1.1\r\nhost: a:1\r\n\r\nGET /inside HTTP/1.1\r\nhost: a\r\n\r\n")
            let answer = try await wire.receiveToEnd()
            #expect(answer.hasPrefix("HTTP/1.1 20"))
            #expect(answer.contains("\r\nconnection: close\r\n"))
            #expect(!answer.contains("content-length") && !answer.contains("transfer-encoding"))
            #expect(answer.hasSuffix("\r\n\r\n"))
            #expect(asked.lines == ["CONNECT"])
        }
    }

    @Test("The connection goes on behind a tunnel that is refused")
    func refused() async throws {
        try await withServer { request in
            request.method == .CONNECT ? Response("no", status: .methodNotAllowed) : Response("yes")
        } test: { client in
            let wire = try await client.connect()
            try await wire.send(
                "CONNECT a:1 HTTP/1.1\r\nhost: a:1\r\n\r\nGET / HTTP/1.1\r\nhost: a\r\nconnection: close\r\n\r\n")
            let answers = try await wire.receiveToEnd()
            #expect(answers.hasPrefix("HTTP/1.1 405 "))
            #expect(answers.hasSuffix("\r\n\r\nyes"))
        }
    }
}
