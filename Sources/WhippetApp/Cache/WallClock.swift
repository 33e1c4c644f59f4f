// Copyright 2026 the Whippet authors
// SPDX-License-Identifier: Apache-2.0

internal import WhippetServer

/// The calendar's time in whole seconds, moved on by the application's clock.
///
/// The calendar is asked once, at start: a step of its clock changes nothing while the program runs.
struct WallClock: Sendable {
    /// Seconds since 1970.
    let now: @Sendable () -> Int64

    /// - Parameters:
    ///   - clock: The application's clock.
    ///   - elapsed: The time since the start, by that clock.
    init(_ clock: any Clock<Duration>, elapsed: @escaping @Sendable () -> Duration) {
        let start = SystemTime.secondsSince1970()
        if clock is ContinuousClock {
            // Fast path: half the instructions of a `Duration`. "The calendar's time goes on with the clock" tests both.
            let offset = start * 1000 - SystemTime.monotonicMilliseconds()
            now = { (offset + SystemTime.monotonicMilliseconds()) / 1000 }
        } else {
            now = { start + elapsed().components.seconds }
        }
    }
}
