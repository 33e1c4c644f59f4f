// Copyright 2026 the Whippet authors
// SPDX-License-Identifier: Apache-2.0

internal import WhippetInfra

/// The invalidations as they lie in the folder: a head, and a record for each that was added since the file was made.
///
/// The format, version 1, numbers little-endian. The head: `WHPINVA1`, the history, what is older than this was
/// forgotten, the number of the latest invalidation, 8 bytes each; CRC-32 of them. A record: the length of what
/// follows the next eight bytes and its CRC-32, 4 bytes each; the number, 8 bytes; 1 for stale and 2 for immediate,
/// 1 byte; how many tags, 4 bytes; each tag behind its length.
struct InvalidationFile {
    static let headSize = 36
    private static let magic = UInt64(littleEndianText: "WHPINVA1")

    /// One that nobody else has: entries of another history are not read.
    var history: UInt64
    var oldest: CacheEpoch
    var latest: CacheEpoch

    init(history: UInt64, oldest: CacheEpoch, latest: CacheEpoch) {
        self.history = history
        self.oldest = oldest
        self.latest = latest
    }

    /// Reads the head of a file; nil unless it was written so.
    init?(_ bytes: [UInt8]) {
        guard bytes.count >= Self.headSize else { return nil }
        var reader = RecordReader(bytes, in: 0..<Self.headSize)
        guard reader.number(UInt64.self) == Self.magic, let history = reader.number(UInt64.self),
            let oldest = reader.number(UInt64.self), let latest = reader.number(UInt64.self), oldest <= latest,
            reader.number(UInt32.self) == CRC32.checksum(bytes.span.extracting(0..<Self.headSize - 4))
        else { return nil }
        self.init(history: history, oldest: CacheEpoch(oldest), latest: CacheEpoch(latest))
    }

    /// The bytes of the head.
    var head: [UInt8] {
        var writer = RecordWriter(capacity: Self.headSize)
        writer.add(Self.magic)
        writer.add(history)
        writer.add(oldest.number)
        writer.add(latest.number)
        writer.add(CRC32.checksum(writer.bytes.span))
        return writer.bytes
    }

    // MARK: - Records

    /// An invalidation with its number.
    struct Record: Equatable {
        var epoch: CacheEpoch
        var mode: CacheInvalidation
        var tags: [CacheTag]

        /// The bytes of the record.
        var bytes: [UInt8] {
            var content = RecordWriter(capacity: 64)
            content.add(epoch.number)
            content.add(mode == .stale ? UInt8(1) : 2)
            content.add(UInt32(truncatingIfNeeded: tags.count))
            for tag in tags { content.add(tag.name) }
            var writer = RecordWriter(capacity: content.bytes.count + 8)
            writer.add(UInt32(truncatingIfNeeded: content.bytes.count))
            writer.add(CRC32.checksum(content.bytes.span))
            return writer.bytes + content.bytes
        }

        /// Reads what stands behind length and checksum.
        fileprivate init?(_ bytes: [UInt8], in range: Range<Int>) {
            var reader = RecordReader(bytes, in: range)
            guard let number = reader.number(UInt64.self), let mode = reader.number(UInt8.self), 1...2 ~= mode,
                let count = reader.number(UInt32.self)
            else { return nil }
            var tags: [CacheTag] = []
            for _ in 0..<count {
                guard let tag = reader.text() else { return nil }
                tags.append(CacheTag(name: tag))
            }
            guard reader.rest == 0 else { return nil }
            self.init(epoch: CacheEpoch(number), mode: mode == 1 ? .stale : .immediate, tags: tags)
        }

        init(epoch: CacheEpoch, mode: CacheInvalidation, tags: [CacheTag]) {
            self.epoch = epoch
            self.mode = mode
            self.tags = tags
        }
    }

    /// What records were read, and how it ended.
    struct Records {
        enum End {
            /// All bytes were records.
            case complete
            /// The last record is not there as a whole: it is being written, or its writer died.
            case torn
            /// There is something that is no record, and more behind it.
            case damaged
        }

        var records: [Record] = []
        /// How many bytes were records.
        var count = 0
        var end = End.complete

        /// Reads records from an offset on.
        init(_ bytes: [UInt8], from start: Int) {
            var offset = start
            while offset < bytes.count {
                var reader = RecordReader(bytes, in: offset..<bytes.count)
                guard let length = reader.number(UInt32.self), let checksum = reader.number(UInt32.self),
                    length <= reader.rest
                else {
                    end = .torn
                    break
                }
                let content = reader.offset..<reader.offset + Int(length)
                guard CRC32.checksum(bytes.span.extracting(content)) == checksum, length > 0,
                    let record = Record(bytes, in: content)
                else {
                    end = content.upperBound == bytes.count ? .torn : .damaged
                    break
                }
                records.append(record)
                offset = content.upperBound
            }
            count = offset - start
        }
    }
}
