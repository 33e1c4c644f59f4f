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
// SAFETY: `position` and `descriptor` are touched by `next` alone, which one reader calls one time after another, and
// by `deinit`.
final class FileSequence: BodySequence, @unchecked Sendable {
    private static let pieceSize = 64 * 1024

    private let range: FileRange
    private var position = 0
    private var descriptor: Int32 = -1

    init(_ range: FileRange) {
        self.range = range
    }

    deinit {
        if descriptor >= 0 { close(descriptor) }
    }

    var length: Int? { range.length }

    func next() async throws -> [UInt8]? {
        guard position < range.length else { return nil }
        return try await ThreadPool.shared.run { try self.readPiece() }
    }

    /// The file is closed with the object: a `next` that waits finishes its piece.
    func cancel(_ reason: any Error) {}

    private func readPiece() throws -> [UInt8] {
        if descriptor < 0 {
            descriptor = open(range.path, O_RDONLY | O_CLOEXEC)
            guard descriptor >= 0 else { throw unreadable("can't be opened (error \(errno))") }
        }
        let wanted = min(Self.pieceSize, range.length - position)
        let (offset, overflow) = range.offset.addingReportingOverflow(position)
        guard !overflow, let offset = off_t(exactly: offset) else { throw unreadable("has no such part") }
        var failure: Int32 = 0
        let piece = [UInt8](unsafeUninitializedCapacity: wanted) { buffer, count in
            var result = pread(descriptor, buffer.baseAddress, wanted, offset)
            while result < 0, errno == EINTR { result = pread(descriptor, buffer.baseAddress, wanted, offset) }
            failure = result < 0 ? errno : 0
            count = max(0, result)
        }
        guard failure == 0 else { throw unreadable("can't be read (error \(failure))") }
        guard !piece.isEmpty else { throw unreadable("is shorter than when the body was made") }
        position += piece.count
        return piece
    }

    private func unreadable(_ what: String) -> DOMException {
        DOMException("The file \(quoted(range.path)) \(what)", name: .notReadableError)
    }
}
