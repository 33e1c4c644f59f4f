// Copyright 2026 the Whippet authors
// SPDX-License-Identifier: Apache-2.0

import Testing
import Whippet
import WhippetTesting

/// Serves a function on a port of its own and runs a test against it.
func withServer<Result>(
    loops: Int = 1, configure: (inout ServerConfiguration) -> Void = { _ in },
    log: @escaping @Sendable (String) -> Void = { _ in }, handler: @escaping Server.Handler,
    test: (TestClient) async throws -> Result
) async throws -> Result {
    var configuration = ServerConfiguration()
    configuration.addresses = [.tcp(host: "127.0.0.1", port: 0)]
    configuration.loops = loops
    configure(&configuration)
    return try await Server(configuration: configuration, log: log, handler: handler).test(test)
}

/// What happened in a handler, told to a test that waits for it.
actor Event<Value: Sendable> {
    private var value: Value?
    private var waiting: [CheckedContinuation<Value, Never>] = []

    /// Says that it happened; the first time counts.
    func happen(_ value: Value) {
        guard self.value == nil else { return }
        self.value = value
        for continuation in waiting { continuation.resume(returning: value) }
        waiting = []
    }

    /// Waits until it has happened.
    func wait() async -> Value {
        if let value { return value }
        return await withCheckedContinuation { waiting.append($0) }
    }
}

extension Event where Value == Void {
    /// Says that it happened.
    func happen() { happen(()) }
}

/// Counts, and tells the highest count.
actor Counter {
    private(set) var count = 0

    func add(_ amount: Int = 1) { count += amount }
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

    /// How often a text occurs.
    func count(of text: String) -> Int {
        var count = 0
        var rest = self[...]
        while let found = rest.range(of: text) {
            count += 1
            rest = rest[found.upperBound...]
        }
        return count
    }
}

extension StringProtocol {
    /// Where a text stands first.
    func range(of text: String) -> Range<String.Index>? {
        var start = startIndex
        while start < endIndex {
            if self[start...].hasPrefix(text) { return start..<index(start, offsetBy: text.count) }
            start = index(after: start)
        }
        return nil
    }
}

/// Waits for `seconds` at most for something that has no event of its own.
///
/// The clock is the server's own: each look follows an answer to another request.
func eventually(
    _ client: TestClient, _ isTrue: () async throws -> Bool
) async throws -> Bool {
    for _ in 0..<2000 {
        if try await isTrue() { return true }
        _ = try await client.get("/ping").text()
    }
    return false
}
