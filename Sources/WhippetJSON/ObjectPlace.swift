// Copyright 2026 the Whippet authors
// SPDX-License-Identifier: Apache-2.0

/// Where members are read: an object of one decoding call, and the member that is probably asked for next.
struct ObjectPlace {
    let reader: TapeReader
    let index: UInt32
    /// Past the last member.
    let end: UInt32
    /// The key that the next lookup tries first: types mostly ask in the order of the text.
    var cursor: UInt32
    /// Whether lookups go through a table.
    let usesTable: Bool

    @inline(__always)
    init(reader: TapeReader, at index: UInt32) {
        let entry = reader.tape[index]
        self.reader = reader
        self.index = index
        end = entry.end
        cursor = index + 1
        usesTable = entry.isIrregular || entry.count > TapeScanner.comparedMembers
    }

    /// The value under `name`, 0 where there is none.
    ///
    /// - Parameter isLast: Whether the value is read now, so that the next lookup will be for another key.
    @inline(__always)
    mutating func find(_ name: String, isLast: Bool) -> UInt32 {
        let found = StringText.withBytes(of: name) { find($0, isLast: isLast) }
        if found == 0, reader.state.pointee.usesSnakeCase {
            let other = SnakeCase.from(camelCase: name)
            return other == name ? 0 : StringText.withBytes(of: other) { find($0, isLast: isLast) }
        }
        return found
    }

    /// The value under a name in UTF-8 that is read now, 0 where there is none.
    @inline(__always)
    mutating func find(_ name: UnsafeBufferPointer<UInt8>) -> UInt32 {
        // Fast path: the key that is expected here. `find(_:isLast:)` begins with the same comparison.
        if !usesTable, cursor < end, Self.isKey(reader.state.pointee.tape, cursor, name) {
            let found = cursor + 1
            cursor = reader.state.pointee.tape[cursor].nextKey
            return found
        }
        return findElsewhere(name)
    }

    @inline(never)
    private mutating func findElsewhere(_ name: UnsafeBufferPointer<UInt8>) -> UInt32 {
        let found = find(name, isLast: true)
        if found != 0 || !reader.state.pointee.usesSnakeCase { return found }
        return find(String(decoding: name, as: UTF8.self), isLast: true)
    }

    @inline(__always)
    private mutating func find(_ name: UnsafeBufferPointer<UInt8>, isLast: Bool) -> UInt32 {
        let tape = reader.state.pointee.tape
        if usesTable { return findInTable(name) }
        var key = cursor
        while key < end {
            if Self.isKey(tape, key, name) {
                cursor = isLast ? tape[key].nextKey : key
                return key + 1
            }
            key = tape[key].nextKey
        }
        key = index + 1
        while key < cursor {
            if Self.isKey(tape, key, name) {
                cursor = isLast ? tape[key].nextKey : key
                return key + 1
            }
            key = tape[key].nextKey
        }
        return 0
    }

    /// Whether a key without escapes is `name`.
    @inline(__always)
    private static func isKey(_ tape: Tape, _ key: UInt32, _ name: UnsafeBufferPointer<UInt8>) -> Bool {
        let entry = tape[key]
        return entry.length == name.count && StringText.areEqual(tape.text(entry), name)
    }

    @inline(never)
    private func findInTable(_ name: UnsafeBufferPointer<UInt8>) -> UInt32 {
        table.key(name, reader.tape).map { $0 + 1 } ?? 0
    }

    private var table: KeyTable {
        if let table = reader.state.pointee.keyTables[index] { return table }
        let table = KeyTable(reader.tape, object: index)
        // Few objects are read at one time: forgetting the others bounds what repeated keys cost in memory.
        if reader.state.pointee.keyTables.count >= KeyTable.keptCount { reader.state.pointee.keyTables = [:] }
        reader.state.pointee.keyTables[index] = table
        return table
    }

    /// The keys that differ, as they stand in the text.
    var keys: [String] { keyIndices.map { reader.tape.string(reader.tape[$0]) } }

    /// Where the keys that differ are on the tape.
    var keyIndices: [UInt32] {
        if usesTable { return table.keys }
        let tape = reader.tape
        var indices: [UInt32] = []
        indices.reserveCapacity(tape[index].count)
        var key = index + 1
        while key < end {
            indices.append(key)
            key = tape.next(after: key + 1)
        }
        return indices
    }
}
