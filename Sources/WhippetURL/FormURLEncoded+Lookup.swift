// Copyright 2026 the Whippet authors
// SPDX-License-Identifier: Apache-2.0

@_spi(Whippet) internal import WhippetInfra

/// One name looked up in a query: nothing is decoded but the values that are found, and nothing is kept.
///
/// The test "a lookup agrees with the list" proves it equal to parsing the query first.
extension FormURLEncoded {
    /// The value of the first pair with a name in a list.
    @usableFromInline
    static func value(of name: String, in list: [(name: String, value: String)]) -> String? {
        list.first { $0.name.utf8.elementsEqual(name.utf8) }?.value
    }

    /// The value of the first pair with a name in a query that stands in a text.
    @usableFromInline
    static func value(of name: String, in text: String, _ range: Range<UInt32>) -> String? {
        withQuery(name, text, range) { name, query in
            query.valueStart(of: name, from: 0).map { query.value(from: $0) }
        }
    }

    /// Whether there is a pair with a name in a query that stands in a text.
    static func contains(_ name: String, in text: String, _ range: Range<UInt32>) -> Bool {
        withQuery(name, text, range) { name, query in query.valueStart(of: name, from: 0) != nil }
    }

    /// The values of all pairs with a name in a query that stands in a text.
    static func values(of name: String, in text: String, _ range: Range<UInt32>) -> [String] {
        withQuery(name, text, range) { name, query in
            var values: [String] = []
            var position = 0
            while let start = query.valueStart(of: name, from: position) {
                values.append(query.value(from: start))
                position = query.ampersand(from: start) + 1
            }
            return values
        }
    }

    private static func withQuery<Result>(
        _ name: String, _ text: String, _ range: Range<UInt32>, _ body: (UnsafeBufferPointer<UInt8>, Query) -> Result
    ) -> Result {
        name.withUTF8Bytes { name in
            text.withUTF8Bytes { text in
                // SAFETY: the pointers stay within their closures; the slice checks the range.
                body(name, Query(bytes: UnsafeBufferPointer(rebasing: text[Range(range)])))
            }
        }
    }
}

/// The bytes of a query while one name is looked up in it.
private struct Query {
    // SAFETY: it lives as long as the closure that lends the memory, and every access is checked against its size: by
    // the conditions of the loops, in debug builds by the buffer, too.
    let bytes: UnsafeBufferPointer<UInt8>

    /// Where the value of the next pair with a name begins, seen from the beginning of a pair.
    func valueStart(of name: UnsafeBufferPointer<UInt8>, from start: Int) -> Int? {
        var start = start
        while start < bytes.count {
            switch comparison(with: name, at: start) {
            case .same(let end): return end < bytes.count && bytes[end] == 0x3D ? end + 1 : end
            case .other(let index): start = ampersand(from: index) + 1
            case .undecided: return valueStart(ofDecoded: name.span, from: start)
            }
        }
        return nil
    }

    /// What a pair's name is to the name that is looked for.
    private enum Comparison {
        /// It is that name, and it ends here.
        case same(end: Int)
        /// It is another one; the pair does not end before this place.
        case other(Int)
        /// It takes a decoder to tell.
        case undecided
    }

    /// Compares a name with the one of the pair that starts at an index, byte by byte as they are decoded.
    @inline(__always)
    private func comparison(with name: UnsafeBufferPointer<UInt8>, at start: Int) -> Comparison {
        var index = start
        var position = 0
        while position < name.count {
            guard index < bytes.count else { return .other(index) }
            let byte = name[position]
            let next = bytes[index]
            if next == byte, byte &- 0x3E < 0x42 {
                // A letter that is the same: most bytes are, and need no look at all that they are not.
                index += 1
            } else if byte == 0xEF {
                // Text with U+FFFD may stand for bytes that are not UTF-8, and no other text may.
                return .undecided
            } else if next == 0x25 || next == 0x2B {
                guard FormURLEncoded.decodedByte(bytes.span, at: &index) == byte else { return .other(index) }
            } else {
                guard next == byte, next != 0x3D, next != 0x26 else { return .other(index) }
                index += 1
            }
            position += 1
        }
        // An empty sequence is no pair, not even one without a name.
        guard index < bytes.count, bytes[index] != 0x3D else { return .same(end: index) }
        return bytes[index] == 0x26 && index > start ? .same(end: index) : .other(index)
    }

    /// The same with every name decoded.
    private func valueStart(ofDecoded name: Span<UInt8>, from start: Int) -> Int? {
        let name = UTF8Decoding.decodeWithoutBOM(name)
        let query = bytes.span
        var position = start
        while let pair = FormURLEncoded.nextPair(query, &position) {
            if FormURLEncoded.decode(query.extracting(pair.name)).utf8.elementsEqual(name.utf8) {
                return pair.value.lowerBound
            }
        }
        return nil
    }

    /// The value that starts at an index and ends with its pair, decoded.
    func value(from start: Int) -> String {
        var end = valueStop(from: start)
        let isPlain = end == bytes.count || bytes[end] == 0x26
        if !isPlain { end = ampersand(from: end) }
        let value = UnsafeBufferPointer(rebasing: bytes[start..<end])
        return isPlain ? String(decoding: value, as: UTF8.self) : FormURLEncoded.decode(value.span)
    }

    // MARK: - Bytes that end something

    /// The index of the next `&`, or the end.
    func ampersand(from start: Int) -> Int {
        firstIndex(from: start, where: { $0 == 0x26 }, marks: { occurrences(of: 0x26, in: $0) })
    }

    /// The index of the next `&`, or of the `%` or `+` that stands before it and needs decoding, or the end.
    private func valueStop(from start: Int) -> Int {
        firstIndex(
            from: start, where: { $0 == 0x26 || $0 == 0x25 || $0 == 0x2B },
            marks: { occurrences(of: 0x26, in: $0) | occurrences(of: 0x25, in: $0) | occurrences(of: 0x2B, in: $0) })
    }

    /// The index of the first byte that `isStop` says, or the end.
    ///
    /// - Parameter marks: Looks at eight bytes at a time and sets the top bit of the first such byte.
    @inline(__always)
    private func firstIndex(from start: Int, where isStop: (UInt8) -> Bool, marks: (UInt64) -> UInt64) -> Int {
        var index = start
        while index + 8 <= bytes.count {
            // SAFETY: the condition of the loop keeps the eight bytes within the buffer.
            let word = UnsafeRawBufferPointer(bytes).loadUnaligned(fromByteOffset: index, as: UInt64.self).littleEndian
            let found = marks(word)
            if found != 0 { return index + found.trailingZeroBitCount / 8 }
            index += 8
        }
        while index < bytes.count, !isStop(bytes[index]) { index += 1 }
        return index
    }

    /// The top bit of each byte that is this one; of those after the first some may be wrong.
    @inline(__always)
    private func occurrences(of byte: UInt8, in word: UInt64) -> UInt64 {
        let difference = word ^ (UInt64(byte) &* 0x0101_0101_0101_0101)
        return (difference &- 0x0101_0101_0101_0101) & ~difference & 0x8080_8080_8080_8080
    }
}
