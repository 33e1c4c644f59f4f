// Copyright 2026 the Whippet authors
// SPDX-License-Identifier: Apache-2.0

internal import WhippetFetch
internal import WhippetInfra

/// An entry as it lies in a file of the folder.
///
/// The format, version 1, numbers little-endian:
///
/// | bytes | are |
/// |---|---|
/// | 0–7 | `WHPCACH1` |
/// | 8–15 | the size of the file |
/// | 16–23 | the history of invalidations that the entry belongs to |
/// | 24–31 | the invalidation in it after which the run began |
/// | 32–39 | `made` |
/// | 40–47 | `revalidate`, −1 for never |
/// | 48–51 | the status |
/// | 52–55, 56–59 | how many tags, how many fields |
/// | 60–63 | CRC-32 of bytes 0–59 |
/// | 64… | scope and name of the key, entity tag, tags, fields (name, value), body, each behind its length in 4 bytes |
/// | last 4 | CRC-32 of all before |
///
/// What `init(_:)` accepts is what `bytes` has written, bit for bit (`FuzzCacheFiles`).
struct EntryFile {
    static let headSize = 64
    fileprivate static let magic = UInt64(littleEndianText: "WHPCACH1")

    var history: UInt64
    var epoch: CacheEpoch
    var scope: String
    var name: String
    var entry: CacheEntry

    init(history: UInt64, epoch: CacheEpoch, key: CacheKey, entry: CacheEntry) {
        self.history = history
        self.epoch = epoch
        scope = key.scope
        name = key.name
        self.entry = entry
    }

    /// The bytes of the file; nil if the entry has what can't be written: a field or a body of 4 GiB, a status or a
    /// time that no answer has.
    var bytes: [UInt8]? {
        var writer = RecordWriter(capacity: entry.cost + scope.utf8.count + name.utf8.count + 256)
        var fieldCount: UInt32 = 0
        entry.headers.forEachField { _, _ in fieldCount += 1 }
        let revalidate = entry.revalidate.map(Int64.init) ?? -1
        guard 200...599 ~= entry.status.rawValue, entry.revalidate == nil || revalidate >= 0,
            entry.body.count <= Int(UInt32.max), entry.cost <= Int(UInt32.max)
        else { return nil }
        let head = Head(
            size: 0, history: history, epoch: epoch, made: entry.made, revalidate: revalidate,
            status: entry.status.rawValue, tagCount: UInt32(truncatingIfNeeded: entry.tags.count),
            fieldCount: fieldCount)
        head.write(to: &writer)
        writer.add(scope)
        writer.add(name)
        writer.add(entry.entityTag)
        for tag in entry.tags { writer.add(tag.name) }
        entry.headers.forEachField { name, value in
            writer.add(name)
            writer.add(value)
        }
        writer.add(entry.body)
        var bytes = writer.bytes
        // The size is known now, and with it the checksums.
        Head.complete(&bytes, size: bytes.count + 4)
        let checksum = CRC32.checksum(bytes.span)
        for shift in stride(from: 0, to: 32, by: 8) { bytes.append(UInt8(truncatingIfNeeded: checksum >> shift)) }
        return bytes
    }

    /// Reads the bytes of a file; nil unless they are, in whole, what was written.
    init?(_ bytes: [UInt8]) {
        guard let head = Head(bytes), head.size == UInt64(bytes.count), bytes.count >= Self.headSize + 4 else {
            return nil
        }
        let end = bytes.count - 4
        var reader = RecordReader(bytes, in: Self.headSize..<end)
        var checksum = RecordReader(bytes, in: end..<bytes.count)
        guard checksum.number(UInt32.self) == CRC32.checksum(bytes.span.extracting(0..<end)),
            let scope = reader.text(), let name = reader.text(), let entityTag = reader.text()
        else { return nil }
        var tags: [CacheTag] = []
        for _ in 0..<head.tagCount {
            guard let tag = reader.text() else { return nil }
            tags.append(CacheTag(name: tag))
        }
        var headers = Headers()
        for _ in 0..<head.fieldCount {
            guard let name = reader.text(), let value = reader.part(), Self.isNormalized(value),
                (try? headers.append(name, Self.latin1(value))) != nil
            else { return nil }
        }
        guard let body = reader.part(), reader.rest == 0 else { return nil }
        history = head.history
        epoch = head.epoch
        self.scope = scope
        self.name = name
        entry = CacheEntry(
            status: Status(head.status), headers: headers, body: Array(body), made: head.made,
            revalidate: head.revalidate < 0 ? nil : Int(head.revalidate), tags: tags, entityTag: entityTag)
    }

    /// Whether the entry is that of a key: two keys may have one file name, in theory.
    func isEntry(of key: CacheKey) -> Bool {
        scope == key.scope && name == key.name
    }

    /// Whether a value has no blanks around it: `Headers` would take them away.
    private static func isNormalized(_ value: ArraySlice<UInt8>) -> Bool {
        func isBlank(_ byte: UInt8?) -> Bool {
            byte == 0x20 || byte == 0x09 || byte == 0x0A || byte == 0x0D
        }
        return !isBlank(value.first) && !isBlank(value.last)
    }

    /// A string with a character for each byte.
    private static func latin1(_ bytes: ArraySlice<UInt8>) -> String {
        if bytes.allSatisfy({ $0 < 0x80 }) { return String(decoding: bytes, as: UTF8.self) }
        return String(String.UnicodeScalarView(bytes.lazy.map { Unicode.Scalar($0) }))
    }
}

extension EntryFile {
    /// The first bytes of a file: enough to tell which of two entries is the later one.
    struct Head {
        var size: UInt64
        var history: UInt64
        var epoch: CacheEpoch
        var made: Int64
        var revalidate: Int64
        var status: UInt16
        var tagCount: UInt32
        var fieldCount: UInt32
    }
}

extension EntryFile.Head {
    /// Reads the head of a file; nil unless it was written so.
    init?(_ bytes: [UInt8]) {
        guard bytes.count >= EntryFile.headSize else { return nil }
        var reader = RecordReader(bytes, in: 0..<EntryFile.headSize)
        guard reader.number(UInt64.self) == EntryFile.magic,
            let size = reader.number(UInt64.self), let history = reader.number(UInt64.self),
            let epoch = reader.number(UInt64.self), let made = reader.number(Int64.self),
            let revalidate = reader.number(Int64.self), revalidate >= -1,
            let status = reader.number(UInt32.self), 200...599 ~= status,
            let tagCount = reader.number(UInt32.self), let fieldCount = reader.number(UInt32.self),
            reader.number(UInt32.self) == CRC32.checksum(bytes.span.extracting(0..<EntryFile.headSize - 4))
        else { return nil }
        self.init(
            size: size, history: history, epoch: CacheEpoch(epoch), made: made, revalidate: revalidate,
            status: UInt16(truncatingIfNeeded: status), tagCount: tagCount, fieldCount: fieldCount)
    }

    /// Writes the head, without its size and its checksum.
    func write(to writer: inout RecordWriter) {
        writer.add(EntryFile.magic)
        writer.add(size)
        writer.add(history)
        writer.add(epoch.number)
        writer.add(made)
        writer.add(revalidate)
        writer.add(UInt32(status))
        writer.add(tagCount)
        writer.add(fieldCount)
        writer.add(UInt32(0))
    }

    /// Puts size and checksum into a head that was written.
    static func complete(_ bytes: inout [UInt8], size: Int) {
        for index in 0..<8 { bytes[8 + index] = UInt8(truncatingIfNeeded: size >> (8 * index)) }
        let checksum = CRC32.checksum(bytes.span.extracting(0..<EntryFile.headSize - 4))
        for index in 0..<4 {
            bytes[EntryFile.headSize - 4 + index] = UInt8(truncatingIfNeeded: checksum >> (8 * index))
        }
    }
}

extension UInt64 {
    /// The number that eight ASCII characters are, the first in the lowest byte.
    init(littleEndianText text: StaticString) {
        self = 0
        text.withUTF8Buffer { bytes in
            for (index, byte) in bytes.prefix(8).enumerated() { self |= UInt64(byte) << UInt64(8 * index) }
        }
    }
}
