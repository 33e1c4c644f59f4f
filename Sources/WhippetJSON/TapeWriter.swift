// Copyright 2026 the Whippet authors
// SPDX-License-Identifier: Apache-2.0

/// The end of a tape that is being written, apart from the tape so that it stays in registers.
// SAFETY (of the pointers): both point into the tape's memory or to its end, and are renewed where that moves.
struct TapeWriter {
    private var next: UnsafeMutablePointer<TapeEntry>
    private var limit: UnsafeMutablePointer<TapeEntry>

    @inline(__always)
    init(_ tape: Tape) {
        next = tape.entries
        limit = tape.entries + tape.capacity
    }

    /// How many entries there are.
    @inline(__always)
    func count(_ tape: Tape) -> UInt32 {
        // Not the difference of the pointers, which may be negative and takes three times as long.
        let bytes = UInt(bitPattern: next) &- UInt(bitPattern: tape.entries)
        return UInt32(truncatingIfNeeded: bytes / UInt(MemoryLayout<TapeEntry>.stride))
    }

    /// Makes room for `count` more entries.
    @inline(__always)
    mutating func reserve(_ count: Int, _ tape: inout Tape) {
        if next + count > limit { self = grown(&tape) }
    }

    /// Appends an entry, for which there is room.
    @inline(__always)
    mutating func append(_ entry: TapeEntry) {
        next.initialize(to: entry)
        next += 1
    }

    /// Appends the entry of a key once more, for the place where the key stands again; there is room for it.
    ///
    /// - Returns: The index of the new entry.
    @inline(__always)
    mutating func append(copyOf key: UnsafePointer<TapeEntry>, offset: Int, _ tape: Tape) -> UInt32 {
        let index = count(tape)
        // As a whole: field by field a copy takes three times as long.
        UnsafeMutableRawPointer(next).copyMemory(from: key, byteCount: MemoryLayout<TapeEntry>.size)
        next.pointee.offset = UInt32(truncatingIfNeeded: offset)
        next += 1
        return index
    }

    @inline(never)
    private func grown(_ tape: inout Tape) -> TapeWriter {
        finish(&tape)
        tape.grow()
        var writer = TapeWriter(tape)
        writer.next += tape.count
        return writer
    }

    /// Tells the tape how long it is.
    @inline(__always)
    func finish(_ tape: inout Tape) {
        tape.count = next - tape.entries
    }
}
