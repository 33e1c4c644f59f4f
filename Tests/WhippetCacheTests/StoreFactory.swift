// Copyright 2026 the Whippet authors
// SPDX-License-Identifier: Apache-2.0

import WhippetCache

/// Makes an empty store for one test: what the tests of all stores run over.
struct StoreFactory: Sendable, CustomStringConvertible {
    let description: String
    let make: @Sendable () async throws -> any CacheStore

    /// Every store that comes along.
    static let all = [
        StoreFactory(description: "memory") { MemoryStore() },
        StoreFactory(description: "folder") { try FolderOfOneTest() },
    ]
}

/// A store in a folder that is removed with it.
private final class FolderOfOneTest: CacheStore {
    private let folder: TemporaryFolder
    private let store: FolderStore

    init() throws {
        folder = try TemporaryFolder()
        store = FolderStore(folder.path + "/cache")
    }

    func epoch() async throws -> CacheEpoch { try await store.epoch() }

    func read(_ key: CacheKey) async throws -> CachedEntry? { try await store.read(key) }

    func write(_ entry: CacheEntry, for key: CacheKey, since epoch: CacheEpoch) async throws -> Bool {
        try await store.write(entry, for: key, since: epoch)
    }

    func invalidate(_ tags: [CacheTag], _ mode: CacheInvalidation) async throws {
        try await store.invalidate(tags, mode)
    }

    func lease(_ key: CacheKey, for seconds: Int, at now: Int64) async throws -> CacheLease? {
        try await store.lease(key, for: seconds, at: now)
    }

    func release(_ lease: CacheLease, of key: CacheKey) async throws {
        try await store.release(lease, of: key)
    }
}
