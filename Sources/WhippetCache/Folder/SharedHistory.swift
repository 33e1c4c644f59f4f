// Copyright 2026 the Whippet authors
// SPDX-License-Identifier: Apache-2.0

internal import WhippetInfra

#if canImport(Darwin)
internal import Darwin
#elseif canImport(Musl)
internal import Musl
#else
internal import Glibc
#endif

/// The history of invalidations that processes share: a file of the folder, which each process follows.
///
/// A process knows that it is up to date when the file has the size up to which it has read it; asking for it costs one
/// `fstat`. Who adds a record has the lock of `invalidations.lock`. A file that has grown too large, or is damaged, is
/// replaced by a new one: the old one then has no name any more, and that the `fstat` says, too.
///
/// Where an invalidation can't be written the file is removed, which needs no room on the disk: all entries are invalid
/// then. If even that fails, this process leaves the file alone until it can begin a new history; other processes, and
/// those of later, still find what is invalid, which whoever invalidates is told.
final class SharedHistory: Sendable {
    /// The file that is followed.
    struct Attachment {
        let folder: OpenFolder
        let file: FolderFile
        let history: UInt64
        /// Up to where it was read.
        var offset: Int
    }

    private struct State {
        var attachment: Attachment?
        /// The history that was followed last.
        var history: UInt64?
        /// Whether there are invalidations that other processes don't know.
        var isAhead = false
        /// How many of them there were: what was begun before the last one does not count.
        var failures = 0
        /// How long the file was when this process made it; a file of another one is made shorter earlier.
        var madeSize = 0
    }

    private static let name = "invalidations"
    private static let lockName = "invalidations.lock"
    /// A file larger than this is not read.
    private static let maximumSize = 64 * 1024 * 1024
    /// A file smaller than this is not replaced by a shorter one.
    private static let compactSize = 1024 * 1024

    private let path: String
    private let faults: FolderFaults?
    /// Keeps the invalidations that are known.
    private let memory: MemoryStore
    private let state = Locked(State())

    init(_ path: String, memory: MemoryStore, faults: FolderFaults?) {
        self.path = path
        self.memory = memory
        self.faults = faults
    }

    /// Whether all invalidations are known that any process has made; false also when no file is followed.
    var isCurrent: Bool {
        guard let attachment = state.withLock({ $0.isAhead ? nil : $0.attachment }),
            let status = attachment.file.status
        else { return false }
        return status.links > 0 && status.size == attachment.offset
    }

    /// Whether a file is followed.
    var isAttached: Bool { state.withLock { $0.attachment != nil && !$0.isAhead } }

    // MARK: - Following

    /// Reads what other processes have added; blocks.
    ///
    /// - Returns: The history that is followed now.
    func refresh() throws -> Attachment {
        if let attachment = try readTail() { return attachment }
        let folder = try OpenFolder(path, faults: faults)
        let lock = try Self.lock(folder)
        return try withExtendedLifetime(lock) { try attach(folder) }
    }

    /// Adds an invalidation; blocks.
    ///
    /// - Throws: `FolderError` if the folder can't be used; `LostInvalidation` if other processes find what is invalid.
    func add(_ tags: [CacheTag], _ mode: CacheInvalidation) throws {
        guard !tags.isEmpty else { return }
        do {
            try append(tags, mode)
        } catch {
            let folder = try? state.withLock { $0.attachment }?.folder ?? OpenFolder(path, faults: faults)
            let isRemoved = folder?.remove(Self.name) ?? false
            state.withLock { state in
                state.isAhead = true
                state.failures += 1
                state.attachment = nil
                memory.withInvalidations { $0.add(tags, mode) }
            }
            if !isRemoved {
                guard let folder, Self.mayBeFound(folder) else { throw error }
                throw LostInvalidation(path: path, cause: error)
            }
            // Where there is room for a new history, it begins now.
            _ = try refresh()
        }
    }

    /// Forgets the file that is followed: the next one may be another one.
    func detach() {
        state.withLock { $0.attachment = nil }
    }

    // MARK: - Algorithm

    /// Whether there is a file that processes may follow.
    private static func mayBeFound(_ folder: OpenFolder) -> Bool {
        do {
            return try folder.find(name) != nil
        } catch {
            return true
        }
    }

    private static func lock(_ folder: OpenFolder) throws -> FolderFile {
        let file = try folder.open(lockName, for: .keeping)
        try file.lock()
        return file
    }

    /// Reads the records behind those that are known; nil if that does not lead to a known end.
    private func readTail() throws -> Attachment? {
        let (found, isAhead) = state.withLock { ($0.attachment, $0.isAhead) }
        guard var attachment = found, !isAhead, let status = attachment.file.status, status.links > 0,
            status.size >= attachment.offset, status.size <= Self.maximumSize
        else { return nil }
        if status.size == attachment.offset { return attachment }
        let start = attachment.offset
        let bytes = try attachment.file.read(status.size - start, at: start)
        let records = InvalidationFile.Records(bytes, from: 0)
        guard records.end == .complete else { return nil }
        attachment.offset = start + records.count
        let end = attachment.offset
        memory.withInvalidations { log in
            for record in records.records { log.add(record.tags, record.mode, at: record.epoch) }
        }
        state.withLock { state in
            guard let present = state.attachment, present.file === attachment.file else { return }
            state.attachment?.offset = max(present.offset, end)
        }
        return attachment
    }

    /// Follows the file that is there, or a new one; with the lock.
    private func attach(_ folder: OpenFolder) throws -> Attachment {
        let (known, isAhead, failures) = state.withLock { ($0.history, $0.isAhead, $0.failures) }
        let epoch = memory.currentEpoch
        var latest = epoch
        if let file = try folder.find(Self.name, for: .updating), let status = file.status {
            let bytes = status.size <= Self.maximumSize ? try file.read(status.size) : []
            if let head = InvalidationFile(bytes) {
                let records = InvalidationFile.Records(bytes, from: InvalidationFile.headSize)
                latest = max(latest, records.records.reduce(head.latest) { max($0, $1.epoch) })
                // Numbers only grow for whoever has seen one: a history that begins below is not followed.
                let isFollowed = head.history == known || epoch == CacheEpoch(0) || head.oldest > epoch
                if records.end != .damaged, !isAhead, isFollowed {
                    let size = InvalidationFile.headSize + records.count
                    if records.end == .torn { try file.truncate(to: size) }
                    let attachment = Attachment(folder: folder, file: file, history: head.history, offset: size)
                    return try follow(attachment, head, records.records, isNew: head.history != known, failures)
                }
            }
        }
        return try begin(folder, after: latest, failures)
    }

    /// Begins a history: no entry of another one is read any more; with the lock.
    private func begin(_ folder: OpenFolder, after latest: CacheEpoch, _ failures: Int) throws -> Attachment {
        let now = CacheEpoch(UInt64(clamping: FolderTime.microsecondsSince1970))
        let first = max(now, latest.next)
        let head = InvalidationFile(history: .random(in: .min ... .max), oldest: first, latest: first)
        let file: FolderFile
        do {
            file = try replace(folder, with: head.head)
        } catch let error as FolderError where error.isFull {
            // None of them is valid from now on.
            try FolderSpace.removeEntries(folder)
            file = try replace(folder, with: head.head)
        }
        let attachment = Attachment(
            folder: folder, file: file, history: head.history, offset: InvalidationFile.headSize)
        return try follow(attachment, head, [], isNew: true, failures)
    }

    /// Takes over what a file says.
    ///
    /// - Throws: `FolderError` if an invalidation could not be written meanwhile: then the file is not to be followed.
    private func follow(
        _ attachment: Attachment, _ head: InvalidationFile, _ records: [InvalidationFile.Record], isNew: Bool,
        _ failures: Int
    ) throws -> Attachment {
        let isFollowed = state.withLock { state in
            guard state.failures == failures else { return false }
            state.attachment = attachment
            state.history = attachment.history
            state.isAhead = false
            state.madeSize = records.isEmpty ? attachment.offset : 0
            memory.withInvalidations { log in
                if isNew { log = InvalidationLog(at: head.latest, forgotten: head.oldest) }
                log.forget(before: head.oldest)
                for record in records { log.add(record.tags, record.mode, at: record.epoch) }
                log.add([], .stale, at: head.latest)
            }
            return true
        }
        guard isFollowed else { throw FolderError(.lock, EAGAIN) }
        return attachment
    }

    /// Adds a record to the file and reads it back.
    private func append(_ tags: [CacheTag], _ mode: CacheInvalidation) throws {
        var folder = try refresh().folder
        let lock = try Self.lock(folder)
        try withExtendedLifetime(lock) {
            // What came before the lock was had; it is had now, so that no other record can come.
            var attachment: Attachment
            if let current = try readTail() {
                attachment = current
            } else {
                folder = try OpenFolder(path, faults: faults)
                attachment = try attach(folder)
            }
            var record = InvalidationFile.Record(epoch: memory.currentEpoch.next, mode: mode, tags: tags)
            let size = record.bytes.count
            let (limit, failures) = state.withLock { (max(Self.compactSize, 4 * $0.madeSize), $0.failures) }
            if size > Self.maximumSize / 4 {
                // More than a file can take: all entries are invalid from now on.
                _ = try begin(folder, after: record.epoch, failures)
                return
            }
            if attachment.offset + size > limit {
                attachment = try compact(attachment, failures)
                record.epoch = memory.currentEpoch.next
            }
            do {
                try attachment.file.write(record.bytes, at: attachment.offset)
                try attachment.file.synchronise()
            } catch {
                try? attachment.file.truncate(to: attachment.offset)
                throw error
            }
            memory.withInvalidations { $0.add(tags, mode, at: record.epoch) }
            _ = try readTail()
        }
    }

    /// Replaces the file by one with the latest invalidation of each tag; with the lock.
    private func compact(_ attachment: Attachment, _ failures: Int) throws -> Attachment {
        let log = memory.withInvalidations { $0 }
        let head = InvalidationFile(history: attachment.history, oldest: log.oldest, latest: log.epoch)
        var bytes = head.head
        log.visit { tag, mode, epoch in
            bytes += InvalidationFile.Record(epoch: epoch, mode: mode, tags: [tag]).bytes
        }
        // So many tags, or such long ones: all are forgotten.
        guard bytes.count <= Self.maximumSize / 4 else {
            return try begin(attachment.folder, after: log.epoch, failures)
        }
        let file = try replace(attachment.folder, with: bytes)
        let next = Attachment(
            folder: attachment.folder, file: file, history: attachment.history, offset: bytes.count)
        return try follow(next, head, [], isNew: false, failures)
    }

    /// Writes a new file in the place of the one that is there.
    private func replace(_ folder: OpenFolder, with bytes: [UInt8]) throws -> FolderFile {
        let (file, name) = try folder.makeTemporary()
        do {
            try file.write(bytes)
            try file.synchronise()
            try folder.rename(name, to: Self.name)
            try folder.synchronise()
        } catch {
            folder.remove(name)
            throw error
        }
        return file
    }
}

extension CacheEpoch {
    /// The point after the next invalidation.
    var next: CacheEpoch { CacheEpoch(number &+ 1) }
}
