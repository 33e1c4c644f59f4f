// Copyright 2026 the Whippet authors
// SPDX-License-Identifier: Apache-2.0

import Testing

@testable import WhippetServer

struct DurationTests {
    /// Where the fast path ends: 2⁷⁸ attoseconds.
    private static let border = Duration(attoseconds: 1 << 78)

    static let cases: [(Duration, Int64)] = [
        (.zero, 0),
        (.nanoseconds(999_999), 0),
        (.milliseconds(1), 1),
        (.milliseconds(1) - Duration(attoseconds: 1), 0),
        (.seconds(60), 60_000),
        (.milliseconds(-1), -1),
        (.microseconds(-1500), -1),
        (border - Duration(attoseconds: 1), 302_231_454),
        (border, 302_231_454),
        (.seconds(302_231) + .milliseconds(455), 302_231_455),
        (.seconds(Int64.max), .max / 2),
        (.seconds(Int64.min), .min / 2),
    ]

    @Test("A duration counts its whole milliseconds, at most half of what can be counted", arguments: cases)
    func milliseconds(_ duration: Duration, _ expected: Int64) {
        #expect(duration.milliseconds == expected)
    }
}
