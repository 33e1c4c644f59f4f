// Copyright 2026 the Whippet authors
// SPDX-License-Identifier: Apache-2.0

internal import WhippetInfra

/// The bytes of a part of a file, read in pieces on the pool of threads for blocking work.
// SAFETY: `position` and `file` are touched by `next`, `rest` and `skip` alone, which one reader calls one time after
// another.
package final class FileSequence: BodySequence, @unchecked Sendable {
    /// The first piece is small, so that it is there soon; each costs a change of threads, so that the others are not.
    private static let pieceSizes = (first: 64 * 1024, other: 256 * 1024)

    private let range: FileRange
    private var position = 0
    private var file: OpenFile?

    package init(_ range: FileRange) {
        self.range = range
    }

    package var length: Int? { range.length }

    package func next() async throws -> [UInt8]? {
        guard position < range.length else { return nil }
        let size = position == 0 ? Self.pieceSizes.first : Self.pieceSizes.other
        let wanted = min(size, range.length - position)
        let (offset, overflow) = range.offset.addingReportingOverflow(position)
        guard !overflow, offset >= 0 else { throw DiskFile.unreadable(range.path, "has no such part") }
        let (file, piece) = try await ThreadPool.shared.run { [file, range] in
            let file = try file ?? range.file.opened ?? OpenFile(range.file)
            return (file, try file.read(wanted, at: offset))
        }
        guard !piece.isEmpty else {
            throw DiskFile.unreadable(range.path, "is shorter than when the body was made")
        }
        self.file = file
        position += piece.count
        return piece
    }

    /// The file and what of it has not been read, once the first piece has been: for a reader that has other means.
    package var rest: (file: OpenFile, offset: Int, count: Int)? {
        guard let file, position < range.length else { return nil }
        // The sum was looked at when the first piece was read; it stays below that of offset and length.
        let (end, overflow) = range.offset.addingReportingOverflow(range.length)
        return overflow ? nil : (file, end - (range.length - position), range.length - position)
    }

    /// Leaves out bytes that the reader has got by its own means.
    package func skip(_ count: Int) {
        position += min(max(0, count), range.length - position)
    }

    /// The file is closed with the object: a `next` that waits finishes its piece.
    package func cancel(_ reason: any Error) {}
}
