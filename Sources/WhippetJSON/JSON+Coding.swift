// Copyright 2026 the Whippet authors
// SPDX-License-Identifier: Apache-2.0

extension JSON {
    /// Arrays and objects may be nested this deep, in reading and in writing.
    public static let maximumDepth = 512

    /// Reads one JSON text.
    ///
    /// - Throws: `JSONError` where the bytes are not UTF-8 or not JSON; a byte order mark is refused.
    public static func parse(_ bytes: [UInt8]) throws -> JSON {
        try bytes.withUnsafeBufferPointer { try parse($0) }
    }

    /// Reads one JSON text.
    ///
    /// - Throws: `JSONError` where the bytes are not UTF-8 or not JSON; a byte order mark is refused.
    public static func parse(_ bytes: UnsafeBufferPointer<UInt8>) throws -> JSON {
        let state = DecodingPool.take()
        defer { DecodingPool.give(state) }
        try state.pointee.begin(bytes, DecodingOptions())
        return state.pointee.tape.json(at: 0)
    }

    /// Reads a value of `type` from one JSON text.
    ///
    /// - Throws: `JSONError` where the bytes are not JSON or not what the type expects; an error of another type that
    ///   `init(from:)` threw passes as it is.
    public static func decode<Value: Decodable>(
        _ type: Value.Type, from bytes: [UInt8], options: DecodingOptions = DecodingOptions()
    ) throws -> Value {
        try bytes.withUnsafeBufferPointer { try decode(type, from: $0, options: options) }
    }

    /// Reads a value of `type` from one JSON text.
    ///
    /// - Throws: `JSONError` where the bytes are not JSON or not what the type expects; an error of another type that
    ///   `init(from:)` threw passes as it is.
    public static func decode<Value: Decodable>(
        _ type: Value.Type, from bytes: UnsafeBufferPointer<UInt8>, options: DecodingOptions = DecodingOptions()
    ) throws -> Value {
        let state = DecodingPool.take()
        defer { DecodingPool.give(state) }
        try state.pointee.begin(bytes, options)
        let reader = TapeReader(state: state, generation: state.pointee.generation)
        do {
            return try reader.value(type, at: 0)
        } catch {
            throw reader.publicError(error)
        }
    }

    /// Writes a value as JSON.
    ///
    /// - Throws: `JSONError` where the value has no form in JSON; an error that `encode(to:)` threw passes as it is.
    public static func encode<Value: Encodable>(
        _ value: Value, options: EncodingOptions = EncodingOptions()
    ) throws -> [UInt8] {
        let state = EncodingPool.take()
        defer { EncodingPool.give(state) }
        state.pointee.begin(options)
        if Value.self == JSON.self {
            guard state.pointee.text.append(json: cast(value), nonFinite: options.nonFinite) else {
                throw JSONError(kind: .notEncodable, reason: "a number that is not finite has no form in JSON")
            }
        } else {
            try encode(value, state)
        }
        let bytes = state.pointee.finish()
        return options.pretty || options.sortedKeys ? try Layout.apply(options, to: bytes) : bytes
    }

    private static func encode<Value: Encodable>(
        _ value: Value, _ state: UnsafeMutablePointer<EncodingState>
    ) throws {
        let root = state.pointee.pushSlot()
        do {
            try ValueEncoder(writer: SlotWriter(state, slot: root)).encode(value)
        } catch EncodingError.invalidValue(_, let context) {
            if let error = context.underlyingError as? JSONError { throw error }
            throw JSONError(
                kind: .notEncodable, path: PathText.text(context.codingPath), reason: context.debugDescription)
        }
        if let failure = state.pointee.failure { throw failure }
        if state.pointee.slots[Int(root)].kind == .nothing, state.pointee.late == nil {
            throw JSONError(kind: .notEncodable, reason: "\(Value.self) wrote no value")
        }
        state.pointee.popSlots(from: root)
    }

    /// The value as JSON without white space; numbers that are not finite become `null`, as with `JSON.stringify`.
    public func serialize() -> [UInt8] {
        let state = EncodingPool.take()
        defer { EncodingPool.give(state) }
        state.pointee.text.append(json: self, nonFinite: .null)
        return state.pointee.finish()
    }
}
