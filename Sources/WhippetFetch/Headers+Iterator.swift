// Copyright 2026 the Whippet authors
// SPDX-License-Identifier: Apache-2.0

internal import WhippetInfra

extension Headers {
    /// Gives the fields of headers in the order of their names.
    ///
    /// Implements [sort and combine](https://fetch.spec.whatwg.org/#concept-header-list-sort-and-combine). No field is
    /// copied: places are sorted, by the first eight bytes of the names, which tell most names apart.
    public struct Iterator: IteratorProtocol, Sendable {
        private struct Place {
            /// The first eight bytes of the name in lower case, the first of them highest.
            var key: UInt64
            var index: UInt32
            var isLowercase: Bool
        }

        private let fields: [Field]
        private let places: [Place]
        private var position = 0

        init(_ fields: [Field]) {
            self.fields = fields
            // 1–2. The names in byte-lower case, sorted: values of one name keep their order.
            var places: [Place] = []
            places.reserveCapacity(fields.count)
            for index in fields.indices {
                let (key, isLowercase) = nameKey(fields[index].name)
                places.append(Place(key: key, index: UInt32(truncatingIfNeeded: index), isLowercase: isLowercase))
            }
            Self.sort(&places, fields)
            self.places = places
        }

        /// The next name in lower case and its value, nil at the end.
        public mutating func next() -> Element? {
            guard position < places.count else { return nil }
            let place = places[position]
            position += 1
            // 3–4. One pair per name, except one per `set-cookie`.
            if position == places.count || places[position].key != place.key || !isSameName(place, places[position]) {
                return (name(place), fields[Int(place.index)].value)
            }
            return combined(place)
        }

        private func name(_ place: Place) -> String {
            let name = fields[Int(place.index)].name
            return place.isLowercase ? name : ASCII.lowercased(name)
        }

        /// The pair of a name that stands in more than one field.
        private mutating func combined(_ place: Place) -> Element {
            let name = name(place)
            var value = fields[Int(place.index)].value
            guard name != "set-cookie" else { return (name, value) }
            let separator = name == "cookie" ? "; " : ", "
            while position < places.count, isSameName(place, places[position]) {
                value += separator + fields[Int(places[position].index)].value
                position += 1
            }
            return (name, value)
        }

        private func isSameName(_ left: Place, _ right: Place) -> Bool {
            left.key == right.key
                && equalsIgnoringCase(fields[Int(left.index)].name, fields[Int(right.index)].name)
        }

        // MARK: - Algorithm

        private static func sort(_ places: inout [Place], _ fields: [Field]) {
            guard places.count <= 32 else {
                // The index tells fields of one name apart, which makes the order of any sort that of the list.
                places.sort { isBefore($0, $1, fields) || !isBefore($1, $0, fields) && $0.index < $1.index }
                return
            }
            places.withUnsafeMutableBufferPointer { places in
                var sorted = 1
                while sorted < places.count {
                    let place = places[sorted]
                    var hole = sorted
                    while hole > 0, isBefore(place, places[hole - 1], fields) {
                        places[hole] = places[hole - 1]
                        hole -= 1
                    }
                    places[hole] = place
                    sorted += 1
                }
            }
        }

        private static func isBefore(_ left: Place, _ right: Place, _ fields: [Field]) -> Bool {
            if left.key != right.key { return left.key < right.key }
            let left = fields[Int(left.index)].name
            let right = fields[Int(right.index)].name
            return left.withBytes { left in
                right.withBytes { right in
                    for index in 0..<Swift.min(left.count, right.count) {
                        let first = ASCII.lowercased(left[index])
                        let second = ASCII.lowercased(right[index])
                        if first != second { return first < second }
                    }
                    return left.count < right.count
                }
            }
        }
    }
}

/// The first eight bytes of a name in lower case, the first of them highest, and whether all of the name is.
///
/// A shorter name ends in zeros, which no name has.
private func nameKey(_ name: String) -> (key: UInt64, isLowercase: Bool) {
    name.withBytes { bytes in
        guard bytes.count >= 8 else {
            var word: UInt64 = 0
            for byte in bytes { word = word << 8 | UInt64(byte) }
            word <<= UInt64(8 * (8 - bytes.count))
            let letters = upperCaseLetters(word)
            return (word | letters >> 2, letters == 0)
        }
        let raw = UnsafeRawBufferPointer(bytes)
        // SAFETY: the buffer has the eight bytes that are read each time.
        let word = UInt64(bigEndian: raw.loadUnaligned(as: UInt64.self))
        let letters = upperCaseLetters(word)
        var others: UInt64 = 0
        var offset = 8
        while offset < bytes.count {
            // The last word may begin before the end of the one before.
            others |= upperCaseLetters(
                raw.loadUnaligned(fromByteOffset: Swift.min(offset, bytes.count - 8), as: UInt64.self))
            offset += 8
        }
        return (word | letters >> 2, letters | others == 0)
    }
}

/// The highest bit of each of eight ASCII bytes that is an upper-case letter: a token is ASCII.
private func upperCaseLetters(_ word: UInt64) -> UInt64 {
    // 0x3F carries a byte from "A" on into its highest bit, 0x25 one behind "Z".
    (word &+ 0x3F3F_3F3F_3F3F_3F3F) & ~(word &+ 0x2525_2525_2525_2525) & 0x8080_8080_8080_8080
}
