// Copyright 2026 the Whippet authors
// SPDX-License-Identifier: Apache-2.0

extension JSON {
    /// The members of an object that is being written.
    public struct ObjectWriter: ~Copyable {
        @usableFromInline var writer: Writer
        private var hasMembers = false

        @usableFromInline
        init(in place: inout Writer) throws {
            writer = Writer(place)
            try writer.open(UInt8(ascii: "{"))
        }

        /// Writes a member; nil is left out.
        @inlinable
        public mutating func write<Value: JSONWritable>(_ key: StaticString, _ value: Value) throws {
            if value.leavesOutKey { return }
            do {
                try begin(key)
                try value.write(json: &writer)
            } catch {
                writer.fail(error)
                throw error
            }
        }

        /// Writes a member whose key is data, with that key and no other.
        ///
        /// - Parameters:
        ///   - key: The key.
        ///   - value: The value.
        ///   - keepsNil: Whether nil is written as `null` rather than left out.
        ///
        /// A key that is written twice stands twice in the text, and readers take the last.
        @inlinable
        public mutating func write<Value: JSONWritable>(
            key: String, _ value: Value, keepsNil: Bool = false
        ) throws {
            if value.leavesOutKey, !keepsNil { return }
            do {
                try begin(key)
                try value.write(json: &writer)
            } catch {
                writer.fail(error)
                throw error
            }
        }

        /// Writes a member by way of `Encodable`, for types that know no other.
        public mutating func encode<Value: Encodable>(_ key: StaticString, _ value: Value) throws {
            do {
                try begin(key)
                try writer.encode(value)
            } catch {
                writer.fail(error)
                throw error
            }
        }

        /// Writes a member that is an object.
        @inlinable
        public mutating func object(
            _ key: StaticString, _ members: (inout ObjectWriter) throws -> Void
        ) throws {
            try begin(key)
            try writer.object(members)
        }

        /// Writes a member that is an array.
        @inlinable
        public mutating func array(_ key: StaticString, _ elements: (inout ArrayWriter) throws -> Void) throws {
            try begin(key)
            try writer.array(elements)
        }

        @usableFromInline
        mutating func begin(_ key: StaticString) throws {
            let hasComma = hasMembers
            hasMembers = true
            guard key.hasPointerRepresentation else { return try writer.member(key.description, hasComma: hasComma) }
            let name = UnsafeBufferPointer(start: key.utf8Start, count: key.utf8CodeUnitCount)
            try writer.member(name, hasComma: hasComma)
        }

        @usableFromInline
        mutating func begin(_ key: String) throws {
            let hasComma = hasMembers
            hasMembers = true
            try writer.member(key, hasComma: hasComma)
        }

        @usableFromInline
        func end() throws {
            try writer.close(UInt8(ascii: "}"))
        }
    }
}
