// Copyright 2026 the Whippet authors
// SPDX-License-Identifier: Apache-2.0

internal import Testing
internal import WhippetInfra

struct HTTPDateTests {
    /// 2026-01-01T00:00:00Z.
    private static let now: Int64 = 1_767_225_600

    private static let dates: [(Int64, String)] = [
        (784_111_777, "Sun, 06 Nov 1994 08:49:37 GMT"),
        (0, "Thu, 01 Jan 1970 00:00:00 GMT"),
        (-1, "Wed, 31 Dec 1969 23:59:59 GMT"),
        (951_782_399, "Mon, 28 Feb 2000 23:59:59 GMT"),
        (951_782_400, "Tue, 29 Feb 2000 00:00:00 GMT"),
        (1_709_164_800, "Thu, 29 Feb 2024 00:00:00 GMT"),
        (253_402_300_799, "Fri, 31 Dec 9999 23:59:59 GMT"),
        (-62_167_219_200, "Sat, 01 Jan 0000 00:00:00 GMT"),
    ]

    @Test("An IMF-fixdate is written and read", arguments: dates)
    func fixdate(seconds: Int64, text: String) {
        #expect(HTTPDate.format(secondsSince1970: seconds) == text)
        #expect(HTTPDate.parse(text, now: Self.now) == seconds)
    }

    @Test("A time outside the years 0 to 9999 is written as the nearest in them")
    func clamped() {
        #expect(HTTPDate.format(secondsSince1970: .max) == "Fri, 31 Dec 9999 23:59:59 GMT")
        #expect(HTTPDate.format(secondsSince1970: .min) == "Sat, 01 Jan 0000 00:00:00 GMT")
    }

    @Test(
        "The two old forms are read",
        arguments: [
            ("Sunday, 06-Nov-94 08:49:37 GMT", 784_111_777), ("Sun Nov  6 08:49:37 1994", 784_111_777),
            ("Wednesday, 01-Jan-70 00:00:00 GMT", 3_155_760_000), ("Thu Jan  1 00:00:00 1970", 0),
            ("Tuesday, 29-Feb-00 00:00:00 GMT", 951_782_400), ("Tue Feb 29 00:00:00 2000", 951_782_400),
            ("Wednesday, 31-Dec-69 23:59:59 GMT", 3_155_759_999),
        ] as [(String, Int64)])
    func oldForms(text: String, seconds: Int64) {
        #expect(HTTPDate.parse(text, now: Self.now) == seconds)
    }

    @Test("A year of two digits is at most 50 years ahead")
    func twoDigits() {
        let inFiftyYears = HTTPDate.parse("Wed, 01 Jan 2076 00:00:00 GMT", now: Self.now)
        #expect(HTTPDate.parse("Wednesday, 01-Jan-76 00:00:00 GMT", now: Self.now) == inFiftyYears)
        let past = HTTPDate.parse("Sat, 01 Jan 1977 00:00:00 GMT", now: Self.now)
        #expect(HTTPDate.parse("Saturday, 01-Jan-77 00:00:00 GMT", now: Self.now) == past)
    }

    @Test("A leap second counts as the second before it")
    func leapSecond() {
        #expect(HTTPDate.parse("Sat, 31 Dec 2016 23:59:60 GMT", now: Self.now) == 1_483_228_799)
    }

    @Test(
        "What is no date of HTTP fails",
        arguments: [
            "", "Sun", "Sun, 06 Nov 1994 08:49:37", "Sun, 06 Nov 1994 08:49:37 UTC", "Sun, 06 Nov 1994 08:49:37 GMT ",
            " Sun, 06 Nov 1994 08:49:37 GMT", "Sun, 6 Nov 1994 08:49:37 GMT", "sun, 06 nov 1994 08:49:37 gmt",
            "Sun, 00 Nov 1994 08:49:37 GMT", "Sun, 31 Nov 1994 08:49:37 GMT", "Sun, 29 Feb 1900 08:49:37 GMT",
            "Sun, 06 Nov 1994 24:00:00 GMT", "Sun, 06 Nov 1994 08:60:00 GMT", "Sun, 06 Nov 1994 08:49:61 GMT",
            "Xxx, 06 Nov 1994 08:49:37 GMT", "Sun, 06 Xxx 1994 08:49:37 GMT", "Sunda, 06-Nov-94 08:49:37 GMT",
            "Monday, 06-Nov-1994 08:49:37 GMT", "Sun Nov 6 08:49:37 1994", "Sun Nov  6 08:49:37 94", "784111777",
            "Sun, 06 Nov 1994 08:49:37 GMTé", "Sun, 0٦ Nov 1994 08:49:37 GMT",
        ])
    func failure(text: String) {
        #expect(HTTPDate.parse(text, now: Self.now) == nil)
    }

    @Test("Each day of 400 years is read as it is written")
    func allDays() {
        // Every 29th day reaches each day of each month: 29 and the days of 400 years have no common divisor.
        for day in stride(from: Int64(-100_000), to: 46_097, by: 29) {
            let seconds = day * 86_400 + 45_296
            let text = HTTPDate.format(secondsSince1970: seconds)
            #expect(HTTPDate.parse(text, now: Self.now) == seconds)
        }
    }
}
