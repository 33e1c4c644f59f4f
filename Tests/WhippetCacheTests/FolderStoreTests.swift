// Copyright 2026 the Whippet authors
// SPDX-License-Identifier: Apache-2.0

import Foundation
import Testing
import WhippetCache
import WhippetFetch

/// What a store in a folder does beyond what each store does.
struct FolderStoreTests {
    static let key = CacheKey(route: "/items/[slug]", path: "/items/tea")
    static let other = CacheKey(route: "/items/[slug]", path: "/items/cup")

    static func entry(
        _ text: String, made: Int64 = 100, revalidate: Int? = nil, tags: [CacheTag] = [.tag("a")],
        of key: CacheKey = key
    ) -> CacheEntry {
        CacheEntry(
            headers: ["content-type": "text/plain"], body: Array(text.utf8), made: made, revalidate: revalidate,
            tags: key.tags + tags, entityTag: "\"7\"")
    }

    /// What a store finds, as text.
    static func text(_ store: FolderStore, _ key: CacheKey = key) async throws -> String? {
        try await store.read(key).map { String(decoding: $0.entry.body, as: UTF8.self) }
    }

    /// A folder with one entry in it.
    static func folderWithEntry(_ text: String = "tea") async throws -> TemporaryFolder {
        let folder = try TemporaryFolder()
        let store = FolderStore(folder.path)
        #expect(try await store.write(entry(text), for: key, since: store.epoch()))
        return folder
    }

    // MARK: - Restarts and other processes

    @Test("An entry survives a restart with each field as it was")
    func restart() async throws {
        let folder = try TemporaryFolder()
        var headers = Headers()
        try headers.append("X-B", "caf\u{E9}")
        try headers.append("x-a", "1")
        try headers.append("X-B", "")
        let entry = CacheEntry(
            status: 404, headers: headers, body: [0, 255, 10], made: -5, revalidate: 0, tags: [.tag("\u{1F375}")])
        let first = FolderStore(folder.path)
        #expect(try await first.write(entry, for: CacheKey(data: "rates\0eur"), since: first.epoch()))
        let found = try #require(try await FolderStore(folder.path).read(CacheKey(data: "rates\0eur")))
        #expect(found.entry.status == 404)
        #expect(found.entry.headers.map { "\($0.0): \($0.1)" } == ["x-a: 1", "x-b: caf\u{E9}, "])
        #expect(found.entry.body == [0, 255, 10])
        #expect(found.entry.made == -5)
        #expect(found.entry.revalidate == 0)
        #expect(found.entry.tags == [.tag("\u{1F375}")])
        #expect(!found.isInvalidated)
    }

    @Test("Entries of another version of the program are not found")
    func version() async throws {
        let folder = try TemporaryFolder()
        let old = FolderStore(folder.path, version: "1")
        #expect(try await old.write(Self.entry("old"), for: Self.key, since: old.epoch()))
        #expect(try await Self.text(FolderStore(folder.path, version: "2")) == nil)
        #expect(try await Self.text(FolderStore(folder.path, version: "1")) == "old")
    }

    @Test("What one process invalidates, no other one serves from then on, also from its memory")
    func sharedInvalidation() async throws {
        let folder = try await Self.folderWithEntry()
        let (first, second) = (FolderStore(folder.path), FolderStore(folder.path))
        #expect(try await Self.text(first) == "tea")
        try await second.invalidate([.tag("a")], .stale)
        #expect(try await first.read(Self.key)?.isInvalidated == true)
        try await second.invalidate([.tag("a")], .immediate)
        #expect(try await first.read(Self.key) == nil)
        #expect(try await FolderStore(folder.path).read(Self.key) == nil)
    }

    @Test("A run of one process does not bring back what another one has invalidated meanwhile")
    func sharedLateWrite() async throws {
        let folder = try await Self.folderWithEntry()
        let (first, second) = (FolderStore(folder.path), FolderStore(folder.path))
        let epoch = try await first.epoch()
        try await second.invalidate([.tag("a")], .immediate)
        #expect(try await !first.write(Self.entry("late"), for: Self.key, since: epoch))
        #expect(try await Self.text(second) == nil)
    }

    @Test("Of two processes one has the lease")
    func sharedLease() async throws {
        let folder = try TemporaryFolder()
        let (first, second) = (FolderStore(folder.path), FolderStore(folder.path))
        let lease = try #require(try await first.lease(Self.key, for: 30, at: 1000))
        #expect(try await second.lease(Self.key, for: 30, at: 1000) == nil)
        try await first.release(lease, of: Self.key)
        #expect(try await second.lease(Self.key, for: 30, at: 1000) != nil)
    }

    @Test("When the time of an entry in memory is over, one that another process has made is found")
    func sharedRefresh() async throws {
        let folder = try TemporaryFolder()
        let (first, second) = (FolderStore(folder.path), FolderStore(folder.path))
        #expect(try await first.write(Self.entry("old", revalidate: 60), for: Self.key, since: first.epoch()))
        #expect(first.hit(Self.key, at: 159) != nil)
        #expect(
            try await second.write(Self.entry("new", made: 160, revalidate: 60), for: Self.key, since: second.epoch()))
        #expect(first.hit(Self.key, at: 160) == nil)
        #expect(try await Self.text(first) == "new")
        #expect(first.hit(Self.key, at: 160) != nil)
    }

    @Test("A hit in memory waits for nothing until another process invalidates something")
    func hit() async throws {
        let folder = try await Self.folderWithEntry()
        let (first, second) = (FolderStore(folder.path), FolderStore(folder.path))
        #expect(first.hit(Self.key, at: 100) == nil)
        #expect(try await Self.text(first) == "tea")
        #expect(first.hit(Self.key, at: 100) != nil)
        try await second.invalidate([.tag("b")], .immediate)
        #expect(first.hit(Self.key, at: 100) == nil)
        _ = try await first.epoch()
        #expect(first.hit(Self.key, at: 100) != nil)
    }

    // MARK: - The folder

    @Test("The folder is made for its owner alone, and so are its files")
    func permissions() async throws {
        let folder = try TemporaryFolder()
        let store = FolderStore(folder.path + "/a/b")
        #expect(try await store.write(Self.entry("tea"), for: Self.key, since: store.epoch()))
        #expect(try await store.lease(Self.key, for: 1, at: 1) != nil)
        func mode(_ path: String) throws -> Int? {
            try FileManager.default.attributesOfItem(atPath: folder.path + path)[.posixPermissions] as? Int
        }
        #expect(try mode("/a") == 0o700)
        #expect(try mode("/a/b") == 0o700)
        let names = try FileManager.default.contentsOfDirectory(atPath: folder.path + "/a/b")
        #expect(names.count == 5)
        for name in names { #expect(try mode("/a/b/" + name) == 0o600, "\(name)") }
    }

    @Test("A link in the place of an entry is removed, and what it points at is left alone")
    func link() async throws {
        let folder = try await Self.folderWithEntry()
        let name = try #require(folder.entries.first)
        try FileManager.default.moveItem(atPath: folder.file(name), toPath: folder.file("target"))
        try FileManager.default.createSymbolicLink(atPath: folder.file(name), withDestinationPath: "target")
        let store = FolderStore(folder.path)
        #expect(try await Self.text(store) == nil)
        #expect(!folder.bytes("target").isEmpty)
        #expect(try await store.write(Self.entry("new"), for: Self.key, since: store.epoch()))
        #expect(try await Self.text(FolderStore(folder.path)) == "new")
    }

    @Test("A folder or a pipe in the place of an entry is a miss", arguments: [true, false])
    func noFile(isFolder: Bool) async throws {
        let folder = try await Self.folderWithEntry()
        let name = try #require(folder.entries.first)
        try folder.remove(name)
        if isFolder {
            try FileManager.default.createDirectory(atPath: folder.file(name), withIntermediateDirectories: false)
        } else {
            mkfifo(folder.file(name), 0o600)
        }
        #expect(try await Self.text(FolderStore(folder.path)) == nil)
    }

    @Test("What writers that died left behind is removed; what is being written and what is not ours stays")
    func leftovers() async throws {
        let folder = try await Self.folderWithEntry()
        try folder.write([1], to: "0123456789abcdef.tmp")
        try folder.write([1], to: "fedcba9876543210.tmp")
        try folder.write([1], to: "notes.tmp")
        let writer = open(folder.file("fedcba9876543210.tmp"), O_RDWR)
        #expect(flock(writer, LOCK_EX) == 0)
        defer { close(writer) }
        await FolderStore(folder.path).tidied()
        #expect(Set(folder.names.filter { $0.hasSuffix(".tmp") }) == ["fedcba9876543210.tmp", "notes.tmp"])
        #expect(folder.entries.count == 1)
    }

    @Test("A folder that is removed while it is in use is made again, and nothing of it is served any more")
    func removedFolder() async throws {
        let folder = try await Self.folderWithEntry()
        let store = FolderStore(folder.path)
        #expect(try await Self.text(store) == "tea")
        try FileManager.default.removeItem(atPath: folder.path)
        #expect(try await store.read(Self.key) == nil)
        #expect(try await store.write(Self.entry("new"), for: Self.key, since: store.epoch()))
        #expect(try await Self.text(FolderStore(folder.path)) == "new")
    }

    // MARK: - Bounds

    @Test("The entries that were not used for the longest time go first when the folder is full")
    func eviction() async throws {
        let folder = try TemporaryFolder()
        let store = FolderStore(folder.path, capacity: 40 * 4096, memoryCapacity: 0)
        for number in 0..<100 {
            let key = CacheKey(route: "/[n]", path: "/\(number)")
            #expect(try await store.write(Self.entry("\(number)", of: key), for: key, since: store.epoch()))
        }
        #expect(folder.entries.count <= 43)
        #expect(folder.entries.count >= 30)
        #expect(try await Self.text(store, CacheKey(route: "/[n]", path: "/99")) == "99")
        #expect(try await Self.text(store, CacheKey(route: "/[n]", path: "/0")) == nil)
    }

    @Test("An entry that memory serves counts as used")
    func evictionOfUsed() async throws {
        let folder = try TemporaryFolder()
        let store = FolderStore(folder.path, capacity: 40 * 4096, memoryCapacity: 3000)
        #expect(try await store.write(Self.entry("tea"), for: Self.key, since: store.epoch()))
        for number in 0..<100 {
            let key = CacheKey(route: "/[n]", path: "/\(number)")
            #expect(try await store.write(Self.entry("\(number)", of: key), for: key, since: store.epoch()))
            #expect(store.hit(Self.key, at: 100) != nil)
        }
        #expect(try await Self.text(FolderStore(folder.path)) == "tea")
    }

    @Test("An entry larger than the bound is refused")
    func largeEntry() async throws {
        let folder = try TemporaryFolder()
        let store = FolderStore(folder.path, maximumEntrySize: 1000)
        let epoch = try await store.epoch()
        #expect(try await !store.write(Self.entry(String(repeating: "a", count: 1000)), for: Self.key, since: epoch))
        #expect(try await store.write(Self.entry(String(repeating: "a", count: 500)), for: Self.key, since: epoch))
        #expect(folder.entries.count == 1)
    }
}
