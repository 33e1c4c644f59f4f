// Copyright 2026 the Whippet authors
// SPDX-License-Identifier: Apache-2.0

internal import WhippetInfra

// What `FolderStore` does on a thread that may block.
extension FolderStore {
    /// The name of the file in which only the one who replaces entries is at work.
    private static let lockName = "lock"

    /// Follows what other processes have invalidated; nil when the folder can't be used now.
    @discardableResult
    func refresh() -> SharedHistory.Attachment? {
        guard history.isAttached || health.mayTry(.reading) else { return nil }
        let isFirst = !history.isAttached
        do {
            let attachment = try history.refresh()
            health.worked(.reading)
            if isFirst { ThreadPool.shared.submit { [self] in tidy() } }
            return attachment
        } catch {
            history.detach()
            health.failed(.reading, error)
            return nil
        }
    }

    /// Finds an entry on the disk, or in memory where the disk has none.
    func readNow(_ key: CacheKey) -> CachedEntry? {
        guard let attachment = refresh() else { return memory.find(key) }
        let name = fileName(of: key)
        do {
            guard let file = try attachment.folder.find(name) else { return memory.find(key) }
            guard let stored = try load(file), stored.isEntry(of: key), stored.history == attachment.history else {
                attachment.folder.remove(name)
                return memory.find(key)
            }
            let entry = stored.entry
            let change = memory.withInvalidations { $0.invalidation(of: entry.tags, since: stored.epoch) }
            if change == .immediate {
                attachment.folder.remove(name)
                return memory.find(key)
            }
            if FolderTime.secondsSince1970 - (file.status?.used ?? 0) / 1_000_000_000 > 60 { file.touch() }
            // Memory has a later one where that could not be written.
            _ = memory.keep(entry, for: key, since: stored.epoch)
            return memory.find(key) ?? CachedEntry(entry, isInvalidated: change == .stale)
        } catch {
            attachment.folder.remove(name)
            health.failed(.reading, error)
            return memory.find(key)
        }
    }

    /// Reads a file in whole; nil if it is not what was written.
    private func load(_ file: FolderFile) throws -> EntryFile? {
        guard let status = file.status, EntryFile.headSize...maximumEntrySize ~= status.size else { return nil }
        return EntryFile(try file.read(status.size))
    }

    /// Keeps an entry on the disk and in memory; only there where the disk does not take it.
    func writeNow(_ entry: CacheEntry, for key: CacheKey, since epoch: CacheEpoch) -> Bool {
        guard let attachment = refresh() else { return memory.keep(entry, for: key, since: epoch) }
        let isValid = memory.withInvalidations { log in
            epoch <= log.epoch && log.invalidation(of: entry.tags, since: epoch) != .immediate
        }
        let stored = EntryFile(history: attachment.history, epoch: epoch, key: key, entry: entry)
        guard isValid, let bytes = stored.bytes, bytes.count <= maximumEntrySize,
            FolderSpace.cost(bytes.count) <= capacity
        else { return false }
        if health.mayTry(.writing) {
            do {
                guard try store(bytes, attachment.folder, fileName(of: key), stored) else { return false }
                health.worked(.writing)
                if space.added(bytes.count) { tidy() }
                _ = memory.keep(entry, for: key, since: epoch)
                return true
            } catch {
                health.failed(.writing, error)
            }
        }
        return memory.keep(entry, for: key, since: epoch)
    }

    /// Writes a file, making room for it on a full disk once.
    private func store(_ bytes: [UInt8], _ folder: OpenFolder, _ name: String, _ entry: EntryFile) throws -> Bool {
        do {
            return try put(bytes, folder, name, entry)
        } catch let error as FolderError where error.isFull {
            guard try space.makeRoom(for: bytes.count, folder, willEvict: { touchUsed(folder) }) else { throw error }
            return try put(bytes, folder, name, entry)
        }
    }

    /// Writes a file beside the one that is there and puts it in its place, unless that is of a later run.
    private func put(_ bytes: [UInt8], _ folder: OpenFolder, _ name: String, _ entry: EntryFile) throws -> Bool {
        let (file, temporary) = try folder.makeTemporary()
        do {
            // No synchronising: what a power failure leaves of it is found out by its checksum.
            try file.write(bytes)
            let lock = try folder.open(Self.lockName, for: .keeping)
            try lock.lock()
            return try withExtendedLifetime((lock, file)) {
                guard try isLater(entry, folder, name) else {
                    folder.remove(temporary)
                    return false
                }
                try folder.rename(temporary, to: name)
                return true
            }
        } catch {
            folder.remove(temporary)
            throw error
        }
    }

    /// Whether an entry may take the place of the one in a file.
    private func isLater(_ entry: EntryFile, _ folder: OpenFolder, _ name: String) throws -> Bool {
        guard let file = try folder.find(name), file.status != nil,
            let present = EntryFile.Head(try file.read(EntryFile.headSize)), present.history == entry.history
        else { return true }
        return present.made <= entry.entry.made || present.epoch < entry.epoch
    }

    /// Removes what writers have left behind, and the oldest entries when there are too many.
    func tidy() {
        guard let attachment = refresh() else { return }
        do {
            try space.tidy(attachment.folder, willEvict: { touchUsed(attachment.folder) })
        } catch {
            health.failed(.reading, error)
        }
    }

    /// Waits until the folder is tidy.
    package func tidied() async {
        await offload { [self] in tidy() }
    }

    /// Notes the use of entries that memory has served: the disk does not know of it.
    private func touchUsed(_ folder: OpenFolder) {
        for key in memory.keys { folder.touch(fileName(of: key)) }
    }

    // MARK: - Names

    /// The hash of a key: what its file and its lease are found by.
    func hash(of key: CacheKey) -> [UInt8] {
        SHA256.hash("\(version)\0\(key.scope)\0\(key.name)")
    }

    private func fileName(of key: CacheKey) -> String {
        let digits = Array("0123456789abcdef".utf8)
        var name: [UInt8] = []
        name.reserveCapacity(64 + FolderSpace.suffix.utf8.count)
        for byte in hash(of: key) {
            name.append(digits[Int(byte >> 4)])
            name.append(digits[Int(byte & 15)])
        }
        return String(decoding: name, as: UTF8.self) + FolderSpace.suffix
    }
}
