// Copyright 2026 the Whippet authors
// SPDX-License-Identifier: Apache-2.0

/// The text that a decoder has made so far: UTF-8 in memory that grows.
// SAFETY: the memory has one owner, for the buffer can't be copied; `grow` runs before each write that would pass its
// end, so `count` bytes are initialized and `capacity` bytes are there.
@usableFromInline
package struct UTF8Buffer: ~Copyable {
    @usableFromInline var start: UnsafeMutablePointer<UInt8>
    @usableFromInline var count = 0
    @usableFromInline var capacity: Int

    package init(minimumCapacity: Int) {
        capacity = max(minimumCapacity, 16)
        start = .allocate(capacity: capacity)
    }

    deinit {
        start.deallocate()
    }

    /// Appends a scalar value; the caller vouches that it is one.
    @inlinable
    package mutating func append(_ scalar: UInt32) {
        if capacity &- count < 4 { grow(by: 4) }
        let next = start + count
        if scalar < 0x80 {
            next[0] = UInt8(truncatingIfNeeded: scalar)
            count &+= 1
        } else if scalar < 0x800 {
            next[0] = UInt8(truncatingIfNeeded: 0xC0 | scalar >> 6)
            next[1] = UInt8(truncatingIfNeeded: 0x80 | scalar & 0x3F)
            count &+= 2
        } else if scalar < 0x10000 {
            next[0] = UInt8(truncatingIfNeeded: 0xE0 | scalar >> 12)
            next[1] = UInt8(truncatingIfNeeded: 0x80 | scalar >> 6 & 0x3F)
            next[2] = UInt8(truncatingIfNeeded: 0x80 | scalar & 0x3F)
            count &+= 3
        } else {
            next[0] = UInt8(truncatingIfNeeded: 0xF0 | scalar >> 18)
            next[1] = UInt8(truncatingIfNeeded: 0x80 | scalar >> 12 & 0x3F)
            next[2] = UInt8(truncatingIfNeeded: 0x80 | scalar >> 6 & 0x3F)
            next[3] = UInt8(truncatingIfNeeded: 0x80 | scalar & 0x3F)
            count &+= 4
        }
    }

    /// Appends U+FFFD, or returns false if the error mode is fatal.
    package mutating func appendError(_ errorMode: EncodingErrorMode) -> Bool {
        guard errorMode == .replacement else { return false }
        append(0xFFFD)
        return true
    }

    /// Appends the ASCII bytes of `input` from `first` on, up to another byte; returns where that is.
    package mutating func appendASCII(_ input: Span<UInt8>, from first: Int) -> Int {
        var end = first
        while end < input.count, input[end] < 0x80 { end += 1 }
        guard end > first else { return first }
        if capacity - count < end - first { grow(by: end - first) }
        input.extracting(first..<end).withUnsafeBufferPointer { run in
            guard let bytes = run.baseAddress else { return }
            (start + count).update(from: bytes, count: run.count)
        }
        count += end - first
        return end
    }

    /// The text; with `skipsBOM` without a byte order mark in front.
    package func text(skipsBOM: Bool) -> String {
        let bytes = UnsafeBufferPointer(start: start, count: count).span
        return skipsBOM ? UTF8Decoding.decode(bytes) : UTF8Decoding.decodeWithoutBOM(bytes)
    }

    /// Whether there is no text yet.
    package var isEmpty: Bool { count == 0 }

    /// Makes room for at least so many bytes more.
    @usableFromInline
    mutating func grow(by length: Int) {
        let larger = UnsafeMutablePointer<UInt8>.allocate(capacity: 2 * capacity + length)
        larger.update(from: start, count: count)
        start.deallocate()
        start = larger
        capacity = 2 * capacity + length
    }
}
