// Copyright 2026 the Whippet authors
// SPDX-License-Identifier: Apache-2.0

import Testing
import Whippet
import WhippetTesting

/// A gate that runs wait at, and that tells how many have come.
private final class Gate: Sendable {
    private struct State {
        var isOpen = false
        var waiting: [CheckedContinuation<Void, Never>] = []
        var arrived = 0
        var expected: (Int, CheckedContinuation<Void, Never>)?
    }

    private let state = Locked(State())

    /// Waits until the gate opens, whatever happens to the task.
    func pass() async {
        await withCheckedContinuation { continuation in
            let (isOpen, told) = state.withLock { state -> (Bool, CheckedContinuation<Void, Never>?) in
                state.arrived += 1
                if !state.isOpen { state.waiting.append(continuation) }
                guard let (count, expecting) = state.expected, state.arrived >= count else {
                    return (state.isOpen, nil)
                }
                state.expected = nil
                return (state.isOpen, expecting)
            }
            told?.resume()
            if isOpen { continuation.resume() }
        }
    }

    /// Returns when so many have come to the gate.
    func waitForArrivals(_ count: Int) async {
        await withCheckedContinuation { continuation in
            let isThere = state.withLock { state -> Bool in
                if state.arrived < count { state.expected = (count, continuation) }
                return state.arrived >= count
            }
            if isThere { continuation.resume() }
        }
    }

    func open() {
        let waiting = state.withLock { state -> [CheckedContinuation<Void, Never>] in
            state.isOpen = true
            defer { state.waiting = [] }
            return state.waiting
        }
        for continuation in waiting { continuation.resume() }
    }
}

/// How the runs behind kept answers go: how many, for whom, and what becomes of what they make.
struct CacheRunTests {
    private static func app(_ clock: ManualClock = ManualClock(), log: LogRecorder = LogRecorder()) -> App {
        App(environment: .production, clock: clock, log: log.write)
    }

    @Test("500 requests at once for what is not there make one run", arguments: [TestTransport.inProcess, .live])
    func oneRun(transport: TestTransport) async throws {
        let app = Self.app()
        let runs = RunCount()
        let gate = Gate()
        app.get("/slow", config: .forceStatic) { () -> String in
            await gate.pass()
            return "\(runs.next())"
        }
        try await app.test(transport) { client in
            try await withThrowingTaskGroup(of: String.self) { group in
                for _ in 0..<500 { group.addTask { try await client.get("/slow").text() } }
                await gate.waitForArrivals(1)
                gate.open()
                for try await text in group { #expect(text == "1") }
            }
        }
        #expect(runs.value == 1)
    }

    @Test("A client that leaves does not end the run that others wait for")
    func cancelledFirst() async throws {
        let app = Self.app()
        let gate = Gate()
        app.get("/slow", config: .forceStatic) { () -> String in
            await gate.pass()
            try Task.checkCancellation()
            return "made"
        }
        let first = Task { await app.fetch(Request("/slow")) }
        await gate.waitForArrivals(1)
        let second = Task { try await app.fetch(Request("/slow")).text() }
        // The second waits for the run of the first before that one leaves.
        while try app.waitingCount(forRunOf: "/slow") < 2 { await Task.yield() }
        first.cancel()
        _ = await first.value
        gate.open()
        #expect(try await second.value == "made")
    }

    @Test("A run that nobody waits for any more is cancelled")
    func lastLeaves() async throws {
        let app = Self.app()
        let gate = Gate()
        let isCancelled = Gate()
        app.get("/slow", config: .forceStatic) { () -> String in
            await withTaskCancellationHandler {
                await gate.pass()
            } onCancel: {
                isCancelled.open()
                gate.open()
            }
            return "made"
        }
        let first = Task { await app.fetch(Request("/slow")) }
        await gate.waitForArrivals(1)
        first.cancel()
        await isCancelled.pass()
        _ = await first.value
    }

    @Test("While one refresh runs, everybody gets the old answer and nobody begins another one")
    func oneRefresh() async throws {
        let clock = ManualClock()
        let app = Self.app(clock)
        let runs = RunCount()
        let gate = Gate()
        app.get("/posts", config: .revalidate(60)) { () -> String in
            let number = runs.next()
            if number > 1 { await gate.pass() }
            return "\(number)"
        }
        _ = await app.fetch(Request("/posts"))
        clock.advance(by: .seconds(100))
        for _ in 0..<20 { #expect(try await app.fetch(Request("/posts")).text() == "1") }
        await gate.waitForArrivals(1)
        for _ in 0..<20 {
            #expect(await app.fetch(Request("/posts")).headers["x-whippet-cache"] == "STALE")
        }
        gate.open()
        try await app.waitUntilIdle()
        #expect(runs.value == 2)
        #expect(try await app.fetch(Request("/posts")).text() == "2")
    }

    @Test(
        "A refresh that fails keeps the old answer and is tried again after 3 to 30 seconds",
        arguments: ["throw", "status", "broken body"], [(1, 3), (10, 10), (600, 30)])
    func failedRefresh(how: String, times: (Int, Int)) async throws {
        let (revalidate, pause) = times
        let clock = ManualClock()
        let app = Self.app(clock)
        let runs = RunCount()
        app.get("/posts", config: .revalidate(.seconds(revalidate))) { () -> Response in
            let number = runs.next()
            if number == 1 || number > 2 { return Response("\(number)") }
            switch how {
            case "throw": throw TypeError("down")
            case "status": return Response("down", status: .badGateway)
            default:
                return Response(
                    AsyncThrowingStream<[UInt8], any Error> { stream in
                        stream.yield([1])
                        stream.finish(throwing: TypeError("cut"))
                    })
            }
        }
        _ = await app.fetch(Request("/posts"))
        clock.advance(by: .seconds(revalidate))
        for _ in 0..<3 {
            #expect(try await app.fetch(Request("/posts")).text() == "1")
            try await app.waitUntilIdle()
        }
        #expect(runs.value == 2)
        clock.advance(by: .seconds(pause - 1))
        _ = await app.fetch(Request("/posts"))
        try await app.waitUntilIdle()
        #expect(runs.value == 2)
        clock.advance(by: .seconds(1))
        #expect(try await app.fetch(Request("/posts")).text() == "1")
        try await app.waitUntilIdle()
        #expect(try await app.fetch(Request("/posts")).text() == "3")
    }

    @Test(
        "An answer that is for one client, or no good one, is not kept",
        arguments: [
            ("cookie", Response("a", headers: ["set-cookie": "a=b"])),
            ("private", Response("a", headers: ["cache-control": "max-age=5, Private=\"x\""])),
            ("no-store", Response("a", headers: ["cache-control": "no-store"])),
            ("vary", Response("a", headers: ["vary": "Accept-Encoding, Accept-Language"])),
            ("vary by all", Response("a", headers: ["vary": "*"])),
            ("500", Response("a", status: 503)),
            ("400", Response("a", status: 418)),
            ("partial", Response("a", status: 206)),
        ])
    func notKept(what: String, response: Response) async throws {
        let app = Self.app()
        let runs = RunCount()
        app.get("/items", config: .forceStatic) { () -> Response in
            runs.next()
            return response.unreadCopy
        }
        for _ in 0..<2 {
            let seen = await app.fetch(Request("/items"))
            #expect(seen.status == response.status)
            #expect(try await seen.text() == "a")
            #expect(seen.headers["x-whippet-cache"] != "HIT")
        }
        #expect(runs.value == 2)
    }

    @Test(
        "Answers of success, redirects and what is not there are kept",
        arguments: [
            (200, "vary"), (200, "cache control"), (203, ""), (301, ""), (307, "redirect"), (308, ""), (404, ""),
            (404, "not found"), (410, ""), (200, "empty"),
        ] as [(UInt16, String)])
    func kept(status: UInt16, how: String) async throws {
        let app = Self.app()
        app.get("/items", config: .forceStatic) { () -> Response in
            switch how {
            case "vary": Response("a", headers: ["vary": "accept-encoding, ORIGIN"])
            case "cache control": Response("a", headers: ["cache-control": "public, max-age=0, must-revalidate"])
            case "redirect": try redirect("/elsewhere")
            case "not found": try notFound()
            case "empty": Response()
            default: Response("a", status: Status(rawValue: status))
            }
        }
        let first = await app.fetch(Request("/items"))
        let second = await app.fetch(Request("/items"))
        #expect(second.status.rawValue == status)
        #expect(second.headers["x-whippet-cache"] == "HIT")
        #expect(second.headers["location"] == first.headers["location"])
        if how == "cache control" { #expect(second.headers["cache-control"] == "public, max-age=0, must-revalidate") }
        #expect(try await second.text() == (try await first.text()))
    }

    @Test("Followers of a run whose answer sets a cookie get answers of their own")
    func cookieIsNotShared() async throws {
        let app = Self.app()
        let runs = RunCount()
        let gate = Gate()
        app.get("/login", config: .forceStatic) { () -> Response in
            await gate.pass()
            return Response("", headers: ["set-cookie": "session=\(runs.next())"])
        }
        let clients = (0..<5).map { _ in Task { await app.fetch(Request("/login")).headers["set-cookie"] } }
        await gate.waitForArrivals(1)
        gate.open()
        var seen: Set<String?> = []
        for client in clients { seen.insert(await client.value) }
        #expect(seen.count == 5)
    }

    @Test("A stream is kept whole; one that is too long goes through and is not kept")
    func streams() async throws {
        let app = App(
            environment: .production, cache: CacheConfiguration(maximumBodySize: 1000), log: { _ in })
        let runs = RunCount()
        app.get("/stream/[count]", config: .forceStatic) { _, context -> Response in
            runs.next()
            let count = try context.params("count", as: Int.self)
            return Response(
                AsyncStream { stream in
                    for number in 0..<count { stream.yield(Array("\(number % 10)".utf8)) }
                    stream.finish()
                })
        }
        for _ in 0..<2 { #expect(try await app.fetch(Request("/stream/1000")).text().count == 1000) }
        #expect(runs.value == 1)
        for _ in 0..<2 {
            let response = await app.fetch(Request("/stream/1001"))
            #expect(response.headers["x-whippet-cache"] == nil)
            #expect(try await response.text() == String(repeating: "0123456789", count: 100) + "0")
        }
        #expect(runs.value == 3)
    }

    @Test("A body that breaks off is a 500, and nothing of it is kept")
    func brokenBody() async throws {
        let app = Self.app()
        app.get("/broken", config: .forceStatic) {
            AsyncThrowingStream<[UInt8], any Error> { stream in
                stream.yield([1])
                stream.finish(throwing: TypeError("cut"))
            }
        }
        #expect(await app.fetch(Request("/broken")).status == .internalServerError)
        #expect(await app.fetch(Request("/broken")).status == .internalServerError)
    }

    @Test("A run that takes too long is a 504 and is not kept")
    func deadline() async throws {
        let clock = ManualClock()
        let app = Self.app(clock)
        let gate = Gate()
        app.route(
            "/slow", maxDuration: .seconds(5), config: .forceStatic,
            GET: { _, _ in
                await gate.pass()
                return Response("late")
            })
        let answer = Task { await app.fetch(Request("/slow")).status }
        await gate.waitForArrivals(1)
        await withCheckedContinuation { clock.advanceWhenAsleep(by: .seconds(5), $0) }
        #expect(await answer.value == .gatewayTimeout)
        gate.open()
        #expect(try await app.fetch(Request("/slow")).text() == "late")
    }

    @Test("What a handler wants done after its answer is done once, and may invalidate")
    func afterwards() async throws {
        let app = Self.app()
        let done = RunCount()
        app.get("/items", config: .forceStatic) { () -> String in
            try after { done.next() }
            return "made"
        }
        for _ in 0..<3 { _ = await app.fetch(Request("/items")) }
        try await app.waitUntilIdle()
        #expect(done.value == 1)
    }

    @Test("Middleware and CORS are around a kept answer, and its body can be read there")
    func layers() async throws {
        let app = Self.app()
        let seen = RunCount()
        app.cors(CORS(origins: ["https://a.example"]))
        app.use { request, _, next in
            guard request.headers["x-key"] == "7" else { return Response(status: .unauthorized) }
            var response = await next(request)
            let text = try await response.text()
            response = Response(text + "!", headers: response.headers)
            response.headers["x-seen"] = "\(seen.next())"
            return response
        }
        app.get("/items", config: .forceStatic) { "made" }
        for number in 1...2 {
            let response = await app.fetch(
                Request("/items", headers: ["x-key": "7", "origin": "https://a.example"]))
            #expect(response.headers["x-seen"] == "\(number)")
            #expect(response.headers["access-control-allow-origin"] == "https://a.example")
            #expect(response.headers["x-whippet-cache"] == (number == 1 ? "MISS" : "HIT"))
            #expect(try await response.text() == "made!")
        }
        let refused = await app.fetch(Request("/items", headers: ["origin": "https://b.example"]))
        #expect(refused.status == .unauthorized)
        #expect(refused.headers["access-control-allow-origin"] == nil)
    }
}

extension Response {
    /// The response with a body that nobody has read.
    fileprivate var unreadCopy: Response { (try? clone()) ?? self }
}
