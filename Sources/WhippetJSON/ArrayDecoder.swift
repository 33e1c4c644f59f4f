// Copyright 2026 the Whippet authors
// SPDX-License-Identifier: Apache-2.0

/// Reads the elements of an array one after another.
struct ArrayDecoder: UnkeyedDecodingContainer {
    private let reader: TapeReader
    private let index: UInt32
    /// The next element.
    private var next: UInt32
    private var position: UInt32 = 0

    init(reader: TapeReader, at index: UInt32) throws {
        guard reader.kind(at: index) == .array else {
            throw reader.mismatch([Any].self, expected: "an array", at: index)
        }
        self.reader = reader
        self.index = index
        next = index + 1
    }

    var codingPath: [any CodingKey] { reader.codingPath(to: index) }
    var count: Int? { reader.isLive ? reader.tape[index].count : 0 }
    var currentIndex: Int { Int(position) }
    var isAtEnd: Bool { !reader.isLive || next >= reader.state.pointee.tape[index].end }

    /// The next element's index on the tape.
    @inline(__always)
    private func element(_ type: Any.Type) throws -> UInt32 {
        try reader.check()
        guard next < reader.state.pointee.tape[index].end else { throw reader.missingElement(type, in: index) }
        return next
    }

    /// Goes on to the element after the one that has been read.
    @inline(__always)
    private mutating func advance<Value>(_ value: Value) -> Value {
        guard reader.isLive else { return value }
        next = reader.state.pointee.tape.next(after: next)
        position += 1
        return value
    }

    mutating func decodeNil() throws -> Bool {
        guard reader.isNull(at: try element(Any?.self)) else { return false }
        return advance(true)
    }

    mutating func nestedContainer<NestedKey: CodingKey>(
        keyedBy type: NestedKey.Type
    ) throws -> KeyedDecodingContainer<NestedKey> {
        advance(try reader.object(type, at: try element(type)))
    }

    mutating func nestedUnkeyedContainer() throws -> any UnkeyedDecodingContainer {
        advance(try ArrayDecoder(reader: reader, at: try element([Any].self)))
    }

    mutating func superDecoder() throws -> any Decoder {
        advance(ValueDecoder(reader: reader, index: try element((any Decoder).self)))
    }

    mutating func decode(_ type: Bool.Type) throws -> Bool { advance(try reader.bool(at: element(type))) }
    mutating func decode(_ type: String.Type) throws -> String { advance(try reader.string(at: element(type))) }
    mutating func decode(_ type: Double.Type) throws -> Double { advance(try reader.double(at: element(type))) }
    mutating func decode(_ type: Float.Type) throws -> Float { advance(try reader.float(at: element(type))) }
    mutating func decode(_ type: Int.Type) throws -> Int { try integer(type) }
    mutating func decode(_ type: Int8.Type) throws -> Int8 { try integer(type) }
    mutating func decode(_ type: Int16.Type) throws -> Int16 { try integer(type) }
    mutating func decode(_ type: Int32.Type) throws -> Int32 { try integer(type) }
    mutating func decode(_ type: Int64.Type) throws -> Int64 { try integer(type) }
    mutating func decode(_ type: Int128.Type) throws -> Int128 { try integer(type) }
    mutating func decode(_ type: UInt.Type) throws -> UInt { try integer(type) }
    mutating func decode(_ type: UInt8.Type) throws -> UInt8 { try integer(type) }
    mutating func decode(_ type: UInt16.Type) throws -> UInt16 { try integer(type) }
    mutating func decode(_ type: UInt32.Type) throws -> UInt32 { try integer(type) }
    mutating func decode(_ type: UInt64.Type) throws -> UInt64 { try integer(type) }
    mutating func decode(_ type: UInt128.Type) throws -> UInt128 { try integer(type) }

    mutating func decode<Value: Decodable>(_ type: Value.Type) throws -> Value {
        advance(try reader.value(type, at: element(type)))
    }

    @inline(__always)
    private mutating func integer<Integer: FixedWidthInteger>(_ type: Integer.Type) throws -> Integer {
        advance(try reader.integer(type, at: element(type)))
    }
}
