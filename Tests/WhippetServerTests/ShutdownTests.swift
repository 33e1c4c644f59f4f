// Copyright 2026 the Whippet authors
// SPDX-License-Identifier: Apache-2.0

import Testing
import Whippet
import WhippetTesting

@Suite("Shutting down")
struct ShutdownTests {
    @Test("A running stream is finished")
    func streamFinishes() async throws {
        let mayGoOn = Event()
        try await withServer { _ in
            Response(
                Chunks { index in
                    if index == 1 { await mayGoOn.wait() }
                    return index < 3 ? "<\(index)>".bytes : nil
                })
        } test: { client, server in
            let wire = try await client.connect()
            try await wire.send("GET / HTTP/1.1\r\nhost: x\r\n\r\n")
            _ = try await wire.receive(until: "<0>")
            async let shutdown: Void = server.shutdown(within: .seconds(20))
            // Once nobody is let in any more the shutdown has begun.
            while (try? await client.connect()) != nil {}
            mayGoOn.happen()
            #expect(try await wire.receiveToEnd() == "\r\n3\r\n<1>\r\n3\r\n<2>\r\n0\r\n\r\n")
            await shutdown
        }
    }

    @Test("A request behind a stream that did not say that the connection ends is answered")
    func requestBehindStream() async throws {
        let mayGoOn = Event()
        try await withServer {
            $0.drainGrace = .seconds(60)
        } handler: { request in
            guard request.url.pathname == "/" else { return Response("<next>") }
            return Response(
                Chunks { index in
                    if index == 1 { await mayGoOn.wait() }
                    return index < 2 ? "<\(index)>".bytes : nil
                })
        } test: { client, server in
            let wire = try await client.connect()
            try await wire.send("GET / HTTP/1.1\r\nhost: x\r\n\r\n")
            _ = try await wire.receive(until: "<0>")
            async let shutdown: Void = server.shutdown(within: .seconds(100))
            while (try? await client.connect()) != nil {}
            mayGoOn.happen()
            _ = try await wire.receive(until: "\r\n0\r\n\r\n")
            try await wire.send("GET /next HTTP/1.1\r\nhost: x\r\n\r\n")
            let answer = try await wire.receiveToEnd()
            #expect(answer.hasSuffix("<next>"))
            #expect(answer.contains("\r\nconnection: close\r\n"))
            await shutdown
        }
    }

    @Test("A request that runs is answered, with the word that the connection ends")
    func requestFinishes() async throws {
        let started = Event()
        let mayGoOn = Event()
        try await withServer { _ in
            started.happen()
            await mayGoOn.wait()
            return Response("<done>")
        } test: { client, server in
            let wire = try await client.connect()
            try await wire.send("GET / HTTP/1.1\r\nhost: x\r\n\r\n")
            await started.wait()
            async let shutdown: Void = server.shutdown(within: .seconds(20))
            while (try? await client.connect()) != nil {}
            mayGoOn.happen()
            #expect(try await wire.receiveToEnd().hasSuffix("<done>"))
            await shutdown
        }
    }

    @Test("A request behind a large answer that its client has not taken yet is answered behind it")
    func requestBehindLargeAnswer() async throws {
        let large = String(repeating: "0123456789", count: 1_000_000)
        try await withServer {
            $0.drainGrace = .seconds(110)
        } handler: { request in
            Response(request.url.pathname == "/large" ? large : "<pong>")
        } test: { client, server in
            let wire = try await client.connect()
            try await wire.send("GET /large HTTP/1.1\r\nhost: x\r\n\r\n")
            _ = try await settled(client) { 0 }
            try await wire.send("GET /ping HTTP/1.1\r\nhost: x\r\n\r\n")
            async let shutdown: Void = server.shutdown(within: .seconds(110))
            while (try? await client.connect()) != nil {}
            _ = try await wire.receive(until: "\r\n\r\n")
            let answer = try await wire.receiveToEnd()
            #expect(answer.hasPrefix(large + "HTTP/1.1 200 OK\r\n"))
            #expect(answer.hasSuffix("\r\n\r\n<pong>"))
            await shutdown
        }
    }

    @Test("Connections without a request are closed at once")
    func idleConnectionsClose() async throws {
        try await withServer(loops: 2) { _ in
            Response("<ok>")
        } test: { client, server in
            var wires: [WireConnection] = []
            for number in 0..<10 {
                let wire = try await client.connect()
                if number % 2 == 0 {
                    try await wire.send("GET / HTTP/1.1\r\nhost: x\r\n\r\n")
                    _ = try await wire.receive(until: "<ok>")
                }
                wires.append(wire)
            }
            await server.shutdown(within: .seconds(20))
            for wire in wires { #expect(try await wire.receiveToEnd() == "") }
        }
    }

    @Test("A client that has just come is answered, also when its request is still on its way", arguments: [0, 1])
    func requestOnItsWay(requestsBefore: Int) async throws {
        try await withServer {
            $0.drainGrace = .seconds(110)
        } handler: { _ in
            Response("<ok>")
        } test: { client, server in
            let wire = try await client.connect()
            for _ in 0..<requestsBefore {
                try await wire.send("GET / HTTP/1.1\r\nhost: x\r\n\r\n")
                _ = try await wire.receive(until: "<ok>")
            }
            async let shutdown: Void = server.shutdown(within: .seconds(110))
            while (try? await client.connect()) != nil {}
            try await wire.send("GET / HTTP/1.1\r\nhost: x\r\n\r\n")
            let answer = try await wire.receiveToEnd()
            #expect(answer.contains("\r\nconnection: close\r\n"))
            #expect(answer.hasSuffix("<ok>"))
            await shutdown
        }
    }

    @Test("All requests that were pipelined before it are answered")
    func pipelinedRequests() async throws {
        let started = Event()
        let mayGoOn = Event()
        try await withServer { request in
            if request.url.pathname == "/0" {
                started.happen()
                await mayGoOn.wait()
            }
            return Response("<\(request.url.pathname)>")
        } test: { client, server in
            let wire = try await client.connect()
            try await wire.send((0..<5).map { "GET /\($0) HTTP/1.1\r\nhost: x\r\n\r\n" }.joined())
            await started.wait()
            async let shutdown: Void = server.shutdown(within: .seconds(20))
            while (try? await client.connect()) != nil {}
            mayGoOn.happen()
            let answers = try await wire.receiveToEnd()
            for number in 0..<5 { #expect(answers.contains("</\(number)>")) }
            #expect(answers.components(of: "connection: close").count == 2)
            await shutdown
        }
    }

    @Test("What still runs at the deadline is cancelled and cut")
    func deadline() async throws {
        let cancelled = Event()
        let started = Event()
        try await withServer { _ in
            started.happen()
            await waitForCancellation()
            cancelled.happen()
            return Response("late")
        } test: { client, server in
            let wire = try await client.connect()
            try await wire.send("GET / HTTP/1.1\r\nhost: x\r\n\r\n")
            await started.wait()
            await server.shutdown(within: .milliseconds(50))
            await cancelled.wait()
            #expect(try await wire.receiveToEnd() == "")
        }
    }

    @Test("A stream without an end is cut at the deadline")
    func endlessStream() async throws {
        try await withServer { _ in
            Response(Chunks { _ in [UInt8](repeating: 0x61, count: 1000) })
        } test: {
            client, server in
            let response = try await client.get("/")
            await server.shutdown(within: .milliseconds(50))
            await #expect(throws: ClientError.self) { try await response.bytes() }
        }
    }

    @Test("A handler that does not hear its cancellation is left behind")
    func deafHandler() async throws {
        let mayEnd = Event()
        let ended = Event()
        let started = Event()
        try await withServer { _ in
            started.happen()
            await mayEnd.wait()
            ended.happen()
            return Response("late")
        } test: { client, server in
            let wire = try await client.connect()
            try await wire.send("GET / HTTP/1.1\r\nhost: x\r\n\r\n")
            await started.wait()
            await server.shutdown(within: .milliseconds(50))
            // It goes on elsewhere, so that it can end.
            mayEnd.happen()
            await ended.wait()
        }
    }

    @Test("A server that has stopped can be started again")
    func restart() async throws {
        var configuration = ServerConfiguration()
        configuration.addresses = [.tcp(host: "127.0.0.1", port: 0)]
        configuration.loops = 1
        let server = Server(configuration: configuration, log: { _ in }, handler: { _ in Response("ok") })
        for _ in 0..<3 {
            try await server.test { client in
                let text = try await client.get("/").text()
                #expect(text == "ok")
            }
        }
    }
}
