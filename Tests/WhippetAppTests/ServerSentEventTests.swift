// Copyright 2026 the Whippet authors
// SPDX-License-Identifier: Apache-2.0

import Testing
import Whippet
import WhippetTesting

@Suite("Server-sent events")
struct ServerSentEventTests {
    struct Case: CustomTestStringConvertible, Sendable {
        var testDescription: String
        var event: @Sendable () throws -> ServerSentEvent
        var text: String

        init(_ description: String, _ text: String, _ event: @escaping @Sendable () throws -> ServerSentEvent) {
            testDescription = description
            self.text = text
            self.event = event
        }
    }

    static let cases = [
        Case("data", "data: one\n\n") { try ServerSentEvent(data: "one") },
        Case("no data at all", "") { try ServerSentEvent() },
        Case("empty data", "data: \n\n") { try ServerSentEvent(data: "") },
        Case("every field", "event: tick\nid: 7\nretry: 2500\ndata: one\n\n") {
            try ServerSentEvent(data: "one", event: "tick", id: "7", retry: .milliseconds(2500))
        },
        Case("LF", "data: one\ndata: two\n\n") { try ServerSentEvent(data: "one\ntwo") },
        Case("CR", "data: one\ndata: two\n\n") { try ServerSentEvent(data: "one\rtwo") },
        Case("CRLF", "data: one\ndata: two\n\n") { try ServerSentEvent(data: "one\r\ntwo") },
        Case("LF CR", "data: one\ndata: \ndata: two\n\n") { try ServerSentEvent(data: "one\n\rtwo") },
        Case("a line break at the end", "data: one\ndata: \n\n") { try ServerSentEvent(data: "one\n") },
        Case("only a line break", "data: \ndata: \n\n") { try ServerSentEvent(data: "\r\n") },
        Case("a blank in front, a colon, U+2028", "data:  a: b\u{2028}c\n\n") {
            try ServerSentEvent(data: " a: b\u{2028}c")
        },
        Case("an id alone", "id: 8\n\n") { try ServerSentEvent(id: "8") },
        Case("an empty id", "id: \ndata: x\n\n") { try ServerSentEvent(data: "x", id: "") },
        Case("JSON", "event: point\ndata: {\"x\":1,\"y\":\"\\n\"}\n\n") {
            struct Point: Encodable {
                var x = 1
                var y = "\n"
            }
            return try ServerSentEvent(json: Point(), event: "point")
        },
    ]

    @Test("An event is written in lines", arguments: cases)
    func lines(event: Case) throws {
        #expect(try event.event().description == event.text)
    }

    @Test("What would break the stream is refused")
    func refused() {
        for name in ["a\nb", "a\rb", "\r\n"] {
            #expect(throws: TypeError("ServerSentEvent: the name has a line break")) {
                try ServerSentEvent(data: "x", event: name)
            }
        }
        for id in ["1\n2", "1\r2", "1\02"] {
            #expect(throws: TypeError("ServerSentEvent: the id has a line break or NUL")) {
                try ServerSentEvent(data: "x", id: id)
            }
        }
        #expect(throws: TypeError("ServerSentEvent: retry is negative")) {
            try ServerSentEvent(retry: .seconds(-1))
        }
        #expect(throws: TypeError("ServerSentEvent: retry is too long")) {
            try ServerSentEvent(retry: .seconds(Int64.max))
        }
    }

    @Test("The head says what the stream is, and leaves before the first event")
    func head() async throws {
        let (goes, go) = AsyncStream.makeStream(of: Void.self)
        let app = App()
        app.get("/events") {
            Response.sse(headers: ["x-own": "1", .contentType: "text/plain"], heartbeat: nil) { events in
                for await _ in goes {}
                try await events.send(data: "late")
            }
        }
        try await app.test(.live) { client in
            // The answer is there though the function still waits.
            let response = try await client.get("/events")
            #expect(response.headers[.contentType] == "text/event-stream")
            #expect(response.headers[.cacheControl] == "no-cache")
            #expect(response.headers["x-accel-buffering"] == "no")
            #expect(response.headers["x-own"] == "1")
            go.finish()
            #expect(try await response.text() == "data: late\n\n")
        }
    }

    @Test("Events, comments and JSON arrive in order", arguments: [TestTransport.inProcess, .live])
    func everything(transport: TestTransport) async throws {
        let app = App()
        app.get("/events") {
            Response.sse(heartbeat: nil) { events in
                try await events.comment("hello\nworld")
                try await events.send(data: "a\nb", event: "first", id: "1", retry: .seconds(2))
                try await events.send(json: ["n": 1])
                try await events.send(ServerSentEvent(data: "last"))
                try await events.comment()
            }
        }
        try await app.test(transport) { client in
            let text = try await client.get("/events").text()
            #expect(
                text == """
                    : hello
                    : world

                    event: first
                    id: 1
                    retry: 2000
                    data: a
                    data: b

                    data: {"n":1}

                    data: last

                    :


                    """)
        }
    }

    @Test("A sequence of events is sent")
    func sequence() async throws {
        let app = App()
        app.get("/events") {
            let (events, input) = AsyncStream.makeStream(of: ServerSentEvent.self)
            for number in 0..<3 { input.yield(try ServerSentEvent(data: "\(number)")) }
            input.finish()
            return Response.sse(events, heartbeat: nil)
        }
        try await app.test(.live) { client in
            let text = try await client.get("/events").text()
            #expect(text == "data: 0\n\ndata: 1\n\ndata: 2\n\n")
        }
    }

    @Test(
        "The id that a client comes back with is there, as UTF-8 and not for ever long",
        arguments: [
            ("7", "7"), ("\u{C3}\u{A9}", "é"), ("", "none"), (String(repeating: "x", count: 1024), nil),
            (String(repeating: "x", count: 1025), "none"),
        ])
    func lastEventID(sent: String, seen: String?) async throws {
        let app = App()
        app.get("/events") {
            Response.sse { try await $0.send(data: $0.lastEventID ?? "none") }
        }
        try await app.test { client in
            let text = try await client.get("/events", headers: ["last-event-id": sent]).text()
            #expect(text == "data: \(seen ?? sent)\n\n")
        }
    }

    @Test("A heartbeat goes out each time its time has passed, by the application's clock")
    func heartbeat() async throws {
        let clock = ManualClock()
        let (goes, go) = AsyncStream.makeStream(of: Void.self)
        let app = App(clock: clock)
        app.get("/events") {
            Response.sse { events in
                for await _ in goes {}
                try await events.send(data: "end")
            }
        }
        try await app.test(.live) { client in
            let response = try await client.get("/events")
            let reader = try #require(response.body).getReader()
            for _ in 0..<3 {
                await withCheckedContinuation { clock.advanceWhenAsleep(by: .seconds(15), $0) }
                #expect(try await reader.read() == Array(":\n\n".utf8))
            }
            go.finish()
            #expect(try await reader.read() == Array("data: end\n\n".utf8))
            #expect(try await reader.read() == nil)
        }
    }

    @Test("An error of the function cuts the connection")
    func error() async throws {
        let app = App(log: { _ in })
        app.get("/events") { Response.sse { _ in throw HTTPError.conflict } }
        try await app.test(.live) { client in
            let response = try await client.get("/events")
            #expect(response.status == .ok)
            await #expect(throws: ClientError.self) { try await response.text() }
        }
    }

    @Test("The function is cancelled when the client leaves, with a heartbeat and without", arguments: [true, false])
    func disconnect(hasHeartbeat: Bool) async throws {
        let (ends, end) = AsyncStream.makeStream(of: Bool.self)
        let app = App()
        app.get("/events") {
            Response.sse(heartbeat: hasHeartbeat ? .seconds(15) : nil) { events in
                try await events.send(data: "hello")
                try? await Task.sleep(for: .seconds(60))
                end.yield(Task.isCancelled)
            }
        }
        try await app.test(.live) { client in
            let wire = try await client.connect()
            try await wire.send("GET /events HTTP/1.1\r\nhost: x\r\n\r\n")
            _ = try await wire.receive(until: "data: hello\n\n")
            wire.close()
            for await isCancelled in ends {
                #expect(isCancelled)
                break
            }
        }
    }
}
