// Copyright 2026 the Whippet authors
// SPDX-License-Identifier: Apache-2.0

import Testing
import WhippetCache
import WhippetFetch

/// What every store has to do; a store joins by a line in `StoreFactory.all`.
struct StoreTests {
    private static let key = CacheKey(route: "/items/[slug]", path: "/items/tea")
    private static let other = CacheKey(route: "/items/[slug]", path: "/items/cup")

    private static func entry(
        _ text: String, made: Int64 = 100, revalidate: Int? = 60, tags: [CacheTag] = [], of key: CacheKey = key
    ) -> CacheEntry {
        CacheEntry(
            status: 200, headers: ["content-type": "text/plain", "link": "</a>; rel=next"], body: Array(text.utf8),
            made: made, revalidate: revalidate, tags: key.tags + tags, entityTag: "\"7\"")
    }

    @Test("An entry is read as it was written", arguments: StoreFactory.all)
    func roundTrip(_ factory: StoreFactory) async throws {
        let store = try await factory.make()
        #expect(try await store.read(Self.key) == nil)
        let epoch = try await store.epoch()
        #expect(try await store.write(Self.entry("tea", tags: [.tag("a")]), for: Self.key, since: epoch))
        let found = try #require(try await store.read(Self.key))
        #expect(!found.isInvalidated)
        #expect(found.entry.status == 200)
        #expect(found.entry.headers["content-type"] == "text/plain")
        #expect(found.entry.headers["link"] == "</a>; rel=next")
        #expect(found.entry.body == Array("tea".utf8))
        #expect(found.entry.made == 100)
        #expect(found.entry.revalidate == 60)
        #expect(found.entry.tags == Self.key.tags + [.tag("a")])
        #expect(found.entry.entityTag == "\"7\"")
        #expect(try await store.read(Self.other) == nil)
    }

    @Test(
        "An entry that is never made anew, empty and without tags of its own, is read as such",
        arguments: StoreFactory.all)
    func emptyEntry(_ factory: StoreFactory) async throws {
        let store = try await factory.make()
        let key = CacheKey(data: "rates")
        let entry = CacheEntry(body: [], made: 0, revalidate: nil, tags: [])
        #expect(try await store.write(entry, for: key, since: store.epoch()))
        let found = try #require(try await store.read(key))
        #expect(found.entry.body.isEmpty)
        #expect(found.entry.revalidate == nil)
        #expect(found.entry.tags.isEmpty)
    }

    @Test("A later entry replaces an earlier one", arguments: StoreFactory.all)
    func replace(_ factory: StoreFactory) async throws {
        let store = try await factory.make()
        let epoch = try await store.epoch()
        #expect(try await store.write(Self.entry("old"), for: Self.key, since: epoch))
        #expect(try await store.write(Self.entry("new", made: 101), for: Self.key, since: epoch))
        #expect(try await store.read(Self.key)?.entry.body == Array("new".utf8))
    }

    @Test("An entry of an earlier run does not replace that of a later one", arguments: StoreFactory.all)
    func earlierRun(_ factory: StoreFactory) async throws {
        let store = try await factory.make()
        let epoch = try await store.epoch()
        #expect(try await store.write(Self.entry("new", made: 101), for: Self.key, since: epoch))
        #expect(try await !store.write(Self.entry("old"), for: Self.key, since: epoch))
        #expect(try await store.read(Self.key)?.entry.body == Array("new".utf8))
    }

    @Test(
        "Invalidating a tag, a path or a route at once removes its entries and no others", arguments: StoreFactory.all,
        [CacheTag.tag("a"), .path("/items/tea"), .route("/items/[slug]")])
    func immediate(_ factory: StoreFactory, tag: CacheTag) async throws {
        let store = try await factory.make()
        let elsewhere = CacheKey(route: "/about", path: "/about")
        let epoch = try await store.epoch()
        #expect(try await store.write(Self.entry("tea", tags: [.tag("a")]), for: Self.key, since: epoch))
        #expect(try await store.write(Self.entry("about", of: elsewhere), for: elsewhere, since: epoch))
        try await store.invalidate([tag], .immediate)
        #expect(try await store.read(Self.key) == nil)
        #expect(try await store.read(elsewhere)?.entry.body == Array("about".utf8))
        #expect(try await store.epoch() > epoch)
    }

    @Test(
        "Invalidating a tag as stale keeps the entry and says so, until a new one is written",
        arguments: StoreFactory.all)
    func stale(_ factory: StoreFactory) async throws {
        let store = try await factory.make()
        #expect(try await store.write(Self.entry("old", tags: [.tag("a")]), for: Self.key, since: store.epoch()))
        try await store.invalidate([.tag("a")], .stale)
        #expect(try await store.read(Self.key)?.isInvalidated == true)
        let later = Self.entry("new", made: 101, tags: [.tag("a")])
        #expect(try await store.write(later, for: Self.key, since: store.epoch()))
        #expect(try await store.read(Self.key)?.isInvalidated == false)
    }

    @Test(
        "A run that began before its tag was invalidated at once can't bring the old value back",
        arguments: StoreFactory.all)
    func lateWrite(_ factory: StoreFactory) async throws {
        let store = try await factory.make()
        let epoch = try await store.epoch()
        try await store.invalidate([.tag("a")], .immediate)
        #expect(try await !store.write(Self.entry("old", tags: [.tag("a")]), for: Self.key, since: epoch))
        #expect(try await store.read(Self.key) == nil)
        // A tag that it does not have changes nothing.
        #expect(try await store.write(Self.entry("fine", tags: [.tag("b")]), for: Self.key, since: epoch))
        #expect(try await store.read(Self.key)?.isInvalidated == false)
    }

    @Test(
        "What a run has made that began before its tag was invalidated as stale is stale", arguments: StoreFactory.all)
    func lateStaleWrite(_ factory: StoreFactory) async throws {
        let store = try await factory.make()
        let epoch = try await store.epoch()
        try await store.invalidate([.tag("a")], .stale)
        #expect(try await store.write(Self.entry("old", tags: [.tag("a")]), for: Self.key, since: epoch))
        #expect(try await store.read(Self.key)?.isInvalidated == true)
    }

    @Test("One of several gets the lease, and it passes on when it is given back or over", arguments: StoreFactory.all)
    func lease(_ factory: StoreFactory) async throws {
        let store = try await factory.make()
        let first = try #require(try await store.lease(Self.key, for: 30, at: 1000))
        #expect(try await store.lease(Self.key, for: 30, at: 1029) == nil)
        #expect(try await store.lease(Self.other, for: 30, at: 1000) != nil)
        let second = try #require(try await store.lease(Self.key, for: 30, at: 1030))
        // The one who lost it gives back nothing.
        try await store.release(first, of: Self.key)
        #expect(try await store.lease(Self.key, for: 30, at: 1031) == nil)
        try await store.release(second, of: Self.key)
        #expect(try await store.lease(Self.key, for: 30, at: 1031) != nil)
    }

    @Test("A lease is not held for ever when the calendar's clock steps back", arguments: StoreFactory.all)
    func leaseAfterStep(_ factory: StoreFactory) async throws {
        let store = try await factory.make()
        #expect(try await store.lease(Self.key, for: 30, at: 1_000_000) != nil)
        #expect(try await store.lease(Self.key, for: 30, at: 1000) != nil)
    }

    @Test("Many tasks at once leave a store in which each key has what was written last", arguments: StoreFactory.all)
    func concurrent(_ factory: StoreFactory) async throws {
        let store = try await factory.make()
        let epoch = try await store.epoch()
        await withThrowingTaskGroup(of: Void.self) { group in
            for task in 0..<8 {
                group.addTask {
                    for made in 0..<50 {
                        let key = CacheKey(route: "/[n]", path: "/\(made % 10)")
                        let entry = Self.entry("\(made)", made: Int64(made), tags: [.tag("t\(task)")], of: key)
                        _ = try await store.write(entry, for: key, since: epoch)
                        _ = try await store.read(key)
                    }
                }
            }
        }
        for number in 0..<10 {
            let found = try await store.read(CacheKey(route: "/[n]", path: "/\(number)"))
            #expect(found?.entry.body == Array("\(40 + number)".utf8))
        }
    }
}
