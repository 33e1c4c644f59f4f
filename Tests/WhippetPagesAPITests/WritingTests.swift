// Copyright 2026 the Whippet authors
// SPDX-License-Identifier: Apache-2.0

import Testing
import Whippet
import WhippetApp
import WhippetPagesAPI
import WhippetTestSupport
import WhippetTesting

/// Answers that leave while their handler runs.
@Suite("AR-32: res.write")
struct WritingTests {
    private struct Failure: Error {}

    private func app(log: @escaping @Sendable (String) -> Void = { _ in }) -> App { App(log: log) }

    /// A middleware makes the handler run in a task of its own.
    private static let around: [Bool] = [false, true]

    @Test("What was written is there before the handler goes on", arguments: [TestTransport.inProcess, .live], around)
    func piecewise(_ transport: TestTransport, _ isWrapped: Bool) async throws {
        let gate = Gate()
        let app = app()
        if isWrapped {
            app.use { request, _, next in
                var response = await next(request)
                response.headers["x-around"] = "1"
                return response
            }
        }
        app.api("/slow") { _, res in
            res.status(201).setHeader("X-Own", "2")
            res.write("one")
            #expect(res.headersSent)
            await gate.wait()
            res.write("two".utf8.map { $0 })
            res.end("three")
        }
        try await app.test(transport) { client in
            let response = try await client.get("/api/slow")
            #expect(response.status == 201)
            #expect(response.headers["x-own"] == "2")
            #expect(response.headers["x-around"] == (isWrapped ? "1" : nil))
            #expect(response.headers[.contentLength] == nil)
            var chunks = try #require(response.body).makeAsyncIterator()
            #expect(try await chunks.next() == Array("one".utf8))
            gate.open()
            var rest = ""
            while let chunk = try await chunks.next() { rest += String(decoding: chunk, as: UTF8.self) }
            #expect(rest == "twothree")
        }
    }

    @Test("A handler with nothing around it needs no task of its own, whatever its method and path", arguments: around)
    func ownTask(_ isWrapped: Bool) async throws {
        let app = app()
        if isWrapped { app.use { request, _, next in await next(request) } }
        // As a route of the API is declared: its context tells.
        for path in ["/api/plain", "/api/[id]"] {
            app.routes.otherMethods(path, place: "here") { _, context in Response("\(context.standsAlone)") }
        }
        try await app.test(.live) { client in
            for method in ["GET", "POST", "OPTIONS", "TRACE"] as [HTTPMethod] {
                for path in ["/api/plain", "/api/1"] {
                    let wire = try await client.connect()
                    try await wire.send("\(method) \(path) HTTP/1.1\r\nhost: x\r\nconnection: close\r\n\r\n")
                    let answer = try await wire.receiveToEnd()
                    #expect(answer.hasSuffix("\r\n\r\n\(!isWrapped)"), "\(method) \(path)")
                }
            }
        }
    }

    @Test("An answer that was written goes out in chunks, and the connection goes on")
    func wire() async throws {
        let app = app()
        app.api("/parts") { _, res in
            res.write("ab")
            res.write("cd")
            res.end()
        }
        try await app.test(.live) { client in
            let wire = try await client.connect()
            for _ in 1...2 {
                try await wire.send("GET /api/parts HTTP/1.1\r\nhost: x\r\n\r\n")
                let answer = try await wire.receive(until: "0\r\n\r\n")
                #expect(answer.hasPrefix("HTTP/1.1 200 OK\r\n"))
                #expect(answer.contains("transfer-encoding: chunked\r\n"))
                #expect(answer.hasSuffix("\r\n\r\n2\r\nab\r\n2\r\ncd\r\n0\r\n\r\n"))
            }
            try await wire.send("HEAD /api/parts HTTP/1.1\r\nhost: x\r\n\r\nGET /api/none HTTP/1.1\r\nhost: x\r\n\r\n")
            let heads = try await wire.receive(until: "HTTP/1.1 404")
            #expect(!heads.contains("ab"))
        }
    }

    @Test("Upgrade says so in Connection, and 101 is a 500", arguments: around)
    func upgrade(_ isWrapped: Bool) async throws {
        let app = app()
        if isWrapped { app.use { request, _, next in await next(request) } }
        app.api("/[status]") { req, res in
            res.status(Status(UInt16(req.query["status"] ?? "") ?? 0)).setHeader("Upgrade", "h3")
            res.write("x")
            res.end()
        }
        try await app.test(.live) { client in
            for (status, connection) in [("426", "upgrade"), ("101", nil), ("200", "upgrade")] as [(String, String?)] {
                let response = try await client.get("/api/\(status)")
                #expect(response.status == (status == "101" ? 500 : Status(UInt16(status) ?? 0)))
                #expect(response.headers["connection"] == connection)
            }
        }
    }

    @Test("end alone sends the whole with its length")
    func endAlone() async throws {
        let app = app()
        app.api("/end") { _, res in res.end("whole") }
        try await app.test(.live) { client in
            let response = try await client.get("/api/end")
            #expect(response.headers[.contentLength] == "5")
        }
    }

    @Test("An error after the first byte cuts the connection", arguments: around)
    func errorCuts(_ isWrapped: Bool) async throws {
        let app = app()
        if isWrapped { app.use { request, _, next in await next(request) } }
        app.api("/broken") { _, res in
            res.write("half")
            throw Failure()
        }
        try await app.test(.live) { client in
            let wire = try await client.connect()
            try await wire.send("GET /api/broken HTTP/1.1\r\nhost: x\r\n\r\n")
            let answer = try await wire.receiveToEnd()
            #expect(answer.contains("half"))
            #expect(!answer.contains("0\r\n\r\n"))
        }
    }

    @Test("flushHeaders sends the head before there is a body", arguments: around)
    func flush(_ isWrapped: Bool) async throws {
        let gate = Gate()
        let app = app()
        if isWrapped { app.use { request, _, next in await next(request) } }
        app.api("/head") { _, res in
            res.setHeader("X-Early", "yes")
            res.flushHeaders()
            await gate.wait()
            res.end("late")
        }
        try await app.test(.live) { client in
            let response = try await client.get("/api/head")
            #expect(response.headers["x-early"] == "yes")
            gate.open()
            #expect(try await response.text() == "late")
        }
    }

    @Test("Headers that come too late are left out and logged")
    func lateHeaders() async throws {
        let (lines, log) = AsyncStream.makeStream(of: String.self)
        let app = app { log.yield($0) }
        app.api("/late") { _, res in
            res.write("a")
            res.setHeader("X-Late", "1").status(500)
            res.end("b")
        }
        try await app.test(.live) { client in
            let response = try await client.get("/api/late")
            #expect(response.status == 200)
            #expect(response.headers["x-late"] == nil)
            #expect(try await response.text() == "ab")
        }
        log.finish()
        let all = await lines.reduce(into: []) { $0.append($1) }
        #expect(all == ["setHeader", "status"].map { "/api/late: res.\($0): the answer has been sent already" })
    }

    @Test("The handler is cancelled when the client leaves", arguments: around)
    func clientLeaves(_ isWrapped: Bool) async throws {
        let (ended, end) = AsyncStream.makeStream(of: Bool.self)
        let app = app()
        if isWrapped { app.use { request, _, next in await next(request) } }
        app.api("/endless") { _, res in
            while !Task.isCancelled {
                if !res.write("tick") { try? await res.drain() }
                await Task.yield()
            }
            end.yield(Task.isCancelled)
        }
        try await app.test(.live) { client in
            let wire = try await client.connect()
            try await wire.send("GET /api/endless HTTP/1.1\r\nhost: x\r\n\r\n")
            _ = try await wire.receive(until: "tick")
            wire.reset()
            var ends = ended.makeAsyncIterator()
            #expect(await ends.next() == true)
        }
    }

    @Test("A body longer than its Content-Length cuts the connection")
    func tooLong() async throws {
        let app = app()
        app.api("/long") { _, res in
            res.setHeader("Content-Length", "3")
            res.write("ab")
            res.write("cd")
            res.end()
        }
        try await app.test(.live) { client in
            let wire = try await client.connect()
            try await wire.send("GET /api/long HTTP/1.1\r\nhost: x\r\n\r\n")
            let answer = try await wire.receiveToEnd()
            #expect(answer.contains("content-length: 3\r\n"))
            #expect(answer.hasSuffix("\r\n\r\nab"))
        }
    }

    @Test("write(contentsOf:) sends a sequence at the client's pace")
    func sequence() async throws {
        let app = app()
        app.api("/pipe") { _, res in
            try await res.write(
                contentsOf: ByteStream.from((0..<64).map { _ in [UInt8](repeating: 0x61, count: 16384) }))
            res.end()
        }
        try await app.test(.live) { client in
            let response = try await client.get("/api/pipe")
            #expect(try await response.bytes().count == 64 * 16384)
        }
    }

    /// Tells how many bytes of the first answer were sent.
    private final class CountingObserver: Observer {
        let counts: (stream: AsyncStream<Int?>, continuation: AsyncStream<Int?>.Continuation) = AsyncStream.makeStream()

        func requestEnded(_ request: ObservedRequest, _ end: RequestEnd) { counts.continuation.yield(end.bytes) }
    }

    @Test("Observers are told of all bytes, written and ended with", arguments: around)
    func observed(_ isWrapped: Bool) async throws {
        let observer = CountingObserver()
        let app = App(observers: [observer], log: { _ in })
        if isWrapped { app.use { request, _, next in await next(request) } }
        app.api("/parts") { _, res in
            res.write("one")
            res.write([UInt8](repeating: 1, count: 50_000))
            res.end("four")
        }
        try await app.test(.live) { client in
            let bytes = try await client.get("/api/parts").bytes()
            #expect(bytes.count == 50_007)
        }
        var counts = observer.counts.stream.makeAsyncIterator()
        let count = await counts.next()
        #expect(count == 50_007)
    }

    @Test("Cookies of the scope leave with the head")
    func cookies() async throws {
        let app = app()
        app.api("/cookie") { _, res in
            try Whippet.cookies().set("a", "1")
            res.write("x")
            res.end()
        }
        try await app.test(.live) { client in
            let response = try await client.get("/api/cookie")
            #expect(response.headers.getSetCookie().count == 1)
        }
    }

    @Test("An answer that nobody has ended ends with its handler")
    func forgotten() async throws {
        let app = app()
        app.api("/forgotten") { _, res in
            res.write("a")
        }
        try await app.test(.live) { client in
            let text = try await client.get("/api/forgotten").text()
            #expect(text == "a")
        }
    }
}
