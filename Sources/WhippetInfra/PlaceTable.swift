// Copyright 2026 the Whippet authors
// SPDX-License-Identifier: Apache-2.0

/// Finds places by the hashes of their keys; the keys themselves lie with what is at the places.
///
/// Hashes are taken as they are: whoever lets strangers choose keys makes them with a secret, and a dictionary would hash
/// them once more. What is built at start uses it, too: for the first dictionary with some type of key the runtime reads
/// all conformances of the program, 100,000 instructions and as many pages as they take.
// Usable from inline, as only so other modules inline its members.
@usableFromInline
package struct PlaceTable: Sendable {
    @usableFromInline
    struct Slot: BitwiseCopyable, Sendable {
        @usableFromInline var hash: UInt64
        /// −1 for none.
        @usableFromInline var place: Int32

        @inlinable
        init(hash: UInt64, place: Int32) {
            self.hash = hash
            self.place = place
        }
    }

    /// A power of two of slots, at most three quarters of them taken; what meets lies in the slots behind.
    @usableFromInline var slots = [Slot](repeating: Slot(hash: 0, place: -1), count: 16)
    private var count = 0

    /// Makes a table without places.
    package init() {}

    private var mask: Int { slots.count - 1 }

    @inlinable
    func slot(of hash: UInt64) -> Int { Int(truncatingIfNeeded: hash) & (slots.count - 1) }

    /// The place of a key.
    ///
    /// - Parameter isMeant: Whether the key at a place is the one that is looked for.
    @inlinable
    package func find(_ hash: UInt64, _ isMeant: (Int32) -> Bool) -> Int32? {
        slots.withUnsafeBufferPointer { slots in
            var index = slot(of: hash)
            while slots[index].place >= 0 {
                if slots[index].hash == hash, isMeant(slots[index].place) { return slots[index].place }
                index = (index + 1) & (slots.count - 1)
            }
            return nil
        }
    }

    /// Adds the place of a key that has none.
    package mutating func add(_ place: Int32, _ hash: UInt64) {
        if (count + 1) * 4 > slots.count * 3 { grow() }
        count += 1
        put(Slot(hash: hash, place: place))
    }

    /// Takes a place out.
    package mutating func remove(_ place: Int32, _ hash: UInt64) {
        var free = slot(of: hash)
        while slots[free].place != place {
            guard slots[free].place >= 0 else { return }
            free = (free + 1) & mask
        }
        count -= 1
        // What lies behind moves up, where it may: no search may end at the gap before it.
        var index = (free + 1) & mask
        while slots[index].place >= 0 {
            let home = slot(of: slots[index].hash)
            if (index - home) & mask >= (index - free) & mask {
                slots[free] = slots[index]
                free = index
            }
            index = (index + 1) & mask
        }
        slots[free].place = -1
    }

    private mutating func put(_ slot: Slot) {
        var index = self.slot(of: slot.hash)
        while slots[index].place >= 0 { index = (index + 1) & mask }
        slots[index] = slot
    }

    private mutating func grow() {
        let old = slots
        slots = [Slot](repeating: Slot(hash: 0, place: -1), count: old.count * 2)
        for slot in old where slot.place >= 0 { put(slot) }
    }
}
