// Copyright 2026 the Whippet authors
// SPDX-License-Identifier: Apache-2.0

import Testing
import Whippet
import WhippetServer
import WhippetTesting

@Suite("The options of Connection")
struct ConnectionOptionTests {
    struct Row: Sendable, CustomTestStringConvertible {
        var testDescription: String
        var fields: [(String, String)]
        var status: Status = 200
        /// The value of the answer's only `Connection` field to HTTP/1.1; nil for none.
        var expected: String?
    }

    private static let rows = [
        Row(testDescription: "no field", fields: [], expected: nil),
        Row(testDescription: "Upgrade", fields: [("upgrade", "websocket")], expected: "upgrade"),
        Row(testDescription: "426", fields: [("Upgrade", "HTTP/3.0")], status: 426, expected: "upgrade"),
        Row(testDescription: "Upgrade twice", fields: [("upgrade", "a"), ("upgrade", "b")], expected: "upgrade"),
        Row(
            testDescription: "Upgrade that says it itself", fields: [("connection", "Upgrade"), ("upgrade", "a")],
            expected: "upgrade"),
        Row(testDescription: "upgrade without Upgrade", fields: [("connection", "upgrade")], expected: nil),
        Row(
            testDescription: "Upgrade and close", fields: [("upgrade", "a"), ("connection", "Close")],
            expected: "close, upgrade"),
        Row(
            testDescription: "a field for the next hop", fields: [("connection", "X-Hop"), ("x-hop", "1")],
            expected: "X-Hop"),
        Row(
            testDescription: "fields for the next hop", fields: [("connection", "x-a , ,x-b"), ("connection", "x-c")],
            expected: "x-a, x-b, x-c"),
        Row(
            testDescription: "all of them", fields: [("connection", "x-a, close, keep-alive"), ("upgrade", "b")],
            expected: "close, x-a, upgrade"),
        Row(testDescription: "keep-alive", fields: [("connection", "keep-alive"), ("keep-alive", "5")], expected: nil),
        Row(
            testDescription: "fields of the framing",
            fields: [("connection", "Content-Length, transfer-encoding, date, connection")], expected: nil),
        Row(testDescription: "no options", fields: [("connection", "a b, (c), \"d\", ;e,")], expected: nil),
    ]

    /// How a body leaves: with its head, chunk by chunk, as a kept answer does, or not at all.
    enum Form: String, CaseIterable, Sendable {
        case whole, stream, ready, head
    }

    private static func response(_ row: Row, _ form: Form) -> Response {
        var headers = Headers()
        for (name, value) in row.fields { try? headers.append(name, value) }
        switch form {
        case .stream: return Response(Chunks { $0 == 0 ? "end".bytes : nil }, status: row.status, headers: headers)
        case .ready: return Response("end", status: row.status, headers: headers).withReadyHead()
        case .whole, .head: return Response("end", status: row.status, headers: headers)
        }
    }

    private static func options(_ answer: String) -> [String] {
        answer.split(separator: "\r\n").filter { $0.lowercased().hasPrefix("connection:") }.map(String.init)
    }

    @Test(
        "An answer says in one Connection field what holds between two neighbours",
        arguments: rows, Form.allCases)
    func options(row: Row, form: Form) async throws {
        try await withServer { _ in
            Self.response(row, form)
        } test: { client in
            let method = form == .head ? "HEAD" : "GET"
            for (version, request) in [("1.1", ""), ("1.1", "close"), ("1.0", ""), ("1.0", "keep-alive")] {
                let ends = row.expected?.hasPrefix("close") == true
                let wire = try await client.connect()
                try await wire.send(
                    "\(method) / HTTP/\(version)\r\nhost: x\r\n" + (request.isEmpty ? "" : "connection: \(request)\r\n")
                        + "\r\n")
                var expected = row.expected.map { ends ? String($0.dropFirst(7)) : $0 } ?? ""
                if row.expected == "close" { expected = "" }
                let stays = version == "1.1" ? request.isEmpty : request == "keep-alive" && form != .stream
                let own = !stays || ends ? "close" : version == "1.0" ? "keep-alive" : ""
                let value = [own, expected].filter { !$0.isEmpty }.joined(separator: ", ")
                let answer = try await wire.receive(until: "\r\n\r\n")
                #expect(Self.options(answer) == (value.isEmpty ? [] : ["connection: \(value)"]))
            }
        }
    }

    @Test("HTTP-426: An error that asks for another protocol names it to the neighbour")
    func upgradeRequired() async throws {
        let app = App()
        app.route(
            "/", GET: { _, _ in throw HTTPError.upgradeRequired("Come back with h3", headers: ["upgrade": "h3"]) })
        try await app.test(.live) { client in
            let answer = try await client.get("/")
            #expect(answer.status == 426)
            #expect(answer.headers["upgrade"] == "h3")
            #expect(answer.headers["connection"] == "upgrade")
        }
    }

    @Test(
        "A handler can't leave HTTP: 101 is a 500, and the next request is answered",
        arguments: ["response", "stream", "replaced", "error", "written"])
    func switchingProtocols(kind: String) async throws {
        try await withServer { request in
            guard request.url.pathname == "/" else { return Response("pong") }
            let headers: Headers = ["upgrade": "websocket", "connection": "upgrade"]
            switch kind {
            case "stream": return Response(Chunks { _ in nil }, status: 101, headers: headers)
            case "replaced": return Response("x", headers: headers).replacing(status: 101)
            case "error": return HTTPError(101, "Switch", headers: headers).response()
            case "written":
                #expect(RequestScope.current?.opener?.open(Response(status: 101, headers: headers)) == nil)
                return Response(status: 101, headers: headers)
            default: return Response(status: 101, headers: headers)
            }
        } test: { client in
            let wire = try await client.connect()
            try await wire.send(
                "GET / HTTP/1.1\r\nhost: x\r\nconnection: upgrade\r\nupgrade: websocket\r\n\r\n"
                    + "GET /ping HTTP/1.1\r\nhost: x\r\nconnection: close\r\n\r\n")
            let answers = try await wire.receiveToEnd()
            #expect(answers.hasPrefix("HTTP/1.1 500 "))
            #expect(!answers.contains("HTTP/1.1 101"))
            #expect(answers.hasSuffix("\r\n\r\npong"))
        }
    }
}
