// Copyright 2026 the Whippet authors
// SPDX-License-Identifier: Apache-2.0

/// An [index](https://encoding.spec.whatwg.org/#index) of the Encoding Standard: code points by pointer.
///
/// It lives in the binary as three base-64 digits for each pointer, so it takes neither work nor memory at start.
// SAFETY: the pointer names immutable memory of the binary.
@usableFromInline
package struct EncodingIndex: @unchecked Sendable {
    @usableFromInline let digits: UnsafePointer<UInt8>
    /// How many numbers the index holds.
    @usableFromInline package let count: Int

    /// Takes the digits, as `Scripts/generate-encodings` writes them.
    @inlinable
    package init(_ literal: StaticString) {
        precondition(literal.hasPointerRepresentation)
        // SAFETY: a StaticString's storage is immutable and lives as long as the process.
        digits = literal.utf8Start
        count = literal.utf8CodeUnitCount / 3
    }

    /// The number at a position, 0 past the end.
    @inlinable
    package subscript(_ position: Int) -> UInt32 {
        guard position >= 0, position < count else { return 0 }
        let first = digits + 3 * position
        return (UInt32(first[0]) &- 0x30) << 12 | (UInt32(first[1]) &- 0x30) << 6 | (UInt32(first[2]) &- 0x30)
    }

    /// Implements [index code point](https://encoding.spec.whatwg.org/#index-code-point): nil where there is none.
    @inlinable
    package func codePoint(_ pointer: Int) -> UInt32? {
        let number = self[pointer]
        return number == 0 ? nil : number
    }
}
