// Copyright 2026 the Whippet authors
// SPDX-License-Identifier: Apache-2.0

import Testing
import Whippet
import WhippetTesting

/// Many clients at once, some of which leave: nothing of one request may reach another.
@Suite("A crowd of clients that come and go", .serialized)
struct LeavingCrowdTests {
    private static let requestCount = 10_000

    /// Answers `/stay/…` after some turns, `/leave/…` when its client is gone, and `/quick/…` at once.
    ///
    /// Notes each request that was cancelled though its client stayed.
    private static func handle(_ request: Request, _ wrong: Notes, _ left: Counter) async -> Response {
        let path = request.url.pathname
        let signal = request.signal
        if path.hasPrefix("/leave/") {
            await waitForCancellation()
            if !Task.isCancelled || !signal.aborted { wrong.add("\(path) was not cancelled") }
            left.add()
            return Response(path)
        }
        if path.hasPrefix("/quick/") { return Response(path) }
        for turn in 0..<(path.utf8.count % 4 + 1) {
            if turn % 2 == 1 { try? await Task.sleep(for: .milliseconds(1)) } else { await Task.yield() }
            if Task.isCancelled { wrong.add("\(path) was cancelled") }
            if signal.aborted { wrong.add("\(path) was aborted") }
        }
        return Response("<\(path)>")
    }

    @Test("No cancellation reaches another client's request", .timeLimit(.minutes(2)))
    func randomDisconnects() async throws {
        let wrong = Notes()
        let left = Counter()
        let leaving = Counter()
        try await withServer(loops: 2) { request in
            await Self.handle(request, wrong, left)
        } test: { client in
            let next = Counter()
            try await withThrowingTaskGroup { group in
                for seed in 0..<32 {
                    group.addTask {
                        var random = Random(seed: UInt64(seed) + 1)
                        while next.count < Self.requestCount {
                            try await Self.visit(client, &random, wrong, leaving, next)
                        }
                    }
                }
                try await group.waitForAll()
            }
            let allLeft = try await eventually(client) { left.count == leaving.count }
            #expect(leaving.count > Self.requestCount / 20)
            #expect(allLeft, "\(left.count) of \(leaving.count) handlers heard that their client left")
        }
        #expect(wrong.lines.prefix(10) == [])
    }

    /// One client: a few requests on one connection, the last of which it may not wait for.
    private static func visit(
        _ client: TestClient, _ random: inout Random, _ wrong: Notes, _ leaving: Counter, _ next: Counter
    ) async throws {
        let wire = try await client.connect()
        for _ in 0..<random.below(4) {
            let path = "/stay/\(String(repeating: "x", count: random.below(9)))\(next.count)"
            next.add()
            try await wire.send("GET \(path) HTTP/1.1\r\nhost: x\r\n\r\n")
            let answer = try await wire.receive(until: ">")
            if !answer.hasSuffix("<\(path)>") { wrong.add("\(path) got \(answer)") }
        }
        next.add()
        switch random.below(6) {
        case 0: wire.close()
        case 1: wire.reset()
        case 2:
            // Its handler answers a client that may be gone already.
            try await wire.send("GET /quick/1 HTTP/1.1\r\nhost: x\r\n\r\n")
            if random.below(2) == 0 { wire.close() } else { wire.reset() }
        case 3:
            try await wire.send("GET /stay/1 HTTP/1.1\r\nhost: x\r\n\r\n")
            _ = try await wire.receive(until: ">")
            wire.reset()
        default:
            // A head that was received starts a handler, which must hear of the end.
            leaving.add()
            try await wire.send("GET /stay/a HTTP/1.1\r\nhost: x\r\n\r\nGET /leave/1 HTTP/1.1\r\nhost: x\r\n\r\n")
            _ = try await wire.receive(until: ">")
            if random.below(2) == 0 { wire.close() } else { wire.reset() }
        }
    }

    @Test("A handler whose client has left never writes to the connection that got its descriptor")
    func reusedDescriptor() async throws {
        for kind in ["bytes", "chunks"] {
            let gates = (0..<20).map { _ in (started: Event(), aborted: Event(), mayAnswer: Event(), ended: Event()) }
            let started = (0..<20).map { _ in Event() }
            let mayAnswer = (0..<20).map { _ in Event() }
            try await withServer { request in
                let parts = request.url.pathname.split(separator: "/")
                guard parts.count == 2, let number = Int(parts[1]), number < 20 else { return Response("pong") }
                if parts[0] == "late" {
                    let gate = gates[number]
                    request.signal.onabort { _ in gate.aborted.happen() }
                    gate.started.happen()
                    if kind == "bytes" { await gate.mayAnswer.wait() }
                    let answer = Chunks { index in
                        await gate.mayAnswer.wait()
                        if index == 3 { gate.ended.happen() }
                        return index < 3 ? "LATE".bytes : nil
                    }
                    return kind == "bytes" ? Response("LATE") : Response(answer)
                }
                started[number].happen()
                await mayAnswer[number].wait()
                return Response("<good \(number)>")
            } test: { client in
                for number in 0..<20 {
                    let first = try await client.connect()
                    try await first.send("GET /late/\(number) HTTP/1.1\r\nhost: x\r\n\r\n")
                    await gates[number].started.wait()
                    first.reset()
                    await gates[number].aborted.wait()
                    // The next connection gets the descriptor that has just become free.
                    let second = try await client.connect()
                    try await second.send("GET /good/\(number) HTTP/1.1\r\nhost: x\r\n\r\n")
                    await started[number].wait()
                    gates[number].mayAnswer.happen()
                    for _ in 0..<5 { _ = try await client.get("/ping").text() }
                    mayAnswer[number].happen()
                    let answer = try await second.receive(until: ">")
                    #expect(answer.hasPrefix("HTTP/1.1 200 OK\r\n"))
                    #expect(answer.hasSuffix("<good \(number)>"))
                    #expect(!answer.contains("LATE"))
                }
            }
        }
    }
}

/// Numbers that look random and are the same in each run.
struct Random: Sendable {
    private var state: UInt64

    init(seed: UInt64) {
        state = seed &* 0x9E37_79B9_7F4A_7C15
    }

    /// A number from 0 to `bound` − 1, by xorshift64*.
    mutating func below(_ bound: Int) -> Int {
        state ^= state >> 12
        state ^= state << 25
        state ^= state >> 27
        return Int((state &* 0x2545_F491_4F6C_DD1D) >> 33) % bound
    }
}
