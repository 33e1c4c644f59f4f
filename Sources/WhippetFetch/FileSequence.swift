// Copyright 2026 the Whippet authors
// SPDX-License-Identifier: Apache-2.0

internal import WhippetInfra

/// The bytes of a part of a file, read in pieces on the pool of threads for blocking work.
// SAFETY: `position` and `file` are touched by `next` alone, which one reader calls one time after another.
final class FileSequence: BodySequence, @unchecked Sendable {
    /// The first piece is small, so that it is there soon; each costs a change of threads, so that the others are not.
    private static let pieceSizes = (first: 64 * 1024, other: 256 * 1024)

    private let range: FileRange
    private var position = 0
    private var file: OpenFile?

    init(_ range: FileRange) {
        self.range = range
    }

    var length: Int? { range.length }

    func next() async throws -> [UInt8]? {
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

    /// The file is closed with the object: a `next` that waits finishes its piece.
    func cancel(_ reason: any Error) {}
}
