// Copyright 2026 the Whippet authors
// SPDX-License-Identifier: Apache-2.0

import Foundation
import Testing
import WhippetCache
import WhippetFetch
import WhippetInfra

/// A store in a folder that can't be used, for a while.
struct FolderFailureTests {
    private static let key = FolderStoreTests.key

    /// What a test makes fail, and what the store has said.
    private final class Disk: Sendable {
        private let failures = Locked<[FolderOperation: Int32]>([:])
        private let written = Locked<[String]>([])
        private let time = Locked<Int64>(0)

        func fail(_ operation: FolderOperation, _ code: Int32) { failures.withLock { $0[operation] = code } }

        /// The disk works again, and the pause after the failure is over.
        func recover() {
            failures.withLock { $0 = [:] }
            time.withLock { $0 += 60_000 }
        }

        var lines: [String] { written.withLock { $0 } }

        func store(_ path: String, capacity: Int = 1 << 30) -> FolderStore {
            FolderStore(
                path, capacity: capacity, clock: { self.time.withLock { $0 } },
                faults: { operation in self.failures.withLock { $0[operation] } },
                log: { line in self.written.withLock { $0.append(line) } })
        }
    }

    @Test(
        "Whatever fails, entries are kept in memory, one line says so, and the folder is used when it works again",
        arguments: FolderOperation.allCases, [ENOSPC, EIO, EMFILE, EACCES])
    func failure(_ operation: FolderOperation, code: Int32) async throws {
        let folder = try TemporaryFolder()
        let disk = Disk()
        let store = disk.store(folder.path)
        disk.fail(operation, code)
        // Reading fails only where there is something to read.
        if operation == .read { #expect(try await store.lease(Self.key, for: 5, at: 0) != nil) }
        for made in 100..<110 {
            let entry = FolderStoreTests.entry("\(made)", made: Int64(made))
            #expect(try await store.write(entry, for: Self.key, since: store.epoch()))
            #expect(try await FolderStoreTests.text(store) == "\(made)")
            let lease = try #require(try await store.lease(Self.key, for: 30, at: 1000))
            #expect(try await store.lease(Self.key, for: 30, at: 1000) == nil)
            try await store.release(lease, of: Self.key)
        }
        #expect(disk.lines.count == 1, "\(disk.lines)")
        #expect(disk.lines.first?.hasPrefix("The cache folder \(folder.path) can't be ") == true)
        disk.recover()
        let entry = FolderStoreTests.entry("new", made: 200)
        #expect(try await store.write(entry, for: Self.key, since: store.epoch()))
        #expect(disk.lines.count == 2)
        #expect(disk.lines.last?.hasSuffix(" again.") == true)
        #expect(try await FolderStoreTests.text(FolderStore(folder.path)) == "new")
    }

    @Test(
        "An invalidation that can't be written holds at once here, and everywhere when the folder works again",
        arguments: FolderOperation.allCases, [ENOSPC, EIO])
    func invalidation(_ operation: FolderOperation, code: Int32) async throws {
        let folder = try await FolderStoreTests.folderWithEntry()
        let disk = Disk()
        let store = disk.store(folder.path)
        #expect(try await FolderStoreTests.text(store) == "tea")
        let epoch = try await store.epoch()
        disk.fail(operation, code)
        try await store.invalidate([.tag("a")], .immediate)
        #expect(try await FolderStoreTests.text(store) == nil)
        #expect(try await !store.write(FolderStoreTests.entry("late"), for: Self.key, since: epoch))
        disk.recover()
        #expect(try await FolderStoreTests.text(store) == nil)
        #expect(try await FolderStoreTests.text(FolderStore(folder.path)) == nil)
        #expect(try await store.write(FolderStoreTests.entry("new"), for: Self.key, since: store.epoch()))
        #expect(try await FolderStoreTests.text(FolderStore(folder.path)) == "new")
    }

    @Test("An invalidation that can neither be written nor stand in for what is there is an error, and holds here")
    func lostInvalidation() async throws {
        let folder = try await FolderStoreTests.folderWithEntry()
        let disk = Disk()
        let store = disk.store(folder.path)
        #expect(try await FolderStoreTests.text(store) == "tea")
        // A folder can't be unlinked, nor can a file take its place.
        unlink(folder.file("invalidations"))
        try #require(mkdir(folder.file("invalidations"), 0o700) == 0)
        let error = await #expect(throws: (any Error).self) { try await store.invalidate([.tag("a")], .immediate) }
        #expect("\(error.map { "\($0)" } ?? "")".contains("the invalidation holds in this process alone"))
        #expect(try await FolderStoreTests.text(store) == nil)
        #expect(disk.lines.count == 1)
    }

    @Test("Where a folder can't be made, memory serves")
    func impossibleFolder() async throws {
        let folder = try TemporaryFolder()
        try folder.write([1], to: "file")
        for path in [folder.file("file"), folder.file("file/cache"), "", "/proc/whippet", folder.path + "/a\0b"] {
            let disk = Disk()
            let store = disk.store(path)
            #expect(try await store.write(FolderStoreTests.entry("tea"), for: Self.key, since: store.epoch()))
            #expect(try await FolderStoreTests.text(store) == "tea")
            try await store.invalidate([.tag("a")], .immediate)
            #expect(try await FolderStoreTests.text(store) == nil)
            #expect(disk.lines.count == 1)
        }
    }

    @Test("A lock that another process keeps holds up nobody for long")
    func heldLock() async throws {
        let folder = try await FolderStoreTests.folderWithEntry()
        let holder = open(folder.file("lock"), O_RDWR)
        #expect(flock(holder, LOCK_EX) == 0)
        defer { close(holder) }
        let disk = Disk()
        let store = disk.store(folder.path)
        let entry = FolderStoreTests.entry("new", made: 200)
        #expect(try await store.write(entry, for: Self.key, since: store.epoch()))
        #expect(try await FolderStoreTests.text(store) == "new")
        #expect(disk.lines.count == 1)
    }
}
