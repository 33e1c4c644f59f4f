// Copyright 2026 the Whippet authors
// SPDX-License-Identifier: Apache-2.0

import Foundation
import Testing
import Whippet
import WhippetTesting

/// Applications that keep their answers in a folder; two of them with one folder are as two processes.
struct CacheFolderTests {
    /// A folder of a test's own, removed with the last reference to it.
    private final class TestFolder: Sendable {
        let path = NSTemporaryDirectory() + "whippet-folder-\(UUID().uuidString)"

        deinit { try? FileManager.default.removeItem(atPath: path) }
    }

    private static func app(
        _ path: String, _ runs: @escaping @Sendable () -> Int, log: @escaping @Sendable (String) -> Void = { _ in }
    ) -> App {
        let app = App(cache: CacheConfiguration(store: FolderStore(path, log: log)), log: log)
        app.get("/items/[slug]", config: .forceStatic) { _, context in
            try cacheTag("items")
            return Response("\(context.params.slug) \(runs())")
        }
        return app
    }

    private static func get(_ app: App, _ path: String = "/items/tea") async throws -> (String, String) {
        let response = await app.fetch(Request(path))
        return (try await response.text(), response.headers["x-whippet-cache"] ?? "")
    }

    @Test("500 requests at once in each of two applications that share a folder make one run")
    func oneRun() async throws {
        let folder = TestFolder()
        let count = Locked(0)
        let runs: @Sendable () -> Int = {
            count.withLock {
                $0 += 1
                return $0
            }
        }
        let apps = [Self.app(folder.path, runs), Self.app(folder.path, runs)]
        let answers = try await withThrowingTaskGroup(of: String.self, returning: [String].self) { group in
            for request in 0..<1000 { group.addTask { try await Self.get(apps[request % 2]).0 } }
            return try await group.reduce(into: []) { $0.append($1) }
        }
        #expect(answers.count == 1000)
        #expect(Set(answers) == ["tea 1"])
    }

    /// A folder that tells when somebody was refused the right to make an entry.
    private struct WatchedStore: CacheStore {
        let store: FolderStore
        let refused: @Sendable () -> Void

        func epoch() async throws -> CacheEpoch { try await store.epoch() }
        func read(_ key: CacheKey) async throws -> CachedEntry? { try await store.read(key) }
        func write(_ entry: CacheEntry, for key: CacheKey, since epoch: CacheEpoch) async throws -> Bool {
            try await store.write(entry, for: key, since: epoch)
        }
        func invalidate(_ tags: [CacheTag], _ mode: CacheInvalidation) async throws {
            try await store.invalidate(tags, mode)
        }
        func lease(_ key: CacheKey, for seconds: Int, at now: Int64) async throws -> CacheLease? {
            let lease = try await store.lease(key, for: seconds, at: now)
            if lease == nil { refused() }
            return lease
        }
        func release(_ lease: CacheLease, of key: CacheKey) async throws { try await store.release(lease, of: key) }
    }

    @Test("Of two applications that share a folder one makes data, and the other waits for it")
    func oneRunOfData() async throws {
        let folder = TestFolder()
        let (begun, begins) = AsyncStream.makeStream(of: Int.self)
        let (refusal, refusals) = AsyncStream.makeStream(of: Void.self)
        let count = Locked(0)
        let app: (String) -> App = { word in
            let store = WatchedStore(store: FolderStore(folder.path)) { refusals.finish() }
            let app = App(cache: CacheConfiguration(store: store), log: { _ in })
            app.get("/") {
                try await cached(key: "word") {
                    let number = count.withLock {
                        $0 += 1
                        return $0
                    }
                    begins.yield(number)
                    // A second run means that nobody is refused.
                    if number > 1 { refusals.finish() }
                    for await _ in refusal {}
                    return word
                }
            }
            return app
        }
        let (first, second) = (app("first"), app("second"))
        async let one = first.fetch(Request("/")).text()
        for await _ in begun { break }
        async let other = second.fetch(Request("/")).text()
        #expect(try await one == "first")
        #expect(try await other == "first")
        #expect(count.withLock { $0 } == 1)
    }

    @Test("Data that another program has kept in another form is made anew")
    func otherForm() async throws {
        let folder = TestFolder()
        let numbers = App(cache: CacheConfiguration(store: FolderStore(folder.path)), log: { _ in })
        let words = App(cache: CacheConfiguration(store: FolderStore(folder.path)), log: { _ in })
        #expect(try await numbers.cached(key: "x") { 7 } == 7)
        #expect(try await words.cached(key: "x") { "seven" } == "seven")
    }

    @Test("What was kept survives a restart, and what one application invalidates is gone in the other")
    func restart() async throws {
        let folder = TestFolder()
        let count = Locked(0)
        let runs: @Sendable () -> Int = {
            count.withLock {
                $0 += 1
                return $0
            }
        }
        #expect(try await Self.get(Self.app(folder.path, runs)) == ("tea 1", "MISS"))
        let (first, second) = (Self.app(folder.path, runs), Self.app(folder.path, runs))
        for _ in 0..<3 {
            #expect(try await Self.get(first) == ("tea 1", "HIT"))
            #expect(try await Self.get(second) == ("tea 1", "HIT"))
        }
        try await second.revalidateTag("items", .immediate)
        #expect(try await Self.get(first) == ("tea 2", "MISS"))
        #expect(try await Self.get(second) == ("tea 2", "HIT"))
    }

    @Test("Where the folder can't be used, answers are kept in memory and one line says so")
    func noFolder() async throws {
        let count = Locked(0)
        let lines = Locked<[String]>([])
        let app = Self.app(
            "/proc/whippet",
            {
                count.withLock {
                    $0 += 1
                    return $0
                }
            }, log: { line in lines.withLock { $0.append(line) } })
        #expect(try await Self.get(app) == ("tea 1", "MISS"))
        #expect(try await Self.get(app) == ("tea 1", "HIT"))
        try await app.revalidateTag("items", .immediate)
        #expect(try await Self.get(app) == ("tea 2", "MISS"))
        #expect(lines.withLock { $0.count } == 1)
    }
}
