// Copyright 2026 the Whippet authors
// SPDX-License-Identifier: Apache-2.0

/// Finds the members of one object by key, in constant time, for objects that are long or whose keys repeat.
final class KeyTable {
    /// One call keeps at most this many tables.
    static let keptCount = 64

    /// Where the first key of each name is, in the order of the text; for duplicates that of the last value.
    private var places: [UInt32]
    /// Open addressing: an index into `places` plus 1, or 0.
    private var slots: [UInt32]

    /// Reads all keys of the object at `index`.
    init(_ tape: Tape, object index: UInt32) {
        let entry = tape[index]
        var capacity = 16
        while capacity < entry.count * 2 { capacity *= 2 }
        slots = Array(repeating: 0, count: capacity)
        places = []
        places.reserveCapacity(entry.count)
        var key = index + 1
        while key < entry.end {
            if tape[key].kind == .string {
                insert(key, tape.text(tape[key]), tape)
            } else {
                var name = tape.string(tape[key])
                name.withUTF8 { insert(key, $0, tape) }
            }
            key = tape.next(after: key + 1)
        }
    }

    /// The keys that differ, as places on the tape.
    var keys: [UInt32] { places }

    /// Where the key of this name is, nil where there is none.
    func key(_ name: UnsafeBufferPointer<UInt8>, _ tape: Tape) -> UInt32? {
        let place = slots[slot(name, tape)]
        return place == 0 ? nil : places[Int(place) - 1]
    }

    private func insert(_ key: UInt32, _ name: UnsafeBufferPointer<UInt8>, _ tape: Tape) {
        let slot = slot(name, tape)
        if slots[slot] == 0 {
            places.append(key)
            slots[slot] = UInt32(truncatingIfNeeded: places.count)
        } else {
            // Of two equal keys the last one's value wins.
            places[Int(slots[slot]) - 1] = key
        }
    }

    /// The slot of a name, or the free one where it belongs.
    ///
    /// The hash is the standard library's, with a secret of this process: no input can choose collisions.
    private func slot(_ name: UnsafeBufferPointer<UInt8>, _ tape: Tape) -> Int {
        var hasher = Hasher()
        hasher.combine(bytes: UnsafeRawBufferPointer(name))
        var slot = hasher.finalize() & (slots.count - 1)
        while slots[slot] != 0, !tape.isKey(tape[places[Int(slots[slot]) - 1]], name) {
            slot = (slot + 1) & (slots.count - 1)
        }
        return slot
    }
}
