// Copyright 2026 the Whippet authors
// SPDX-License-Identifier: Apache-2.0

internal import WhippetInfra

// What the packages beside this one (conformance, fuzzing, benchmarks) reach inside for. No API: it may change any day.

/// Reads and writes the files of a `FolderStore`.
@_spi(Conformance) public enum CacheFiles {
    /// Reads an entry's file and writes it again; nil if it is none.
    public static func rewrittenEntry(_ bytes: [UInt8]) -> [UInt8]? {
        EntryFile(bytes)?.bytes
    }

    /// Bytes with the size and the checksums that they should have, so that what is behind those is looked at.
    public static func sealedEntry(_ bytes: [UInt8]) -> [UInt8] {
        guard bytes.count >= EntryFile.headSize + 4 else { return bytes }
        var sealed = bytes
        let model = EntryFile(
            history: 0, epoch: CacheEpoch(0), key: CacheKey(data: ""),
            entry: CacheEntry(body: [], made: 0, revalidate: nil, tags: []))
        for (index, byte) in (model.bytes ?? []).prefix(8).enumerated() { sealed[index] = byte }
        EntryFile.Head.complete(&sealed, size: sealed.count)
        let end = sealed.count - 4
        let checksum = CRC32.checksum(sealed.span.extracting(0..<end))
        for index in 0..<4 { sealed[end + index] = UInt8(truncatingIfNeeded: checksum >> (8 * index)) }
        return sealed
    }

    /// Reads invalidations from an offset on.
    ///
    /// - Returns: Where the records end, the records written again, and whether there was more than a torn one behind.
    public static func invalidations(
        _ bytes: [UInt8], from start: Int
    ) -> (end: Int, rewritten: [UInt8], isDamaged: Bool) {
        let records = InvalidationFile.Records(bytes, from: start)
        return (start + records.count, records.records.flatMap(\.bytes), records.end == .damaged)
    }

    /// The content of a record with its length and its checksum.
    public static func sealedInvalidation(_ content: [UInt8]) -> [UInt8] {
        var writer = RecordWriter(capacity: content.count + 8)
        writer.add(UInt32(truncatingIfNeeded: content.count))
        writer.add(CRC32.checksum(content.span))
        return writer.bytes + content
    }

    /// Reads the head of a file of invalidations and writes it again; nil if it is none.
    public static func rewrittenInvalidationHead(_ bytes: [UInt8]) -> [UInt8]? {
        InvalidationFile(bytes)?.head
    }
}
