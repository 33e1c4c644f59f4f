// Copyright 2026 the Whippet authors
// SPDX-License-Identifier: Apache-2.0

/// A growable run of bytes: written at its end, read from its front.
///
/// An engine keeps one for what a connection has received and one for what it still has to send. Consumed bytes are
/// given up lazily, so that a buffer that lives as long as its connection costs linear time. A new buffer holds no
/// memory.
@usableFromInline
package struct ByteBuffer: ~Copyable {
    @usableFromInline var memory: UnsafeMutablePointer<UInt8>?
    /// Where the unread bytes begin.
    @usableFromInline var start = 0
    /// Where the unread bytes end.
    @usableFromInline var end = 0
    /// How many bytes of memory the buffer holds.
    @usableFromInline package private(set) var capacity = 0

    /// Makes an empty buffer; memory comes with the first byte, or now if `capacity` is not 0.
    package init(capacity: Int = 0) {
        if capacity > 0 { makeRoom(capacity) }
    }

    deinit {
        memory?.deallocate()
    }

    /// How many bytes are unread.
    @inlinable
    package var count: Int { end &- start }

    /// Whether all bytes are read.
    @inlinable
    package var isEmpty: Bool { start == end }

    /// The unread bytes; valid until the buffer changes.
    @inlinable
    package var readableBytes: UnsafeBufferPointer<UInt8> {
        guard let memory else { return UnsafeBufferPointer(start: nil, count: 0) }
        return UnsafeBufferPointer(start: memory + start, count: end &- start)
    }

    // MARK: - Writing

    /// Makes room for `count` bytes and returns where to write them; `commit` then counts them in.
    @inlinable @inline(__always)
    package mutating func reserve(_ count: Int) -> UnsafeMutablePointer<UInt8> {
        if let memory, capacity &- end >= count { return memory + end }
        return makeRoom(count)
    }

    /// Counts `count` bytes in that were written where `reserve` said.
    @inlinable
    package mutating func commit(_ count: Int) {
        precondition(count >= 0 && count <= capacity &- end, "ByteBuffer.commit: more than was reserved")
        end &+= count
    }

    /// Adds bytes, which must not be this buffer's own.
    @inlinable @inline(__always)
    package mutating func append(_ bytes: UnsafeBufferPointer<UInt8>) {
        guard let source = bytes.baseAddress else { return }
        reserve(bytes.count).update(from: source, count: bytes.count)
        end &+= bytes.count
    }

    /// Adds the bytes of a literal.
    @inlinable @inline(__always)
    package mutating func append(_ text: StaticString) {
        guard text.hasPointerRepresentation else { return append(String(describing: text)) }
        append(UnsafeBufferPointer(start: text.utf8Start, count: text.utf8CodeUnitCount))
    }

    /// Adds a string as UTF-8; a literal goes the faster way of a `StaticString`.
    @inlinable @_disfavoredOverload
    package mutating func append(_ text: String) {
        var text = text
        text.withUTF8 { append($0) }
    }

    /// Adds the bytes of an array.
    @inlinable
    package mutating func append(_ bytes: [UInt8]) {
        bytes.withUnsafeBufferPointer { append($0) }
    }

    /// Adds one byte.
    @inlinable
    package mutating func appendByte(_ byte: UInt8) {
        reserve(1).pointee = byte
        end &+= 1
    }

    /// Adds a number in decimal digits.
    @inlinable
    package mutating func appendDecimal(_ value: UInt64) {
        let output = reserve(DecimalDigits.maximumCount)
        end &+= DecimalDigits.write(value, to: output) - output
    }

    /// Adds a number in lower-case hexadecimal digits.
    @inlinable
    package mutating func appendHexadecimal(_ value: UInt64) {
        let digits = max(1, (67 &- value.leadingZeroBitCount) / 4)
        let output = reserve(digits)
        var rest = value
        var index = digits
        while index > 0 {
            index &-= 1
            let digit = UInt8(truncatingIfNeeded: rest & 15)
            output[index] = digit < 10 ? 0x30 &+ digit : 0x57 &+ digit
            rest >>= 4
        }
        end &+= digits
    }

    // MARK: - Reading

    /// Gives up the first `count` unread bytes.
    @inlinable
    package mutating func consume(_ count: Int) {
        precondition(count >= 0 && count <= end &- start, "ByteBuffer.consume: more than is there")
        start &+= count
        if start == end {
            start = 0
            end = 0
        }
    }

    /// Takes back the last `count` bytes that were written.
    package mutating func removeLast(_ count: Int) {
        precondition(count >= 0 && count <= end &- start, "ByteBuffer.removeLast: more than is there")
        end &-= count
    }

    /// Gives up all bytes; keeps the memory if asked to.
    package mutating func removeAll(keepingCapacity: Bool = true) {
        start = 0
        end = 0
        if !keepingCapacity { release() }
    }

    /// Gives up all bytes and the memory.
    package mutating func release() {
        memory?.deallocate()
        memory = nil
        start = 0
        end = 0
        capacity = 0
    }

    // MARK: - Growing

    /// Makes room for `count` bytes by moving the unread bytes to the front or into larger memory.
    ///
    /// Moving costs at most as many steps as bytes were consumed since the last move, growing doubles: both stay linear
    /// in the bytes that pass through.
    @usableFromInline @inline(never)
    @discardableResult
    mutating func makeRoom(_ count: Int) -> UnsafeMutablePointer<UInt8> {
        precondition(count >= 0, "ByteBuffer.reserve: negative count")
        let unread = end - start
        let needed = unread + count
        if let memory, needed <= capacity, start >= unread {
            memory.update(from: memory + start, count: unread)
            start = 0
            end = unread
            return memory + unread
        }
        let newCapacity = max(needed, capacity * 2, 256)
        let newMemory = UnsafeMutablePointer<UInt8>.allocate(capacity: newCapacity)
        if let memory {
            newMemory.update(from: memory + start, count: unread)
            memory.deallocate()
        }
        memory = newMemory
        start = 0
        end = unread
        capacity = newCapacity
        return newMemory + unread
    }
}

// SAFETY: the buffer is the only owner of its memory, and a non-copyable value has one owner at a time.
extension ByteBuffer: @unchecked Sendable {}
