// Copyright 2026 the Whippet authors
// SPDX-License-Identifier: Apache-2.0

import Foundation
import Synchronization
import Testing
import Whippet
import WhippetTesting

/// Writes down what it is told.
final class RecordingObserver: Observer {
    struct Record: Sendable, Equatable {
        var id: UInt64
        var route: String
        var status: Status
        var bytes: Int?
        var isComplete: Bool
        var error: String?
        var duration: Duration
    }

    private let started = Locked<[(id: UInt64, route: String)]>([])
    private let ended = Locked<[Record]>([])
    private let lines = Locked<[LogLine]>([])
    private let ending: AsyncStream<Record>.Continuation
    let takesLog: Bool
    /// The ends of requests, as they come.
    let ends: AsyncStream<Record>

    init(takesLog: Bool = false) {
        self.takesLog = takesLog
        (ends, ending) = AsyncStream.makeStream(of: Record.self)
    }

    var startedRequests: [(id: UInt64, route: String)] { started.withLock { $0 } }
    var endedRequests: [Record] { ended.withLock { $0 } }
    var logLines: [LogLine] { lines.withLock { $0 } }

    func requestStarted(_ request: ObservedRequest) {
        started.withLock { $0.append((request.id, request.route)) }
    }

    func requestEnded(_ request: ObservedRequest, _ end: RequestEnd) {
        let record = Record(
            id: request.id, route: request.route, status: end.status, bytes: end.bytes, isComplete: end.isComplete,
            error: end.error.map { "\($0)" }, duration: end.duration)
        ended.withLock { $0.append(record) }
        ending.yield(record)
    }

    func logged(_ line: LogLine) {
        lines.withLock { $0.append(line) }
    }
}

/// What observers are told of requests.
struct ObserverTests {
    struct Broken: Error, CustomStringConvertible {
        var description: String { "broken" }
    }

    private static func app(_ observer: RecordingObserver, clock: any Clock<Duration> = ContinuousClock()) -> App {
        let app = App(environment: .production, observers: [observer], clock: clock, log: { _ in })
        app.get("/items/[id]") { "hello" }
        app.get("/broken") { () -> Response in throw Broken() }
        app.get("/teapot") { () -> Response in throw HTTPError(418) }
        app.get("/away") { try redirect("/") }
        app.get("/stream") { Response(ReadableStream.from([[UInt8](repeating: 1, count: 10), [2]])) }
        app.use(matcher: "/moved") { _, _, _ in .rewrite("/items/7") }
        return app
    }

    struct Case: CustomTestStringConvertible {
        var method = Request.Method.GET
        var path: String
        var route: String
        var status: Status
        var bytes: Int
        var error: String?
        var testDescription: String { "\(method) \(path)" }
    }

    @Test(
        "Each request is told with its route when it starts, and with status and bytes when it has ended",
        arguments: [TestTransport.inProcess, .live(loops: 1)],
        [
            Case(path: "/items/7?q=1", route: "/items/[id]", status: 200, bytes: 5),
            Case(path: "/broken", route: "/broken", status: 500, bytes: 0, error: "broken"),
            Case(path: "/teapot", route: "/teapot", status: 418, bytes: 0),
            Case(path: "/away", route: "/away", status: 307, bytes: 0),
            Case(path: "/nowhere", route: "", status: 404, bytes: 0),
            Case(method: .POST, path: "/broken", route: "/broken", status: 405, bytes: 0),
            Case(path: "/moved", route: "/items/[id]", status: 200, bytes: 5),
        ])
    func requests(_ transport: TestTransport, _ one: Case) async throws {
        let observer = RecordingObserver()
        try await Self.app(observer).test(transport) { client in
            let response = try await client.send(one.method, one.path)
            _ = try await response.bytes()
        }
        var ends = observer.ends.makeAsyncIterator()
        let end = try #require(await ends.next())
        #expect(observer.startedRequests.map(\.id) == [end.id])
        #expect(end.route == one.route)
        #expect(end.status == one.status)
        if one.status == 200 { #expect(end.bytes == one.bytes) }
        #expect(end.error == one.error)
        #expect(end.isComplete)
    }

    @Test("The bytes of a stream are counted as they are sent, not those of its coding")
    func stream() async throws {
        let observer = RecordingObserver()
        try await Self.app(observer).test(.live(loops: 1)) { client in
            _ = try await client.get("/stream").bytes()
        }
        var ends = observer.ends.makeAsyncIterator()
        let end = try #require(await ends.next())
        #expect(end.bytes == 11)
        #expect(end.isComplete)
    }

    @Test("The bytes of a file are counted that the system sends itself")
    func largeFile() async throws {
        let observer = RecordingObserver()
        let app = App(observers: [observer], log: { _ in })
        let path = FileManager.default.temporaryDirectory.appendingPathComponent("whippet-\(UUID().uuidString)").path
        defer { try? FileManager.default.removeItem(atPath: path) }
        try Data(count: 3 << 20).write(to: URL(fileURLWithPath: path))
        app.get("/file") { Response(try await File(path: path)) }
        try await app.test(.live(loops: 1)) { client in
            let bytes = try await client.get("/file").bytes()
            #expect(bytes.count == 3 << 20)
        }
        var ends = observer.ends.makeAsyncIterator()
        let end = try #require(await ends.next())
        #expect(end.bytes == 3 << 20)
        #expect(end.isComplete)
    }

    @Test("The time of a request is that of the application's clock")
    func duration() async throws {
        let observer = RecordingObserver()
        let clock = ManualClock()
        let app = App(observers: [observer], clock: clock, log: { _ in })
        app.get("/") { () -> String in
            clock.advance(by: .seconds(3))
            return "late"
        }
        _ = await app.fetch(Request("/"))
        #expect(observer.endedRequests.map(\.duration) == [.seconds(3)])
    }

    @Test("A client that leaves ends its request incomplete")
    func leaving() async throws {
        let observer = RecordingObserver()
        let app = App(observers: [observer], log: { _ in })
        app.get("/endless") {
            Response(AsyncStream<[UInt8]> { stream in stream.yield([1, 2, 3]) })
        }
        try await app.test(.live(loops: 1)) { client in
            let wire = try await client.connect()
            try await wire.send("GET /endless HTTP/1.1\r\nhost: localhost\r\n\r\n")
            _ = try await wire.receive(until: "\r\n\r\n")
            wire.close()
            var ends = observer.ends.makeAsyncIterator()
            let end = try #require(await ends.next())
            #expect(!end.isComplete)
            #expect(end.bytes == 3)
        }
    }

    @Test("Lines for the operator go to standard error, or where the program says, and to the observers")
    func lines() async throws {
        let observer = RecordingObserver()
        let recorder = LogRecorder()
        let app = App(environment: .production, observers: [observer], log: recorder.write)
        app.get("/") { () -> Response in throw Broken() }
        _ = await app.fetch(Request("/"))
        #expect(recorder.lines == ["500 GET /: broken"])
        #expect(observer.logLines == [LogLine("500 GET /: broken", severity: .error)])
    }

    @Test("instrumentation: register runs once before the application listens")
    func register() async throws {
        let count = Atomic(0)
        let app = App(instrumentation: Instrumentation(register: { count.add(1, ordering: .relaxed) }), log: { _ in })
        app.get("/") { "\(count.load(ordering: .relaxed))" }
        try await app.test(.live(loops: 1)) { client in
            let text = try await client.get("/").text()
            #expect(text == "1")
        }
        try await app.register()
        #expect(count.load(ordering: .relaxed) == 1)
    }

    @Test("instrumentation: what the file exports runs behind what the program says")
    func instrumentationFile() async throws {
        let order = Locked<[String]>([])
        let routes = Routes()
        routes.folder("", source: "app/instrumentation.swift") { folder in
            folder.export(register: { order.withLock { $0.append("file") } }, line: 1)
            folder.export(
                onRequestError: { error, request in
                    order.withLock { $0.append("\(error) \(request.url.pathname)") }
                }, line: 2)
        }
        routes.file("x", source: "app/x/route.swift") { file in
            file.export(.GET, { () -> Response in throw Broken() }, line: 1)
        }
        let program = Instrumentation(register: { order.withLock { $0.append("program") } })
        let app = App(routes: routes, instrumentation: program, log: { _ in })
        try await app.register()
        _ = await app.fetch(Request("/x"))
        #expect(order.withLock { $0 } == ["program", "file", "broken /x"])
    }

    @Test("instrumentation: an application whose register throws does not listen")
    func registerFails() async throws {
        let app = App(instrumentation: Instrumentation(register: { throw Broken() }), log: { _ in })
        await #expect(throws: Broken.self) { try await app.test(.live(loops: 1)) { _ in } }
    }

    @Test(
        "instrumentation: onRequestError hears of what is thrown and is no answer",
        arguments: [
            ("/broken", ["broken /broken"]), ("/items/7", []), ("/teapot", []), ("/away", []), ("/nowhere", []),
        ])
    func onRequestError(_ path: String, _ expected: [String]) async throws {
        let heard = Locked<[String]>([])
        let app = App(
            environment: .production,
            instrumentation: Instrumentation(onRequestError: { error, request, context in
                heard.withLock { $0.append("\(error) \(context.route)") }
            }), log: { _ in })
        app.get("/broken") { () -> Response in throw Broken() }
        app.get("/items/[id]") { "hello" }
        app.get("/teapot") { () -> Response in throw HTTPError(418) }
        app.get("/away") { try redirect("/") }
        app.onError { _, _, _ in Response("handled") }
        _ = await app.fetch(Request(path))
        #expect(heard.withLock { $0 } == expected)
    }
}
