// Copyright 2026 the Whippet authors
// SPDX-License-Identifier: Apache-2.0

#if canImport(Darwin)
internal import Darwin
#elseif canImport(Musl)
internal import Musl
#else
internal import Glibc
#endif

/// The system's clocks: the monotonic one for deadlines, the calendar's for `Date`.
enum Clock {
    /// Milliseconds since some fixed point, never going back.
    static func monotonicMilliseconds() -> Int64 {
        var time = timespec()
        clock_gettime(CLOCK_MONOTONIC, &time)
        return Int64(time.tv_sec) * 1000 + Int64(time.tv_nsec) / 1_000_000
    }

    /// Seconds since 1970-01-01T00:00:00Z.
    static func secondsSince1970() -> Int64 {
        Int64(time(nil))
    }
}
