// Copyright 2026 the Whippet authors
// SPDX-License-Identifier: Apache-2.0

internal import WhippetInfra

/// Writes into a head with one call for room and one for the count per piece of input, not per field.
///
/// It does not hold the head, which each call is given: counting references would cost more than writing.
struct HeadOutput: ~Copyable {
    private var cursor: UnsafeMutablePointer<UInt8>?
    private var room = 0
    private var written = 0

    /// Begins with the room that an empty head has.
    @inline(__always)
    mutating func begin(_ head: MessageHead) {
        cursor = head.storage.pointee.bytes
        room = head.storage.pointee.byteCapacity
        written = 0
    }

    /// Where to write as many bytes as there is room for without more memory, and eight more; nil before `begin`.
    @inline(__always)
    var space: UnsafeMutableBufferPointer<UInt8>? {
        cursor.map { UnsafeMutableBufferPointer(start: $0, count: max(0, room &- 8)) }
    }

    /// Where to write `count` bytes and eight more, which may be written but do not count.
    ///
    /// - Parameter expected: How many bytes may follow in the same head.
    @inline(__always)
    mutating func reserve(_ count: Int, expected: Int, in head: MessageHead) -> UnsafeMutablePointer<UInt8> {
        if let cursor, room >= count &+ 8 { return cursor }
        return makeRoom(count &+ 8, expected: expected, in: head)
    }

    /// Counts bytes in that were written where `reserve` said, and returns their run.
    @inline(__always)
    mutating func commit(_ count: Int, in head: MessageHead) -> MessageHead.Run {
        let run = MessageHead.Run(start: head.storage.pointee.byteCount &+ written, count: count)
        written &+= count
        room &-= count
        if let start = cursor { cursor = start + count }
        return run
    }

    /// Counts all that was written in.
    mutating func finish(_ head: MessageHead) {
        if written > 0 { head.commit(written) }
        written = 0
        room = 0
        cursor = nil
    }

    /// Makes room; an empty head has 1024 bytes, so that a head of usual size fits without growing it.
    @inline(never)
    private mutating func makeRoom(
        _ count: Int, expected: Int, in head: MessageHead
    ) -> UnsafeMutablePointer<UInt8> {
        finish(head)
        room = max(count, min(expected &+ 8, 1024))
        let start = head.reserve(room)
        cursor = start
        return start
    }
}
