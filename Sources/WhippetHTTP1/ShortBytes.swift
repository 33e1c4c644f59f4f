// Copyright 2026 the Whippet authors
// SPDX-License-Identifier: Apache-2.0

#if canImport(Darwin)
internal import Darwin
#elseif canImport(Musl)
internal import Musl
#else
internal import Glibc
#endif

/// Up to 32 bytes, kept without an allocation.
struct ShortBytes: Sendable {
    private var words: (UInt64, UInt64, UInt64, UInt64) = (0, 0, 0, 0)
    private var count = 0

    /// Keeps these bytes; none if they are more than there is room for.
    mutating func set(_ bytes: UnsafeBufferPointer<UInt8>) {
        count = 0
        withUnsafeMutableBytes(of: &words) { words in
            if bytes.count <= words.count { words.copyMemory(from: UnsafeRawBufferPointer(bytes)) }
        }
        if bytes.count <= MemoryLayout.size(ofValue: words) { count = bytes.count }
    }

    /// Whether these bytes are kept; never true of none.
    static func == (kept: ShortBytes, bytes: UnsafeBufferPointer<UInt8>) -> Bool {
        guard bytes.count == kept.count, let base = bytes.baseAddress, kept.count > 0 else { return false }
        return withUnsafeBytes(of: kept.words) { words in
            words.baseAddress.map { memcmp($0, base, kept.count) == 0 } ?? false
        }
    }
}
