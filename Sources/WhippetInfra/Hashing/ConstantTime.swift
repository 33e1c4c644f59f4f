// Copyright 2026 the Whippet authors
// SPDX-License-Identifier: Apache-2.0

/// Comparison of secrets.
package enum ConstantTime {
    /// Whether two byte sequences are equal, found in a time that depends on their lengths alone.
    @inline(never)
    package static func equals(_ left: Span<UInt8>, _ right: Span<UInt8>) -> Bool {
        guard left.count == right.count else { return false }
        var difference: UInt8 = 0
        for index in left.indices { difference |= left[index] ^ right[index] }
        return difference == 0
    }
}
