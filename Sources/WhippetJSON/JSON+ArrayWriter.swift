// Copyright 2026 the Whippet authors
// SPDX-License-Identifier: Apache-2.0

extension JSON {
    /// The elements of an array that is being written.
    public struct ArrayWriter: ~Copyable {
        @usableFromInline var writer: Writer
        private var hasElements = false

        @usableFromInline
        init(in place: inout Writer) throws {
            writer = Writer(place)
            try writer.open(UInt8(ascii: "["))
        }

        /// Writes an element; nil is `null`.
        @inlinable
        public mutating func write<Value: JSONWritable>(_ value: Value) throws {
            do {
                try begin()
                try value.write(json: &writer)
            } catch {
                writer.fail(error)
                throw error
            }
        }

        /// Writes an element by way of `Encodable`, for types that know no other.
        public mutating func encode<Value: Encodable>(_ value: Value) throws {
            do {
                try begin()
                try writer.encode(value)
            } catch {
                writer.fail(error)
                throw error
            }
        }

        /// Writes an element that is an object.
        @inlinable
        public mutating func object(_ members: (inout ObjectWriter) throws -> Void) throws {
            try begin()
            try writer.object(members)
        }

        /// Writes an element that is an array.
        @inlinable
        public mutating func array(_ elements: (inout ArrayWriter) throws -> Void) throws {
            try begin()
            try writer.array(elements)
        }

        @usableFromInline
        mutating func begin() throws {
            try writer.element(hasComma: hasElements)
            hasElements = true
        }

        @usableFromInline
        func end() throws {
            try writer.close(UInt8(ascii: "]"))
        }
    }
}
