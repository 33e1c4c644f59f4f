// Copyright 2026 the Whippet authors
// SPDX-License-Identifier: Apache-2.0

import Testing
import WhippetFetch

struct ByteRangeSetTests {
    /// Those of `unit-` are what the package range-parser was seen to answer.
    @Test(
        "Ranges are resolved against a length",
        arguments: [
            ("bytes=0-4", 10, [0..<5]), ("bytes=5-", 10, [5..<10]), ("bytes=-3", 10, [7..<10]),
            ("bytes=-500", 1000, [500..<1000]),  // unit-030
            ("bytes=0-0", 1000, [0..<1]),  // unit-033
            ("bytes=40-80,81-90,-1", 1000, [40..<81, 81..<91, 999..<1000]),  // unit-043
            ("bytes=0-100, 300-400", 200, [0..<101]),  // unit-047
            ("bytes=0-9", 10, [0..<10]), ("bytes=9-9", 10, [9..<10]), ("bytes=10-", 10, []),
            ("bytes=0-99", 10, [0..<10]),
            ("bytes=-11", 10, [0..<10]), ("bytes=-0", 10, []), ("bytes=0-", 0, []), ("bytes=-5", 0, []),
            ("Bytes=0-0", 10, [0..<1]), ("bytes= 0-0 ,\t1-1", 10, [0..<1, 1..<2]), ("bytes=,0-0,,", 10, [0..<1]),
            ("bytes=99999999999999999999-", 10, []), ("bytes=0-99999999999999999999", 10, [0..<10]),
            ("bytes=-99999999999999999999", 10, [0..<10]), ("bytes=9223372036854775807-", Int.max, []),
            ("bytes=0-9223372036854775807", Int.max, [0..<Int.max]), ("bytes=007-008", 10, [7..<9]),
        ] as [(String, Int, [Range<Int>])])
    func resolved(_ field: String, _ length: Int, _ expected: [Range<Int>]) {
        #expect(ByteRangeSet(field)?.resolved(length: length) == expected)
    }

    @Test(
        "What is not valid is ignored as a whole",
        arguments: [
            "", "malformed", "bytes", "bytes=", "bytes=,", "bytes=-", "bytes=a-", "bytes=1-a", "bytes=4-1",
            "bytes=0-1,x",
            "bytes=0-1,4-1", "bytes=--1", "bytes=1--1", "bytes=+1-2", "bytes=0x1-2", "bytes=1 -2", "bytes=1-2 3",
            "bytes 0-1", "items=0-1", "bytes =0-1", " bytes=0-1", "bytes=0-1;2-3", "bytes=\u{661}-",
        ])
    func malformed(_ field: String) {
        #expect(ByteRangeSet(field) == nil)
    }

    @Test("Many ranges are too many")
    func count() {
        let ranges = (0..<ByteRangeSet.maximumCount).map { "\($0 * 200)-\($0 * 200)" }
        #expect(ByteRangeSet("bytes=" + ranges.joined(separator: ","))?.specifications.count == ranges.count)
        #expect(ByteRangeSet("bytes=" + (ranges + ["0-0"]).joined(separator: ",")) == nil)
        #expect(ByteRangeSet("bytes=" + String(repeating: "0-,", count: 100_000)) == nil)
    }

    @Test(
        "Ranges that touch are joined, in the order of their first ones",
        arguments: [
            ([0..<5, 90..<100, 5..<76, 100..<150, 101..<103], 0, [0..<76, 90..<150]),  // unit-044
            ([0..<5, 7..<9], 0, [0..<5, 7..<9]), ([0..<5, 7..<9], 2, [0..<9]), ([7..<9, 0..<5], 0, [7..<9, 0..<5]),
            ([0..<100, 20..<30], 0, [0..<100]), ([0..<10, 0..<10, 0..<10], 0, [0..<10]), ([], 0, []),
            ([3..<4], 9, [3..<4]),
            ([50..<60, 0..<10, 55..<70], 0, [50..<70, 0..<10]),
        ] as [([Range<Int>], Int, [Range<Int>])])
    func joined(_ ranges: [Range<Int>], _ gap: Int, _ expected: [Range<Int>]) {
        #expect(ByteRangeSet.joined(ranges, gap: gap) == expected)
    }
}
