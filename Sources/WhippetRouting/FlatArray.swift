// Copyright 2026 the Whippet authors
// SPDX-License-Identifier: Apache-2.0

/// An array of plain values that never changes, read without bounds checks.
///
/// Only the table's own numbers index it: those that its builder wrote, or hashes masked to its size. A checked array
/// costs a lookup twice the instructions.
// SAFETY: the memory is written in `init` alone, owned by this object, and freed when nobody refers to it.
final class FlatArray<Element: BitwiseCopyable & Sendable>: @unchecked Sendable {
    /// The first element; valid as long as the object is.
    let start: UnsafePointer<Element>
    let count: Int

    init(_ elements: [Element]) {
        let memory = UnsafeMutablePointer<Element>.allocate(capacity: elements.count)
        _ = UnsafeMutableBufferPointer(start: memory, count: elements.count).initialize(from: elements)
        start = UnsafePointer(memory)
        count = elements.count
    }

    deinit {
        UnsafeMutablePointer(mutating: start).deallocate()
    }

    @inline(__always)
    subscript(index: Int) -> Element {
        assert(index >= 0 && index < count)
        return start[index]
    }
}
