// Copyright 2026 the Whippet authors
// SPDX-License-Identifier: Apache-2.0

import Testing
import Whippet
import WhippetTesting

@Suite("Content of requests")
struct RequestContentTests {
    private static let expecting =
        "POST / HTTP/1.1\r\nhost: x\r\nexpect: 100-continue\r\ncontent-length: 5\r\n\r\n"

    @Test("100 Continue comes when the handler reads")
    func continueWhenRead() async throws {
        try await withServer {
            Response("<\((try? await $0.text()) ?? "failed")>")
        } test: { client in
            let wire = try await client.connect()
            for _ in 0..<2 {
                try await wire.send(Self.expecting)
                #expect(try await wire.receive(until: "\r\n\r\n") == "HTTP/1.1 100 Continue\r\n\r\n")
                try await wire.send("hello")
                let answer = try await wire.receive(until: ">")
                #expect(answer.hasPrefix("HTTP/1.1 200 OK\r\n"))
                #expect(answer.hasSuffix("<hello>"))
            }
        }
    }

    @Test("100 Continue does not come when the handler does not read")
    func noContinueWhenUnread() async throws {
        try await withServer { _ in
            Response("no", status: .forbidden)
        } test: { client in
            let wire = try await client.connect()
            try await wire.send(Self.expecting)
            let answer = try await wire.receiveToEnd()
            #expect(answer.hasPrefix("HTTP/1.1 403 Forbidden\r\n"))
            // Nobody can tell whether the content still comes: the connection can't be used again.
            #expect(answer.contains("\r\nconnection: close\r\n"))
        }
    }

    @Test("100 Continue does not come for content that is there already")
    func noContinueForPresentContent() async throws {
        try await withServer {
            Response("<\((try? await $0.text()) ?? "failed")>")
        } test: { client in
            let wire = try await client.connect()
            try await wire.send(Self.expecting + "hello")
            let answer = try await wire.receive(until: ">")
            #expect(answer.hasPrefix("HTTP/1.1 200 OK\r\n"))
            #expect(answer.hasSuffix("<hello>"))
        }
    }

    @Test("A client that waits for 100 Continue sends nothing to a handler that refuses")
    func clientWaitsForContinue() async throws {
        let pulled = Counter()
        try await withServer { _ in
            Response("no", status: .forbidden)
        } test: { client in
            let body = Body(
                chunks: Chunks { _ in
                    pulled.add()
                    return "x".bytes
                })
            let response = try await client.post("/", headers: ["expect": "100-continue"], body: body)
            #expect(response.status == .forbidden)
            #expect(pulled.count == 0)
        }
    }

    @Test("A client that gets 100 Continue sends its content")
    func clientGetsContinue() async throws {
        try await withServer {
            Response((try? await $0.text()) ?? "failed")
        } test: { client in
            let response = try await client.post("/", headers: ["expect": "100-continue"], body: "hello")
            #expect(response.status == .ok)
            #expect(try await response.text() == "hello")
        }
    }

    @Test("An upload is echoed while it is still being sent")
    func echo() async throws {
        try await withServer {
            Response($0.body)
        } test: { client in
            let (chunks, input) = AsyncStream.makeStream(of: [UInt8].self)
            input.yield("chunk 0".bytes)
            let response = try await client.post("/", body: Body(chunks: chunks))
            let echoed = try #require(response.body)
            var count = 0
            for try await chunk in echoed {
                // The next chunk is sent only when the last one has come back.
                #expect(String(decoding: chunk, as: UTF8.self) == "chunk \(count)")
                count += 1
                if count < 50 { input.yield("chunk \(count)".bytes) } else { input.finish() }
            }
            #expect(count == 50)
        }
    }

    @Test("Content with a length streams in as it arrives")
    func contentLengthStreams() async throws {
        let first = Event()
        try await withServer { request in
            var text = ""
            do {
                for try await chunk in try #require(request.body) {
                    text += String(decoding: chunk, as: UTF8.self)
                    first.happen()
                }
            } catch {
                return Response("\(error)")
            }
            return Response("<\(text)>")
        } test: { client in
            let wire = try await client.connect()
            try await wire.send("POST / HTTP/1.1\r\nhost: x\r\ncontent-length: 10\r\n\r\nhello")
            await first.wait()
            try await wire.send("world")
            #expect(try await wire.receive(until: ">").hasSuffix("<helloworld>"))
        }
    }

    @Test(
        "Content arrives whole however it is cut",
        arguments: [
            "content-length: 11\r\n\r\nhello world",
            "transfer-encoding: chunked\r\n\r\n5\r\nhello\r\n6;a=b\r\n world\r\n0\r\nt: v\r\n\r\n",
        ])
    func cutContent(content: String) async throws {
        try await withServer {
            Response("<\((try? await $0.text()) ?? "failed")>")
        } test: { client in
            let wire = try await client.connect()
            let request = "POST / HTTP/1.1\r\nhost: x\r\n\(content)".bytes
            for cut in 1..<request.count {
                try await wire.send(Array(request[..<cut]))
                if cut % 7 == 0 { _ = try await client.get("/").text() }
                try await wire.send(Array(request[cut...]))
                #expect(try await wire.receive(until: ">").hasSuffix("<hello world>"))
            }
        }
    }

    @Test("A handler that does not pull stops its client, and gets all when it does")
    func backPressure() async throws {
        let started = Event()
        let mayRead = Event()
        let sent = Counter()
        let chunk = [UInt8](repeating: 0x61, count: 64 * 1024)
        let total = 512
        try await withServer { request in
            guard request.method == .POST else { return Response("pong") }
            started.happen()
            await mayRead.wait()
            var count = 0
            do {
                for try await chunk in try #require(request.body) { count += chunk.count }
            } catch {
                return Response("\(error)")
            }
            return Response("\(count)")
        } test: { client in
            async let answer = client.post(
                "/",
                body: Body(
                    chunks: Chunks { index in
                        guard index < total else { return nil }
                        sent.add()
                        return chunk
                    })
            ).text()
            await started.wait()
            let accepted = try await settled(client) { sent.count }
            // What lies in the system's buffers, of some megabytes each, and not the whole.
            #expect(accepted < total * 3 / 4)
            mayRead.happen()
            #expect(try await answer == "\(total * chunk.count)")
            #expect(sent.count == total)
        }
    }

    @Test("Content can be read in a task that runs elsewhere")
    func readElsewhere() async throws {
        let chunk = [UInt8](repeating: 0x61, count: 10_000)
        try await withServer { request in
            let reading = Task.detached { (try? await request.bytes().count) ?? -1 }
            return Response("\(await reading.value)")
        } test: { client in
            for _ in 0..<5 {
                let response = try await client.post("/", body: Body(chunks: Chunks { $0 < 100 ? chunk : nil }))
                #expect(try await response.text() == "1000000")
            }
        }
    }

    @Test("Content in broken chunks is a 400 for the handler that reads it, and the end of the connection")
    func brokenChunks() async throws {
        let app = App(log: { _ in })
        app.route("/", POST: { request, _ in Response(try await request.text()) })
        try await app.test(.live) { client in
            let wire = try await client.connect()
            try await wire.send("POST / HTTP/1.1\r\nhost: x\r\ntransfer-encoding: chunked\r\n\r\n5\r\nhello\r\nzz\r\n")
            let answer = try await wire.receiveToEnd()
            #expect(answer.hasPrefix("HTTP/1.1 400 Bad Request\r\n"))
            #expect(answer.contains("\r\nconnection: close\r\n"))
        }
    }

    @Test("A small rest of content that nobody read is skipped, and the connection goes on")
    func unreadContentIsSkipped() async throws {
        try await withServer { _ in
            Response("<ok>")
        } test: { client in
            let wire = try await client.connect()
            try await wire.send("POST / HTTP/1.1\r\nhost: x\r\ncontent-length: 100\r\n\r\n")
            #expect(try await wire.receive(until: "<ok>").hasPrefix("HTTP/1.1 200"))
            try await wire.send(String(repeating: "x", count: 100))
            try await wire.send("GET / HTTP/1.1\r\nhost: x\r\n\r\n")
            #expect(try await wire.receive(until: "<ok>").hasPrefix("HTTP/1.1 200"))
        }
    }
}
