// Copyright 2026 the Whippet authors
// SPDX-License-Identifier: Apache-2.0

internal import WhippetInfra

/// Writes into a head with one call for room and one for the count per piece of input, not per field.
///
/// It does not hold the head, which each call is given: counting references would cost more than writing.
struct HeadOutput: ~Copyable {
    /// How many bytes more than a count asks for may be written.
    static let slack = 16

    /// The head's first byte; nil before `begin`.
    private var base: UnsafeMutablePointer<UInt8>?
    /// How many bytes the head has, those included that it does not know of yet.
    private var count = 0
    private var capacity = 0

    /// Begins with the room that an empty head has.
    @inline(__always)
    mutating func begin(_ head: MessageHead) {
        base = head.storage.pointee.bytes
        count = head.storage.pointee.byteCount
        capacity = head.storage.pointee.byteCapacity
    }

    /// Where to write as many bytes as there is room for without more memory, and `slack` more; nil before `begin`.
    @inline(__always)
    var space: UnsafeMutableBufferPointer<UInt8>? {
        guard let base else { return nil }
        return UnsafeMutableBufferPointer(start: base + count, count: max(0, capacity &- count &- Self.slack))
    }

    /// Where to write `count` bytes and `slack` more, which may be written but do not count.
    ///
    /// - Parameter expected: How many bytes may follow in the same head.
    @inline(__always)
    mutating func reserve(_ count: Int, expected: Int, in head: MessageHead) -> UnsafeMutablePointer<UInt8> {
        if let base, capacity &- self.count >= count &+ Self.slack { return base + self.count }
        return makeRoom(count &+ Self.slack, expected: expected, in: head)
    }

    /// Counts bytes in that were written where `reserve` said, and returns their run.
    @inline(__always)
    mutating func commit(_ count: Int) -> MessageHead.Run {
        let run = MessageHead.Run(start: self.count, count: count)
        self.count &+= count
        return run
    }

    /// Counts all that was written in.
    @inline(__always)
    mutating func finish(_ head: MessageHead) {
        guard base != nil else { return }
        head.commit(count &- head.storage.pointee.byteCount)
        base = nil
    }

    /// Makes room; an empty head has 1024 bytes, so that a head of usual size fits without growing it.
    @inline(never)
    private mutating func makeRoom(
        _ count: Int, expected: Int, in head: MessageHead
    ) -> UnsafeMutablePointer<UInt8> {
        finish(head)
        let room = max(count, min(expected &+ Self.slack, 1024))
        let start = head.reserve(room)
        begin(head)
        return start
    }
}
