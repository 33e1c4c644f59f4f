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

/// A file that is open for reading, in the version that was there when it was opened or looked at.
///
/// Its methods block: they belong on the pool of threads for blocking work.
package final class OpenFile: Sendable {
    /// Where it lay; for messages.
    package let path: String
    /// The version that is meant; nil for whatever is there.
    let snapshot: DiskFile.Snapshot?
    /// Open as long as the object lives.
    package let descriptor: Int32

    /// Opens a file.
    ///
    /// - Throws: `DOMException` `NotReadableError` if it can't be opened.
    init(_ file: DiskFile) throws {
        path = file.path
        snapshot = file.snapshot
        // Without O_NONBLOCK a pipe in the file's place would keep the thread for ever.
        descriptor = open(file.path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
        guard descriptor >= 0 else { throw DiskFile.unreadable(file.path, "can't be opened (error \(errno))") }
    }

    /// Takes a descriptor that is open for reading and closes it in the end; nil, and it stays the caller's, if it is of
    /// no plain file.
    package init?(adopting descriptor: Int32, path: String) {
        var status = stat()
        let isPlain = fstat(descriptor, &status) == 0 && status.st_mode & S_IFMT == S_IFREG
        self.path = path
        self.descriptor = isPlain ? descriptor : -1
        snapshot = isPlain ? DiskFile.Snapshot(status) : nil
        guard isPlain else { return nil }
    }

    deinit {
        if descriptor >= 0 { close(descriptor) }
    }

    /// How many bytes the file has.
    package var size: Int { Int(clamping: snapshot?.size ?? 0) }

    /// When it was last changed, in seconds since 1970-01-01T00:00:00Z.
    package var lastModified: Int64 { Int64(snapshot?.seconds ?? 0) }

    /// A number that another version of the file is most unlikely to have.
    package var version: UInt64 {
        // FNV-1a: the numbers themselves would tell where the file lies on its disk.
        guard let snapshot else { return 0 }
        let numbers = [
            snapshot.device, snapshot.inode, UInt64(bitPattern: snapshot.size),
            UInt64(bitPattern: Int64(snapshot.seconds)), UInt64(bitPattern: Int64(snapshot.nanoseconds)),
        ]
        var hash: UInt64 = 0xCBF2_9CE4_8422_2325
        for number in numbers {
            for shift in stride(from: 0, to: 64, by: 8) {
                hash = (hash ^ (number >> UInt64(shift) & 0xFF)) &* 0x100_0000_01B3
            }
        }
        return hash
    }

    /// The whole of the file, as a body has it.
    package var range: FileRange { FileRange(DiskFile(self)) }

    /// Up to `count` bytes from `offset` on, none at the end of the file.
    ///
    /// - Throws: `DOMException` `NotReadableError` if they can't be read, or the file is not what the snapshot says.
    package func read(_ count: Int, at offset: Int) throws -> [UInt8] {
        var failure: Int32 = 0
        let piece = [UInt8](unsafeUninitializedCapacity: count) { buffer, read in
            var result = pread(descriptor, buffer.baseAddress, count, off_t(offset))
            while result < 0, errno == EINTR { result = pread(descriptor, buffer.baseAddress, count, off_t(offset)) }
            failure = result < 0 ? errno : 0
            read = max(0, result)
        }
        guard failure == 0 else { throw DiskFile.unreadable(path, "can't be read (error \(failure))") }
        // After reading: a change while it was read is one, too.
        try checkVersion()
        return piece
    }

    /// Makes sure that the file is what the snapshot says.
    ///
    /// - Throws: `DOMException` `NotReadableError` if it was changed.
    package func checkVersion() throws {
        guard let snapshot else { return }
        var status = stat()
        guard fstat(descriptor, &status) == 0, DiskFile.Snapshot(status) == snapshot else {
            throw DiskFile.unreadable(path, "was changed since it was asked for")
        }
    }
}
