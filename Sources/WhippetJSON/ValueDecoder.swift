// Copyright 2026 the Whippet authors
// SPDX-License-Identifier: Apache-2.0

/// The decoder that `init(from:)` gets, which is also the container of a single value.
struct ValueDecoder: Decoder, SingleValueDecodingContainer {
    let reader: TapeReader
    let index: UInt32

    var codingPath: [any CodingKey] { reader.codingPath(to: index) }
    var userInfo: [CodingUserInfoKey: Any] { reader.userInfo }

    @inline(__always)
    func container<Key: CodingKey>(keyedBy type: Key.Type) throws -> KeyedDecodingContainer<Key> {
        try reader.check()
        return try reader.object(type, at: index)
    }

    func unkeyedContainer() throws -> any UnkeyedDecodingContainer {
        try reader.check()
        return try ArrayDecoder(reader: reader, at: index)
    }

    func singleValueContainer() -> any SingleValueDecodingContainer { self }

    func decodeNil() -> Bool { reader.isLive && reader.isNull(at: index) }

    func decode(_: Bool.Type) throws -> Bool { try live().bool(at: index) }
    func decode(_: String.Type) throws -> String { try live().string(at: index) }
    func decode(_: Double.Type) throws -> Double { try live().double(at: index) }
    func decode(_: Float.Type) throws -> Float { try live().float(at: index) }
    func decode(_: Int.Type) throws -> Int { try live().integer(Int.self, at: index) }
    func decode(_: Int8.Type) throws -> Int8 { try live().integer(Int8.self, at: index) }
    func decode(_: Int16.Type) throws -> Int16 { try live().integer(Int16.self, at: index) }
    func decode(_: Int32.Type) throws -> Int32 { try live().integer(Int32.self, at: index) }
    func decode(_: Int64.Type) throws -> Int64 { try live().integer(Int64.self, at: index) }
    func decode(_: Int128.Type) throws -> Int128 { try live().integer(Int128.self, at: index) }
    func decode(_: UInt.Type) throws -> UInt { try live().integer(UInt.self, at: index) }
    func decode(_: UInt8.Type) throws -> UInt8 { try live().integer(UInt8.self, at: index) }
    func decode(_: UInt16.Type) throws -> UInt16 { try live().integer(UInt16.self, at: index) }
    func decode(_: UInt32.Type) throws -> UInt32 { try live().integer(UInt32.self, at: index) }
    func decode(_: UInt64.Type) throws -> UInt64 { try live().integer(UInt64.self, at: index) }
    func decode(_: UInt128.Type) throws -> UInt128 { try live().integer(UInt128.self, at: index) }
    func decode<Value: Decodable>(_ type: Value.Type) throws -> Value { try live().value(type, at: index) }

    @inline(__always)
    private func live() throws -> TapeReader {
        try reader.check()
        return reader
    }
}
