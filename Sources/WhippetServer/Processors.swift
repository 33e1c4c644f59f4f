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
        let (seconds, attoseconds) = components
        let (product, overflow) = seconds.multipliedReportingOverflow(by: 1000)
        return overflow ? .max / 2 : min(product, .max / 2) + attoseconds / 1_000_000_000_000_000
    }
}
