// Copyright 2026 the Whippet authors
// SPDX-License-Identifier: Apache-2.0

#if canImport(Darwin)
internal import Darwin
#elseif canImport(Musl)
internal import Musl
#else
internal import Glibc
#endif

/// What the system said when the folder could not be used.
struct FolderError: Error, Equatable {
    /// What was tried.
    let operation: FolderOperation
    /// The system's number of the error.
    let code: Int32

    /// The error that the system has just reported.
    init(_ operation: FolderOperation, _ code: Int32 = errno) {
        self.operation = operation
        self.code = code
    }

    /// Whether there is no room on the disk.
    var isFull: Bool { code == ENOSPC || code == EDQUOT || code == EFBIG }

    /// Why, as the system says it.
    var reason: String { String(cString: strerror(code)) }
}

/// What is done with the folder; a test makes one of them fail.
package enum FolderOperation: String, CaseIterable, Sendable {
    case open, read, write, rename, lock, synchronise
}

/// The error that an operation is to fail with, nil for none.
package typealias FolderFaults = @Sendable (FolderOperation) -> Int32?

/// The folder, open: its files are reached through its descriptor, and links in it are not followed.
///
/// Its methods block; they run on the pool of threads.
final class OpenFolder: Sendable {
    private let descriptor: Int32
    private let faults: FolderFaults?

    /// Opens a folder, and makes it with those above it that are missing: for its owner alone.
    init(_ path: String, faults: FolderFaults?) throws {
        self.faults = faults
        guard !path.isEmpty, !path.utf8.contains(0) else {
            descriptor = -1
            throw FolderError(.open, ENOENT)
        }
        let flags = O_RDONLY | O_DIRECTORY | O_CLOEXEC
        var opened = openat(AT_FDCWD, path, flags)
        if opened < 0, errno == ENOENT {
            for end in path.indices.dropFirst() where path[end] == "/" { mkdir(String(path[..<end]), 0o700) }
            mkdir(path, 0o700)
            opened = openat(AT_FDCWD, path, flags)
        }
        descriptor = opened
        guard opened >= 0 else { throw FolderError(.open) }
        try check(.open)
    }

    deinit {
        if descriptor >= 0 { close(descriptor) }
    }

    /// Opens a file that is there; nil if there is none.
    func find(_ name: String, for access: FolderFile.Access = .reading) throws -> FolderFile? {
        do {
            return try open(name, for: access)
        } catch let error as FolderError where error.code == ENOENT {
            return nil
        }
    }

    /// Opens a file, and makes it if the access says so.
    ///
    /// A link in its place is removed.
    func open(_ name: String, for access: FolderFile.Access) throws -> FolderFile {
        try check(.open)
        // Without O_NONBLOCK a pipe in the file's place would keep the thread for ever.
        let flags = access.flags | O_NOFOLLOW | O_CLOEXEC | O_NONBLOCK
        var file = openat(descriptor, name, flags, 0o600)
        if file < 0, errno == ELOOP {
            unlinkat(descriptor, name, 0)
            file = openat(descriptor, name, flags, 0o600)
        }
        guard file >= 0 else { throw FolderError(.open) }
        return FolderFile(file, faults: faults)
    }

    /// Puts a file in the place of another one, in one step.
    func rename(_ name: String, to new: String) throws {
        try check(.rename)
        guard renameat(descriptor, name, descriptor, new) == 0 else { throw FolderError(.rename) }
    }

    /// Removes a file; false if it is still there.
    @discardableResult
    func remove(_ name: String) -> Bool {
        unlinkat(descriptor, name, 0) == 0 || errno == ENOENT
    }

    /// Notes that a file was used just now.
    func touch(_ name: String) {
        utimensat(descriptor, name, nil, AT_SYMLINK_NOFOLLOW)
    }

    /// Waits until what was renamed is on the disk.
    func synchronise() throws {
        try check(.synchronise)
        guard fsync(descriptor) == 0 || errno == EINVAL else { throw FolderError(.synchronise) }
    }

    /// Calls `body` with the names of all files until it returns false.
    func forEachName(_ body: (String) -> Bool) throws {
        let listed = openat(descriptor, ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        guard listed >= 0 else { throw FolderError(.read) }
        guard let stream = fdopendir(listed) else {
            close(listed)
            throw FolderError(.read)
        }
        defer { closedir(stream) }
        while let item = readdir(stream) {
            // SAFETY: the name lies in the record at its offset and ends with a zero.
            let name = String(
                cString: UnsafeRawPointer(item).advanced(by: Self.nameOffset).assumingMemoryBound(to: CChar.self))
            if !body(name) { return }
        }
    }

    /// Makes a file that is renamed when it is whole.
    ///
    /// It is locked as long as it is open: one that nobody has locked was left behind by a process that died.
    func makeTemporary() throws -> (file: FolderFile, name: String) {
        for _ in 0..<3 {
            let number = String(UInt64.random(in: .min ... .max), radix: 16)
            let name = String(repeating: "0", count: 16 - number.utf8.count) + number + Self.temporarySuffix
            // Before it was locked, another process may have taken it for a leftover.
            let file = try open(name, for: .making)
            if file.tryLock(), let status = file.status, status.links > 0 { return (file, name) }
        }
        throw FolderError(.open, EAGAIN)
    }

    /// Whether a name is one that `makeTemporary` gives.
    static func isTemporary(_ name: String) -> Bool {
        name.utf8.count == 16 + temporarySuffix.utf8.count && name.hasSuffix(temporarySuffix)
    }

    private static let temporarySuffix = ".tmp"

    private static let nameOffset = MemoryLayout<dirent>.offset(of: \dirent.d_name) ?? 0

    /// Size and time of last use of a file; nil unless it is a plain one.
    func status(_ name: String) -> FolderFile.Status? {
        var status = stat()
        guard fstatat(descriptor, name, &status, AT_SYMLINK_NOFOLLOW) == 0 else { return nil }
        return FolderFile.Status(status)
    }

    private func check(_ operation: FolderOperation) throws {
        if let code = faults?(operation) { throw FolderError(operation, code) }
    }
}
