// Copyright 2026 the Whippet authors
// SPDX-License-Identifier: Apache-2.0

/// A type that reads itself off the tape, with the same result as its `init(from:)`.
///
/// A type of another library that codes itself in an odd way gets its usual form by it, where a module says so.
/// The standard library's collections go through an unkeyed container and grow as they go; here their size is known.
package protocol TapeReadable: Decodable {
    /// Reads the value at `index`.
    static func read(_ reader: TapeReader, at index: UInt32) throws -> Self
}

extension Array: TapeReadable where Element: Decodable {
    package static func read(_ reader: TapeReader, at index: UInt32) throws -> [Element] {
        guard reader.kind(at: index) == .array else {
            throw reader.mismatch([Element].self, expected: "an array", at: index)
        }
        // Lists of these types are made by code that knows the type, which costs half as much.
        if Element.self == String.self { return cast(try reader.elements(at: index) { try reader.string(at: $0) }) }
        if Element.self == Int.self {
            return cast(try reader.elements(at: index) { try reader.integer(Int.self, at: $0) })
        }
        if Element.self == Double.self { return cast(try reader.elements(at: index) { try reader.double(at: $0) }) }
        let entry = reader.tape[index]
        return try [Element](unsafeUninitializedCapacity: entry.count) { elements, initialized in
            guard let start = elements.baseAddress else { return }
            var child = index + 1
            // SAFETY: the array has room for as many elements as were counted. The pointer takes the element over, where
            // the buffer's method would copy it.
            while child < entry.end, initialized < entry.count {
                (start + initialized).initialize(to: try reader.value(Element.self, at: child))
                initialized += 1
                child = reader.tape.next(after: child)
            }
        }
    }
}

extension TapeReader {
    /// Reads the elements of an array one by one.
    @inline(__always)
    func elements<Element>(at index: UInt32, read: (UInt32) throws -> Element) rethrows -> [Element] {
        let entry = tape[index]
        var elements: [Element] = []
        elements.reserveCapacity(entry.count)
        var child = index + 1
        while child < entry.end {
            elements.append(try read(child))
            child = state.pointee.tape.next(after: child)
        }
        return elements
    }
}

extension Dictionary: TapeReadable where Key == String, Value: Decodable {
    package static func read(_ reader: TapeReader, at index: UInt32) throws -> [String: Value] {
        guard reader.kind(at: index) == .object else {
            throw reader.mismatch([String: Value].self, expected: "an object", at: index)
        }
        let tape = reader.tape
        let entry = tape[index]
        var members: [String: Value] = [:]
        members.reserveCapacity(entry.count)
        var key = index + 1
        while key < entry.end {
            members[tape.string(tape[key])] = try reader.value(Value.self, at: key + 1)
            key = tape.next(after: key + 1)
        }
        return members
    }
}

extension Optional: TapeReadable where Wrapped: Decodable {
    package static func read(_ reader: TapeReader, at index: UInt32) throws -> Wrapped? {
        reader.isNull(at: index) ? nil : try reader.value(Wrapped.self, at: index)
    }
}

extension TapeReader {
    /// Reads a value of any type.
    ///
    /// Synthesized code asks for scalars by their own methods; the types that `otherValue` names come as elements of
    /// arrays and dictionaries, where the way through their `init(from:)` would cost four times as much.
    @inline(__always)
    func value<Value: Decodable>(_ type: Value.Type, at index: UInt32) throws -> Value {
        if state.pointee.types.isCodable(type) { return try Value(from: ValueDecoder(reader: self, index: index)) }
        return try otherValue(type, at: index)
    }

    @inline(never)
    private func otherValue<Value: Decodable>(_ type: Value.Type, at index: UInt32) throws -> Value {
        if type == String.self { return cast(try string(at: index)) }
        if type == Int.self { return cast(try integer(Int.self, at: index)) }
        if type == Double.self { return cast(try double(at: index)) }
        if type == JSON.self { return json(at: index) }
        switch state.pointee.types.way(type, find: { $0 as? any TapeReadable.Type }) {
        case .codable: return try Value(from: ValueDecoder(reader: self, index: index))
        case .shortcut(let shortcut): return try read(shortcut, at: index)
        case .refused: throw corrupted(.dataCorrupted, at: index, ForeignTypes.reason(type))
        }
    }

    @inline(never)
    private func json<Value>(at index: UInt32) -> Value {
        cast(index == Self.missing ? JSON.null : tape.json(at: index))
    }

    /// Reads by a shortcut, whose type is `Value` itself.
    private func read<Readable: TapeReadable, Value>(_ type: Readable.Type, at index: UInt32) throws -> Value {
        // Where it fits it is moved by way of the state: a cast would count a reference and give it back.
        if MemoryLayout<Readable>.size <= DecodingState.roomSize, MemoryLayout<Readable>.alignment <= 16 {
            // SAFETY: the value goes in when it has been read, and comes out at once; the two types are the same.
            let room = state.pointee.room
            room.assumingMemoryBound(to: Readable.self).initialize(to: try Readable.read(self, at: index))
            return room.assumingMemoryBound(to: Value.self).move()
        }
        return cast(try Readable.read(self, at: index))
    }
}

/// The value as the type that it is known to have.
@inlinable
@inline(__always)
func cast<Source, Target>(_ value: Source) -> Target {
    // SAFETY: callers have compared the two types; they are the same.
    unsafeBitCast(value, to: Target.self)
}
