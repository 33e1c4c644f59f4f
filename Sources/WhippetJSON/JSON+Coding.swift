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

    /// Writes a value as JSON; a literal keeps the order of its keys.
    ///
    /// - Throws: `JSONError` where a number is not finite and the options refuse it.
    public static func encode(_ json: JSON, options: EncodingOptions = EncodingOptions()) throws -> [UInt8] {
        let state = EncodingPool.take()
        defer { EncodingPool.give(state) }
        guard state.pointee.text.append(json: json, nonFinite: options.nonFinite) else {
            throw JSONError(kind: .notEncodable, reason: "a number that is not finite has no form in JSON")
        }
        return try options.layOut(state.pointee.finish())
    }

    // Disfavored, so that a literal is read as JSON, whose keys have an order, rather than as a dictionary.
    /// Writes a value as JSON.
    ///
    /// Nothing is held back: a key that `encode(to:)` writes twice stands twice in the text, and readers take the last.
    ///
    /// - Throws: `JSONError` where the value has no form in JSON; an error that `encode(to:)` threw passes as it is.
    @_disfavoredOverload
    public static func encode<Value: Encodable>(
        _ value: Value, options: EncodingOptions = EncodingOptions()
    ) throws -> [UInt8] {
        try encode(value, options: options, depth: 0)
    }

    /// Writes a value that will stand in `depth` arrays and objects.
    static func encode<Value: Encodable>(_ value: Value, options: EncodingOptions, depth: UInt32) throws -> [UInt8] {
        if Value.self == JSON.self { return try encode(cast(value) as JSON, options: options) }
        let state = EncodingPool.take()
        defer { EncodingPool.give(state) }
        state.pointee.begin(options)
        state.pointee.outerDepth = depth
        try encode(value, state)
        return try options.layOut(state.pointee.finish())
    }

    /// Writes a value into the state's first slot.
    private static func encode<Value: Encodable>(
        _ value: Value, _ state: UnsafeMutablePointer<EncodingState>
    ) throws {
        let root = state.pointee.pushSlot(from: 0)
        do {
            try ValueEncoder(writer: SlotWriter(state, slot: root)).encode(value)
            if let failure = state.pointee.failure { throw failure }
        } catch {
            // What went wrong first tells more than what followed from it.
            throw publicError(state.pointee.failure ?? error)
        }
        if state.pointee.slots[Int(root)].kind == .nothing, state.pointee.late == nil {
            throw JSONError(kind: .notEncodable, reason: "\(Value.self) wrote no value")
        }
        state.pointee.popSlots(from: root)
    }

    /// The error that leaves `JSON.encode` for one that encoding threw.
    private static func publicError(_ error: any Error) -> any Error {
        guard case EncodingError.invalidValue(_, let context) = error else { return error }
        if let error = context.underlyingError as? JSONError { return error }
        return JSONError(
            kind: .notEncodable, path: PathText.text(context.codingPath),
            reason: String(context.debugDescription.prefix(300)))
    }

    /// The value as JSON without white space; numbers that are not finite become `null`, as with `JSON.stringify`.
    public func serialize() -> [UInt8] {
        let state = EncodingPool.take()
        defer { EncodingPool.give(state) }
        state.pointee.text.append(json: self, nonFinite: .null)
        return state.pointee.finish()
    }
}
