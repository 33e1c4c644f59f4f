// Copyright 2026 the Whippet authors
// SPDX-License-Identifier: Apache-2.0

/// What an entry of the tape stands for.
enum TapeKind: UInt8 {
    case null
    case `false`
    case `true`
    /// The payload is an `Int64`.
    case signed
    /// The payload is a `UInt64` above `Int64.max`.
    case unsigned
    /// The payload is the bits of a `Double`.
    case double
    /// A string whose bytes stand in the text as they are; the payload is their count.
    case string
    /// A string with escapes; the payload is the count of its bytes in the text.
    case escapedString
    case array
    case object

    /// The kind in the words of a message.
    var name: String {
        switch self {
        case .null: "null"
        case .false, .true: "a boolean"
        case .signed, .unsigned, .double: "a number"
        case .string, .escapedString: "a string"
        case .array: "an array"
        case .object: "an object"
        }
    }
}

/// One value, or one key, of a scanned text: 16 bytes, of which the kind decides what the payload is.
struct TapeEntry {
    /// The payload's low half: a string's length, or for a container what follows it.
    var low: UInt32
    /// The payload's high half: a container's count, or for a key where its object's next key is, or what follows the
    /// object.
    var high: UInt32
    /// Where it starts in the text; for strings the byte after the quote.
    var offset: UInt32
    var kind: TapeKind
    /// For objects: whether a key may have come twice or is written with escapes.
    var isIrregular: Bool
    /// For keys: a digest that tells most different keys apart.
    var digest: UInt16

    init(_ kind: TapeKind, offset: Int, payload: UInt64 = 0, digest: UInt16 = 0) {
        self.low = UInt32(truncatingIfNeeded: payload)
        self.high = UInt32(truncatingIfNeeded: payload >> 32)
        self.offset = UInt32(truncatingIfNeeded: offset)
        self.kind = kind
        self.isIrregular = false
        self.digest = digest
    }

    /// A string that stands in the text as it is.
    @inline(__always)
    init(string offset: Int, length: Int) {
        low = UInt32(truncatingIfNeeded: length)
        high = 0
        self.offset = UInt32(truncatingIfNeeded: offset)
        kind = .string
        isIrregular = false
        digest = 0
    }

    /// A number's bits.
    @inline(__always) var payload: UInt64 { UInt64(low) | UInt64(high) << 32 }

    /// The length in bytes of a string in the text.
    @inline(__always) var length: Int { Int(low) }

    /// How many elements or members a container has.
    @inline(__always) var count: Int { Int(high) }

    /// Where the tape goes on after a container.
    @inline(__always) var end: UInt32 { low }

    /// Where a key's object has its next key; after the last one what follows the object.
    @inline(__always) var nextKey: UInt32 { high }
}

/// A scanned text: its bytes, and one entry for each value and each key in the order in which they stand.
///
/// An object's entry is followed by key, value, key, value; an array's by its elements. The memory of the entries is
/// kept from one text to the next.
// SAFETY (of the pointers): `entries` is owned and freed by `deallocate`; `bytes` is the caller's and outlives the
// scan and all reading, because the owner resets the tape before its call returns.
struct Tape {
    /// A tape that is kept for the next text holds at most this many entries.
    static let keptCapacity = 8192

    private(set) var bytes: UnsafePointer<UInt8>
    private(set) var byteCount: Int
    var entries: UnsafeMutablePointer<TapeEntry>
    var count: Int
    /// How many of the entries have at least sixteen bytes of text from their start.
    private(set) var wideCount: UInt32 = 0
    private(set) var capacity: Int
    private let nothing: UnsafeMutablePointer<UInt8>
    let makesSmallStrings: Bool

    init() {
        makesSmallStrings = SmallString.isUsable
        nothing = .allocate(capacity: 1)
        nothing.initialize(to: 0)
        bytes = UnsafePointer(nothing)
        byteCount = 0
        capacity = 256
        entries = .allocate(capacity: capacity)
        count = 0
    }

    func deallocate() {
        entries.deallocate()
        nothing.deallocate()
    }

    /// Starts on another text.
    mutating func reset(to text: UnsafeBufferPointer<UInt8>) {
        bytes = text.baseAddress ?? UnsafePointer(nothing)
        byteCount = text.count
        count = 0
    }

    /// Forgets the text and gives back the memory of an unusually long one.
    mutating func reset() {
        bytes = UnsafePointer(nothing)
        byteCount = 0
        count = 0
        if capacity > Self.keptCapacity {
            entries.deallocate()
            capacity = 256
            entries = .allocate(capacity: capacity)
        }
    }

    @inline(never)
    mutating func grow() {
        let larger = UnsafeMutablePointer<TapeEntry>.allocate(capacity: capacity * 2)
        larger.moveInitialize(from: entries, count: count)
        entries.deallocate()
        entries = larger
        capacity *= 2
    }

    // MARK: - Writing, by the scanner

    /// Notes which entries stand near the end of the text.
    mutating func finish() {
        var wide = count
        // Sixteen at most, because each entry starts at a byte of its own.
        while wide > 0, Int(entries[wide - 1].offset) + 16 > byteCount { wide -= 1 }
        wideCount = UInt32(truncatingIfNeeded: wide)
    }

    /// Ends the container at `index`: all that stands between it and `end` is in it.
    @inline(__always)
    func close(_ index: Int, at end: UInt32, count members: UInt32) {
        entries[index].low = end
        entries[index].high = members
    }

    /// Says where the key after the one at `index` is; the object itself stands for the key before its first one.
    @inline(__always)
    func link(_ index: UInt32, to next: UInt32) {
        entries[Int(index)].high = next
    }

    /// Says that an object's keys may repeat or be spelled in more than one way.
    func markIrregular(_ index: UInt32) {
        entries[Int(index)].isIrregular = true
    }

    /// Whether an object that is still open has this key already.
    func hasKey(_ key: TapeEntry, in object: UInt32) -> Bool {
        var other = object + 1
        while other < count {
            let entry = self[other]
            if entry.digest == key.digest, entry.kind == .string, isKey(entry, text(key)) { return true }
            other = next(after: other + 1)
        }
        return false
    }

    // MARK: - Reading

    /// The entry at `index`, which must lie on the tape.
    @inline(__always)
    subscript(index: UInt32) -> TapeEntry {
        assert(index < count)
        return entries[Int(index)]
    }

    /// The index of an entry of this tape.
    @inline(__always)
    func index(of entry: UnsafePointer<TapeEntry>) -> UInt32 {
        // Not the difference of the pointers, which may be negative and takes three times as long.
        let bytes = UInt(bitPattern: entry) &- UInt(bitPattern: entries)
        return UInt32(truncatingIfNeeded: bytes / UInt(MemoryLayout<TapeEntry>.stride))
    }

    /// The index of what follows the value at `index`.
    @inline(__always)
    func next(after index: UInt32) -> UInt32 {
        let entry = self[index]
        return entry.kind.rawValue < TapeKind.array.rawValue ? index + 1 : entry.end
    }

    /// The bytes of a string's entry as they stand in the text.
    @inline(__always)
    func text(_ entry: TapeEntry) -> UnsafeBufferPointer<UInt8> {
        UnsafeBufferPointer(start: bytes + Int(entry.offset), count: entry.length)
    }

    /// The string of an entry where it is one that takes no memory of its own, else nil.
    @inline(__always)
    func shortString(_ entry: TapeEntry) -> String? {
        guard entry.kind == .string, makesSmallStrings else { return nil }
        let (offset, count) = (Int(entry.offset), entry.length)
        guard count < 16, offset &+ count >= 8 else { return nil }
        return SmallString.make(bytes + offset, count: count)
    }

    /// The string of a string's entry.
    @inline(__always)
    func string(_ entry: TapeEntry) -> String {
        // Fast path: "short strings equal those that the standard library makes".
        if let string = shortString(entry) { return string }
        let text = text(entry)
        if entry.kind == .string { return String(decoding: text, as: UTF8.self) }
        return String(unsafeUninitializedCapacity: text.count) { StringText.unescape(text, into: $0) }
    }

    /// Whether a key below `wideCount` has this name.
    // SAFETY: the text has sixteen bytes at each of the entries below `wideCount`.
    @inline(__always)
    func isText(_ key: UnsafePointer<TapeEntry>, _ name: UnsafePointer<KeyName>) -> Bool {
        name.pointee.isText(at: bytes + Int(key.pointee.offset))
    }

    /// Whether the key of an entry is `name`.
    @inline(__always)
    func isKey(_ entry: TapeEntry, _ name: UnsafeBufferPointer<UInt8>) -> Bool {
        if entry.kind == .string {
            return entry.length == name.count && StringText.areEqual(text(entry), name)
        }
        return string(entry).utf8.elementsEqual(name)
    }

    /// The bytes of a number's entry.
    func numberText(_ entry: TapeEntry) -> UnsafeBufferPointer<UInt8> {
        let start = Int(entry.offset)
        var end = start
        while end < byteCount {
            switch bytes[end] {
            case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "+"), UInt8(ascii: "."),
                UInt8(ascii: "e"), UInt8(ascii: "E"):
                end += 1
            default: return UnsafeBufferPointer(start: bytes + start, count: end - start)
            }
        }
        return UnsafeBufferPointer(start: bytes + start, count: end - start)
    }
}
