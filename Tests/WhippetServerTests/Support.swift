// Copyright 2026 the Whippet authors
// SPDX-License-Identifier: Apache-2.0

import Testing
import Whippet
import WhippetTesting

/// Serves a function on a port of its own and runs a test against it.
func withServer<Result>(
    loops: Int = 1, configure: (inout ServerConfiguration) -> Void = { _ in },
    log: @escaping @Sendable (String) -> Void = { _ in }, handler: @escaping Server.Handler,
    test: (TestClient, Server) async throws -> Result
) async throws -> Result {
    var configuration = ServerConfiguration().patient
    configuration.addresses = [.tcp(host: "127.0.0.1", port: 0)]
    configuration.loops = loops
    configure(&configuration)
    let server = Server(configuration: configuration, log: log, handler: handler)
    return try await server.test { try await test($0, server) }
}

/// Serves a function on a port of its own and runs a test against it.
func withServer<Result>(
    loops: Int = 1, configure: (inout ServerConfiguration) -> Void = { _ in },
    log: @escaping @Sendable (String) -> Void = { _ in }, handler: @escaping Server.Handler,
    test: (TestClient) async throws -> Result
) async throws -> Result {
    try await withServer(loops: loops, configure: configure, log: log, handler: handler) { client, _ in
        try await test(client)
    }
}

/// Something that happens once, and those who wait for it.
final class Event: Sendable {
    private struct State {
        var hasHappened = false
        var waiting: [UnsafeContinuation<Void, Never>] = []
    }

    private let state = Locked(State())

    /// Says that it has happened.
    func happen() {
        let waiting = state.withLock { state in
            state.hasHappened = true
            defer { state.waiting = [] }
            return state.waiting
        }
        for continuation in waiting { continuation.resume() }
    }

    /// Waits until it has happened, whether or not the task is cancelled; after a long time in vain it is an issue, and
    /// the test goes on.
    func wait(sourceLocation: SourceLocation = #_sourceLocation) async {
        let watchdog = Task {
            try await Task.sleep(for: .seconds(60))
            Issue.record("What was waited for did not happen", sourceLocation: sourceLocation)
            happen()
        }
        defer { watchdog.cancel() }
        await withUnsafeContinuation { continuation in
            let isOver = state.withLock { state in
                if !state.hasHappened { state.waiting.append(continuation) }
                return state.hasHappened
            }
            if isOver { continuation.resume() }
        }
    }

    var hasHappened: Bool { state.withLock { $0.hasHappened } }
}

/// A number that several tasks change.
final class Counter: Sendable {
    private let locked = Locked(0)

    func add(_ amount: Int = 1) { locked.withLock { $0 += amount } }

    var count: Int { locked.withLock { $0 } }
}

/// Lines that several tasks write.
final class Notes: Sendable {
    private let locked = Locked<[String]>([])

    func add(_ line: String) { locked.withLock { $0.append(line) } }

    var lines: [String] { locked.withLock { $0 } }
}

/// A row of chunks, each made when it is asked for.
struct Chunks: AsyncSequence, Sendable {
    var make: @Sendable (Int) async throws -> [UInt8]?

    func makeAsyncIterator() -> Iterator { Iterator(make: make) }

    struct Iterator: AsyncIteratorProtocol {
        var make: @Sendable (Int) async throws -> [UInt8]?
        var index = 0

        mutating func next() async throws -> [UInt8]? {
            defer { index += 1 }
            return try await make(index)
        }
    }
}

/// An error of a test's own.
struct Failure: Error {}

extension String {
    /// The text as bytes.
    var bytes: [UInt8] { Array(utf8) }
}

/// Waits until something is so that has no event of its own.
///
/// The clock is the server's: each look follows an answer to another request. Gives up after very many.
func eventually(_ client: TestClient, _ isSo: () -> Bool) async throws -> Bool {
    for _ in 0..<5000 {
        if isSo() { return true }
        _ = try await client.get("/ping").text()
    }
    return isSo()
}

/// The value of something that grows, once it has stopped: it stays the same while the server answers many other
/// requests.
func settled(_ client: TestClient, _ value: () -> Int) async throws -> Int {
    var last = value()
    var sameCount = 0
    while sameCount < 5 {
        for _ in 0..<30 { _ = try await client.get("/ping").text() }
        let now = value()
        sameCount = now == last ? sameCount + 1 : 0
        last = now
    }
    return last
}

/// Waits until the task is cancelled.
func waitForCancellation() async {
    try? await Task.sleep(for: .seconds(20))
}
