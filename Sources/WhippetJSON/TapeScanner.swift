// Copyright 2026 the Whippet authors
// SPDX-License-Identifier: Apache-2.0

/// Reads one JSON text onto a tape, in one pass, refusing all that RFC 8259 does not allow.
///
/// The scan is a loop with two places: *a value must come now* and *a value has just ended*. Open containers stand on a
/// stack of frames, so that depth costs no stack of the thread. Strings are checked for UTF-8 and escapes
/// (`StringScanner`) and copied later, by whoever wants them; numbers are worked out here (`NumberScanner`).
///
/// Source: [RFC 8259](https://www.rfc-editor.org/rfc/rfc8259).
// SAFETY (of the pointers): positions lie between the text's start and end, and are read only below the end; frames are
// touched only below `depth`, which is at most `JSON.maximumDepth`.
struct TapeScanner {
    /// The longest text: offsets and the tape's indices are kept in 32 bits.
    static let maximumByteCount = Int(Int32.max)

    /// Above this many members nobody compares keys during the scan; lookups build a table instead.
    static let comparedMembers: UInt32 = 32

    /// An open container.
    struct Frame {
        /// Where its entry is on the tape.
        var entry: UInt32
        /// How many elements have ended, or how many members have begun.
        var count: UInt32
        /// For an object: where the key of the open or the last member is, or its own entry where there is none yet.
        ///
        /// Where the scan fails between members it is 0.
        var key: UInt32
        var isObject: Bool
        /// For an object: whether a key has something else than a colon behind its quote; it is no model then.
        var hasLooseKeys: Bool
        /// Whether all keys so far are those of `model`; then `seen` does not have them.
        var followsModel: Bool
        /// The key of `model` that probably comes next, `modelEnd` where it has no more.
        var expectedKey: UInt32
        /// An object of this depth that has ended, whose keys differ and have a colon behind their quote: the next one
        /// mostly has the same; 0 for none.
        var model: UInt32
        /// What follows the model, 0 where there is none.
        var modelEnd: UInt32
    }

    /// How many words of `seen` an open object has.
    private static let seenWords = 4

    private let frames: UnsafeMutablePointer<Frame>
    /// For each open object one bit for each digest of a key that was seen.
    private let seen: UnsafeMutablePointer<UInt64>
    /// For each length of a short key which bits of two words it takes with its quotes and the colon.
    private let masks: UnsafeMutablePointer<UInt64>
    private var depth = 0

    init() {
        masks = .allocate(capacity: 14 * 2)
        for length in 0..<14 {
            // A shift by 64 bits or more leaves nothing.
            let bits = (length + 3) * 8
            masks[length * 2] = (~(UInt64.max << bits)).littleEndian
            masks[length * 2 + 1] = (bits < 64 ? 0 : ~(UInt64.max << (bits - 64))).littleEndian
        }
        frames = .allocate(capacity: JSON.maximumDepth + 1)
        seen = .allocate(capacity: (JSON.maximumDepth + 1) * Self.seenWords)
    }

    func deallocate() {
        frames.deallocate()
        masks.deallocate()
        seen.deallocate()
    }

    /// The containers that were open when the scan failed, outermost first.
    var openFrames: UnsafeBufferPointer<Frame> { UnsafeBufferPointer(start: frames + 1, count: depth) }

    /// Scans the tape's text.
    mutating func scan(_ tape: inout Tape) throws(ScanError) {
        depth = 0
        guard tape.byteCount <= Self.maximumByteCount else { throw ScanError(.tooLarge, at: 0) }
        let start = tape.bytes
        let end = start + tape.byteCount
        if tape.byteCount >= 3, start[0] == 0xEF, start[1] == 0xBB, start[2] == 0xBF {
            throw ScanError(.byteOrderMark, at: 0)
        }
        // What changes with each byte stays in local variables, and so in registers.
        var writer = TapeWriter(tape)
        // The innermost open container, and what it has seen; where none is open, a frame that stands for an array.
        var frame = frames
        var bits = seen
        frame.initialize(
            to: Frame(
                entry: 0, count: 0, key: 0, isObject: false, hasLooseKeys: false, followsModel: false, expectedKey: 0,
                model: 0, modelEnd: 0)
        )
        // The innermost frame so far: those below have their model.
        var deepest = frame
        defer {
            depth = frame - frames
            writer.finish(&tape)
        }
        var position = start

        value: while true {
            // A key and a value, or what stands for its start, come before the next turn.
            writer.reserve(2, &tape)
            position = Self.skipSpace(position, end)
            if frame.pointee.isObject {
                // Fast path: the key that the last object had here, and a colon. What follows gives the same for it.
                let model = frame.pointee.expectedKey
                let entry = tape.entries + Int(model)
                if model != frame.pointee.modelEnd, isKey(entry, position, start, end) {
                    let key = writer.append(copyOf: entry, offset: position - start &+ 1, tape)
                    position = Self.skipSpace(position + (entry.pointee.length &+ 3), end)
                    frame.pointee.expectedKey = entry.pointee.nextKey
                    tape.link(frame.pointee.key, to: key)
                    frame.pointee.key = key
                    frame.pointee.count &+= 1
                } else {
                    // A key must come now.
                    let previous = frame.pointee.key
                    frame.pointee.key = 0
                    guard position < end, position.pointee == UInt8(ascii: "\"") else {
                        throw ScanError(.expectedKey, at: position - start)
                    }
                    if frame.pointee.followsModel { Self.leaveModel(frame, bits, writer, &tape) }
                    var (entry, next) = try StringScanner.scan(position + 1, start, end)
                    let digest = StringText.digest(position + 1, entry.length, end)
                    entry.digest = digest
                    let word = bits + Int(digest >> 6) & (Self.seenWords - 1)
                    let bit: UInt64 = 1 << UInt64(digest & 63)
                    if word.pointee & bit != 0 || entry.kind == .escapedString {
                        Self.markRepeated(entry, frame, writer, &tape)
                    }
                    word.pointee |= bit
                    let key = writer.count(tape)
                    frame.pointee.count &+= 1
                    writer.append(entry)
                    tape.link(previous, to: key)
                    if next < end, next.pointee != UInt8(ascii: ":") {
                        frame.pointee.hasLooseKeys = true
                        next = Self.skipSpace(next, end)
                    }
                    guard next < end, next.pointee == UInt8(ascii: ":") else {
                        throw ScanError(.expectedColon, at: next - start)
                    }
                    frame.pointee.key = key
                    position = Self.skipSpace(next + 1, end)
                }
            }

            // A value must come now.
            guard position < end else { throw ScanError(.expectedValue, at: position - start) }
            let first = position.pointee
            if first == UInt8(ascii: "\"") {
                let text = position + 1
                let reached = StringScanner.skipPlain(text, end)
                // Fast path: as that of `StringScanner.scan`, whose other path would make this one longer.
                if reached < end, reached.pointee == UInt8(ascii: "\"") {
                    writer.append(TapeEntry(string: text - start, length: reached - text))
                    position = reached + 1
                } else {
                    let (entry, next) = try StringScanner.slow(reached, from: text, start, end)
                    writer.append(entry)
                    position = next
                }
            } else if first &- 0x30 < 10 || first == UInt8(ascii: "-") {
                let (entry, next) = try NumberScanner.scan(position, start, end)
                writer.append(entry)
                position = next
            } else if first | 0x20 == UInt8(ascii: "{") {
                // The two brackets, and their closing ones, differ in one bit.
                let isObject = first == UInt8(ascii: "{")
                guard frame - frames < JSON.maximumDepth else { throw ScanError(.tooDeep, at: position - start) }
                let index = writer.count(tape)
                writer.append(TapeEntry(isObject ? .object : .array, offset: position - start))
                position = Self.skipSpace(position + 1, end)
                if position < end, position.pointee == first &+ 2 {
                    position += 1
                    tape.close(Int(index), at: writer.count(tape), count: 0)
                } else {
                    frame += 1
                    bits += Self.seenWords
                    if frame > deepest {
                        deepest = frame
                        frame.pointee.model = 0
                    }
                    frame.pointee.entry = index
                    frame.pointee.count = 0
                    frame.pointee.key = index
                    frame.pointee.isObject = isObject
                    if isObject {
                        let model = frame.pointee.model
                        frame.pointee.hasLooseKeys = false
                        frame.pointee.followsModel = model != 0
                        if model != 0 {
                            frame.pointee.modelEnd = tape.entries[Int(model)].end
                            frame.pointee.expectedKey = model &+ 1
                        } else {
                            frame.pointee.modelEnd = 0
                            frame.pointee.expectedKey = 0
                            bits.initialize(repeating: 0, count: Self.seenWords)
                        }
                    }
                    continue value
                }
            } else {
                let (kind, length) = try Self.word(position, start, end)
                writer.append(TapeEntry(kind, offset: position - start))
                position += length
            }

            // A value has just ended. Fast path: another one comes at once. The loop gives the same for it.
            if position < end, position.pointee == UInt8(ascii: ","), frame > frames {
                position += 1
                if !frame.pointee.isObject { frame.pointee.count &+= 1 }
                continue value
            }
            while frame > frames {
                var byte = position < end ? position.pointee : 0
                if byte <= 0x20 {
                    position = Self.skipSpace(position, end)
                    byte = position < end ? position.pointee : 0
                }
                let isObject = frame.pointee.isObject
                if !isObject { frame.pointee.count &+= 1 }
                if byte == UInt8(ascii: ",") {
                    position += 1
                    continue value
                }
                guard byte == (isObject ? UInt8(ascii: "}") : UInt8(ascii: "]")) else {
                    frame.pointee.key = 0
                    throw ScanError(isObject ? .unclosedObject : .unclosedArray, at: position - start)
                }
                position += 1
                let (entry, next) = (frame.pointee.entry, writer.count(tape))
                if isObject {
                    tape.link(frame.pointee.key, to: next)
                    if !frame.pointee.followsModel, !frame.pointee.hasLooseKeys, !tape.entries[Int(entry)].isIrregular {
                        frame.pointee.model = entry
                    }
                }
                tape.close(Int(entry), at: next, count: frame.pointee.count)
                frame -= 1
                bits -= Self.seenWords
            }
            position = Self.skipSpace(position, end)
            guard position == end else { throw ScanError(.expectedEnd, at: position - start) }
            return
        }
    }

    // MARK: - Keys as in the last object

    /// Whether the key at `position`, quotes included, is the one of `key`, and a colon follows at once.
    // SAFETY: `key` is an entry of this text and comes before `position`: where sixteen bytes are left there, as many are
    // left here. Its opening quote stands right before it.
    @inline(__always)
    private func isKey(
        _ key: UnsafePointer<TapeEntry>, _ position: UnsafePointer<UInt8>, _ start: UnsafePointer<UInt8>,
        _ end: UnsafePointer<UInt8>
    ) -> Bool {
        let count = key.pointee.length
        let model = UnsafeRawPointer(start + Int(key.pointee.offset)) - 1
        let here = UnsafeRawPointer(position)
        // Short keys, which most are, in two words with their quotes and the colon.
        guard count <= 13, end - position >= 16 else { return Self.isLongKey(model, count, position, end) }
        let mask = masks + count &* 2
        let low = (model.loadUnaligned(as: UInt64.self) ^ here.loadUnaligned(as: UInt64.self)) & mask[0]
        let high = ((model + 8).loadUnaligned(as: UInt64.self) ^ (here + 8).loadUnaligned(as: UInt64.self)) & mask[1]
        return low | high == 0
    }

    /// The same for a long key, or at the end of the text.
    @inline(never)
    private static func isLongKey(
        _ model: UnsafeRawPointer, _ count: Int, _ position: UnsafePointer<UInt8>, _ end: UnsafePointer<UInt8>
    ) -> Bool {
        let here = UnsafeRawPointer(position)
        guard end - position >= count &+ 3, endsKey(here + (count &+ 1)) else { return false }
        return StringText.areEqual(
            UnsafeBufferPointer(start: position, count: count &+ 1),
            UnsafeBufferPointer(start: model.assumingMemoryBound(to: UInt8.self), count: count &+ 1))
    }

    /// Whether a quote and a colon stand here.
    @inline(__always)
    private static func endsKey(_ position: UnsafeRawPointer) -> Bool {
        UInt16(littleEndian: position.loadUnaligned(as: UInt16.self)) == 0x3A22
    }

    /// Goes on in an object that has other keys than its model: notes those that have been seen.
    @inline(never)
    private static func leaveModel(
        _ frame: UnsafeMutablePointer<Frame>, _ bits: UnsafeMutablePointer<UInt64>, _ writer: TapeWriter,
        _ tape: inout Tape
    ) {
        frame.pointee.followsModel = false
        frame.pointee.expectedKey = frame.pointee.modelEnd
        bits.initialize(repeating: 0, count: seenWords)
        writer.finish(&tape)
        var key = frame.pointee.entry + 1
        while key < writer.count(tape) {
            let digest = tape[key].digest
            bits[Int(digest >> 6) & (seenWords - 1)] |= 1 << UInt64(digest & 63)
            key = tape.next(after: key + 1)
        }
    }

    // MARK: - Small things

    /// Marks an object in which a key has probably come before.
    @inline(never)
    private static func markRepeated(
        _ key: TapeEntry, _ frame: UnsafeMutablePointer<Frame>, _ writer: TapeWriter, _ tape: inout Tape
    ) {
        // Two spellings of one key have different bytes: leave it to the lookups.
        if key.kind == .escapedString {
            tape.markIrregular(frame.pointee.entry)
        } else if frame.pointee.count < comparedMembers {
            writer.finish(&tape)
            if tape.hasKey(key, in: frame.pointee.entry) { tape.markIrregular(frame.pointee.entry) }
        }
    }

    @inline(__always)
    private static func skipSpace(
        _ position: UnsafePointer<UInt8>, _ end: UnsafePointer<UInt8>
    ) -> UnsafePointer<UInt8> {
        if position < end, position.pointee <= 0x20 { return skipSomeSpace(position, end) }
        return position
    }

    @inline(never)
    private static func skipSomeSpace(
        _ position: UnsafePointer<UInt8>, _ end: UnsafePointer<UInt8>
    ) -> UnsafePointer<UInt8> {
        var position = position
        while position < end {
            let byte = position.pointee
            guard byte == 0x20 || byte == 0x0A || byte == 0x0D || byte == 0x09 else { break }
            position += 1
        }
        return position
    }

    /// The kind of `true`, `false` or `null` and its length.
    @inline(__always)
    private static func word(
        _ position: UnsafePointer<UInt8>, _ start: UnsafePointer<UInt8>, _ end: UnsafePointer<UInt8>
    ) throws(ScanError) -> (TapeKind, Int) {
        if end - position >= 4 {
            let raw = UnsafeRawPointer(position)
            let text = UInt32(littleEndian: raw.loadUnaligned(as: UInt32.self))
            if text == 0x6575_7274 { return (.true, 4) }
            if text == 0x6C6C_756E { return (.null, 4) }
            if text == 0x736C_6166, end - position >= 5, position[4] == UInt8(ascii: "e") { return (.false, 5) }
        }
        throw ScanError(.expectedValue, at: position - start)
    }
}
