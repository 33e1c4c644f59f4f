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
        /// For an object: where the key of the open member is, 0 between members.
        var key: UInt32
        var isObject: Bool
        /// One bit for each digest of a key that was seen.
        var seen: (UInt64, UInt64)
    }

    private let frames: UnsafeMutablePointer<Frame>
    private var depth = 0

    init() {
        frames = .allocate(capacity: JSON.maximumDepth)
    }

    func deallocate() {
        frames.deallocate()
    }

    /// The containers that were open when the scan failed, outermost first.
    var openFrames: UnsafeBufferPointer<Frame> { UnsafeBufferPointer(start: frames, count: depth) }

    /// Scans the tape's text.
    mutating func scan(_ tape: inout Tape) throws(ScanError) {
        depth = 0
        let start = tape.bytes
        let end = start + tape.byteCount
        var position = start
        guard tape.byteCount <= Self.maximumByteCount else { throw ScanError(.tooLarge, at: 0) }
        if tape.byteCount >= 3, start[0] == 0xEF, start[1] == 0xBB, start[2] == 0xBF {
            throw ScanError(.byteOrderMark, at: 0)
        }

        value: while true {
            // A value must come now.
            Self.skipSpace(&position, end)
            guard position < end else { throw ScanError(.expectedValue, at: position - start) }
            switch position.pointee {
            case UInt8(ascii: "\""):
                position += 1
                tape.append(try StringScanner.scan(&position, start, end))
            case UInt8(ascii: "-"), UInt8(ascii: "0")...UInt8(ascii: "9"):
                tape.append(try NumberScanner.scan(&position, start, end))
            case UInt8(ascii: "{"):
                guard depth < JSON.maximumDepth else { throw ScanError(.tooDeep, at: position - start) }
                tape.append(TapeEntry(.object, offset: position - start))
                position += 1
                Self.skipSpace(&position, end)
                if position < end, position.pointee == UInt8(ascii: "}") {
                    position += 1
                    tape.close(tape.count - 1, count: 0)
                } else {
                    push(isObject: true, tape.count - 1)
                    try key(&position, start, end, &tape)
                    continue value
                }
            case UInt8(ascii: "["):
                guard depth < JSON.maximumDepth else { throw ScanError(.tooDeep, at: position - start) }
                tape.append(TapeEntry(.array, offset: position - start))
                position += 1
                Self.skipSpace(&position, end)
                if position < end, position.pointee == UInt8(ascii: "]") {
                    position += 1
                    tape.close(tape.count - 1, count: 0)
                } else {
                    push(isObject: false, tape.count - 1)
                    continue value
                }
            case UInt8(ascii: "t"):
                tape.append(TapeEntry(.true, offset: try Self.word("true", &position, start, end)))
            case UInt8(ascii: "f"):
                tape.append(TapeEntry(.false, offset: try Self.word("false", &position, start, end)))
            case UInt8(ascii: "n"):
                tape.append(TapeEntry(.null, offset: try Self.word("null", &position, start, end)))
            default:
                throw ScanError(.expectedValue, at: position - start)
            }

            // A value has just ended.
            while depth > 0 {
                let frame = frames + (depth - 1)
                Self.skipSpace(&position, end)
                let byte = position < end ? position.pointee : 0
                if frame.pointee.isObject {
                    frame.pointee.key = 0
                    if byte == UInt8(ascii: ",") {
                        position += 1
                        Self.skipSpace(&position, end)
                        try key(&position, start, end, &tape)
                        continue value
                    }
                    guard byte == UInt8(ascii: "}") else { throw ScanError(.unclosedObject, at: position - start) }
                } else {
                    frame.pointee.count += 1
                    if byte == UInt8(ascii: ",") {
                        position += 1
                        continue value
                    }
                    guard byte == UInt8(ascii: "]") else { throw ScanError(.unclosedArray, at: position - start) }
                }
                position += 1
                tape.close(Int(frame.pointee.entry), count: frame.pointee.count)
                depth -= 1
            }
            Self.skipSpace(&position, end)
            guard position == end else { throw ScanError(.expectedEnd, at: position - start) }
            return
        }
    }

    // MARK: - Containers

    @inline(__always)
    private mutating func push(isObject: Bool, _ entry: Int) {
        let frame = Frame(
            entry: UInt32(truncatingIfNeeded: entry), count: 0, key: 0, isObject: isObject, seen: (0, 0))
        (frames + depth).initialize(to: frame)
        depth += 1
    }

    /// Scans a key and its colon, and marks the object where the key may have come before.
    @inline(__always)
    private mutating func key(
        _ position: inout UnsafePointer<UInt8>, _ start: UnsafePointer<UInt8>, _ end: UnsafePointer<UInt8>,
        _ tape: inout Tape
    ) throws(ScanError) {
        let frame = frames + (depth - 1)
        guard position < end, position.pointee == UInt8(ascii: "\"") else {
            throw ScanError(.expectedKey, at: position - start)
        }
        position += 1
        var entry = try StringScanner.scan(&position, start, end)
        let digest = StringText.digest(start + Int(entry.offset), entry.length)
        entry.digest = digest
        let bit: UInt64 = 1 << UInt64(digest & 63)
        let wasSeen: Bool
        if digest & 64 == 0 {
            wasSeen = frame.pointee.seen.0 & bit != 0
            frame.pointee.seen.0 |= bit
        } else {
            wasSeen = frame.pointee.seen.1 & bit != 0
            frame.pointee.seen.1 |= bit
        }
        if entry.kind == .escapedString {
            // Two spellings of one key have different bytes: leave it to the lookups.
            tape.markIrregular(frame.pointee.entry)
        } else if wasSeen, frame.pointee.count < Self.comparedMembers, tape.hasKey(entry, in: frame.pointee.entry) {
            tape.markIrregular(frame.pointee.entry)
        }
        frame.pointee.key = UInt32(truncatingIfNeeded: tape.count)
        frame.pointee.count += 1
        tape.append(entry)
        Self.skipSpace(&position, end)
        guard position < end, position.pointee == UInt8(ascii: ":") else {
            frame.pointee.key = 0
            throw ScanError(.expectedColon, at: position - start)
        }
        position += 1
    }

    // MARK: - Small things

    @inline(__always)
    private static func skipSpace(_ position: inout UnsafePointer<UInt8>, _ end: UnsafePointer<UInt8>) {
        while position < end, position.pointee <= 0x20 {
            let byte = position.pointee
            guard byte == 0x20 || byte == 0x0A || byte == 0x0D || byte == 0x09 else { return }
            position += 1
        }
    }

    /// Takes `true`, `false` or `null` and returns its offset.
    @inline(__always)
    private static func word(
        _ word: StaticString, _ position: inout UnsafePointer<UInt8>, _ start: UnsafePointer<UInt8>,
        _ end: UnsafePointer<UInt8>
    ) throws(ScanError) -> Int {
        let count = word.utf8CodeUnitCount
        let offset = position - start
        guard end - position >= count,
            StringText.areEqual(
                UnsafeBufferPointer(start: position, count: count),
                UnsafeBufferPointer(start: word.utf8Start, count: count))
        else { throw ScanError(.expectedValue, at: offset) }
        position += count
        return offset
    }
}
