// Copyright 2026 the Whippet authors
// SPDX-License-Identifier: Apache-2.0

import Testing
import Whippet
import WhippetTesting

/// What the wire shows of bodies that a handler writes.
@Suite("Bodies that are written")
struct StreamingTests {
    private static let head = "GET /stream HTTP/1.1\r\nhost: x\r\n\r\n"

    @Test("RT-31: what was written leaves when the writer waits, in one chunk for each write")
    func partsLeave() async throws {
        let mayGoOn = Event()
        try await withServer { _ in
            Response.stream(headers: [.contentType: "text/plain"]) { writer in
                try await writer.write("one")
                try await writer.write("two".bytes)
                await mayGoOn.wait()
                try await writer.write("three")
            }
        } test: { client in
            let wire = try await client.connect()
            try await wire.send(Self.head)
            let first = try await wire.receive(until: "3\r\ntwo\r\n")
            #expect(first.contains("transfer-encoding: chunked\r\n"))
            #expect(first.hasSuffix("\r\n\r\n3\r\none\r\n3\r\ntwo\r\n"))
            mayGoOn.happen()
            #expect(try await wire.receive(until: "0\r\n\r\n") == "5\r\nthree\r\n0\r\n\r\n")
            // The connection goes on.
            try await wire.send(Self.head)
            _ = try await wire.receive(until: "0\r\n\r\n")
        }
    }

    @Test("flush sends the head alone")
    func flushSendsHead() async throws {
        let mayGoOn = Event()
        try await withServer { _ in
            Response.stream { writer in
                try await writer.flush()
                await mayGoOn.wait()
            }
        } test: { client in
            let response = try await client.get("/")
            #expect(response.status == .ok)
            mayGoOn.happen()
            #expect(try await response.text() == "")
        }
    }

    @Test("A body that nothing was written to has the length 0")
    func emptyBody() async throws {
        try await withServer { _ in
            Response.stream { _ in }
        } test: { client in
            let response = try await client.get("/")
            #expect(response.headers[.contentLength] == "0")
            #expect(try await response.text() == "")
        }
    }

    /// What a writer does against its own Content-Length.
    @Test("A body shorter or longer than its Content-Length cuts the connection", arguments: ["12", "1234567"])
    func wrongLength(text: String) async throws {
        let log = Notes()
        try await withServer(log: log.add) { _ in
            Response.stream(headers: [.contentLength: "5"]) { writer in
                try await writer.write("1")
                try await writer.write(String(text.dropFirst()))
            }
        } test: { client in
            await #expect(throws: ClientError.self) { try await client.get("/").text() }
            #expect(log.lines.contains { $0.contains("Content-Length") })
        }
    }

    @Test("A body of its Content-Length is sent without chunks")
    func rightLength() async throws {
        try await withServer { _ in
            Response.stream(headers: [.contentLength: "5"]) { writer in
                try await writer.write("12")
                try await writer.write("345")
            }
        } test: { client in
            let response = try await client.get("/")
            #expect(response.headers["transfer-encoding"] == nil)
            #expect(try await response.text() == "12345")
        }
    }

    @Test("HTTP/1.0 gets the bytes as they are, to the end of the connection")
    func oldVersion() async throws {
        try await withServer { _ in
            Response.stream { try await $0.write("as it is") }
        } test: { client in
            let wire = try await client.connect()
            try await wire.send("GET / HTTP/1.0\r\n\r\n")
            #expect(try await wire.receiveToEnd().hasSuffix("\r\n\r\nas it is"))
        }
    }

    @Test("HEAD does not run the writer")
    func head() async throws {
        let runs = Counter()
        try await withServer { _ in
            Response.stream(headers: [.contentType: "text/plain"]) { _ in runs.add() }
        } test: { client in
            let response = try await client.head("/")
            #expect(response.headers[.contentType] == "text/plain")
            #expect(runs.count == 0)
        }
    }

    @Test("An error before the first byte is a 500, and the connection goes on")
    func errorBefore() async throws {
        let log = Notes()
        try await withServer(log: log.add) { _ in
            Response.stream { _ in throw Failure() }
        } test: { client in
            let wire = try await client.connect()
            for _ in 0..<2 {
                try await wire.send(Self.head)
                #expect(try await wire.receive(until: "\r\n\r\n").hasPrefix("HTTP/1.1 500 "))
            }
            #expect(log.lines.count == 2)
        }
    }

    @Test("An error after bytes cuts the connection without the last chunk, also when they were not sent yet")
    func errorAfter() async throws {
        let log = Notes()
        try await withServer(log: log.add) { _ in
            Response.stream { writer in
                try await writer.write("part")
                throw Failure()
            }
        } test: { client in
            let wire = try await client.connect()
            try await wire.send(Self.head)
            #expect(try await wire.receiveToEnd().hasSuffix("\r\n\r\n4\r\npart\r\n"))
            #expect(log.lines == ["A response's body failed: Failure()"])
        }
    }

    @Test("The writer is cancelled when the client leaves, and writing throws", arguments: DisconnectTests.Way.allCases)
    func writerIsCancelled(way: DisconnectTests.Way) async throws {
        let cancelled = Event()
        let refused = Event()
        try await withServer { _ in
            Response.stream { writer in
                try await writer.write("first")
                await waitForCancellation()
                if Task.isCancelled { cancelled.happen() }
                do {
                    try await writer.write("second")
                } catch is CancellationError {
                    refused.happen()
                }
            }
        } test: { client in
            let wire = try await client.connect()
            try await wire.send(Self.head)
            _ = try await wire.receive(until: "first\r\n")
            way.leave(wire)
            await cancelled.wait()
            await refused.wait()
        }
    }

    @Test("A writer that waits for a client that reads nothing is told when it leaves")
    func stoppedWriterIsCancelled() async throws {
        let written = Counter()
        let ended = Event()
        let chunk = [UInt8](repeating: 0x61, count: 64 * 1024)
        try await withServer { request in
            guard request.url.pathname == "/stream" else { return Response("pong") }
            return Response.stream { writer in
                defer { ended.happen() }
                while true {
                    try await writer.write(chunk)
                    written.add()
                }
            }
        } test: { client in
            let wire = try await client.connect()
            try await wire.send(Self.head)
            // The server stops when the system's buffers are full: no memory of its own grows.
            let count = try await settled(client) { written.count }
            #expect(count < 512)
            wire.reset()
            await ended.wait()
        }
    }

    @Test("A slow reader gets everything", arguments: [3, 100, 9000])
    func slowReader(size: Int) async throws {
        let total = 8 << 20
        let part = String(repeating: "x", count: size)
        try await withServer { request in
            guard request.url.pathname == "/stream" else { return Response("pong") }
            return Response.stream { writer in
                for _ in 0..<(total / size) { try await writer.write(part) }
            }
        } test: { client in
            let response = try await client.get("/stream")
            _ = try await settled(client) { 0 }
            var count = 0
            for try await chunk in try #require(response.body) { count += chunk.count }
            #expect(count == total / size * size)
        }
    }

    @Test("A writer that never waits leaves the loop to others")
    func writerIsFair() async throws {
        let isOver = Event()
        try await withServer { request in
            guard request.url.pathname == "/stream" else { return Response("pong") }
            return Response.stream { writer in
                while !isOver.hasHappened { try await writer.write("0123456789") }
            }
        } test: { client in
            let response = try await client.get("/stream")
            let reading = Task {
                for try await _ in try #require(response.body) {}
            }
            for _ in 0..<20 { #expect(try await client.get("/ping").text() == "pong") }
            isOver.happen()
            try await reading.value
        }
    }

    @Test("Parts written from other executors arrive in order")
    func otherExecutors() async throws {
        try await withServer { _ in
            Response.stream { writer in
                for index in 0..<100 {
                    try await writer.write("a\(index),")
                    try await Task.detached { try await writer.write("b\(index),") }.value
                    try await Self.onMain { try await writer.write("c\(index),") }
                }
            }
        } test: { client in
            let text = try await client.get("/").text()
            #expect(text == (0..<100).map { "a\($0),b\($0),c\($0)," }.joined())
        }
    }

    @MainActor
    private static func onMain(_ work: @escaping @Sendable @MainActor () async throws -> Void) async throws {
        try await work()
    }

    @Test("Several tasks may write at once, each part stays whole")
    func severalWriters() async throws {
        try await withServer { _ in
            Response.stream { writer in
                try await withThrowingTaskGroup { group in
                    for letter in ["a", "b", "c"] {
                        group.addTask {
                            for _ in 0..<50 {
                                try await writer.write(String(repeating: letter, count: 1000) + "\n")
                                await Task.yield()
                            }
                        }
                    }
                    try await group.waitForAll()
                }
            }
        } test: { client in
            let lines = try await client.get("/").text().split(separator: "\n")
            #expect(lines.count == 150)
            #expect(lines.allSatisfy { $0.count == 1000 && Set($0).count == 1 })
        }
    }

    @Test("What is written after the end goes nowhere and throws")
    func lateWrite() async throws {
        let kept = Kept()
        try await withServer { request in
            guard request.url.pathname == "/stream" else { return Response("pong") }
            return Response.stream { writer in
                kept.keep(writer)
                try await writer.write("all")
            }
        } test: { client in
            #expect(try await client.get("/stream").text() == "all")
            let writer = try #require(kept.writer)
            await #expect(throws: CancellationError.self) {
                for _ in 0..<3 { try await writer.write("late") }
            }
            #expect(try await client.get("/ping").text() == "pong")
        }
    }

    @Test("A writer that cancels its own task harms no request behind it")
    func writerCancelsItself() async throws {
        try await withServer { request in
            guard request.url.pathname == "/stream" else { return Response(Task.isCancelled ? "cancelled" : "<fine>") }
            return Response.stream { writer in
                try await writer.write("part")
                withUnsafeCurrentTask { $0?.cancel() }
            }
        } test: { client in
            let wire = try await client.connect()
            try await wire.send(Self.head + "GET /next HTTP/1.1\r\nhost: x\r\n\r\n")
            #expect(try await wire.receive(until: ">").hasSuffix("<fine>"))
        }
    }

    @Test("A response that is written can be sent once")
    func sentTwice() async throws {
        let stored = Response.stream { try await $0.write("once") }
        try await withServer { _ in
            stored
        } test: { client in
            let first = try await client.get("/").text()
            #expect(first == "once")
            let second = try await client.get("/")
            #expect(second.status == 500)
        }
    }
}

/// A writer that outlives its response.
private final class Kept: Sendable {
    private let locked = Locked<StreamWriter?>(nil)

    var writer: StreamWriter? { locked.withLock { $0 } }

    func keep(_ writer: StreamWriter) { locked.withLock { $0 = writer } }
}
