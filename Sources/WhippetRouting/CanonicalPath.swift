// Copyright 2026 the Whippet authors
// SPDX-License-Identifier: Apache-2.0

extension UnsafeBufferPointer<UInt8> {
    /// Whether the bytes are a canonical path.
    var isCanonicalPath: Bool {
        guard first == PathBytes.slash else { return false }
        var index = 0
        while index < count {
            let byte = self[index]
            index += 1
            if PathBytes.isLiteral(byte) { continue }
            if byte == PathBytes.slash {
                guard index < count else { return count == 1 }
                let next = self[index]
                if next == PathBytes.slash { return false }
                if next == PathBytes.dot, isDotSegment(at: index) { return false }
            } else {
                guard isCanonicalEscape(at: index - 1) else { return false }
                index += 2
            }
        }
        return true
    }

    /// Whether the bytes are a canonical path of letters, digits, `-`, `.` and `/` without a segment that starts with a
    /// dot: most paths are.
    // Fast path: eight bytes at a time. "a plain path is a canonical path" proves that it says yes to no other path.
    var isPlainPath: Bool {
        guard count >= 8, let base = baseAddress, base[0] == PathBytes.slash, base[count &- 1] != PathBytes.slash else {
            return false
        }
        // SAFETY: each load lies in the first `count` bytes.
        let raw = UnsafeRawPointer(base)
        var previousSlash: UInt64 = 0
        var offset = 0
        while offset &+ 8 <= count {
            let word = UInt64(littleEndian: raw.loadUnaligned(fromByteOffset: offset, as: UInt64.self))
            guard let slash = Self.lastSlash(ofPlain: word, after: previousSlash) else { return false }
            previousSlash = slash
            offset &+= 8
        }
        if offset == count { return true }
        // The last eight bytes: some of them are seen twice.
        let word = UInt64(littleEndian: raw.loadUnaligned(fromByteOffset: count &- 8, as: UInt64.self))
        return Self.lastSlash(ofPlain: word, after: base[count &- 9] == PathBytes.slash ? 0x80 : 0) != nil
    }

    // MARK: - Algorithm

    /// Whether a word is plain: nil if not, else 0x80 if its last byte is a slash, else 0.
    ///
    /// In each sum, the highest bit of a byte says whether the byte of the word is at least 0x80 less the addend. No
    /// carry crosses from one byte to the next, since all of them are below 0x80.
    ///
    /// - Parameter previousSlash: 0x80 if the byte before the word is a slash, else 0.
    @inline(__always)
    private static func lastSlash(ofPlain word: UInt64, after previousSlash: UInt64) -> UInt64? {
        let ones: UInt64 = 0x0101_0101_0101_0101
        let highest = ones &* 0x80
        guard word & highest == 0 else { return nil }
        let folded = word | ones &* 0x20
        let isLetter = (folded &+ ones &* (0x80 - 0x61)) & ~(folded &+ ones &* (0x80 - 0x7B))
        let isDashToDigit = (word &+ ones &* (0x80 - 0x2D)) & ~(word &+ ones &* (0x80 - 0x3A))
        guard (isLetter | isDashToDigit) & highest == highest else { return nil }
        let isBelowDigit = ~(word &+ ones &* (0x80 - 0x30)) & highest
        let isSlash = (word &+ ones &* (0x80 - 0x2F)) & isBelowDigit
        let isDotOrSlash = (word &+ ones &* (0x80 - 0x2E)) & isBelowDigit
        guard isDotOrSlash & (isSlash &<< 8 | previousSlash) == 0 else { return nil }
        return isSlash &>> 56
    }

    /// Whether the segment that starts with the dot at `index` is `.` or `..`.
    private func isDotSegment(at index: Int) -> Bool {
        var end = index + 1
        if end < count, self[end] == PathBytes.dot { end += 1 }
        return end == count || self[end] == PathBytes.slash
    }

    /// Whether an escape starts at `index` that is needed and spelled as `CanonicalPathWriter` spells it.
    private func isCanonicalEscape(at index: Int) -> Bool {
        guard self[index] == PathBytes.percent, let byte = PathBytes.escapedByte(self, at: index) else { return false }
        let isLowerCase = self[index + 1] >= 0x61 || self[index + 2] >= 0x61
        return byte != 0 && !isLowerCase && !PathBytes.isLiteral(byte)
    }
}
