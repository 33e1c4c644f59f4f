// Copyright 2026 the Whippet authors
// SPDX-License-Identifier: Apache-2.0

internal import WhippetInfra

/// How many bytes the entries of the folder take, and which go when there are too many: those that were not used for
/// the longest time.
///
/// The files are listed at the start, and again each time when so many bytes were written that the bound might be
/// passed; so it holds whatever other processes write, within a sixteenth of it for each of them. Files that writers
/// have left behind when they died go as well.
final class FolderSpace: Sendable {
    private struct State {
        /// Nil before the files were listed.
        var size: Int?
        var written = 0
        var isBeingTidied = false
    }

    /// How the name of an entry's file ends.
    static let suffix = ".entry"
    /// A file takes whole blocks.
    private static let blockSize = 4096

    private let capacity: Int
    private let state = Locked(State())

    init(capacity: Int) {
        self.capacity = max(0, capacity)
    }

    /// The bytes that the files take, as far as known.
    var size: Int { state.withLock { ($0.size ?? 0) + $0.written } }

    /// How many bytes of the disk a file of a size takes.
    static func cost(_ size: Int) -> Int { (max(0, size) + blockSize - 1) / blockSize * blockSize }

    /// Notes a new file.
    ///
    /// - Returns: Whether it is time for `tidy`.
    func added(_ size: Int) -> Bool {
        state.withLock { state in
            state.written += Self.cost(size)
            guard let known = state.size else { return false }
            return state.written >= capacity / 16 || known + state.written > capacity
        }
    }

    /// Lists the files, and removes the oldest ones until the bound holds; blocks.
    ///
    /// - Parameter willEvict: Called before entries go: what is in use has to be touched.
    func tidy(_ folder: OpenFolder, willEvict: () -> Void) throws {
        let begun = state.withLock { state -> Int? in
            defer { state.isBeingTidied = true }
            return state.isBeingTidied ? nil : state.written
        }
        guard let before = begun else { return }
        defer { state.withLock { $0.isBeingTidied = false } }
        var size = try sizes(folder, removesLeftovers: true).reduce(0) { $0 + $1.cost }
        if size > capacity {
            willEvict()
            size -= try evict(folder, size - capacity / 10 * 9)
        }
        state.withLock { state in
            state.size = size
            state.written = max(0, state.written - before)
        }
    }

    /// Removes the oldest files on a full disk: a quarter of all, and as much as an entry needs.
    ///
    /// - Returns: Whether there is room for the entry then.
    func makeRoom(for needed: Int, _ folder: OpenFolder, willEvict: () -> Void) throws -> Bool {
        let size = try sizes(folder, removesLeftovers: true).reduce(0) { $0 + $1.cost }
        guard size >= Self.cost(needed), size > 0 else { return false }
        willEvict()
        let freed = try evict(folder, max(size / 4, Self.cost(needed)))
        state.withLock { state in
            state.size = size - freed
            state.written = 0
        }
        return true
    }

    /// Removes the files of all entries.
    static func removeEntries(_ folder: OpenFolder) throws {
        try folder.forEachName { name in
            if isEntry(name) { folder.remove(name) }
            return true
        }
    }

    // MARK: - Algorithm

    private struct Found {
        var used: Int64
        var cost: Int
    }

    private func sizes(_ folder: OpenFolder, removesLeftovers: Bool) throws -> [Found] {
        var found: [Found] = []
        try folder.forEachName { name in
            if Self.isEntry(name), let status = folder.status(name) {
                found.append(Found(used: status.used, cost: Self.cost(status.size)))
            } else if removesLeftovers, OpenFolder.isTemporary(name) {
                // Who writes it has its lock.
                if let file = try? folder.open(name, for: .updating), file.tryLock() { folder.remove(name) }
            }
            return true
        }
        return found
    }

    /// Removes the oldest files until so many bytes are free; returns how many are.
    private func evict(_ folder: OpenFolder, _ wanted: Int) throws -> Int {
        var freed = 0
        var last = Int64.min
        for file in try sizes(folder, removesLeftovers: false).sorted(by: { $0.used < $1.used }) where freed < wanted {
            freed += file.cost
            last = file.used
        }
        freed = 0
        try folder.forEachName { name in
            guard Self.isEntry(name), let status = folder.status(name), status.used <= last else { return true }
            if folder.remove(name) { freed += Self.cost(status.size) }
            return freed < wanted
        }
        return freed
    }

    /// Whether a name is one that the store gives to entries: others are left alone.
    private static func isEntry(_ name: String) -> Bool {
        name.utf8.count == 64 + suffix.utf8.count && name.hasSuffix(suffix)
    }
}
