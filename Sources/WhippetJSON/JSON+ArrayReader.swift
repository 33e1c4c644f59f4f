// Copyright 2026 the Whippet authors
// SPDX-License-Identifier: Apache-2.0

extension JSON {
    /// The elements of an array that is being read, one after another.
    ///
    /// ```swift
    /// struct Point: JSONReadable {
    ///     var x: Double
    ///     var y: Double
    ///
    ///     init(json reader: JSON.Reader) throws {
    ///         var array = try reader.array()
    ///         x = try array.read()
    ///         y = try array.read()
    ///     }
    /// }
    /// ```
    public struct ArrayReader: Sequence, IteratorProtocol {
        private let tape: TapeReader
        private let index: UInt32
        private let end: UInt32
        private var position: UInt32

        init(_ tape: TapeReader, at index: UInt32) {
            self.tape = tape
            self.index = index
            end = tape.tape[index].end
            position = index + 1
        }

        /// How many elements the array has.
        public var count: Int { tape.isLive ? tape.tape[index].count : 0 }

        /// The next element, nil after the last one.
        public mutating func next() -> Reader? {
            guard tape.isLive, position < end else { return nil }
            let element = Reader(tape, at: position)
            position = tape.state.pointee.tape.next(after: position)
            return element
        }

        /// Reads the next element.
        ///
        /// - Throws: `JSONError` where there is none or it is not what the type expects.
        @inlinable
        public mutating func read<Value: JSONReadable>(_ type: Value.Type = Value.self) throws -> Value {
            guard let element = next() else { throw missingElement(type) }
            return try Value(json: element)
        }

        @usableFromInline
        func missingElement(_ type: Any.Type) -> any Error {
            tape.isLive ? tape.missingElement(type, in: index) : TapeReader.outOfDate
        }
    }
}
