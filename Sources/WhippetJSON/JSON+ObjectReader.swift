// Copyright 2026 the Whippet authors
// SPDX-License-Identifier: Apache-2.0

extension JSON {
    /// The members of an object that is being read.
    ///
    /// Members can be read in any order and more than once; of two equal keys the last one's value counts.
    public struct ObjectReader {
        private var place: ObjectPlace

        init(_ place: ObjectPlace) {
            self.place = place
        }

        /// Reads the value under `key`.
        ///
        /// ```swift
        /// func price(_ reader: JSON.Reader) throws -> (amount: Double, currency: String) {
        ///     var object = try reader.object()
        ///     return (try object.read("amount"), try object.read("currency") ?? "EUR")
        /// }
        /// ```
        /// - Throws: `JSONError` where the key is missing and the type has no value for that, or where the value is
        ///   not what the type expects.
        @inlinable
        public mutating func read<Value: JSONReadable>(
            _ key: StaticString, as type: Value.Type = Value.self
        ) throws -> Value {
            // Fast path: one call for the types that most members have. Their `init(json:)` gives the same.
            if Value.self == String.self { return cast(try string(key)) }
            if Value.self == Int.self { return cast(try int(key)) }
            if Value.self == Double.self { return cast(try double(key)) }
            if Value.self == Bool.self { return cast(try bool(key)) }
            let reader = try find(key)
            if reader.index != 0 { return try Value(json: reader) }
            if let value = Value.forMissingKey { return value }
            throw missing(key.description)
        }

        /// Reads the value under a key that is known when the program runs only.
        ///
        /// - Throws: As `read(_:as:)`.
        @inlinable
        public mutating func read<Value: JSONReadable>(
            key: String, as type: Value.Type = Value.self
        ) throws -> Value {
            let reader = try find(key)
            if reader.index != 0 { return try Value(json: reader) }
            if let value = Value.forMissingKey { return value }
            throw missing(key)
        }

        /// Reads the value under `key` by way of `Decodable`, for types that know no other.
        ///
        /// - Throws: `JSONError` where the key is missing or the value is not what the type expects.
        public mutating func decode<Value: Decodable>(
            _ key: StaticString, as type: Value.Type = Value.self
        ) throws -> Value {
            let reader = try find(key)
            if reader.index == 0 { throw missing(key.description) }
            return try reader.decode(type)
        }

        /// The value under `key`, nil where there is none.
        public mutating func value(_ key: StaticString) -> Reader? {
            guard let reader = try? find(key), reader.index != 0 else { return nil }
            return reader
        }

        /// How many members there are, those of equal keys included.
        public var count: Int { place.reader.isLive ? place.reader.tape[place.index].count : 0 }

        /// The keys and values in the order of the text, each key once.
        public var members: [(key: String, value: Reader)] {
            guard place.reader.isLive else { return [] }
            return place.keyIndices.map {
                (place.reader.tape.string(place.reader.tape[$0]), Reader(place.reader, at: $0 + 1))
            }
        }

        /// Makes sure that the object has no keys but these, for those who don't want to ignore the others.
        ///
        /// - Throws: `JSONError` that names the first other key.
        public func refuseKeys(otherThan known: Set<String>) throws {
            try place.reader.check()
            for index in place.keyIndices {
                let key = place.reader.tape.string(place.reader.tape[index])
                if !known.contains(key) { throw Reader(place.reader, at: index + 1).error("is not a known key") }
            }
        }

        // MARK: - Lookup

        /// The value under `key`; one with the index 0 where there is none.
        @usableFromInline
        mutating func find(_ key: StaticString) throws -> Reader {
            Reader(place.reader, at: try index(key))
        }

        @usableFromInline
        mutating func string(_ key: StaticString) throws -> String {
            try place.reader.string(at: try present(key))
        }

        @usableFromInline
        mutating func int(_ key: StaticString) throws -> Int {
            try place.reader.integer(Int.self, at: try present(key))
        }

        @usableFromInline
        mutating func double(_ key: StaticString) throws -> Double {
            try place.reader.double(at: try present(key))
        }

        @usableFromInline
        mutating func bool(_ key: StaticString) throws -> Bool {
            try place.reader.bool(at: try present(key))
        }

        /// Where the value under `key` is, which must be there.
        @inline(__always)
        private mutating func present(_ key: StaticString) throws -> UInt32 {
            let index = try index(key)
            if index == 0 { throw missing(key.description) }
            return index
        }

        /// Where the value under `key` is, 0 where there is none.
        @inline(__always)
        private mutating func index(_ key: StaticString) throws -> UInt32 {
            try place.reader.check()
            guard key.hasPointerRepresentation else { return indexOfCharacter(key) }
            return place.find(UnsafeBufferPointer(start: key.utf8Start, count: key.utf8CodeUnitCount))
        }

        /// Where the value is under a key that is one character without a place in memory.
        @inline(never)
        private mutating func indexOfCharacter(_ key: StaticString) -> UInt32 {
            place.find(key.description, isLast: true)
        }

        /// The value under `key`; one with the index 0 where there is none.
        @usableFromInline
        mutating func find(_ key: String) throws -> Reader {
            try place.reader.check()
            return Reader(place.reader, at: place.find(key, isLast: true))
        }

        @usableFromInline
        func missing(_ key: String) -> any Error {
            place.reader.missingKey(AnyKey(stringValue: key), in: place.index)
        }
    }
}
