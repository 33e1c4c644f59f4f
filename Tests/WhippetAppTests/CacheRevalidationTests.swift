// Copyright 2026 the Whippet authors
// SPDX-License-Identifier: Apache-2.0

import Testing
import Whippet
import WhippetTesting

/// What invalidates kept answers and data, and what data is kept.
struct CacheRevalidationTests {
    private struct Rate: Codable, Sendable, Equatable {
        var currency: String
        var value: Double
    }

    private static func app(_ clock: ManualClock = ManualClock(), log: LogRecorder = LogRecorder()) -> App {
        App(environment: .production, clock: clock, log: log.write)
    }

    private static func status(_ app: App, _ path: String) async -> String? {
        await app.fetch(Request(path)).headers["x-whippet-cache"]
    }

    @Test(
        "revalidatePath makes the next request wait for a new answer, of that path or of all paths of a pattern",
        arguments: [
            ("/items/tea", ["MISS", "HIT"]), ("/items/%74ea", ["MISS", "HIT"]), ("/items/tea/", ["MISS", "HIT"]),
            ("/items/[slug]", ["MISS", "MISS"]), ("/items/cup", ["HIT", "MISS"]),
            ("/items", ["HIT", "HIT"]),
        ])
    func path(path: String, expected: [String]) async throws {
        let app = Self.app()
        app.get("/items/[slug]", config: .forceStatic) { "" }
        app.post("/change") { try await revalidatePath(path) }
        for path in ["/items/tea", "/items/cup"] { _ = await app.fetch(Request(path)) }
        #expect(await app.fetch(Request("/change", method: .POST)).status == .noContent)
        #expect(await Self.status(app, "/items/tea") == expected[0])
        #expect(await Self.status(app, "/items/cup") == expected[1])
    }

    @Test("A path that is none, and a pattern that no route has, are errors that say so")
    func badPath() async throws {
        let app = Self.app()
        for (path, message) in [
            ("items", "revalidatePath: \"items\" is no path such as \"/posts\""),
            ("", "revalidatePath: \"\" is no path such as \"/posts\""),
            ("/a/[b]", "revalidatePath: no route has the pattern \"/a/[b]\""),
        ] {
            let error = await #expect(throws: RevalidationError.self) { try await app.revalidatePath(path) }
            #expect(error?.message == message)
        }
        await #expect(throws: RevalidationError.self) { try await app.revalidateTag("") }
        await #expect(throws: RevalidationError.self) {
            try await app.revalidateTag(String(repeating: "a", count: 257))
        }
        await #expect(throws: OutsideRequestError.self) { try await revalidateTag("a") }
    }

    @Test("revalidateTag gives the old answer once more, or waits for the new one", arguments: [true, false])
    func tag(isImmediate: Bool) async throws {
        let app = Self.app()
        let runs = RunCount()
        app.get("/posts/[id]", config: .forceStatic) { _, context -> String in
            try cacheTag("posts", "post-\(context.params.id)")
            return "\(runs.next())"
        }
        #expect(try await app.fetch(Request("/posts/1")).text() == "1")
        #expect(try await app.fetch(Request("/posts/2")).text() == "2")
        try await app.revalidateTag("post-1", isImmediate ? .immediate : .stale)
        let next = await app.fetch(Request("/posts/1"))
        #expect(next.headers["x-whippet-cache"] == (isImmediate ? "MISS" : "STALE"))
        #expect(try await next.text() == (isImmediate ? "3" : "1"))
        if !isImmediate {
            // A cache in front is not to keep for a year what is known to be old.
            #expect(next.headers["cache-control"] == "s-maxage=0, stale-while-revalidate=31536000")
            #expect(next.headers["cache-status"] == "whippet; hit; ttl=0")
        }
        try await app.waitUntilIdle()
        let last = await app.fetch(Request("/posts/1"))
        #expect(last.headers["x-whippet-cache"] == "HIT")
        #expect(try await last.text() == "3")
        #expect(await Self.status(app, "/posts/2") == "HIT")
    }

    @Test("What was made of data has its tags, and is as short-lived")
    func inheritance() async throws {
        let clock = ManualClock()
        let app = Self.app(clock)
        let runs = RunCount()
        app.get("/rates", config: .forceStatic) { () -> String in
            let rate = try await cached(key: "rate", tags: ["rates"], revalidate: 30) {
                Rate(currency: "EUR", value: Double(runs.next()))
            }
            return "\(rate.value)"
        }
        let first = await app.fetch(Request("/rates"))
        #expect(first.headers["cache-control"] == "s-maxage=30, stale-while-revalidate=31535970")
        #expect(try await first.text() == "1.0")
        clock.advance(by: .seconds(30))
        // Old data never becomes part of a new answer.
        #expect(try await app.fetch(Request("/rates")).text() == "1.0")
        try await app.waitUntilIdle()
        #expect(try await app.fetch(Request("/rates")).text() == "2.0")
        try await app.revalidateTag("rates", .immediate)
        #expect(try await app.fetch(Request("/rates")).text() == "3.0")
    }

    @Test("Data is found by key and arguments, and made once for all who ask at once")
    func data() async throws {
        let app = Self.app()
        let runs = RunCount()
        let make: @Sendable (String, String) async throws -> Int = { first, second in
            try await app.cached(key: "sum", first, second) { runs.next() }
        }
        try await withThrowingTaskGroup(of: Int.self) { group in
            for _ in 0..<50 { group.addTask { try await make("a", "b") } }
            for try await value in group { #expect(value == 1) }
        }
        #expect(try await make("ab", "") == 2)
        #expect(try await make("", "ab") == 3)
        #expect(try await make("a", "b") == 1)
        await #expect(throws: OutsideRequestError.self) { try await cached(key: "a") { 1 } }
    }

    @Test("Old data is given once more while new data is made; what fails is thrown and not kept")
    func staleData() async throws {
        let clock = ManualClock()
        let log = LogRecorder()
        let app = Self.app(clock, log: log)
        let runs = RunCount()
        let make: @Sendable () async throws -> Int = {
            try await app.cached(key: "n", revalidate: 10) {
                let number = runs.next()
                if number == 1 || number == 3 { throw TypeError("down") }
                return number
            }
        }
        await #expect(throws: TypeError.self) { try await make() }
        #expect(try await make() == 2)
        clock.advance(by: .seconds(10))
        #expect(try await make() == 2)
        try await app.waitUntilIdle()
        #expect(runs.value == 3)
        #expect(log.lines.count == 1)
        clock.advance(by: .seconds(3))
        #expect(try await make() == 2)
        try await app.waitUntilIdle()
        #expect(try await make() == 4)
    }

    @Test("Data of another type than the one that is kept is made anew")
    func otherType() async throws {
        let app = Self.app()
        #expect(try await app.cached(key: "a") { 1 } == 1)
        #expect(try await app.cached(key: "a") { "text" } == "text")
    }

    @Test("In a run whose result is kept, invalidating is an error that says what to do")
    func insideRun() async throws {
        let log = LogRecorder()
        let app = Self.app(log: log)
        app.get("/posts", config: .forceStatic) { () -> String in
            try await revalidateTag("a")
            return ""
        }
        app.get("/data") { () -> String in
            try await cached(key: "d") { () -> String in
                try await revalidatePath("/")
                return ""
            }
        }
        app.get("/draft", config: .revalidate(5)) { () -> String in
            try draftMode().enable()
            return ""
        }
        for path in ["/posts", "/data", "/draft"] {
            #expect(await app.fetch(Request(path)).status == .internalServerError)
        }
        let rule = "whose result is kept: call it where something changes, such as in a POST handler, or in after { }"
        #expect(
            log.lines == [
                "500 GET /posts: revalidateTag was called in GET /posts, \(rule)",
                "500 GET /data: revalidatePath was called in cached(key: \"d\"), \(rule)",
                "500 GET /draft: draftMode().enable() was called in GET /draft, \(rule)",
            ])
    }

    @Test("A run that began before an invalidation does not bring the old answer back")
    func lateRun() async throws {
        let app = Self.app()
        let runs = RunCount()
        app.get("/posts", config: .forceStatic) { () -> String in
            let number = runs.next()
            // What was read is old by the time it is kept.
            if number == 1 { try await app.revalidateTag("posts", .immediate) }
            try cacheTag("posts")
            return "\(number)"
        }
        #expect(try await app.fetch(Request("/posts")).text() == "1")
        #expect(try await app.fetch(Request("/posts")).text() == "2")
        #expect(try await app.fetch(Request("/posts")).text() == "2")
    }
}
