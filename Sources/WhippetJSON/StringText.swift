// Copyright 2026 the Whippet authors
// SPDX-License-Identifier: Apache-2.0

internal import WhippetInfra

#if canImport(Darwin)
internal import Darwin
#elseif canImport(Musl)
internal import Musl
#else
internal import Glibc
#endif

/// The bytes of JSON strings: comparing, unescaping.
enum StringText {
    /// Whether two runs of one length hold the same bytes.
    // SAFETY: both hold `count` bytes; the loads of short runs overlap rather than pass the end.
    @inline(__always)
    static func areEqual(_ left: UnsafeBufferPointer<UInt8>, _ right: UnsafeBufferPointer<UInt8>) -> Bool {
        let count = left.count
        guard count == right.count, let leftStart = left.baseAddress, let rightStart = right.baseAddress else {
            return count == right.count
        }
        let first = UnsafeRawPointer(leftStart)
        let second = UnsafeRawPointer(rightStart)
        if count > 16 { return memcmp(first, second, count) == 0 }
        if count >= 8 {
            return word(first) == word(second) && word(first + (count - 8)) == word(second + (count - 8))
        }
        if count >= 4 {
            return half(first) == half(second) && half(first + (count - 4)) == half(second + (count - 4))
        }
        // The middle byte of three, the second of two, the only one of one.
        if count == 0 { return true }
        let middle = count >> 1
        let last = count &- 1
        return leftStart.pointee == rightStart.pointee && leftStart[middle] == rightStart[middle]
            && leftStart[last] == rightStart[last]
    }

    @inline(__always)
    private static func word(_ pointer: UnsafeRawPointer) -> UInt64 { pointer.loadUnaligned(as: UInt64.self) }

    @inline(__always)
    private static func half(_ pointer: UnsafeRawPointer) -> UInt32 { pointer.loadUnaligned(as: UInt32.self) }

    /// Calls `body` with the UTF-8 of a string.
    ///
    /// `withUTF8` takes a variable, and so a copy of the string with its reference.
    @inline(__always)
    static func withBytes<Result>(of string: String, _ body: (UnsafeBufferPointer<UInt8>) -> Result) -> Result {
        if let result = string.utf8.withContiguousStorageIfAvailable(body) { return result }
        var copy = string
        return copy.withUTF8(body)
    }

    /// A digest of a key's bytes: equal for equal bytes, and different for most that differ.
    ///
    /// - Parameter end: The end of the text in which the key stands.
    // SAFETY: reads `count` bytes from `start`, and eight at once only where the text has as many.
    @inline(__always)
    static func digest(_ start: UnsafePointer<UInt8>, _ count: Int, _ end: UnsafePointer<UInt8>) -> UInt16 {
        let raw = UnsafeRawPointer(start)
        var mixed: UInt64 = 0
        if count >= 8 {
            mixed = word(raw) ^ word(raw + (count - 8)) &* 0xC2B2_AE3D_27D4_EB4F
        } else if end - start >= 8 {
            mixed = UInt64(littleEndian: word(raw)) & ~(~0 << UInt64(truncatingIfNeeded: count &* 8))
        } else {
            for index in 0..<count { mixed |= UInt64(start[index]) << UInt64(truncatingIfNeeded: index &* 8) }
        }
        mixed = (mixed ^ UInt64(UInt(bitPattern: count))) &* 0x9E37_79B9_7F4A_7C15
        return UInt16(truncatingIfNeeded: mixed >> 48)
    }

    /// Writes the characters of a scanned string and returns how many bytes they take, at most those of `source`.
    ///
    /// Half of a surrogate pair without the other half, which no Unicode text can hold, becomes U+FFFD, as where
    /// JavaScript turns a string into a [USVString](https://webidl.spec.whatwg.org/#idl-USVString).
    static func unescape(
        _ source: UnsafeBufferPointer<UInt8>, into target: UnsafeMutableBufferPointer<UInt8>
    ) -> Int {
        var written = 0
        var position = 0
        while position < source.count {
            let plain = min(plainCount(source, from: position), target.count - written)
            if plain > 0, let from = source.baseAddress, let to = target.baseAddress {
                (to + written).update(from: from + position, count: plain)
                written += plain
                position += plain
            }
            guard position + 1 < source.count else { break }
            let escape = source[position + 1]
            position += 2
            switch escape {
            case UInt8(ascii: "b"): target[written] = 0x08
            case UInt8(ascii: "f"): target[written] = 0x0C
            case UInt8(ascii: "n"): target[written] = 0x0A
            case UInt8(ascii: "r"): target[written] = 0x0D
            case UInt8(ascii: "t"): target[written] = 0x09
            case UInt8(ascii: "u"):
                var scalar = codeUnit(source, at: position)
                position += 4
                if scalar & 0xFC00 == 0xD800, position + 5 < source.count, source[position] == UInt8(ascii: "\\"),
                    source[position + 1] == UInt8(ascii: "u")
                {
                    let low = codeUnit(source, at: position + 2)
                    if low & 0xFC00 == 0xDC00 {
                        scalar = 0x10000 + (scalar & 0x3FF) << 10 + low & 0x3FF
                        position += 6
                    }
                }
                let bytes = UTF8.encode(Unicode.Scalar(scalar) ?? "\u{FFFD}") ?? UTF8.encodedReplacementCharacter
                for byte in bytes {
                    target[written] = byte
                    written += 1
                }
                continue
            default: target[written] = escape  // The quote, the backslash and the slash stand for themselves.
            }
            written += 1
        }
        return written
    }

    /// How many bytes there are before the next backslash.
    private static func plainCount(_ source: UnsafeBufferPointer<UInt8>, from position: Int) -> Int {
        guard let start = source.baseAddress, let found = memchr(start + position, 0x5C, source.count - position) else {
            return source.count - position
        }
        return UnsafeRawPointer(found) - UnsafeRawPointer(start + position)
    }

    /// The four hexadecimal digits at `position`, which the scanner has checked.
    private static func codeUnit(_ source: UnsafeBufferPointer<UInt8>, at position: Int) -> UInt32 {
        guard position + 4 <= source.count else { return 0xFFFD }
        return source[position..<position + 4].reduce(0) { $0 << 4 | UInt32(ASCII.hexValue($1) ?? 0) }
    }
}
