// Copyright 2026 the Whippet authors
// SPDX-License-Identifier: Apache-2.0

/// Strings of up to 15 ASCII characters, which need no memory of their own, put together in two words.
///
/// Most keys and many values are that short, and the standard library's way copies them twice. A string's layout is
/// frozen: code of the standard library that is compiled into every program goes by it. Should it ever change,
/// `isUsable` says so and all strings are made in the usual way.
enum SmallString {
    private typealias Words = (UInt64, UInt64)

    /// Whether strings are laid out as this file thinks.
    static let isUsable: Bool = {
        guard MemoryLayout<String>.size == MemoryLayout<Words>.size, UInt64(littleEndian: 1) == 1 else { return false }
        return ["", "a", "abcdefg", "abcdefgh", "abcdefghi", "abcdefghijklmno"].allSatisfy { sample in
            // Not the literal itself, which has another form.
            let string = String(decoding: Array(sample.utf8), as: UTF8.self)
            // SAFETY: the sizes have been compared; any two words are a value of `Words`.
            let found = unsafeBitCast(string, to: Words.self)
            return ([UInt8](repeating: 0x22, count: 8) + Array(sample.utf8)).withUnsafeBufferPointer { bytes in
                guard let start = bytes.baseAddress, let made = words(start + 8, count: bytes.count - 8) else {
                    return false
                }
                let (low, high, count) = SmallString.words(of: string) ?? (0, 0, 0)
                return made == found && low == made.0 && high == made.1 & ~(0xFF << 56)
                    && count == sample.utf8.count
            }
        }
    }()

    /// The string of ASCII, nil for longer runs and other characters.
    // SAFETY: `start` has `count` bytes, and at least eight stand before their end; `isUsable` is true.
    @inline(__always)
    static func make(_ start: UnsafePointer<UInt8>, count: Int) -> String? {
        guard var words = words(start, count: count) else { return nil }
        // Taken out of memory: a cast would count a reference, which a short string doesn't have.
        return withUnsafeMutablePointer(to: &words) {
            UnsafeMutableRawPointer($0).assumingMemoryBound(to: String.self).move()
        }
    }

    /// The UTF-8 of a string that needs no memory, in the order of the bytes, and its length; nil for another string.
    // SAFETY: `isUsable` is true.
    @inline(__always)
    static func words(of string: String) -> (low: UInt64, high: UInt64, count: Int)? {
        let (low, high) = unsafeBitCast(string, to: Words.self)
        guard high & 1 << 61 != 0 else { return nil }
        return (low, high & ~(0xFF << 56), Int(truncatingIfNeeded: high >> 56 & 0xF))
    }

    // SAFETY: as for `make`.
    @inline(__always)
    private static func words(_ start: UnsafePointer<UInt8>, count: Int) -> Words? {
        let bytes = UnsafeRawPointer(start)
        // The last eight bytes, moved down so that those that count come first.
        let tail = (bytes + (count - 8)).loadUnaligned(as: UInt64.self)
        let low: UInt64
        var high: UInt64 = 0
        if count < 8 {
            low = tail >> UInt64(truncatingIfNeeded: 64 &- count &* 8)
        } else if count < 16 {
            low = bytes.loadUnaligned(as: UInt64.self)
            high = tail >> UInt64(truncatingIfNeeded: 128 &- count &* 8)
        } else {
            return nil
        }
        guard (low | high) & 0x8080_8080_8080_8080 == 0 else { return nil }
        return (low, high | (0xE0 | UInt64(truncatingIfNeeded: count)) << 56)
    }
}
