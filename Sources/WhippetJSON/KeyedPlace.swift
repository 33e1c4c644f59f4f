// Copyright 2026 the Whippet authors
// SPDX-License-Identifier: Apache-2.0

/// Where a keyed container reads: an object, and the names of the container's keys.
struct KeyedPlace {
    var object: ObjectPlace
    /// Where `expected` ends its comparisons, which take sixteen bytes of the text; 0 where it must not compare.
    private let comparedEnd: UInt32
    /// The names by the keys' bytes; nil where the keys are not one byte each.
    let names: UnsafeMutablePointer<KeyName>?

    @inline(__always)
    init(reader: TapeReader, at index: UInt32, names: UnsafeMutablePointer<KeyName>?) {
        object = ObjectPlace(reader: reader, at: index)
        comparedEnd = object.usesTable ? 0 : min(object.end, reader.state.pointee.tape.wideCount)
        self.names = names
    }

    /// The value under a key that is read now, nil where it is not the one that is expected here: `find` tells then.
    ///
    /// - Parameter key: The key as it lies in memory.
    @inline(__always)
    mutating func expected(_ key: UInt8) -> UnsafePointer<TapeEntry>? {
        guard let names, object.reader.isLive, object.cursor < comparedEnd else { return nil }
        let number = Int(key)
        let entry = object.reader.state.pointee.tape.entries + Int(object.cursor)
        guard number < KeyName.count, object.reader.state.pointee.tape.isText(entry, names + number) else {
            return nil
        }
        object.cursor = entry.pointee.nextKey
        return UnsafePointer(entry + 1)
    }

    /// Keeps the name of a key, so that `expected` knows it.
    @inline(__always)
    func keep(_ name: String, of key: UInt8) {
        let number = Int(key)
        guard let names, number < KeyName.count, names[number].isUnknown, object.reader.isLive else { return }
        if let name = KeyName(name) { names[number] = name }
    }
}
