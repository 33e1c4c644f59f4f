// Copyright 2026 the Whippet authors
// SPDX-License-Identifier: Apache-2.0

/// Containers that are written to after they have ended, because the code writes to two at a time.
///
/// The first write after the end opens a buffer for what the container gets from then on. At the end of the call each
/// buffer is put in front of its container's closing bracket. Every slot opens at most one, so the work stays linear.
struct LateBuffers {
    /// What belongs at a place of a buffer.
    struct Insertion {
        /// The buffer and the place in it.
        var home: UInt32
        var position: Int
        /// The slot that it belongs to: at one place inner slots come before outer ones.
        var slot: UInt32
        /// The buffer to insert, 0 for the empty object of a value that was never written.
        var source: UInt32
    }

    /// The buffer that is being written; its text and current slot are in the state.
    var active: UInt32 = 0
    var texts: [TextBuffer]
    var currents: [UInt32]
    /// The buffers, other than the text itself, that have open slots.
    var open: [UInt32] = []
    var insertions: [Insertion] = []
}

extension EncodingState {
    /// The buffer that is being written.
    var activeBuffer: UInt32 { late?.active ?? 0 }

    /// What stands in a buffer.
    func bytes(of buffer: UInt32) -> UnsafeBufferPointer<UInt8> {
        guard let late, buffer != late.active, Int(buffer) < late.texts.count else { return text.bytes }
        return late.texts[Int(buffer)].bytes
    }

    mutating func startLate() {
        if late == nil { late = LateBuffers(texts: [text], currents: [current]) }
    }

    /// Goes on writing in another buffer.
    mutating func activate(_ buffer: UInt32) {
        guard let active = late?.active, active != buffer else { return }
        late?.texts[Int(active)] = text
        late?.currents[Int(active)] = current
        late?.active = buffer
        text = late?.texts[Int(buffer)] ?? text
        current = late?.currents[Int(buffer)] ?? Self.none
    }

    /// Opens a buffer for a slot that has ended.
    mutating func resume(_ index: UInt32) {
        startLate()
        guard let count = late?.texts.count else { return }
        let buffer = UInt32(truncatingIfNeeded: count)
        let slot = slots + Int(index)
        late?.texts.append(TextBuffer())
        late?.currents.append(Self.none)
        late?.insertions.append(
            LateBuffers.Insertion(
                home: slot.pointee.buffer, position: slot.pointee.endPosition, slot: index, source: buffer))
        activate(buffer)
        slot.pointee.buffer = buffer
        slot.pointee.isOpen = true
        // A value that had nothing yet gets its brackets here too.
        slot.pointee.ownsBrackets = slot.pointee.kind == .nothing
        late?.open.append(buffer)
        current = index
    }

    /// Ends the slots from `index` on in all buffers, and goes back to the buffer of their parent.
    mutating func endLate(from index: UInt32) {
        guard let open = late?.open else { return }
        for buffer in [0] + open {
            activate(buffer)
            while current != Self.none, current >= index { endCurrent() }
            if buffer != 0, current == Self.none { late?.open.removeAll { $0 == buffer } }
        }
        for ended in index..<slotCount where slots[Int(ended)].kind == .nothing {
            let slot = slots[Int(ended)]
            late?.insertions.append(
                LateBuffers.Insertion(home: slot.buffer, position: slot.endPosition, slot: ended, source: 0))
        }
        let parent = slots[Int(index)].parent
        activate(parent == Self.none ? 0 : slots[Int(parent)].buffer)
    }

    /// The whole text, all buffers in their places.
    mutating func finish() -> [UInt8] {
        guard late != nil else { return Array(text.bytes) }
        activate(0)
        var result: [UInt8] = []
        let insertions = (late?.insertions ?? []).sorted { ($0.position, $1.slot) < ($1.position, $0.slot) }
        write(0, Dictionary(grouping: insertions, by: \.home), to: &result)
        return result
    }

    private func write(
        _ buffer: UInt32, _ insertions: [UInt32: [LateBuffers.Insertion]], to result: inout [UInt8]
    ) {
        let bytes = bytes(of: buffer)
        var position = 0
        for insertion in insertions[buffer] ?? [] {
            result.append(contentsOf: UnsafeBufferPointer(rebasing: bytes[position..<insertion.position]))
            position = insertion.position
            if insertion.source == 0 {
                result.append(contentsOf: "{}".utf8)
            } else {
                write(insertion.source, insertions, to: &result)
            }
        }
        result.append(contentsOf: UnsafeBufferPointer(rebasing: bytes[position...]))
    }

    /// Frees what `startLate` and `resume` made.
    mutating func discardLate() {
        guard late != nil else { return }
        activate(0)
        for buffer in late?.texts.dropFirst() ?? [] { buffer.deallocate() }
        late = nil
    }
}
