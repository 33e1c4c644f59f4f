// Copyright 2026 the Whippet authors
// SPDX-License-Identifier: Apache-2.0

import Testing
import Whippet
import WhippetTesting

@Suite("Connections and their requests")
struct KeepAliveTests {
    @Test("A connection serves one request after another")
    func keepAlive() async throws {
        try await withServer {
            Response($0.url.pathname)
        } test: { client in
            let wire = try await client.connect()
            for path in ["/a", "/b", "/c"] {
                try await wire.send("GET \(path) HTTP/1.1\r\nhost: x\r\n\r\n")
                let head = try await wire.receive(until: "\r\n\r\n")
                #expect(head.hasPrefix("HTTP/1.1 200 OK\r\n"))
                #expect(!head.contains("connection:"))
                #expect(try await wire.receive(until: path) == path)
            }
        }
    }

    @Test("A client's request comes back with status, headers and body")
    func roundTrip() async throws {
        try await withServer { request in
            let text = (try? await request.text()) ?? "?"
            return Response(
                "\(request.method) \(request.url.pathname)\(request.url.search) \(text)", status: .created,
                headers: ["x-seen": request.headers["x-sent"] ?? "-"])
        } test: { client in
            for _ in 0..<3 {
                let response = try await client.post("/a/b?c=d", headers: ["x-sent": "1"], body: "hello")
                #expect(response.status == .created)
                #expect(response.statusText == "Created")
                #expect(response.headers["x-seen"] == "1")
                #expect(try await response.text() == "POST /a/b?c=d hello")
            }
        }
    }

    @Test("Pipelined requests are answered in order")
    func pipelining() async throws {
        try await withServer {
            Response("<\($0.url.pathname)>")
        } test: { client in
            let wire = try await client.connect()
            var requests = ""
            for number in 0..<100 { requests += "GET /\(number) HTTP/1.1\r\nhost: x\r\n\r\n" }
            try await wire.send(requests)
            for number in 0..<100 {
                let answer = try await wire.receive(until: ">")
                #expect(answer.hasSuffix("\r\n\r\n</\(number)>"))
            }
        }
    }

    @Test("A handler that waits is not overtaken by the requests pipelined behind it")
    func pipeliningBehindSlow() async throws {
        let started = Event()
        let mayGoOn = Event()
        try await withServer { request in
            if request.url.pathname == "/slow" {
                started.happen()
                await mayGoOn.wait()
            }
            return Response("<\(request.url.pathname)>")
        } test: { client in
            let wire = try await client.connect()
            try await wire.send(
                "GET /slow HTTP/1.1\r\nhost: x\r\n\r\nGET /fast HTTP/1.1\r\nhost: x\r\n\r\n")
            await started.wait()
            // Others are answered meanwhile, on the same loop.
            #expect(try await client.get("/other").text() == "</other>")
            mayGoOn.happen()
            #expect(try await wire.receive(until: ">").hasSuffix("</slow>"))
            #expect(try await wire.receive(until: ">").hasSuffix("</fast>"))
        }
    }

    @Test("More pipelined requests than are kept at once are all answered")
    func deepPipelining() async throws {
        let mayGoOn = Event()
        let padding = String(repeating: "p", count: 2000)
        try await withServer { request in
            if request.url.pathname == "/0" { await mayGoOn.wait() }
            return Response("<\(request.url.pathname)>")
        } test: { client in
            let wire = try await client.connect()
            async let sending: Void = {
                for number in 0..<200 {
                    try await wire.send("GET /\(number) HTTP/1.1\r\nhost: x\r\npad: \(padding)\r\n\r\n")
                }
            }()
            _ = try await settled(client) { 0 }
            mayGoOn.happen()
            for number in 0..<200 {
                #expect(try await wire.receive(until: ">").hasSuffix("</\(number)>"))
            }
            try await sending
        }
    }

    @Test("Content that stops the reading does not stop the request behind it")
    func pipeliningBehindUnreadContent() async throws {
        let started = Event()
        let mayGoOn = Event()
        try await withServer { request in
            switch request.url.pathname {
            case "/first":
                started.happen()
                await mayGoOn.wait()
                return Response("<first>")
            case "/second":
                let count = (try? await request.bytes().count) ?? -1
                return Response("<\(count)>")
            default:
                return Response("pong")
            }
        } test: { client in
            let wire = try await client.connect()
            let content = String(repeating: "x", count: 100_000)
            let head = "HTTP/1.1\r\nhost: x\r\ncontent-length: 100000\r\n\r\n"
            async let sending: Void = wire.send("POST /first \(head)\(content)POST /second \(head)\(content)")
            await started.wait()
            _ = try await settled(client) { 0 }
            mayGoOn.happen()
            #expect(try await wire.receive(until: ">").hasSuffix("<first>"))
            #expect(try await wire.receive(until: ">").hasSuffix("<100000>"))
            try await sending
        }
    }

    @Test("HEAD gets the fields of GET and no body, and the connection goes on")
    func head() async throws {
        try await withServer { _ in
            Response("hello")
        } test: { client in
            let wire = try await client.connect()
            try await wire.send("HEAD / HTTP/1.1\r\nhost: x\r\n\r\nGET / HTTP/1.1\r\nhost: x\r\n\r\n")
            let head = try await wire.receive(until: "\r\n\r\n")
            #expect(head.contains("\r\ncontent-length: 5\r\n"))
            #expect(try await wire.receive(until: "hello").hasPrefix("HTTP/1.1 200 OK\r\n"))
            let response = try await client.head("/")
            #expect(response.headers["content-length"] == "5")
            #expect(response.body == nil)
        }
    }

    @Test("HEAD of a streamed body pulls no chunk")
    func headOfStream() async throws {
        let pulled = Counter()
        try await withServer { _ in
            Response(
                Chunks { _ in
                    pulled.add()
                    return "x".bytes
                })
        } test: { client in
            let response = try await client.head("/")
            #expect(response.status == .ok)
            let again = try await client.head("/")
            #expect(again.status == .ok)
            #expect(pulled.count == 0)
        }
    }

    @Test(
        "The connection stays or ends as both sides say",
        arguments: [
            ("GET / HTTP/1.0\r\n\r\n", nil),
            ("GET / HTTP/1.0\r\nconnection: keep-alive\r\n\r\n", "keep-alive"),
            ("GET / HTTP/1.1\r\nhost: x\r\nconnection: close\r\n\r\n", "close"),
            ("GET /close HTTP/1.1\r\nhost: x\r\n\r\n", "close"),
            ("GET /list HTTP/1.1\r\nhost: x\r\n\r\n", "close, x"),
        ] as [(request: String, connection: String?)])
    func connectionField(request: String, connection: String?) async throws {
        try await withServer {
            switch $0.url.pathname {
            case "/close": Response("hello", headers: ["connection": "close"])
            case "/list": Response("hello", headers: ["connection": "x, Close"])
            default: Response("hello")
            }
        } test: { client in
            let wire = try await client.connect()
            try await wire.send(request)
            let answer = try await wire.receive(until: "hello")
            if connection == "keep-alive" {
                #expect(answer.contains("\r\nconnection: keep-alive\r\n"))
                try await wire.send(request)
                #expect(try await wire.receive(until: "hello").hasPrefix("HTTP/1.1 200"))
            } else {
                #expect(answer.contains("\r\nconnection: \(connection ?? "close")\r\n"))
                #expect(try await wire.receiveToEnd() == "")
            }
        }
    }

    @Test("The host of an absolute target stands for the Host field, and https is for a trusted proxy to ask for")
    func absoluteTargets() async throws {
        for (proxies, expected) in [(TrustedProxies.none, "421"), (.loopback, "200")] {
            try await withServer {
                $0.trustedProxies = proxies
            } handler: {
                Response("\($0.url.href) \($0.headers["host"] ?? "none")")
            } test: { client in
                let wire = try await client.connect()
                try await wire.send("GET http://b:81/c HTTP/1.1\r\nhost: a\r\n\r\n")
                _ = try await wire.receive(until: "\r\n\r\nhttp://b:81/c b:81")
                try await wire.send("GET https://b/c HTTP/1.1\r\nhost: a\r\nconnection: close\r\n\r\n")
                let answer = try await wire.receiveToEnd()
                #expect(answer.hasPrefix("HTTP/1.1 \(expected) "))
                #expect(answer.hasSuffix("\r\n\r\nhttps://b/c b") == (expected == "200"))
            }
        }
    }

    @Test("A stream for HTTP/1.0 ends with the connection")
    func streamForHTTP10() async throws {
        try await withServer { _ in
            Response(Chunks { $0 < 3 ? "\($0)".bytes : nil })
        } test: { client in
            let wire = try await client.connect()
            try await wire.send("GET / HTTP/1.0\r\nconnection: keep-alive\r\n\r\n")
            let answer = try await wire.receiveToEnd()
            #expect(answer.hasSuffix("\r\n\r\n012"))
            #expect(!answer.contains("transfer-encoding"))
            #expect(answer.contains("\r\nconnection: close\r\n"))
        }
    }

    private static let stored = Response("stored", headers: ["x-stored": "yes"])

    @Test("A stored response can be returned any number of times, at once and one after another")
    func storedResponse() async throws {
        try await withServer(loops: 2) { _ in
            Self.stored
        } test: { client in
            try await withThrowingTaskGroup { group in
                for _ in 0..<8 {
                    group.addTask {
                        for _ in 0..<25 {
                            let response = try await client.get("/")
                            #expect(response.headers["x-stored"] == "yes")
                            #expect(try await response.text() == "stored")
                        }
                    }
                }
                try await group.waitForAll()
            }
        }
    }

    @Test("A server that holds all the connections it may lets the next one wait, and takes it when another ends")
    func connectionQuota() async throws {
        let waited = Event()
        try await withServer {
            $0.connections = 2
        } handler: { request in
            if request.url.pathname == "/late" { waited.happen() }
            return Response("answer")
        } test: { client in
            let request = "GET / HTTP/1.1\r\nhost: x\r\n\r\n"
            let first = try await client.connect()
            let second = try await client.connect()
            for wire in [first, second] {
                try await wire.send(request)
                _ = try await wire.receive(until: "answer")
            }
            let third = try await client.connect()
            try await third.send("GET /late HTTP/1.1\r\nhost: x\r\n\r\n")
            for _ in 0..<50 {
                try await first.send(request)
                _ = try await first.receive(until: "answer")
            }
            #expect(!waited.hasHappened)
            first.close()
            #expect(try await third.receive(until: "answer").hasPrefix("HTTP/1.1 200"))
        }
    }
}
