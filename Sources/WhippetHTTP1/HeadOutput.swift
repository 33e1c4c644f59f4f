// Copyright 2026 the Whippet authors
// SPDX-License-Identifier: Apache-2.0

internal import WhippetInfra

/// Writes into a head with one call for room and one for the count per piece of input, not per field.
struct HeadOutput: ~Copyable {
    let head: MessageHead
    private var cursor: UnsafeMutablePointer<UInt8>?
    private var room = 0
    private var written = 0

    init(_ head: MessageHead) {
        self.head = head
    }

    /// Where to write `count` bytes and eight more, which may be written but do not count.
    ///
    /// - Parameter expected: How many bytes may follow in the same head.
    @inline(__always)
    mutating func reserve(_ count: Int, expected: Int) -> UnsafeMutablePointer<UInt8> {
        if let cursor, room >= count &+ 8 { return cursor }
        return makeRoom(count &+ 8, expected: expected)
    }

    /// Counts bytes in that were written where `reserve` said, and returns their run.
    @inline(__always)
    mutating func commit(_ count: Int) -> MessageHead.Run {
        let run = MessageHead.Run(start: head.storage.pointee.byteCount &+ written, count: count)
        written &+= count
        room &-= count
        if let start = cursor { cursor = start + count }
        return run
    }

    /// Counts all that was written in.
    mutating func finish() {
        if written > 0 { head.commit(written) }
        written = 0
        room = 0
        cursor = nil
    }

    /// An empty head has 1024 bytes: a head of usual size fits without growing it.
    @inline(never)
    private mutating func makeRoom(_ count: Int, expected: Int) -> UnsafeMutablePointer<UInt8> {
        finish()
        room = max(count, min(expected &+ 8, 1024))
        let start = head.reserve(room)
        cursor = start
        return start
    }
}
