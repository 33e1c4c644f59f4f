// Copyright 2026 the Whippet authors
// SPDX-License-Identifier: Apache-2.0

import Foundation
import Testing
import WhippetCache
import WhippetFetch

/// A store in a folder whose files are not what was written.
struct FolderDamageTests {
    private static let key = FolderStoreTests.key

    @Test("An entry of which any bit was changed is removed and can be made anew")
    func changedBits() async throws {
        let folder = try await FolderStoreTests.folderWithEntry()
        let name = try #require(folder.entries.first)
        let bytes = folder.bytes(name)
        for place in bytes.indices {
            var changed = bytes
            changed[place] ^= 1 << UInt8(place % 8)
            try folder.write(changed, to: name)
            #expect(try await FolderStoreTests.text(FolderStore(folder.path)) == nil, "byte \(place)")
            #expect(folder.entries.isEmpty)
        }
        let store = FolderStore(folder.path)
        #expect(try await store.write(FolderStoreTests.entry("new"), for: Self.key, since: store.epoch()))
        #expect(try await FolderStoreTests.text(FolderStore(folder.path)) == "new")
    }

    @Test("An entry that was cut anywhere, or has something behind it, is removed")
    func cut() async throws {
        let folder = try await FolderStoreTests.folderWithEntry()
        let name = try #require(folder.entries.first)
        let bytes = folder.bytes(name)
        for wrong in bytes.indices.map({ Array(bytes[..<$0]) }) + [bytes + [0]] {
            try folder.write(wrong, to: name)
            #expect(try await FolderStoreTests.text(FolderStore(folder.path)) == nil, "\(wrong.count) bytes")
            #expect(folder.entries.isEmpty)
        }
    }

    @Test("An entry under the name of another key is not served")
    func otherKey() async throws {
        let folder = try await FolderStoreTests.folderWithEntry()
        let name = try #require(folder.entries.first)
        let bytes = folder.bytes(name)
        try folder.remove(name)
        let store = FolderStore(folder.path)
        let entry = FolderStoreTests.entry("cup", of: FolderStoreTests.other)
        #expect(try await store.write(entry, for: FolderStoreTests.other, since: store.epoch()))
        let other = try #require(folder.entries.first)
        try folder.write(bytes, to: other)
        #expect(try await FolderStoreTests.text(FolderStore(folder.path), FolderStoreTests.other) == nil)
    }

    @Test("An invalidation of which only a part was written is none, and those before it hold")
    func tornInvalidation() async throws {
        let folder = try await FolderStoreTests.folderWithEntry()
        let store = FolderStore(folder.path)
        try await store.invalidate([.tag("b")], .immediate)
        let before = folder.bytes("invalidations")
        try await store.invalidate([.tag("a")], .immediate)
        let after = folder.bytes("invalidations")
        for count in before.count..<after.count {
            try folder.write(Array(after[..<count]), to: "invalidations")
            let next = FolderStore(folder.path)
            // The record of the last one is not there: its entry is valid again.
            let cup = FolderStoreTests.entry("cup", tags: [.tag("b")], of: FolderStoreTests.other)
            #expect(try await next.write(cup, for: FolderStoreTests.other, since: next.epoch()), "\(count) bytes")
            #expect(folder.bytes("invalidations") == before)
            try await next.invalidate([.tag("b")], .immediate)
            #expect(try await FolderStoreTests.text(FolderStore(folder.path), FolderStoreTests.other) == nil)
        }
    }

    @Test("A process that follows the invalidations repairs a torn end, and goes on with those of others")
    func tornWhileFollowed() async throws {
        let folder = try await FolderStoreTests.folderWithEntry()
        let (first, second) = (FolderStore(folder.path), FolderStore(folder.path))
        #expect(try await FolderStoreTests.text(first) == "tea")
        let whole = folder.bytes("invalidations")
        let file = try #require(FileHandle(forWritingAtPath: folder.file("invalidations")))
        try file.seekToEnd()
        try file.write(contentsOf: [40, 0, 0])
        #expect(try await FolderStoreTests.text(first) == "tea")
        #expect(folder.bytes("invalidations") == whole)
        try await second.invalidate([.tag("a")], .immediate)
        #expect(try await FolderStoreTests.text(first) == nil)
    }

    @Test("When the invalidations are damaged, or gone, no entry that was there is served", arguments: [true, false])
    func lostInvalidations(isGone: Bool) async throws {
        let folder = try await FolderStoreTests.folderWithEntry()
        let old = FolderStore(folder.path)
        try await old.invalidate([.tag("x")], .immediate)
        try await old.invalidate([.tag("y")], .immediate)
        #expect(try await FolderStoreTests.text(old) == "tea")
        var bytes = folder.bytes("invalidations")
        try folder.remove("invalidations")
        bytes[bytes.count / 2] ^= 1
        if !isGone { try folder.write(bytes, to: "invalidations") }
        let epoch = try await old.epoch()
        #expect(try await FolderStoreTests.text(old) == nil)
        let store = FolderStore(folder.path)
        #expect(try await FolderStoreTests.text(store) == nil)
        #expect(try await store.write(FolderStoreTests.entry("new"), for: Self.key, since: store.epoch()))
        #expect(try await FolderStoreTests.text(old) == "new")
        #expect(try await old.epoch() >= epoch)
    }

    @Test("Many invalidations leave a short file, and each of them holds")
    func compaction() async throws {
        let folder = try await FolderStoreTests.folderWithEntry()
        let (first, second) = (FolderStore(folder.path), FolderStore(folder.path))
        #expect(try await FolderStoreTests.text(second) == "tea")
        let long = String(repeating: "x", count: 100_000)
        for _ in 0..<30 { try await first.invalidate([.tag(long)], .immediate) }
        #expect(folder.bytes("invalidations").count < 1_200_000)
        #expect(try await FolderStoreTests.text(second) == "tea")
        try await first.invalidate([.tag("a")], .stale)
        #expect(try await second.read(Self.key)?.isInvalidated == true)
        #expect(try await FolderStore(folder.path).read(Self.key)?.isInvalidated == true)
    }

    @Test("A file of leases with anything in it costs no entry")
    func damagedLeases() async throws {
        let folder = try await FolderStoreTests.folderWithEntry()
        try folder.write((0..<200_000).map { UInt8(truncatingIfNeeded: $0 &* 37) }, to: "leases")
        let store = FolderStore(folder.path)
        let lease = try #require(try await store.lease(Self.key, for: 30, at: 1000))
        #expect(try await store.lease(Self.key, for: 30, at: 1000) == nil)
        try await store.release(lease, of: Self.key)
        #expect(try await store.lease(Self.key, for: 30, at: 1000) != nil)
    }
}
