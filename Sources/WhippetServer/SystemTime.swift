// Copyright 2026 the Whippet authors
// SPDX-License-Identifier: Apache-2.0

/// The system's clocks for sister modules, where the name of `Clock` is the standard library's.
package enum SystemTime {
    /// Milliseconds since some fixed point, never going back.
    package static func monotonicMilliseconds() -> Int64 { Clock.monotonicMilliseconds() }

    /// Seconds since 1970-01-01T00:00:00Z.
    package static func secondsSince1970() -> Int64 { Clock.secondsSince1970() }
}
