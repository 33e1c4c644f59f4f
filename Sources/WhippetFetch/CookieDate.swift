// Copyright 2026 the Whippet authors
// SPDX-License-Identifier: Apache-2.0

internal import WhippetInfra

/// The dates of cookies, which come in many forms.
///
/// Source: [RFC 6265bis §5.1.1](https://datatracker.ietf.org/doc/html/draft-ietf-httpbis-rfc6265bis#section-5.1.1).
enum CookieDate {
    /// The seconds since 1970 that a text says, nil if it is no date.
    static func parse(_ text: String) -> Int? {
        var time: (hour: Int, minute: Int, second: Int)?
        var day: Int?
        var month: Int?
        var year: Int?
        // 1–2. The tokens in their order; each takes the first thing that it can be and that is not found yet.
        for token in text.utf8.split(whereSeparator: { isDelimiter($0) }) {
            if time == nil, let found = self.time(token) {
                time = found
            } else if day == nil, let found = number(token, digits: 1...2) {
                day = found
            } else if month == nil, let found = self.month(token) {
                month = found
            } else if year == nil, let found = number(token, digits: 2...4) {
                year = found
            }
        }
        // 5. One that is missing or out of range fails.
        guard let time, let day, let month, var year else { return nil }
        // 3–4. Two digits are those of 1970 to 2069.
        if 70...99 ~= year { year += 1900 } else if 0...69 ~= year { year += 2000 }
        guard 1...31 ~= day, year >= 1601, time.hour <= 23, time.minute <= 59, time.second <= 59 else { return nil }
        let days = daysSince1970(year: year, month: month, day: day)
        // 6. A day that the month does not have fails.
        guard daysSince1970(year: year, month: month, day: 1) + daysIn(month, of: year) > days else { return nil }
        return ((days * 24 + time.hour) * 60 + time.minute) * 60 + time.second
    }

    private static func isDelimiter(_ byte: UInt8) -> Bool {
        switch byte {
        case 0x09, 0x20...0x2F, 0x3B...0x40, 0x5B...0x60, 0x7B...0x7E: true
        default: false
        }
    }

    /// Hours, minutes and seconds of one or two digits, with colons between them, whatever else follows.
    private static func time(_ token: Substring.UTF8View) -> (hour: Int, minute: Int, second: Int)? {
        let fields = token.split(separator: 0x3A, maxSplits: 2, omittingEmptySubsequences: false)
        guard fields.count == 3, let hour = number(fields[0], digits: 1...2, isWhole: true),
            let minute = number(fields[1], digits: 1...2, isWhole: true), let second = number(fields[2], digits: 1...2)
        else { return nil }
        return (hour, minute, second)
    }

    /// The number of some digits at the start, behind which no other digit follows.
    private static func number(
        _ token: Substring.UTF8View, digits: ClosedRange<Int>, isWhole: Bool = false
    ) -> Int? {
        let text = token.prefix { ASCII.isDigit($0) }
        guard digits ~= text.count, !isWhole || text.count == token.count else { return nil }
        return text.reduce(0) { $0 * 10 + Int($1 - 0x30) }
    }

    private static func month(_ token: Substring.UTF8View) -> Int? {
        let name = ASCII.lowercased(String(decoding: token.prefix(3), as: UTF8.self))
        let names = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"]
        return names.firstIndex(of: name).map { $0 + 1 }
    }

    private static func daysIn(_ month: Int, of year: Int) -> Int {
        switch month {
        case 2: year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) ? 29 : 28
        case 4, 6, 9, 11: 30
        default: 31
        }
    }

    /// The day of a date: Howard Hinnant's `days_from_civil`, for years from 1601 on.
    private static func daysSince1970(year: Int, month: Int, day: Int) -> Int {
        let shiftedYear = month <= 2 ? year - 1 : year
        let era = shiftedYear / 400
        let yearOfEra = shiftedYear - era * 400
        let dayOfYear = (153 * (month > 2 ? month - 3 : month + 9) + 2) / 5 + day - 1
        return era * 146_097 + yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear - 719_468
    }
}
