// Copyright 2026 the Whippet authors
// SPDX-License-Identifier: Apache-2.0

import Testing
import Whippet
import WhippetServer
import WhippetTesting

/// The line that names what has blocked an event loop.
@Suite(.serialized)
struct WatchdogTests {
    /// Blocks the thread until the watchdog has noticed.
    private static func block(since alarms: Int) {
        let deadline = ContinuousClock.now + .seconds(60)
        while Watchdog.shared.alarmCount == alarms, ContinuousClock.now < deadline {}
    }

    private static func app(_ lines: LineRecorder, watchdog: Duration? = .milliseconds(5)) -> App {
        var configuration = ServerConfiguration()
        configuration.watchdog = watchdog
        let app = App(configuration: configuration, log: lines.write)
        app.get("/fine") { "fine" }
        app.get("/blocks/[id]") { () -> String in
            block(since: Watchdog.shared.alarmCount)
            return "done"
        }
        app.get("/waits") { () -> String in
            block(since: Watchdog.shared.alarmCount)
            await Task.yield()
            return "done"
        }
        return app
    }

    @Test("The line names method, route and path of the handler that has blocked its loop")
    func names() async throws {
        let lines = LineRecorder()
        try await Self.app(lines).test(.live(loops: 1)) { client in
            let text = try await client.get("/blocks/7").text()
            #expect(text == "done")
        }
        let line = try #require(lines.lines.first { $0.hasPrefix("An event loop was blocked for ") })
        #expect(line.contains(" ms by GET /blocks/[id] (/blocks/7). "), "\(line)")
        #expect(line.contains("offload { }"))
    }

    @Test("A handler that blocks and then waits is named, too")
    func waiting() async throws {
        let lines = LineRecorder()
        try await Self.app(lines).test(.live(loops: 1)) { client in
            let text = try await client.get("/waits").text()
            #expect(text == "done")
        }
        let line = try #require(lines.lines.first { $0.hasPrefix("An event loop was blocked for ") })
        #expect(line.contains(" ms by GET /waits. "), "\(line)")
    }

    @Test("The configuration switches it off, and the environment, too")
    func off() throws {
        #expect(ServerConfiguration().watchdog == .milliseconds(100))
        let isOff = try ServerConfiguration().reading(["WHIPPET_WATCHDOG": "off"])
        #expect(isOff.watchdog == nil)
        let isOther = try ServerConfiguration().reading(["WHIPPET_WATCHDOG": "250"])
        #expect(isOther.watchdog == .milliseconds(250))
    }
}

/// Keeps the lines that a server logs.
final class LineRecorder: Sendable {
    private let recorded = Locked<[String]>([])

    var lines: [String] { recorded.withLock { $0 } }

    var write: @Sendable (String) -> Void {
        { line in self.recorded.withLock { $0.append(line) } }
    }
}
