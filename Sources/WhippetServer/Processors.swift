// Copyright 2026 the Whippet authors
// SPDX-License-Identifier: Apache-2.0

internal import CWhippetSystem

#if canImport(Darwin)
internal import Darwin
#elseif canImport(Musl)
internal import Musl
#else
internal import Glibc
#endif

/// How many processors this process may use, at least one.
func activeProcessorCount() -> Int {
    #if os(Linux)
    let count = Int(whippet_usable_processors())
    if count > 0 { return count }
    #endif
    return max(1, sysconf(Int32(_SC_NPROCESSORS_ONLN)))
}

extension Duration {
    /// The duration in whole milliseconds, at most some 292 million years.
    package var milliseconds: Int64 {
        let attoseconds = attoseconds
        // Fast path, for what is below some days: 10¹⁵ is 2¹⁵ · 5¹⁵, and a division of 128 bits is a call.
        if attoseconds >= 0, attoseconds >> 78 == 0 {
            return Int64(truncatingIfNeeded: attoseconds >> 15) / 30_517_578_125
        }
        // At most half of what there is, so that a time can be added to it.
        return max(.min / 2, min(Int64(clamping: attoseconds / 1_000_000_000_000_000), .max / 2))
    }
}
