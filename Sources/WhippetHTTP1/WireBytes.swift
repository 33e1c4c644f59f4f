// Copyright 2026 the Whippet authors
// SPDX-License-Identifier: Apache-2.0

internal import WhippetInfra

/// Tests and copies of wire bytes, eight or sixteen at a time.
enum WireBytes {
    /// Whether these bytes may stand as a field name: a token.
    ///
    /// Source: [RFC 9110 §5.1](https://www.rfc-editor.org/rfc/rfc9110#section-5.1).
    static func isFieldName(_ bytes: UnsafeBufferPointer<UInt8>) -> Bool {
        for byte in bytes where !ByteSet.token.contains(byte) { return false }
        return !bytes.isEmpty
    }

    /// Whether these bytes may stand as a field value or reason phrase: no control byte except tab.
    ///
    /// Source: [RFC 9110 §5.5](https://www.rfc-editor.org/rfc/rfc9110#section-5.5).
    static func isFieldValue(_ bytes: UnsafeBufferPointer<UInt8>) -> Bool {
        guard let base = bytes.baseAddress else { return true }
        let raw = UnsafeRawPointer(base)
        var index = 0
        while index &+ 8 <= bytes.count {
            let word = raw.loadUnaligned(fromByteOffset: index, as: UInt64.self)
            guard controls(word) == 0 || isFieldContent(word) else { return false }
            index &+= 8
        }
        while index < bytes.count {
            guard isFieldContent(base[index]) else { return false }
            index &+= 1
        }
        return true
    }

    /// Whether these bytes may stand as a request target.
    static func isTarget(_ bytes: UnsafeBufferPointer<UInt8>) -> Bool {
        for byte in bytes where !ByteSet.target.contains(byte) { return false }
        return !bytes.isEmpty
    }

    // MARK: - Copies

    /// Copies a field value.
    ///
    /// - Parameters:
    ///   - available: How many bytes can be read, `count` or more.
    ///   - output: Memory for the value and eight bytes more.
    /// - Returns: Whether it is one, as `isFieldValue` says.
    @inline(__always)
    static func copyFieldValue(
        _ source: UnsafePointer<UInt8>, _ count: Int, available: Int, to output: UnsafeMutablePointer<UInt8>
    ) -> Bool {
        let input = UnsafeRawPointer(source)
        let copy = UnsafeMutableRawPointer(output)
        guard count >= 8 else {
            if available >= 8 {
                // Fast path: a short value is one word, of which what stands behind it is cut off; "a value's byte is kept
                // or refused" shows it equal.
                let word = UInt64(littleEndian: input.loadUnaligned(as: UInt64.self))
                let value = word & ((1 &<< UInt64(count &* 8)) &- 1)
                let filled = value | ~((1 &<< UInt64(count &* 8)) &- 1) & 0x2020_2020_2020_2020
                if controls(filled) != 0, !isFieldContent(filled) { return false }
                copy.storeBytes(of: value.littleEndian, as: UInt64.self)
                return true
            }
            var index = 0
            while index < count {
                guard isFieldContent(source[index]) else { return false }
                output[index] = source[index]
                index &+= 1
            }
            return true
        }
        // The last word overlaps the one before it.
        let last = count &- 8
        var index = 0
        while true {
            let word = input.loadUnaligned(fromByteOffset: index, as: UInt64.self)
            if controls(word) != 0, !isFieldContent(word) { return false }
            copy.storeBytes(of: word, toByteOffset: index, as: UInt64.self)
            if index == last { return true }
            index = min(index &+ 8, last)
        }
    }

    /// Copies bytes up to the first control byte, tab included.
    ///
    /// - Parameters:
    ///   - available: How many bytes can be read.
    ///   - output: Memory for them and sixteen bytes more.
    /// - Returns: How many bytes stand before it; what is copied behind them means nothing.
    @inline(__always)
    static func copyFieldContent(
        _ source: UnsafePointer<UInt8>, available: Int, to output: UnsafeMutablePointer<UInt8>
    ) -> Int {
        let input = UnsafeRawPointer(source)
        let copy = UnsafeMutableRawPointer(output)
        var index = 0
        if copySixteens(
            input, available, to: copy, &index, until: { mask($0 .< vector(0x20)) | mask($0 .== vector(0x7F)) })
        {
            return index
        }
        while index &+ 8 <= available {
            let word = UInt64(littleEndian: input.loadUnaligned(fromByteOffset: index, as: UInt64.self))
            copy.storeBytes(of: word.littleEndian, toByteOffset: index, as: UInt64.self)
            // The lowest bit is right: only what stands above a control byte may be taken for one.
            let controls = controls(word)
            if controls != 0 { return index &+ controls.trailingZeroBitCount / 8 }
            index &+= 8
        }
        while index < available, source[index] >= 0x20, source[index] != 0x7F {
            output[index] = source[index]
            index &+= 1
        }
        return index
    }

    /// Copies bytes up to the first that may not stand in a request target, sixteen at a time.
    ///
    /// - Parameters:
    ///   - available: How many bytes can be read.
    ///   - output: Memory for them and sixteen bytes more.
    /// - Returns: How many bytes stand before it, or before the end of the last sixteen.
    @inline(__always)
    static func copyTarget(
        _ source: UnsafePointer<UInt8>, available: Int, to output: UnsafeMutablePointer<UInt8>
    ) -> Int {
        let input = UnsafeRawPointer(source)
        let copy = UnsafeMutableRawPointer(output)
        var index = 0
        _ = copySixteens(input, available, to: copy, &index) { bytes in
            mask((bytes &- vector(0x21)) .> vector(0x5D)) | mask(bytes .== vector(0x23))
        }
        return index
    }

    /// Copies sixteen bytes at a time up to the first that `ends` names, or until fewer are left.
    ///
    /// - Parameter index: Where to begin; afterwards where the copy ends.
    /// - Returns: Whether such a byte was found.
    @inline(__always)
    private static func copySixteens(
        _ source: UnsafeRawPointer, _ available: Int, to output: UnsafeMutableRawPointer, _ index: inout Int,
        until ends: (SIMD16<UInt8>) -> SIMD16<UInt8>
    ) -> Bool {
        while index &+ 16 <= available {
            let bytes = source.loadUnaligned(fromByteOffset: index, as: SIMD16<UInt8>.self)
            output.storeBytes(of: bytes, toByteOffset: index, as: SIMD16<UInt8>.self)
            let count = firstIndex(ends(bytes))
            index &+= count
            if count < 16 { return true }
        }
        return false
    }

    /// How many of the first eight bytes stand before a space; 8 if there is none.
    @inline(__always)
    static func countUntilSpace(_ source: UnsafePointer<UInt8>) -> Int {
        let word = UInt64(littleEndian: UnsafeRawPointer(source).loadUnaligned(as: UInt64.self))
        return (zeros(word ^ 0x2020_2020_2020_2020) & 0x8080_8080_8080_8080).trailingZeroBitCount / 8
    }

    /// Copies the token that the bytes begin with, in lower case.
    ///
    /// - Parameters:
    ///   - available: How many bytes there are, of which one is none of a token's.
    ///   - output: Memory for the token and sixteen bytes more.
    /// - Returns: The length of the token.
    @inline(__always)
    static func copyFieldName(
        _ source: UnsafePointer<UInt8>, available: Int, to output: UnsafeMutablePointer<UInt8>
    ) -> Int {
        let input = UnsafeRawPointer(source)
        let copy = UnsafeMutableRawPointer(output)
        var index = 0
        // Fast path: letters and hyphens by words; "names are read without regard to case" shows it equal.
        while index &+ 16 <= available {
            let bytes = input.loadUnaligned(fromByteOffset: index, as: SIMD16<UInt8>.self)
            let letters = mask(((bytes | vector(0x20)) &- vector(0x61)) .< vector(26))
            copy.storeBytes(of: bytes | letters & vector(0x20), toByteOffset: index, as: SIMD16<UInt8>.self)
            let count = firstIndex(~(letters | mask(bytes .== vector(0x2D))))
            index &+= count
            if count == 16 { continue }
            // The colon ends most names.
            guard source[index] != 0x3A, ByteSet.token.contains(source[index]) else { return index }
            output[index] = source[index]
            index &+= 1
        }
        while index &+ 8 <= available {
            let word = UInt64(littleEndian: input.loadUnaligned(fromByteOffset: index, as: UInt64.self))
            let low = word & 0x7F7F_7F7F_7F7F_7F7F
            let folded = low | 0x2020_2020_2020_2020
            // The high bit of each byte says: at least `a`, and not above `z`.
            let letters = (folded &+ 0x1F1F_1F1F_1F1F_1F1F) & ~(folded &+ 0x0505_0505_0505_0505)
            let hyphens = ~((low ^ 0x2D2D_2D2D_2D2D_2D2D) &+ 0x7F7F_7F7F_7F7F_7F7F)
            let others = (~(letters | hyphens) | word) & 0x8080_8080_8080_8080
            let lowercased = word | (letters & 0x8080_8080_8080_8080) >> 2
            copy.storeBytes(of: lowercased.littleEndian, toByteOffset: index, as: UInt64.self)
            if others == 0 {
                index &+= 8
                continue
            }
            index &+= others.trailingZeroBitCount / 8
            guard ByteSet.token.contains(source[index]) else { return index }
            output[index] = source[index]
            index &+= 1
        }
        while index < available, ByteSet.token.contains(source[index]) {
            output[index] = ASCII.lowercased(source[index])
            index &+= 1
        }
        return index
    }

    // MARK: - Words

    /// Whether a byte may stand in a field value.
    @inline(__always)
    static func isFieldContent(_ byte: UInt8) -> Bool {
        byte >= 0x20 ? byte != 0x7F : byte == 0x09
    }

    /// Whether the eight bytes of a word may stand in a field value.
    private static func isFieldContent(_ word: UInt64) -> Bool {
        var rest = word
        for _ in 0..<8 {
            guard isFieldContent(UInt8(truncatingIfNeeded: rest)) else { return false }
            rest >>= 8
        }
        return true
    }

    // The operations on vectors and bytes, and those on masks, are loops over the bytes: these are one instruction.
    @inline(__always)
    private static func vector(_ byte: UInt8) -> SIMD16<UInt8> { SIMD16(repeating: byte) }

    /// All bits of the bytes that a comparison names.
    @inline(__always)
    private static func mask(_ mask: SIMDMask<SIMD16<Int8>>) -> SIMD16<UInt8> {
        unsafeBitCast(mask, to: SIMD16<UInt8>.self)
    }

    /// The place of the first byte that is not 0; 16 if all are.
    @inline(__always)
    private static func firstIndex(_ bytes: SIMD16<UInt8>) -> Int {
        let words = unsafeBitCast(bytes, to: SIMD2<UInt64>.self)
        if words[0] != 0 { return words[0].littleEndian.trailingZeroBitCount / 8 }
        return 8 &+ words[1].littleEndian.trailingZeroBitCount / 8
    }

    /// Not 0 if one of the eight bytes is a control byte, tab included.
    ///
    /// "(x − n) & ~x" has the high bit of a byte set only if a byte is below n, here or to the right of it.
    @inline(__always)
    private static func controls(_ word: UInt64) -> UInt64 {
        let low = (word &- 0x2020_2020_2020_2020) & ~word
        return (low | zeros(word ^ 0x7F7F_7F7F_7F7F_7F7F)) & 0x8080_8080_8080_8080
    }

    /// Has the high bit of a byte set only if a byte is 0, here or to the right of it.
    @inline(__always)
    private static func zeros(_ word: UInt64) -> UInt64 {
        (word &- 0x0101_0101_0101_0101) & ~word
    }
}
