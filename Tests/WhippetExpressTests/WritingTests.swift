// Copyright 2026 the Whippet authors
// SPDX-License-Identifier: Apache-2.0

import Testing
import Whippet
import WhippetExpress
import WhippetTestSupport
import WhippetTesting

/// Answers that leave while their handlers run.
@Suite("res.write")
struct WritingTests {
    private struct Failure: Error {}

    private func live(_ app: Application, _ test: (TestClient) async throws -> Void) async throws {
        var configuration = ServerConfiguration().patient
        configuration.addresses = [.tcp(host: "127.0.0.1", port: 0)]
        configuration.loops = 1
        try await app.makeServer(configuration).test { try await test($0) }
    }

    /// How an application is asked.
    enum Way: CaseIterable { case inProcess, live, mounted }

    private func ask(_ way: Way, _ app: Application, _ test: (TestClient) async throws -> Void) async throws {
        switch way {
        case .inProcess: try await test(TestClient { await app.fetch($0) })
        case .live: try await live(app, test)
        case .mounted:
            let outer = App()
            outer.notFound { request, _ in await app.fetch(request) }
            try await outer.test(.live) { try await test($0) }
        }
    }

    @Test("EX-03: what was written is there before the handler goes on", arguments: Way.allCases)
    func piecewise(_ way: Way) async throws {
        let gate = Gate()
        let app = Application(log: { _ in })
        app.use { _, res, next in
            res.set("X-Before", "1")
            next()
        }
        app.get("/slow") { _, res in
            res.status(202).type("text/plain").write("one")
            #expect(res.headersSent)
            #expect(!res.writableEnded)
            await gate.wait()
            res.write(Array("two".utf8)).end("three")
            #expect(res.writableEnded)
        }
        try await ask(way, app) { client in
            let response = try await client.get("/slow")
            #expect(response.status == 202)
            #expect(response.headers["x-before"] == "1")
            #expect(response.headers[.contentType] == "text/plain; charset=utf-8")
            #expect(response.headers[.contentLength] == nil)
            #expect(response.headers[.etag] == nil)
            var chunks = try #require(response.body).makeAsyncIterator()
            #expect(try await chunks.next() == Array("one".utf8))
            gate.open()
            var rest = ""
            while let chunk = try await chunks.next() { rest += String(decoding: chunk, as: UTF8.self) }
            #expect(rest == "twothree")
        }
    }

    @Test("flushHeaders sends the head before there is a body", arguments: Way.allCases)
    func flush(_ way: Way) async throws {
        let gate = Gate()
        let app = Application(log: { _ in })
        app.get("/") { _, res in
            res.set("X-Early", "yes").flushHeaders()
            await gate.wait()
            res.end("late")
        }
        try await ask(way, app) { client in
            let response = try await client.get("/")
            #expect(response.headers["x-early"] == "yes")
            gate.open()
            #expect(try await response.text() == "late")
        }
    }

    @Test("Connections go on, and HEAD has no body")
    func wire() async throws {
        let app = Application(log: { _ in })
        app.get("/") { _, res in
            res.write("ab").write("cd")
            res.end()
        }
        try await live(app) { client in
            let wire = try await client.connect()
            try await wire.send("HEAD / HTTP/1.1\r\nhost: x\r\n\r\n")
            let head = try await wire.receive(until: "\r\n\r\n")
            #expect(head.hasPrefix("HTTP/1.1 200 OK\r\n"))
            for _ in 1...2 {
                try await wire.send("GET / HTTP/1.1\r\nhost: x\r\n\r\n")
                let answer = try await wire.receive(until: "0\r\n\r\n")
                #expect(answer.hasPrefix("HTTP/1.1 200 OK\r\n"))
                #expect(answer.hasSuffix("\r\n\r\n2\r\nab\r\n2\r\ncd\r\n0\r\n\r\n"))
            }
        }
    }

    @Test("Upgrade says so in Connection, in an answer that is kept and in one that is written")
    func upgrade() async throws {
        let app = Application(log: { _ in })
        app.get("/kept") { _, res in res.set("Upgrade", "h3").send("x") }
        app.get("/written") { _, res in res.set("Upgrade", "h3").status(426).write("x").end() }
        try await live(app) { client in
            for path in ["/kept", "/kept", "/written"] {
                let response = try await client.get(path)
                #expect(response.headers["upgrade"] == "h3")
                #expect(response.headers["connection"] == "upgrade")
                #expect(try await response.text() == "x")
            }
        }
    }

    /// What handlers do wrong after their first byte.
    private static let mistakes: [(name: String, handler: ExpressHandler)] = [
        ("throws", { _, _ in throw Failure() }),
        ("sets a header", { _, res in res.set("X-Late", "1") }),
        ("sends", { _, res in res.send("whole") }),
        ("redirects", { _, res in res.redirect("/elsewhere") }),
    ]

    @Test(
        "A handler that fails after the first byte has its error handlers asked, and the connection cut",
        arguments: 0..<4)
    func failure(_ index: Int) async throws {
        let (seen, see) = AsyncStream.makeStream(of: Bool.self)
        let app = Application(log: { _ in })
        app.get("/") { req, res in
            res.write("half")
            try await Self.mistakes[index].handler(req, res)
        }
        app.use { error, _, res, next in
            see.yield(res.headersSent)
            next(error)
        }
        try await live(app) { client in
            let wire = try await client.connect()
            try await wire.send("GET / HTTP/1.1\r\nhost: x\r\n\r\n")
            let answer = try await wire.receiveToEnd()
            #expect(answer.contains("half"), "\(Self.mistakes[index].name)")
            #expect(!answer.contains("0\r\n\r\n"))
            var seen = seen.makeAsyncIterator()
            #expect(await seen.next() == true)
        }
    }

    @Test("EX-08: a status that comes after the first byte changes nothing")
    func lateStatus() async throws {
        let app = Application(log: { _ in })
        app.get("/") { _, res in
            res.write("a").status(500)
            res.end("b")
        }
        try await live(app) { client in
            let response = try await client.get("/")
            #expect(response.status == 200)
            #expect(try await response.text() == "ab")
        }
    }

    @Test("The handler is cancelled when the client leaves", arguments: [Way.live, .mounted])
    func clientLeaves(_ way: Way) async throws {
        let (ended, end) = AsyncStream.makeStream(of: Bool.self)
        let app = Application(log: { _ in })
        app.get("/") { _, res in
            while !Task.isCancelled {
                res.write("tick")
                if res.writableNeedDrain { try? await res.drain() }
                await Task.yield()
            }
            end.yield(Task.isCancelled)
        }
        try await ask(way, app) { client in
            let wire = try await client.connect()
            try await wire.send("GET / HTTP/1.1\r\nhost: x\r\n\r\n")
            _ = try await wire.receive(until: "tick")
            wire.reset()
            var ends = ended.makeAsyncIterator()
            #expect(await ends.next() == true)
        }
    }

    @Test("write(contentsOf:) sends a request's body back as it comes", arguments: Way.allCases)
    func echo(_ way: Way) async throws {
        let app = Application(log: { _ in })
        app.post("/") { req, res in
            if let body = req.request.body { try await res.write(contentsOf: body) }
            res.end()
        }
        try await ask(way, app) { client in
            let body = [UInt8](repeating: 0x61, count: 300_000)
            let response = try await client.post("/", body: body)
            #expect(try await response.bytes() == body)
        }
    }

    @Test("An answer that nobody has ended ends with its handler, and a write after the end is logged")
    func ends() async throws {
        let (lines, log) = AsyncStream.makeStream(of: String.self)
        let app = Application(log: { log.yield($0) })
        app.get("/forgotten") { _, res in res.write("a") }
        app.get("/late") { _, res in
            res.write("a").end()
            res.write("b")
        }
        try await live(app) { client in
            for path in ["/forgotten", "/late"] {
                let text = try await client.get(path).text()
                #expect(text == "a")
            }
        }
        log.finish()
        let all = await lines.reduce(into: []) { $0.append($1) }
        #expect(
            all == [
                "GET /forgotten: the handler has not called res.end()",
                "GET /late: after the answer: TypeError: write after end",
            ])
    }
}
