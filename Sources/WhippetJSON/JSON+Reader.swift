// Copyright 2026 the Whippet authors
// SPDX-License-Identifier: Apache-2.0

extension JSON {
    /// A value in a JSON text that is being read: what `init(json:)` of a `JSONReadable` gets.
    ///
    /// A reader is good until the `JSON.read` that made it returns; using it later throws.
    public struct Reader {
        /// What a value is.
        public enum Kind: Hashable, Sendable {
            /// `null`.
            case null
            /// `true` or `false`.
            case bool
            /// A number.
            case number
            /// A string.
            case string
            /// A list of values.
            case array
            /// Values under keys.
            case object
        }

        let tape: TapeReader
        /// Where the value is on the tape; 0, the outermost value, also stands for a member that is missing.
        @usableFromInline let index: UInt32

        init(_ tape: TapeReader, at index: UInt32) {
            self.tape = tape
            self.index = index
        }

        /// Starts a call of `JSON.read`, which must end it.
        @usableFromInline
        init(_ bytes: UnsafeBufferPointer<UInt8>, _ options: DecodingOptions) throws {
            let state = DecodingPool.take()
            do {
                try state.pointee.begin(bytes, options)
            } catch {
                DecodingPool.give(state)
                throw error
            }
            tape = TapeReader(state: state, generation: state.pointee.generation)
            index = 0
        }

        /// Ends the call: this reader and all that came from it are out of date.
        @usableFromInline
        func end() {
            DecodingPool.give(tape.state)
        }

        @usableFromInline
        func publicError(_ error: any Error) -> any Error {
            tape.publicError(error)
        }

        // MARK: - What the value is

        /// What the value is; `null` where the reader is out of date.
        public var kind: Kind {
            guard tape.isLive else { return .null }
            switch tape.kind(at: index) {
            case .null: return .null
            case .false, .true: return .bool
            case .signed, .unsigned, .double: return .number
            case .string, .escapedString: return .string
            case .array: return .array
            case .object: return .object
            }
        }

        /// Whether the value is `null`.
        public var isNull: Bool { tape.isLive && tape.isNull(at: index) }

        /// What the options of the call hand to those who read.
        public var userInfo: [CodingUserInfoKey: Any] { tape.userInfo }

        // MARK: - Reading

        /// Reads the value.
        ///
        /// - Throws: `JSONError` where it is not what the type expects.
        @inlinable
        public func read<Value: JSONReadable>(_ type: Value.Type = Value.self) throws -> Value {
            try Value(json: self)
        }

        /// Reads the value by way of `Decodable`, for types that know no other.
        ///
        /// - Throws: `JSONError` where it is not what the type expects.
        public func decode<Value: Decodable>(_ type: Value.Type = Value.self) throws -> Value {
            try tape.check()
            return try tape.value(type, at: index)
        }

        /// The members of the object.
        ///
        /// - Throws: `JSONError` where the value is no object.
        public func object() throws -> ObjectReader {
            try tape.check()
            guard tape.kind(at: index) == .object else {
                throw tape.mismatch([String: Any].self, expected: "an object", at: index)
            }
            return ObjectReader(ObjectPlace(reader: tape, at: index))
        }

        /// The elements of the array.
        ///
        /// - Throws: `JSONError` where the value is no array.
        public func array() throws -> ArrayReader {
            try tape.check()
            guard tape.kind(at: index) == .array else {
                throw tape.mismatch([Any].self, expected: "an array", at: index)
            }
            return ArrayReader(tape, at: index)
        }

        /// The elements of an array of strings.
        @usableFromInline
        func strings() throws -> [String] {
            _ = try array()
            return try tape.elements(at: index) { try tape.string(at: $0) }
        }

        /// The error to throw for a value that is of the right kind, but not usable.
        ///
        /// - Parameter reason: What is wrong, without the path, which is put in front: `must not be negative`.
        public func error(_ reason: String) -> any Error {
            tape.isLive ? tape.corrupted(.dataCorrupted, at: index, reason) : TapeReader.outOfDate
        }
    }
}
