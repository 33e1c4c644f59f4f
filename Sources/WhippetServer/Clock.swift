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

/// The calendar's clock for logs.
package enum CalendarClock {
    /// Milliseconds since 1970-01-01T00:00:00Z.
    package static let milliseconds: @Sendable () -> Int64 = {
        var time = timespec()
        clock_gettime(CLOCK_REALTIME, &time)
        return Int64(time.tv_sec) * 1000 + Int64(time.tv_nsec) / 1_000_000
    }

    /// A time as RFC 3339 writes it, such as `2026-11-21T14:42:32.123Z`.
    package static func text(milliseconds: Int64) -> String {
        let clamped = min(max(milliseconds, 0), 253_402_300_799_999)
        let day = Int(clamped / 86_400_000)
        let rest = Int(clamped % 86_400_000)
        let date = HTTPDate.civil(daysSince1970: day)
        func number(_ value: Int, _ digits: Int) -> String {
            let text = String(value)
            return String(repeating: "0", count: max(0, digits - text.count)) + text
        }
        return "\(number(date.year, 4))-\(number(date.month, 2))-\(number(date.day, 2))T"
            + "\(number(rest / 3_600_000, 2)):\(number(rest / 60_000 % 60, 2)):\(number(rest / 1000 % 60, 2))"
            + ".\(number(rest % 1000, 3))Z"
    }
}
