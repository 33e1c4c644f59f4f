// Copyright 2026 the Whippet authors
// SPDX-License-Identifier: Apache-2.0

internal import WhippetInfra
internal import WhippetStreams

/// Compressions that have ended and begin anew: a new one asks the system for a quarter of a megabyte.
final class DeflaterPool: Sendable {
    typealias Make =
        @Sendable (CompressionFormat, Int, Deflater.Memory) throws(MissingLibraryError) -> Deflater

    /// How many are kept; a loop compresses one short body at a time.
    private static let limit = 4

    private let format: CompressionFormat
    private let level: Int
    private let maker: Make
    private let idle = Locked(Idle())

    // SAFETY: a compression is in the pool or with the one who took it, never both; the lock hands it over.
    private struct Idle: @unchecked Sendable {
        var deflaters: [Deflater] = []
    }

    init(_ format: CompressionFormat, level: Int, _ make: @escaping Make) {
        self.format = format
        self.level = level
        maker = make
    }

    /// A compression for one body.
    func take() throws(MissingLibraryError) -> Deflater {
        let idle = idle.withLock { idle in
            let deflater = idle.deflaters.popLast()
            return Taken(deflater: deflater)
        }
        if let deflater = idle.deflater { return deflater }
        return try make(.usual)
    }

    /// A compression that does not come back.
    func make(_ memory: Deflater.Memory) throws(MissingLibraryError) -> Deflater {
        try maker(format, level, memory)
    }

    /// Takes a compression of the usual memory back.
    func giveBack(_ deflater: Deflater) {
        guard deflater.reset() else { return }
        let taken = Taken(deflater: deflater)
        idle.withLock { idle in
            if idle.deflaters.count < Self.limit, let deflater = taken.deflater { idle.deflaters.append(deflater) }
        }
    }

    // SAFETY: carries a compression over the border of the lock; see `Idle`.
    private struct Taken: @unchecked Sendable {
        var deflater: Deflater?
    }
}
