// Copyright 2026 the Whippet authors
// SPDX-License-Identifier: Apache-2.0

internal import WhippetInfra

/// The rights to make entries, in one file of the folder that never grows: 1024 sets of four places.
///
/// A key has its set by its hash. A place holds 16 bytes of the hash, the token and the second in which the right ends.
/// Where all four are taken by other keys, the one that ends first is given up: an entry may then be made twice. What
/// stands in a file that somebody has damaged is a right of another key, or one that is over. The methods block.
struct LeaseTable {
    private static let name = "leases"
    private static let placeSize = 32
    private static let setSize = 4 * placeSize
    private static let setCount = 1024
    /// A right that ends later than this is none.
    private static let longestSeconds: Int64 = 24 * 60 * 60
    /// Tokens of the table have this bit, those of the memory of a process have not.
    static let mark: UInt64 = 1 << 63

    let folder: OpenFolder

    private struct Place {
        var hash: ArraySlice<UInt8>
        var token: UInt64
        var end: Int64

        var bytes: [UInt8] {
            var writer = RecordWriter(capacity: placeSize)
            writer.add(token)
            writer.add(end)
            return hash + writer.bytes
        }

        init(hash: ArraySlice<UInt8>, token: UInt64, end: Int64) {
            self.hash = hash
            self.token = token
            self.end = end
        }

        init(_ bytes: [UInt8], at offset: Int) {
            var reader = RecordReader(bytes, in: offset + 16..<offset + placeSize)
            hash = bytes[offset..<offset + 16]
            token = reader.number() ?? 0
            end = reader.number() ?? 0
        }

        func isTaken(at now: Int64, longest: Int64) -> Bool {
            end > now && end <= now.addingReportingOverflow(longest).partialValue
        }
    }

    /// Takes a right for so many seconds; nil if another one has it.
    func take(_ hash: [UInt8], for seconds: Int, at now: Int64) throws -> CacheLease? {
        try withSet(hash) { file, start, places in
            let length = min(Int64(max(1, seconds)), Self.longestSeconds)
            let own = places.firstIndex { $0.hash == hash[..<16] && $0.isTaken(at: now, longest: length) }
            guard own == nil else { return nil }
            let index =
                places.firstIndex { !$0.isTaken(at: now, longest: Self.longestSeconds) }
                ?? places.indices.min { places[$0].end < places[$1].end } ?? 0
            let (end, overflow) = now.addingReportingOverflow(length)
            guard !overflow else { return nil }
            let place = Place(hash: hash[..<16], token: .random(in: 0 ... .max) | Self.mark, end: end)
            try file.write(place.bytes, at: start + index * Self.placeSize)
            return CacheLease(token: place.token)
        }
    }

    /// Gives a right back.
    func release(_ lease: CacheLease, _ hash: [UInt8]) throws {
        try withSet(hash) { file, start, places in
            let found = places.firstIndex { $0.token == lease.token && $0.hash == hash[..<16] }
            guard let found else { return }
            try file.write([UInt8](repeating: 0, count: Self.placeSize), at: start + found * Self.placeSize)
        }
    }

    /// Calls `body` with the four places of a key, alone.
    private func withSet<Result>(
        _ hash: [UInt8], _ body: (FolderFile, Int, [Place]) throws -> Result
    ) throws -> Result {
        let file = try folder.open(Self.name, for: .keeping)
        try file.lock()
        return try withExtendedLifetime(file) {
            let start = (Int(hash[16]) << 8 | Int(hash[17])) % Self.setCount * Self.setSize
            var bytes = try file.read(Self.setSize, at: start)
            bytes += [UInt8](repeating: 0, count: Self.setSize - bytes.count)
            return try body(file, start, (0..<4).map { Place(bytes, at: $0 * Self.placeSize) })
        }
    }
}
