// Copyright 2026 the Whippet authors
// SPDX-License-Identifier: Apache-2.0

import Synchronization
import Testing
import Whippet
import WhippetApp
import WhippetTesting

/// The log of one line of JSON for each request.
struct JSONLogTests {
    /// The 21st of November 2026, 14:42:32.123 UTC.
    private static let time: @Sendable () -> Int64 = { 1_795_272_152_123 }

    private static func log(_ recorder: LogRecorder, capacity: Int = 1 << 20) -> JSONLog {
        JSONLog(to: .function(recorder.write), capacity: capacity, time: time)
    }

    @Test("A request is one line with the names of OpenTelemetry")
    func request() async throws {
        let recorder = LogRecorder()
        let log = Self.log(recorder)
        let clock = ManualClock()
        let app = App(observers: [log], clock: clock)
        app.get("/items/[id]") { () -> String in
            clock.advance(by: .microseconds(1500))
            return "hello"
        }
        _ = await app.fetch(
            Request("/items/7?q=a%22b", headers: ["user-agent": "say \"hi\"\t", "x-request-id": "r1"]))
        await log.flush()
        #expect(
            recorder.lines == [
                #"{"timestamp":"2026-11-21T14:42:32.123Z","severity_text":"info","body":"request","#
                    + #""http.request.method":"GET","url.path":"/items/7","url.query":"q=a%22b","#
                    + #""http.route":"/items/[id]","http.response.status_code":200,"http.response.body.size":5,"#
                    + #""http.server.request.duration":0.0015,"user_agent.original":"say \"hi\"","#
                    + #""http.request.header.x-request-id":"r1"}"#
            ])
    }

    @Test("An error is told with its type, and the line for the operator is JSON, too")
    func error() async throws {
        let recorder = LogRecorder()
        let log = Self.log(recorder)
        let app = App(environment: .production, observers: [log])
        app.get("/") { () -> Response in throw ObserverTests.Broken() }
        _ = await app.fetch(Request("/"))
        await log.flush()
        let lines = try recorder.lines.joined(separator: "\n").split(separator: "\n").map {
            try JSON.parse(Array($0.utf8))
        }
        #expect(lines.count == 2)
        #expect(lines.first?["severity_text"] == "error")
        #expect(lines.first?["body"] == "500 GET /: broken")
        #expect(lines.last?["error.type"] == "Broken")
        #expect(lines.last?["http.response.status_code"] == 500)
    }

    @Test("No text of a client breaks a line", arguments: ["a\u{2028}b", "\u{7F}", "\\", "é", "\u{1F600}"])
    func escaping(_ text: String) async throws {
        let recorder = LogRecorder()
        let log = Self.log(recorder)
        log.logged(LogLine("a\nb\u{0}" + text))
        await log.flush()
        #expect(recorder.lines.count == 1)
        let line = try #require(recorder.lines.first)
        #expect(!line.utf8.contains { $0 < 0x20 })
        let body = try JSON.parse(Array(line.utf8))["body"]
        #expect(body == JSON("a\nb\u{0}" + text))
    }

    @Test("Lines that find no room are dropped and counted, and nobody waits for a slow destination")
    func dropping() async throws {
        let recorder = LogRecorder()
        let (entered, entering) = AsyncStream.makeStream(of: Void.self)
        let gate = Locked(())
        let isOpen = Atomic(false)
        let log = JSONLog(
            to: .function { line in
                entering.yield()
                while !isOpen.load(ordering: .acquiring) { gate.withLock { _ in } }
                recorder.write(line)
            }, capacity: 200, time: Self.time)
        log.logged(LogLine("first"))
        for await _ in entered { break }
        for number in 0..<10 { log.logged(LogLine("line \(number)")) }
        isOpen.store(true, ordering: .releasing)
        await log.flush()
        let lines = recorder.lines.joined(separator: "\n").split(separator: "\n")
        let dropped = try #require(
            lines.compactMap { try? JSON.parse(Array($0.utf8))["whippet.log.dropped"].intValue }.first)
        #expect(dropped > 0)
        #expect(lines.count + dropped == 12)
    }
}
