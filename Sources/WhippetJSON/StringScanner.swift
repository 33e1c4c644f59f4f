// Copyright 2026 the Whippet authors
// SPDX-License-Identifier: Apache-2.0

internal import WhippetInfra

/// Finds the end of a JSON string and checks its characters.
///
/// Source: [RFC 8259 §7](https://www.rfc-editor.org/rfc/rfc8259#section-7).
// SAFETY (of the pointers): `position` is read only below `end`; eight bytes at once only where eight are left.
enum StringScanner {
    private static let ones: UInt64 = 0x0101_0101_0101_0101
    private static let highBits: UInt64 = 0x8080_8080_8080_8080

    /// Scans a string whose opening quote has just been passed, up to and over the closing one.
    ///
    /// - Returns: The string's entry, and where the text goes on.
    @inline(__always)
    static func scan(
        _ first: UnsafePointer<UInt8>, _ start: UnsafePointer<UInt8>, _ end: UnsafePointer<UInt8>
    ) throws(ScanError) -> (TapeEntry, UnsafePointer<UInt8>) {
        let position = skipPlain(first, end)
        // Fast path: nothing but plain ASCII. `slow` gives the same for it.
        if position < end, position.pointee == UInt8(ascii: "\"") {
            return (
                TapeEntry(.string, offset: first - start, payload: UInt64(UInt(bitPattern: position - first))),
                position + 1
            )
        }
        return try slow(position, from: first, start, end)
    }

    /// The next byte that ends a string, starts an escape, is not ASCII or not allowed.
    @inline(__always)
    static func skipPlain(
        _ start: UnsafePointer<UInt8>, _ end: UnsafePointer<UInt8>
    ) -> UnsafePointer<UInt8> {
        var position = start
        while end - position >= 8 {
            let word = UInt64(littleEndian: UnsafeRawPointer(position).loadUnaligned(as: UInt64.self))
            let quotes = word ^ (ones &* 0x22)
            let backslashes = word ^ (ones &* 0x5C)
            // A byte above 0x7F ends the run anyway, so it does not matter what it adds to the three tests. A borrow
            // can set bits above the first hit, never below it: the lowest one is right.
            let hits = ((word &- ones &* 0x20) | (quotes &- ones) | (backslashes &- ones) | word) & highBits
            if hits != 0 { return position + hits.trailingZeroBitCount >> 3 }
            position += 8
        }
        while position < end {
            let byte = position.pointee
            if byte < 0x20 || byte >= 0x80 || byte == 0x22 || byte == 0x5C { break }
            position += 1
        }
        return position
    }

    /// Goes on after the plain characters at a string's start.
    @inline(never)
    static func slow(
        _ reached: UnsafePointer<UInt8>, from first: UnsafePointer<UInt8>, _ start: UnsafePointer<UInt8>,
        _ end: UnsafePointer<UInt8>
    ) throws(ScanError) -> (TapeEntry, UnsafePointer<UInt8>) {
        var position = reached
        var kind = TapeKind.string
        while position < end {
            let byte = position.pointee
            if byte == UInt8(ascii: "\"") {
                let count = UInt64(UInt(bitPattern: position - first))
                return (TapeEntry(kind, offset: first - start, payload: count), position + 1)
            } else if byte == UInt8(ascii: "\\") {
                kind = .escapedString
                try escape(&position, start, end)
                position = skipPlain(position, end)
            } else if byte >= 0x80 {
                let length = sequenceLength(position, end)
                guard length > 0 else { throw ScanError(.invalidUTF8, at: position - start) }
                position += length
                if position < end, position.pointee < 0x80 { position = skipPlain(position, end) }
            } else if byte < 0x20 {
                throw ScanError(.controlCharacter, at: position - start)
            } else {
                position += 1
            }
        }
        throw ScanError(.unclosedString, at: first - 1 - start)
    }

    private static func escape(
        _ position: inout UnsafePointer<UInt8>, _ start: UnsafePointer<UInt8>, _ end: UnsafePointer<UInt8>
    ) throws(ScanError) {
        guard end - position >= 2 else { throw ScanError(.badEscape, at: position - start) }
        switch position[1] {
        case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"), UInt8(ascii: "b"), UInt8(ascii: "f"),
            UInt8(ascii: "n"), UInt8(ascii: "r"), UInt8(ascii: "t"):
            position += 2
        case UInt8(ascii: "u"):
            guard end - position >= 6, (2..<6).allSatisfy({ ASCII.hexValue(position[$0]) != nil }) else {
                throw ScanError(.badEscape, at: position - start)
            }
            position += 6
        default:
            throw ScanError(.badEscape, at: position - start)
        }
    }

    /// The length of the well-formed UTF-8 sequence at `position`, 0 where it is none.
    ///
    /// Source: [Unicode §3.9, table 3-7](https://www.unicode.org/versions/Unicode16.0.0/core-spec/chapter-3/#G27506).
    @inline(__always)
    private static func sequenceLength(_ position: UnsafePointer<UInt8>, _ end: UnsafePointer<UInt8>) -> Int {
        let left = end - position
        guard left >= 2 else { return 0 }
        let second = position[1]
        func continues(_ index: Int) -> Bool { position[index] & 0xC0 == 0x80 }
        switch position[0] {
        case 0xC2...0xDF:
            return second & 0xC0 == 0x80 ? 2 : 0
        case 0xE0...0xEF:
            guard left >= 3, continues(2) else { return 0 }
            switch position[0] {
            case 0xE0: return 0xA0...0xBF ~= second ? 3 : 0
            case 0xED: return 0x80...0x9F ~= second ? 3 : 0
            default: return second & 0xC0 == 0x80 ? 3 : 0
            }
        case 0xF0...0xF4:
            guard left >= 4, continues(2), continues(3) else { return 0 }
            switch position[0] {
            case 0xF0: return 0x90...0xBF ~= second ? 4 : 0
            case 0xF4: return 0x80...0x8F ~= second ? 4 : 0
            default: return second & 0xC0 == 0x80 ? 4 : 0
            }
        default:
            return 0
        }
    }
}
