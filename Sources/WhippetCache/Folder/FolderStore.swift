// Copyright 2026 the Whippet authors
// SPDX-License-Identifier: Apache-2.0

package import WhippetFetch
internal import WhippetInfra

/// Keeps entries in a folder: they survive a restart, and several processes may share it.
///
/// ```swift
/// let app = App(cache: CacheConfiguration(store: FolderStore("/var/cache/notes", version: "2026-11-21")))
/// ```
///
/// What was used of late lies in memory, too: such a hit touches no disk, it only asks the system whether another
/// process has invalidated something. Disk work runs on the threads of `offload`. When the folder can't be used (not
/// writable, full, gone) the store goes on in memory, says so in one line of the log, and returns to the folder when it
/// works again. A file that is not what was written, in each bit, is removed and its entry made anew.
///
/// An entry that was just written may be lost when the power fails; an invalidation may not. The folder should be one
/// of a local disk. Who may write into it can change what is served: the store makes it for its owner alone.
public final class FolderStore: ReadyStore {
    /// The folder.
    public let path: String
    /// How many bytes the files of entries may take.
    public let capacity: Int
    /// How many bytes an entry's file may have.
    public let maximumEntrySize: Int

    let version: String
    let memory: MemoryStore
    let history: SharedHistory
    let space: FolderSpace
    let health: FolderHealth

    /// Makes a store; the folder is opened, and made if there is none, when it is used first.
    ///
    /// - Parameters:
    ///   - path: The folder. Other files in it are left alone.
    ///   - version: What the program's answers depend on, such as the name of a release: entries of other versions are
    ///     not found.
    ///   - capacity: How many bytes of the disk the entries may take, 1 GiB unless said otherwise; a sixteenth more for
    ///     each process.
    ///   - memoryCapacity: How many bytes of memory the entries that are in use may take, 32 MiB unless said otherwise.
    ///   - maximumEntrySize: How many bytes an entry's file may have, 16 MiB unless said otherwise.
    ///   - log: Takes one line when the folder ceases to work, and one when it works again; by default it goes to
    ///     standard error.
    public convenience init(
        _ path: String, version: String = "", capacity: Int = 1024 * 1024 * 1024,
        memoryCapacity: Int = 32 * 1024 * 1024, maximumEntrySize: Int = 16 * 1024 * 1024,
        log: (@Sendable (String) -> Void)? = nil
    ) {
        self.init(
            path, version: version, capacity: capacity, memoryCapacity: memoryCapacity,
            maximumEntrySize: maximumEntrySize, clock: { FolderTime.monotonicMilliseconds }, faults: nil, log: log)
    }

    /// The same, with what a test sets: the clock of the pauses after failures, and failures.
    package init(
        _ path: String, version: String = "", capacity: Int = 1024 * 1024 * 1024,
        memoryCapacity: Int = 32 * 1024 * 1024, maximumEntrySize: Int = 16 * 1024 * 1024,
        clock: @escaping @Sendable () -> Int64, faults: FolderFaults?, log: (@Sendable (String) -> Void)?
    ) {
        self.path = path
        self.version = version
        self.capacity = max(0, capacity)
        self.maximumEntrySize = min(max(0, maximumEntrySize), 1024 * 1024 * 1024)
        memory = MemoryStore(capacity: memoryCapacity)
        history = SharedHistory(path, memory: memory, faults: faults)
        space = FolderSpace(capacity: capacity)
        health = FolderHealth(path, clock: clock, log: log ?? FolderLog.write)
    }

    // MARK: - Without waiting

    /// Finds an entry in memory, and its answer where it was made for this second already.
    ///
    /// - Returns: Nil when `read` has to look at the disk: the entry is not there, its time is over (another process may
    ///   have made it anew), or another process has invalidated something.
    package func hit(_ key: CacheKey, at second: Int64) -> MemoryStore.Hit? {
        guard isCurrent else { return nil }
        let hit = memory.hit(key, at: second)
        if case .entry(let found)? = hit, found.entry.isStale(at: second) { return nil }
        return hit
    }

    /// Keeps the answer of an entry that is fresh, for one second.
    package func keep(ready response: Response, of entry: CacheEntry, for key: CacheKey, at second: Int64) {
        memory.keep(ready: response, of: entry, for: key, at: second)
    }

    /// Whether memory knows all invalidations, or the folder can't be asked now.
    private var isCurrent: Bool {
        history.isCurrent || !history.isAttached && !health.mayTry(.reading)
    }

    // MARK: - CacheStore

    /// The number of the latest invalidation.
    public func epoch() async throws -> CacheEpoch {
        if isCurrent { return memory.currentEpoch }
        return await offload { [self] in
            refresh()
            return memory.currentEpoch
        }
    }

    /// Finds an entry.
    public func read(_ key: CacheKey) async throws -> CachedEntry? {
        // Of an entry whose time is over another process may have made a new one.
        if isCurrent, let found = memory.find(key), !found.entry.isStale(at: FolderTime.secondsSince1970) {
            return found
        }
        return await offload { [self] in readNow(key) }
    }

    /// Keeps an entry; false when it was refused.
    public func write(_ entry: CacheEntry, for key: CacheKey, since epoch: CacheEpoch) async throws -> Bool {
        await offload { [self] in writeNow(entry, for: key, since: epoch) }
    }

    /// Invalidates the entries that have one of the tags.
    ///
    /// - Throws: If the folder holds entries and can't be written at all, not even to remove them: the invalidation then
    ///   holds in this process alone.
    public func invalidate(_ tags: [CacheTag], _ mode: CacheInvalidation) async throws {
        try await offload { [self] in
            do {
                try history.add(tags, mode)
                health.worked(.reading)
            } catch let lost as LostInvalidation {
                health.failed(.reading, lost.cause)
                throw lost
            } catch {
                health.failed(.reading, error)
            }
        }
    }

    /// Takes the right to make an entry.
    public func lease(_ key: CacheKey, for seconds: Int, at now: Int64) async throws -> CacheLease? {
        let found = await offload { [self] () -> Lease in
            guard let attachment = refresh(), health.mayTry(.writing) else { return .unknown }
            do {
                let table = LeaseTable(folder: attachment.folder)
                return try table.take(hash(of: key), for: seconds, at: now).map { .taken($0) } ?? .busy
            } catch {
                health.failed(.writing, error)
                return .unknown
            }
        }
        switch found {
        case .taken(let lease): return lease
        case .busy: return nil
        // Of this process one has it, at least.
        case .unknown: return try await memory.lease(key, for: seconds, at: now)
        }
    }

    private enum Lease {
        case taken(CacheLease)
        case busy
        case unknown
    }

    /// Gives a right back.
    public func release(_ lease: CacheLease, of key: CacheKey) async throws {
        guard lease.token & LeaseTable.mark != 0 else { return try await memory.release(lease, of: key) }
        await offload { [self] in
            guard let attachment = refresh(), health.mayTry(.writing) else { return }
            do {
                try LeaseTable(folder: attachment.folder).release(lease, hash(of: key))
            } catch {
                health.failed(.writing, error)
            }
        }
    }
}
