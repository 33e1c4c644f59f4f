// Copyright 2026 the Whippet authors
// SPDX-License-Identifier: Apache-2.0

/// Dates as [RFC 3339](https://www.rfc-editor.org/rfc/rfc3339#section-5.6) writes them, a profile of ISO 8601.
///
/// Dates are seconds since 2001, as `Date` counts.
enum ISO8601 {
    private static var secondsPerDay: Int { 86_400 }
    /// From 0000-03-01 to 2001-01-01.
    private static var daysToReference: Int { 730_791 }

    // MARK: - Reading

    /// The seconds since 2001 of a text, nil where it is no date.
    static func parse(_ text: String) -> Double? {
        var text = text
        return text.withUTF8 { bytes in
            var scanner = Scanner(bytes)
            return scanner.date()
        }
    }

    /// Reads fields from left to right.
    private struct Scanner {
        private let bytes: UnsafeBufferPointer<UInt8>
        private var position = 0

        init(_ bytes: UnsafeBufferPointer<UInt8>) {
            self.bytes = bytes
        }

        private var isAtEnd: Bool { position == bytes.count }

        mutating func date() -> Double? {
            guard let year = number(4), skip("-"), let month = number(2), 1...12 ~= month, skip("-"),
                let day = number(2), day >= 1, day <= daysInMonth(month, of: year)
            else { return nil }
            let days = ISO8601.days(year, month, day)
            // A day without a time is midnight in UTC, as in JavaScript.
            if isAtEnd { return Double(days * secondsPerDay) }
            guard skip("T") || skip("t") || skip(" "), let hour = number(2), hour < 24, skip(":"),
                let minute = number(2), minute < 60, skip(":"),
                // 60 is a leap second, which is the next minute's first.
                let second = number(2), second <= 60, let fraction = fraction(), let offset = offset(), isAtEnd
            else { return nil }
            let seconds = days * secondsPerDay + hour * 3600 + minute * 60 + second - offset
            return Double(seconds) + fraction
        }

        private mutating func skip(_ character: Unicode.Scalar) -> Bool {
            guard position < bytes.count, bytes[position] == UInt8(ascii: character) else { return false }
            position += 1
            return true
        }

        private mutating func digit() -> Int? {
            guard position < bytes.count, bytes[position] &- 0x30 < 10 else { return nil }
            position += 1
            return Int(bytes[position - 1] - 0x30)
        }

        private mutating func number(_ digits: Int) -> Int? {
            var value = 0
            for _ in 0..<digits {
                guard let digit = digit() else { return nil }
                value = value * 10 + digit
            }
            return value
        }

        /// The digits after a point, of which a `Double` holds nine at most; zero without a point.
        private mutating func fraction() -> Double? {
            guard skip(".") else { return 0 }
            guard var value = digit() else { return nil }
            var unit = 10
            while let digit = digit() {
                guard unit < 1_000_000_000 else { continue }
                value = value * 10 + digit
                unit *= 10
            }
            return Double(value) / Double(unit)
        }

        /// The offset from UTC in seconds.
        private mutating func offset() -> Int? {
            if skip("Z") || skip("z") { return 0 }
            let sign = skip("+") ? 1 : skip("-") ? -1 : 0
            guard sign != 0, let hours = number(2), hours < 24 else { return nil }
            _ = skip(":")
            guard let minutes = number(2), minutes < 60 else { return nil }
            return sign * (hours * 3600 + minutes * 60)
        }
    }

    // MARK: - Writing

    /// A date in UTC, with milliseconds where there are some; nil outside the years 0 to 9999.
    static func format(_ date: Double) -> String? {
        let exact = (date * 1000).rounded()
        // Far beyond the years that are written, and safe to reckon with; NaN is not among them.
        guard abs(exact) < 1e15 else { return nil }
        let milliseconds = Int(exact)
        let seconds = floorDivide(milliseconds, 1000)
        let dayNumber = floorDivide(seconds, secondsPerDay)
        let (year, month, day) = civil(dayNumber)
        guard 0...9999 ~= year else { return nil }
        let time = seconds - dayNumber * secondsPerDay
        let fraction = milliseconds - seconds * 1000
        return String(unsafeUninitializedCapacity: 24) { output in
            var count = 0
            func write(_ value: Int, _ digits: Int, then character: Unicode.Scalar) {
                var rest = value
                for place in (count..<count + digits).reversed() {
                    output[place] = 0x30 + UInt8(truncatingIfNeeded: rest % 10)
                    rest /= 10
                }
                output[count + digits] = UInt8(ascii: character)
                count += digits + 1
            }
            write(year, 4, then: "-")
            write(month, 2, then: "-")
            write(day, 2, then: "T")
            write(time / 3600, 2, then: ":")
            write(time / 60 % 60, 2, then: ":")
            write(time % 60, 2, then: fraction == 0 ? "Z" : ".")
            if fraction != 0 { write(fraction, 3, then: "Z") }
            return count
        }
    }

    // MARK: - The calendar

    // Years begin in March here, so that the leap day is a year's last; 400 of them have 146,097 days.

    private static func daysInMonth(_ month: Int, of year: Int) -> Int {
        if month == 2 { return year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) ? 29 : 28 }
        return month == 4 || month == 6 || month == 9 || month == 11 ? 30 : 31
    }

    /// The days from 2001-01-01 to a day.
    private static func days(_ year: Int, _ month: Int, _ day: Int) -> Int {
        let shifted = month > 2 ? year : year - 1
        let era = floorDivide(shifted, 400)
        let yearOfEra = shifted - era * 400
        let dayOfYear = (153 * (month > 2 ? month - 3 : month + 9) + 2) / 5 + day - 1
        let dayOfEra = yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear
        return era * 146_097 + dayOfEra - daysToReference
    }

    /// The day that is so many days after 2001-01-01.
    private static func civil(_ days: Int) -> (year: Int, month: Int, day: Int) {
        let days = days + daysToReference
        let era = floorDivide(days, 146_097)
        let dayOfEra = days - era * 146_097
        let yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
        let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
        let monthFromMarch = (5 * dayOfYear + 2) / 153
        let day = dayOfYear - (153 * monthFromMarch + 2) / 5 + 1
        let month = monthFromMarch < 10 ? monthFromMarch + 3 : monthFromMarch - 9
        return (yearOfEra + era * 400 + (month <= 2 ? 1 : 0), month, day)
    }

    private static func floorDivide(_ value: Int, _ divisor: Int) -> Int {
        let (quotient, remainder) = value.quotientAndRemainder(dividingBy: divisor)
        return remainder < 0 ? quotient - 1 : quotient
    }
}
