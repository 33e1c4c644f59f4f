// Copyright 2026 the Whippet authors
// SPDX-License-Identifier: Apache-2.0

/// What one call of `JSON.encode` knows: the text so far, the open containers, the options.
///
/// Everything is written in order into one buffer. Each value that writes itself, and each container that user code
/// asked for, has a slot; encoders and containers are small values that name one. Slots nest: writing to an outer
/// container ends the inner ones. Code that goes back to a container that has ended so writes into a buffer of its own,
/// which is put in its place at the end (`EncodingState+Late.swift`).
///
/// As with decoding, user code may keep an encoder too long: states are never freed (`EncodingPool`), the
/// generation tells one call from the next, and a slot is found only by the serial number that it was made with.
struct EncodingState {
    static let none = UInt32.max

    /// What a slot holds so far.
    enum SlotKind {
        case nothing
        case scalar
        case array
        case object
    }

    struct Slot {
        /// The number of this use of the slot; no other use has it.
        var serial: UInt64
        /// Where the closing bracket stands, once the slot has ended.
        var endPosition = 0
        /// Where the slot's element or member starts in its home buffer: a comma, a key, the value.
        let start: Int
        /// The slot's place among its parent's elements.
        var position: UInt32
        /// How many elements or members there are.
        var count: UInt32 = 0
        var parent: UInt32
        var depth: UInt32
        /// The buffer into which the slot's members go; 0 is the text itself.
        var buffer: UInt32
        /// The buffer in which the slot's element or member starts.
        let home: UInt32
        /// Whether the brackets stand in the buffer of the members.
        var ownsBrackets = true
        var kind = SlotKind.nothing
        var isOpen = true
    }

    /// The number of the call that the state serves.
    var generation: UInt32 = 1
    var text = TextBuffer()
    var slots: UnsafeMutablePointer<Slot>
    private(set) var slotCount: UInt32 = 0
    private var slotCapacity: UInt32 = 32
    /// The innermost slot that is open in the active buffer.
    var current = Self.none
    /// The number of the next slot; it never repeats.
    private var nextSerial: UInt64 = 1

    var usesSnakeCase = false
    var nonFinite = JSON.NonFiniteStrategy.refuse
    var userInfo: [CodingUserInfoKey: any Sendable] = [:]
    var forms: (any AnyObject & Sendable)?
    /// What went wrong where nothing could be thrown.
    var failure: (any Error)?
    /// How deep in another text the value stands that this call writes.
    var outerDepth: UInt32 = 0
    /// Whether a `JSON.Writer` may and must write a value now, and how many containers it has open.
    var isDue = false
    var openCount = 0
    var boxes = ContainerBoxes<ObjectSlot, KeyText>()
    let types = TypeTable<any SlotWritable.Type>()
    /// Containers that were written to after they had ended; nil in the usual case.
    var late: LateBuffers?

    init() {
        slots = .allocate(capacity: Int(slotCapacity))
    }

    /// Starts a call.
    mutating func begin(_ options: JSON.EncodingOptions) {
        usesSnakeCase = options.keys == .snakeCase
        // What is usual is there already: copying it would take longer than these comparisons.
        if !options.nonFinite.isRefuse { nonFinite = options.nonFinite }
        if !options.userInfo.isEmpty { userInfo = options.userInfo }
        if let given = options.forms { forms = given }
    }

    /// Ends a call: what still points here is out of date from now on.
    mutating func end() {
        generation &+= 1
        text.reset()
        slotCount = 0
        current = Self.none
        if !userInfo.isEmpty { userInfo = [:] }
        if forms != nil { forms = nil }
        if !nonFinite.isRefuse { nonFinite = .refuse }
        if failure != nil { failure = nil }
        outerDepth = 0
        isDue = false
        openCount = 0
        discardLate()
        boxes.sweep()
        if slotCapacity > 1024 {
            slots.deallocate()
            slotCapacity = 32
            slots = .allocate(capacity: Int(slotCapacity))
        }
    }

    // MARK: - Slots

    /// Adds a slot in the current one, for a value whose key, if any, has just been written.
    @inline(__always)
    mutating func pushSlot(from start: Int) -> UInt32 {
        if slotCount == slotCapacity { growSlots() }
        var depth = outerDepth
        var position: UInt32 = 0
        if current != Self.none {
            depth = slots[Int(current)].depth + 1
            position = slots[Int(current)].count &- 1
        }
        let buffer = late == nil ? 0 : activeBuffer
        (slots + Int(slotCount)).initialize(
            to: Slot(
                serial: nextSerial, start: start, position: position, parent: current, depth: depth,
                buffer: buffer, home: buffer))
        nextSerial += 1
        current = slotCount
        slotCount += 1
        return current
    }

    @inline(never)
    private mutating func growSlots() {
        let larger = UnsafeMutablePointer<Slot>.allocate(capacity: Int(slotCapacity) * 2)
        larger.moveInitialize(from: slots, count: Int(slotCount))
        slots.deallocate()
        slots = larger
        slotCapacity *= 2
    }

    /// Ends and forgets the slot at `index` and all that were made after it.
    @inline(__always)
    mutating func popSlots(from index: UInt32) {
        if current == index, slots[Int(index)].kind == .nothing {
            // A type that writes nothing has no members.
            text.append("{}")
            slots[Int(index)].kind = .scalar
        }
        while current != Self.none, current >= index { endCurrent() }
        if late != nil { endLate(from: index) }
        slotCount = index
    }

    /// Ends the innermost open slot.
    @inline(__always)
    mutating func endCurrent() {
        let slot = slots + Int(current)
        slot.pointee.endPosition = text.count
        slot.pointee.isOpen = false
        let kind = slot.pointee.kind
        // No `switch`: its jump is hard to predict where objects and arrays take turns.
        if kind == .object || kind == .array {
            if slot.pointee.ownsBrackets { text.append(kind == .object ? UInt8(ascii: "}") : UInt8(ascii: "]")) }
        } else if kind == .nothing {
            startLate()  // It may still be written; if not, its place is filled at the end.
        }
        current = slot.pointee.parent
        if late != nil, current != Self.none, slots[Int(current)].buffer != slot.pointee.buffer { current = Self.none }
    }

    /// Makes the slot at `index` the current one, where it is not.
    @inline(__always)
    mutating func enter(_ index: UInt32) {
        if current != index { reenter(index) }
    }

    @inline(never)
    private mutating func reenter(_ index: UInt32) {
        if slots[Int(index)].isOpen {
            if late != nil { activate(slots[Int(index)].buffer) }
            while current != Self.none, current != index { endCurrent() }
        } else {
            resume(index)
        }
    }

    // MARK: - Paths

    /// The coding path of a slot.
    func codingPath(of index: UInt32) -> [any CodingKey] {
        var path: [any CodingKey] = []
        var index = index
        while index < slotCount, slots[Int(index)].parent < slotCount {
            let slot = slots[Int(index)]
            if slots[Int(slot.parent)].kind == .object {
                path.append(AnyKey(stringValue: key(at: slot.start, in: slot.home)))
            } else {
                path.append(AnyKey(intValue: Int(slot.position)))
            }
            index = slot.parent
        }
        return path.reversed()
    }

    /// The key that was written at a place of a buffer.
    private func key(at position: Int, in buffer: UInt32) -> String {
        let text = bytes(of: buffer)
        guard position < text.count, let start = text.baseAddress else { return "" }
        let first = start + position + (text[position] == UInt8(ascii: ",") ? 2 : 1)
        guard let (entry, _) = try? StringScanner.scan(first, start, start + text.count) else { return "" }
        let bytes = UnsafeBufferPointer(start: start + Int(entry.offset), count: entry.length)
        return String(unsafeUninitializedCapacity: bytes.count) { StringText.unescape(bytes, into: $0) }
    }
}
