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

/// The bytes of a part of a file, read in pieces on the pool of threads for blocking work.
// SAFETY: `position` and `file` are touched by `next` alone, which one reader calls one time after another.
final class FileSequence: BodySequence, @unchecked Sendable {
    private static let pieceSize = 64 * 1024

    private let range: FileRange
    private var position = 0
    private var file: OpenFile?

    init(_ range: FileRange) {
        self.range = range
    }

    var length: Int? { range.length }

    func next() async throws -> [UInt8]? {
        guard position < range.length else { return nil }
        let wanted = min(Self.pieceSize, range.length - position)
        let (offset, overflow) = range.offset.addingReportingOverflow(position)
        guard !overflow, offset >= 0 else { throw DiskFile.unreadable(range.path, "has no such part") }
        let (file, piece) = try await ThreadPool.shared.run { [file, range] in
            let file = try file ?? OpenFile(range.file)
            return (file, try file.read(wanted, at: offset))
        }
        guard !piece.isEmpty else {
            throw DiskFile.unreadable(range.path, "is shorter than when the body was made")
        }
        self.file = file
        position += piece.count
        return piece
    }

    /// The file is closed with the object: a `next` that waits finishes its piece.
    func cancel(_ reason: any Error) {}
}

/// A file that is open for reading.
final class OpenFile: Sendable {
    private let file: DiskFile
    private let descriptor: Int32

    init(_ file: DiskFile) throws {
        self.file = file
        // Without O_NONBLOCK a pipe in the file's place would keep the thread for ever.
        descriptor = open(file.path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
        guard descriptor >= 0 else { throw DiskFile.unreadable(file.path, "can't be opened (error \(errno))") }
    }

    deinit {
        if descriptor >= 0 { close(descriptor) }
    }

    /// Up to `count` bytes from `offset` on, none at the end of the file.
    ///
    /// - Throws: `DOMException` `NotReadableError` if they can't be read, or the file is not what the snapshot says.
    func read(_ count: Int, at offset: Int) throws -> [UInt8] {
        var failure: Int32 = 0
        let piece = [UInt8](unsafeUninitializedCapacity: count) { buffer, read in
            var result = pread(descriptor, buffer.baseAddress, count, off_t(offset))
            while result < 0, errno == EINTR { result = pread(descriptor, buffer.baseAddress, count, off_t(offset)) }
            failure = result < 0 ? errno : 0
            read = max(0, result)
        }
        guard failure == 0 else { throw DiskFile.unreadable(file.path, "can't be read (error \(failure))") }
        // After reading: a change while it was read is one, too.
        if let snapshot = file.snapshot {
            var status = stat()
            guard fstat(descriptor, &status) == 0, DiskFile.Snapshot(status) == snapshot else {
                throw DiskFile.unreadable(file.path, "was changed since it was asked for")
            }
        }
        return piece
    }
}
