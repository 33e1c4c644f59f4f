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

/// A file on a disk, in the version that was there when somebody looked.
final class DiskFile: Sendable, Hashable {
    /// What tells one version of a file from another.
    ///
    /// Source: [snapshot state](https://w3c.github.io/FileAPI/#snapshot-state).
    struct Snapshot: Sendable, Hashable {
        var device: UInt64
        var inode: UInt64
        var size: Int64
        var seconds: Int
        var nanoseconds: Int

        init(_ status: stat) {
            device = UInt64(truncatingIfNeeded: status.st_dev)
            inode = UInt64(truncatingIfNeeded: status.st_ino)
            size = Int64(status.st_size)
            #if canImport(Darwin)
            seconds = Int(status.st_mtimespec.tv_sec)
            nanoseconds = Int(status.st_mtimespec.tv_nsec)
            #else
            seconds = Int(status.st_mtim.tv_sec)
            nanoseconds = Int(status.st_mtim.tv_nsec)
            #endif
        }

        /// The time of the last change, in milliseconds since 1970.
        var milliseconds: Int {
            let (milliseconds, overflow) = seconds.multipliedReportingOverflow(by: 1000)
            return overflow ? 0 : milliseconds + nanoseconds / 1_000_000
        }
    }

    let path: String
    /// The version that is meant; nil for whatever is there.
    let snapshot: Snapshot?
    /// Whether the file goes with the last reference to it.
    private let isTemporary: Bool
    /// The file where it is open already: the version that is meant, whatever lies at the path by now.
    let opened: OpenFile?

    /// Means whatever lies at the path when it is read.
    init(path: String) {
        self.path = path
        snapshot = nil
        isTemporary = false
        opened = nil
    }

    /// Means the version that is open.
    init(_ opened: OpenFile) {
        path = opened.path
        snapshot = opened.snapshot
        isTemporary = false
        self.opened = opened
    }

    /// Looks at a file; this blocks.
    ///
    /// - Throws: `DOMException`: `NotFoundError` if there is none, `NotReadableError` if it is no plain file.
    init(snapshotOf path: String, isTemporary: Bool = false) throws {
        var status = stat()
        // A NUL would end the path early, and another file be looked at.
        let isPath = !path.utf8.contains(0)
        guard isPath, stat(path, &status) == 0 else {
            if !isPath || errno == ENOENT || errno == ENOTDIR {
                throw DOMException("There is no file \(quoted(path))", name: .notFoundError)
            }
            throw Self.unreadable(path, "can't be looked at (error \(errno))")
        }
        guard status.st_mode & S_IFMT == S_IFREG else { throw Self.unreadable(path, "is no plain file") }
        self.path = path
        snapshot = Snapshot(status)
        self.isTemporary = isTemporary
        opened = nil
    }

    deinit {
        if isTemporary { unlink(path) }
    }

    static func unreadable(_ path: String, _ what: String) -> DOMException {
        DOMException("The file \(quoted(path)) \(what)", name: .notReadableError)
    }

    static func == (left: DiskFile, right: DiskFile) -> Bool {
        left.path == right.path && left.snapshot == right.snapshot
    }

    func hash(into hasher: inout Hasher) {
        hasher.combine(path)
    }
}
