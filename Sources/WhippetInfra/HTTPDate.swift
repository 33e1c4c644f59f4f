// Copyright 2026 the Whippet authors
// SPDX-License-Identifier: Apache-2.0

/// Dates as HTTP writes them.
package enum HTTPDate {
    /// Writes the 29 bytes of an IMF-fixdate, such as `Sun, 06 Nov 1994 08:49:37 GMT`.
    ///
    /// Source: [RFC 9110 §5.6.7](https://www.rfc-editor.org/rfc/rfc9110#section-5.6.7).
    ///
    /// - Parameter seconds: Seconds since 1970-01-01T00:00:00Z; taken to lie in the years 0 to 9999.
    package static func format(secondsSince1970 seconds: Int64) -> String {
        let clamped = min(max(seconds, -62_167_219_200), 253_402_300_799)
        let day = Int((clamped >= 0 ? clamped : clamped - 86_399) / 86_400)
        let second = Int(clamped - Int64(day) * 86_400)
        let date = civil(daysSince1970: day)
        let weekday = ((day % 7) + 11) % 7  // 1970-01-01 was a Thursday, day 4.
        // SAFETY: `count` grows with each write and ends at 29, the capacity.
        return String(unsafeUninitializedCapacity: 29) { output in
            var count = 0
            func write(_ byte: UInt8) {
                output[count] = byte
                count += 1
            }
            func name(_ index: Int, of names: StaticTable) {
                for offset in 0..<3 { write(names[UInt8(3 * index + offset)]) }
            }
            func number(_ value: Int) {
                write(0x30 + UInt8(value / 10 % 10))
                write(0x30 + UInt8(value % 10))
            }
            name(weekday, of: weekdays)
            write(0x2C)
            write(0x20)
            number(date.day)
            write(0x20)
            name(date.month - 1, of: months)
            write(0x20)
            number(date.year / 100)
            number(date.year)
            write(0x20)
            number(second / 3600)
            write(0x3A)
            number(second / 60 % 60)
            write(0x3A)
            number(second % 60)
            for byte in [0x20, 0x47, 0x4D, 0x54] as [UInt8] { write(byte) }
            return count
        }
    }

    static let weekdays = StaticTable("SunMonTueWedThuFriSat")
    static let months = StaticTable("JanFebMarAprMayJunJulAugSepOctNovDec")

    /// The date of a day in the proleptic Gregorian calendar: Howard Hinnant's `civil_from_days`.
    package static func civil(daysSince1970: Int) -> (year: Int, month: Int, day: Int) {
        let shifted = daysSince1970 + 719_468
        let era = (shifted >= 0 ? shifted : shifted - 146_096) / 146_097
        let dayOfEra = shifted - era * 146_097
        let yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
        let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
        let shiftedMonth = (5 * dayOfYear + 2) / 153
        let day = dayOfYear - (153 * shiftedMonth + 2) / 5 + 1
        let month = shiftedMonth < 10 ? shiftedMonth + 3 : shiftedMonth - 9
        return (yearOfEra + era * 400 + (month <= 2 ? 1 : 0), month, day)
    }

    /// The day of a date, the inverse of `civil`.
    static func days(year: Int, month: Int, day: Int) -> Int {
        let shiftedYear = month <= 2 ? year - 1 : year
        let era = (shiftedYear >= 0 ? shiftedYear : shiftedYear - 399) / 400
        let yearOfEra = shiftedYear - era * 400
        let dayOfYear = (153 * (month > 2 ? month - 3 : month + 9) + 2) / 5 + day - 1
        return era * 146_097 + yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear - 719_468
    }
}
