// Copyright 2026 the Whippet authors
// SPDX-License-Identifier: Apache-2.0

extension HTTPDate {
    /// Reads a date in any of HTTP's three forms; nil for anything else.
    ///
    /// The name of the day may be any; a leap second counts as the second before it.
    /// Source: [RFC 9110 §5.6.7](https://www.rfc-editor.org/rfc/rfc9110#section-5.6.7).
    ///
    /// - Parameters:
    ///   - text: A field value without white space around it.
    ///   - now: The time now, in seconds since 1970-01-01T00:00:00Z: it tells the century of a year of two digits.
    /// - Returns: Seconds since 1970-01-01T00:00:00Z.
    package static func parse(_ text: String, now: Int64) -> Int64? {
        // The longest form has 33 bytes: a longer text needs no copy to be refused.
        guard text.utf8.count <= 33 else { return nil }
        var cursor = Cursor(text: Array(text.utf8))
        // Sun, 06 Nov 1994 08:49:37 GMT
        guard let weekday = cursor.name(of: weekdays, count: 7) else { return nil }
        var date: (year: Int, month: Int, day: Int)
        let second: Int
        if cursor.skip(", ") {
            guard let day = cursor.number(2), cursor.skip(" "), let month = cursor.name(of: months, count: 12),
                cursor.skip(" "), let year = cursor.number(4), cursor.skip(" "), let time = cursor.timeOfDay(),
                cursor.skip(" GMT")
            else { return nil }
            (date, second) = ((year, month + 1, day), time)
        } else if cursor.skip(" ") {
            // Sun Nov  6 08:49:37 1994
            guard let month = cursor.name(of: months, count: 12), cursor.skip(" "),
                let day = cursor.skip(" ") ? cursor.number(1) : cursor.number(2), cursor.skip(" "),
                let time = cursor.timeOfDay(), cursor.skip(" "), let year = cursor.number(4)
            else { return nil }
            (date, second) = ((year, month + 1, day), time)
        } else {
            // Sunday, 06-Nov-94 08:49:37 GMT
            guard cursor.skipRest(ofWeekday: weekday), cursor.skip(", "), let day = cursor.number(2), cursor.skip("-"),
                let month = cursor.name(of: months, count: 12), cursor.skip("-"), let year = cursor.number(2),
                cursor.skip(" "), let time = cursor.timeOfDay(), cursor.skip(" GMT")
            else { return nil }
            (date, second) = ((fullYear(year, now: now), month + 1, day), time)
        }
        guard cursor.isAtEnd, date.day >= 1, date.day <= days(inMonth: date.month, ofYear: date.year) else {
            return nil
        }
        return Int64(days(year: date.year, month: date.month, day: date.day)) * 86_400 + Int64(second)
    }

    /// The year that two digits mean: one that seems over 50 years ahead is the last past one.
    private static func fullYear(_ year: Int, now: Int64) -> Int {
        let clamped = min(max(now, 0), 253_402_300_799)
        let thisYear = civil(daysSince1970: Int(clamped / 86_400)).year
        let candidate = thisYear - thisYear % 100 + year
        return candidate > thisYear + 50 ? candidate - 100 : candidate
    }

    private static func days(inMonth month: Int, ofYear year: Int) -> Int {
        switch month {
        case 2: year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) ? 29 : 28
        case 4, 6, 9, 11: 30
        default: 31
        }
    }

    /// A place in the text; what does not match leaves it where it is or makes the whole parse fail.
    private struct Cursor {
        let text: [UInt8]
        var position = 0

        var isAtEnd: Bool { position == text.count }

        mutating func skip(_ literal: StaticString) -> Bool {
            let count = literal.utf8CodeUnitCount
            guard text.count - position >= count else { return false }
            for offset in 0..<count where text[position + offset] != StaticTable(literal)[UInt8(offset)] {
                return false
            }
            position += count
            return true
        }

        mutating func number(_ digits: Int) -> Int? {
            guard text.count - position >= digits else { return nil }
            var value = 0
            for _ in 0..<digits {
                guard ASCII.isDigit(text[position]) else { return nil }
                value = value * 10 + Int(text[position] - 0x30)
                position += 1
            }
            return value
        }

        /// The index of the name of three letters that stands here.
        mutating func name(of names: StaticTable, count: Int) -> Int? {
            guard text.count - position >= 3 else { return nil }
            for index in 0..<count where (0..<3).allSatisfy({ text[position + $0] == names[UInt8(3 * index + $0)] }) {
                position += 3
                return index
            }
            return nil
        }

        mutating func skipRest(ofWeekday weekday: Int) -> Bool {
            switch weekday {
            case 2: skip("sday")
            case 3: skip("nesday")
            case 4: skip("rsday")
            case 6: skip("urday")
            default: skip("day")
            }
        }

        /// The second of the day.
        mutating func timeOfDay() -> Int? {
            guard let hour = number(2), skip(":"), let minute = number(2), skip(":"), let second = number(2),
                hour < 24, minute < 60, second <= 60
            else { return nil }
            return hour * 3600 + minute * 60 + min(second, 59)
        }
    }
}
