// Copyright 2026 the Whippet authors
// SPDX-License-Identifier: Apache-2.0

/// Reads the members of an object by their keys.
///
/// All state is in the place that it points to, because a container's methods may not change it.
struct ObjectDecoder<Key: CodingKey>: KeyedDecodingContainerProtocol {
    // SAFETY: the state that made the container keeps the place for as long as somebody holds it (`ContainerBoxes`).
    private let place: UnsafeMutablePointer<KeyedPlace>

    init(_ place: UnsafeMutablePointer<KeyedPlace>) {
        self.place = place
    }

    var codingPath: [any CodingKey] { place.pointee.object.reader.codingPath(to: place.pointee.object.index) }

    var allKeys: [Key] {
        guard place.pointee.object.reader.isLive else { return [] }
        let usesSnakeCase = place.pointee.object.reader.state.pointee.usesSnakeCase
        return place.pointee.object.keys.compactMap { name in
            Key(stringValue: name)
                ?? (usesSnakeCase ? Key(stringValue: SnakeCase.camelCase(from: name)) : nil)
        }
    }

    func contains(_ key: Key) -> Bool {
        place.pointee.object.reader.isLive && place.pointee.object.find(key.stringValue, isLast: false) != 0
    }

    func decodeNil(forKey key: Key) throws -> Bool {
        try place.pointee.object.reader.check()
        let index = place.pointee.object.find(key.stringValue, isLast: false)
        if index == 0 { throw place.pointee.object.reader.missingKey(key, in: place.pointee.object.index) }
        return place.pointee.object.reader.isNull(at: index)
    }

    /// The value under a key, nil where it is not the one that is expected; the container may be out of date then.
    @inline(__always)
    private func expected(_ key: Key) -> UnsafePointer<TapeEntry>? {
        guard place.pointee.names != nil else { return nil }
        // SAFETY: a type with names has keys of one byte.
        return place.pointee.expected(unsafeBitCast(key, to: UInt8.self))
    }

    /// The value under a key that must be there.
    @inline(__always)
    private func find(_ key: Key) throws -> UInt32 {
        try index(expected(key), key)
    }

    /// Where an entry is on the tape, or, where there is none, the value under the key.
    @inline(__always)
    private func index(_ entry: UnsafePointer<TapeEntry>?, _ key: Key) throws -> UInt32 {
        guard let entry else { return try findElsewhere(key) }
        return place.pointee.object.reader.state.pointee.tape.index(of: entry)
    }

    @inline(never)
    private func findElsewhere(_ key: Key) throws -> UInt32 {
        let index = try search(key)
        if index == 0 { throw place.pointee.object.reader.missingKey(key, in: place.pointee.object.index) }
        return index
    }

    /// The value under a key, nil where it is missing or `null`.
    @inline(__always)
    private func findIfPresent(_ key: Key) throws -> UInt32? {
        let entry = expected(key)
        let index = try entry.map { place.pointee.object.reader.state.pointee.tape.index(of: $0) } ?? search(key)
        return index == 0 || place.pointee.object.reader.isNull(at: index) ? nil : index
    }

    /// The value under a key, 0 where it is missing.
    @inline(never)
    private func search(_ key: Key) throws -> UInt32 {
        try place.pointee.object.reader.check()
        let name = key.stringValue
        // SAFETY: a type with names has keys of one byte.
        if place.pointee.names != nil { place.pointee.keep(name, of: unsafeBitCast(key, to: UInt8.self)) }
        return place.pointee.object.find(name, isLast: true)
    }

    @inline(__always) private var reader: TapeReader { place.pointee.object.reader }

    // MARK: - Nested containers

    func nestedContainer<NestedKey: CodingKey>(
        keyedBy type: NestedKey.Type, forKey key: Key
    ) throws -> KeyedDecodingContainer<NestedKey> {
        try reader.object(type, at: find(key))
    }

    func nestedUnkeyedContainer(forKey key: Key) throws -> any UnkeyedDecodingContainer {
        try ArrayDecoder(reader: reader, at: find(key))
    }

    func superDecoder() throws -> any Decoder {
        try reader.check()
        let index = place.pointee.object.find("super", isLast: true)
        return ValueDecoder(reader: reader, index: index == 0 ? TapeReader.missing : index)
    }

    func superDecoder(forKey key: Key) throws -> any Decoder {
        try reader.check()
        let index = place.pointee.object.find(key.stringValue, isLast: true)
        return ValueDecoder(reader: reader, index: index == 0 ? TapeReader.missing : index)
    }

    // MARK: - Values

    // The usual kinds of values are read by code that goes into the witnesses, for a call costs as much as reading.

    @inline(__always)
    func decode(_: Bool.Type, forKey key: Key) throws -> Bool {
        let entry = expected(key)
        if let entry {
            if entry.pointee.kind == .true { return true }
            if entry.pointee.kind == .false { return false }
        }
        return try otherBool(entry, key)
    }
    @inline(__always)
    func decode(_: String.Type, forKey key: Key) throws -> String {
        let entry = expected(key)
        if let entry, let string = place.pointee.object.reader.state.pointee.tape.shortString(entry.pointee) {
            return string
        }
        return try otherString(entry, key)
    }
    @inline(__always)
    func decode(_: Double.Type, forKey key: Key) throws -> Double {
        let entry = expected(key)
        if let entry, entry.pointee.kind == .double { return Double(bitPattern: entry.pointee.payload) }
        return try otherDouble(entry, key)
    }
    func decode(_: Float.Type, forKey key: Key) throws -> Float { try reader.float(at: find(key)) }
    @inline(__always)
    func decode(_ type: Int.Type, forKey key: Key) throws -> Int {
        let entry = expected(key)
        if let entry, entry.pointee.kind == .signed, let value = Int(exactly: Int64(bitPattern: entry.pointee.payload))
        {
            return value
        }
        return try otherInt(entry, key)
    }
    func decode(_ type: Int8.Type, forKey key: Key) throws -> Int8 { try reader.integer(type, at: find(key)) }
    func decode(_ type: Int16.Type, forKey key: Key) throws -> Int16 { try reader.integer(type, at: find(key)) }
    func decode(_ type: Int32.Type, forKey key: Key) throws -> Int32 { try reader.integer(type, at: find(key)) }
    func decode(_ type: Int64.Type, forKey key: Key) throws -> Int64 { try reader.integer(type, at: find(key)) }
    func decode(_ type: Int128.Type, forKey key: Key) throws -> Int128 { try reader.integer(type, at: find(key)) }
    func decode(_ type: UInt.Type, forKey key: Key) throws -> UInt { try reader.integer(type, at: find(key)) }
    func decode(_ type: UInt8.Type, forKey key: Key) throws -> UInt8 { try reader.integer(type, at: find(key)) }
    func decode(_ type: UInt16.Type, forKey key: Key) throws -> UInt16 { try reader.integer(type, at: find(key)) }
    func decode(_ type: UInt32.Type, forKey key: Key) throws -> UInt32 { try reader.integer(type, at: find(key)) }
    func decode(_ type: UInt64.Type, forKey key: Key) throws -> UInt64 { try reader.integer(type, at: find(key)) }
    func decode(_ type: UInt128.Type, forKey key: Key) throws -> UInt128 { try reader.integer(type, at: find(key)) }
    @inline(__always)
    func decode<Value: Decodable>(_ type: Value.Type, forKey key: Key) throws -> Value {
        try reader.value(type, at: find(key))
    }

    // MARK: - Values that are not what is usual

    @inline(never)
    private func otherBool(_ entry: UnsafePointer<TapeEntry>?, _ key: Key) throws -> Bool {
        try reader.bool(at: index(entry, key))
    }

    @inline(never)
    private func otherString(_ entry: UnsafePointer<TapeEntry>?, _ key: Key) throws -> String {
        try reader.string(at: index(entry, key))
    }

    @inline(never)
    private func otherDouble(_ entry: UnsafePointer<TapeEntry>?, _ key: Key) throws -> Double {
        try reader.double(at: index(entry, key))
    }

    @inline(never)
    private func otherInt(_ entry: UnsafePointer<TapeEntry>?, _ key: Key) throws -> Int {
        try reader.integer(Int.self, at: index(entry, key))
    }

    // MARK: - Optional values

    func decodeIfPresent(_: Bool.Type, forKey key: Key) throws -> Bool? {
        try findIfPresent(key).map { try reader.bool(at: $0) }
    }
    @inline(__always)
    func decodeIfPresent(_: String.Type, forKey key: Key) throws -> String? {
        try findIfPresent(key).map { try reader.string(at: $0) }
    }
    func decodeIfPresent(_: Double.Type, forKey key: Key) throws -> Double? {
        try findIfPresent(key).map { try reader.double(at: $0) }
    }
    func decodeIfPresent(_: Float.Type, forKey key: Key) throws -> Float? {
        try findIfPresent(key).map { try reader.float(at: $0) }
    }
    func decodeIfPresent(_ type: Int.Type, forKey key: Key) throws -> Int? {
        try findIfPresent(key).map { try reader.integer(type, at: $0) }
    }
    func decodeIfPresent(_ type: Int8.Type, forKey key: Key) throws -> Int8? {
        try findIfPresent(key).map { try reader.integer(type, at: $0) }
    }
    func decodeIfPresent(_ type: Int16.Type, forKey key: Key) throws -> Int16? {
        try findIfPresent(key).map { try reader.integer(type, at: $0) }
    }
    func decodeIfPresent(_ type: Int32.Type, forKey key: Key) throws -> Int32? {
        try findIfPresent(key).map { try reader.integer(type, at: $0) }
    }
    func decodeIfPresent(_ type: Int64.Type, forKey key: Key) throws -> Int64? {
        try findIfPresent(key).map { try reader.integer(type, at: $0) }
    }
    func decodeIfPresent(_ type: Int128.Type, forKey key: Key) throws -> Int128? {
        try findIfPresent(key).map { try reader.integer(type, at: $0) }
    }
    func decodeIfPresent(_ type: UInt.Type, forKey key: Key) throws -> UInt? {
        try findIfPresent(key).map { try reader.integer(type, at: $0) }
    }
    func decodeIfPresent(_ type: UInt8.Type, forKey key: Key) throws -> UInt8? {
        try findIfPresent(key).map { try reader.integer(type, at: $0) }
    }
    func decodeIfPresent(_ type: UInt16.Type, forKey key: Key) throws -> UInt16? {
        try findIfPresent(key).map { try reader.integer(type, at: $0) }
    }
    func decodeIfPresent(_ type: UInt32.Type, forKey key: Key) throws -> UInt32? {
        try findIfPresent(key).map { try reader.integer(type, at: $0) }
    }
    func decodeIfPresent(_ type: UInt64.Type, forKey key: Key) throws -> UInt64? {
        try findIfPresent(key).map { try reader.integer(type, at: $0) }
    }
    func decodeIfPresent(_ type: UInt128.Type, forKey key: Key) throws -> UInt128? {
        try findIfPresent(key).map { try reader.integer(type, at: $0) }
    }
    func decodeIfPresent<Value: Decodable>(_ type: Value.Type, forKey key: Key) throws -> Value? {
        try findIfPresent(key).map { try reader.value(type, at: $0) }
    }
}
