// Copyright 2026 the Whippet authors
// SPDX-License-Identifier: Apache-2.0

public import WhippetJSON

#if canImport(FoundationEssentials)
public import FoundationEssentials
#else
public import struct Foundation.Date
#endif

extension JSON {
    /// How a `Date` is read and written.
    public struct DateStrategy: Sendable {
        enum Value {
            case iso8601
            case secondsSince1970
            case millisecondsSince1970
            case ownCoding
            case strings(read: @Sendable (String) -> Date?, write: @Sendable (Date) -> String)
        }

        let value: Value

        /// A string such as `2026-11-21T10:30:00Z`, with milliseconds where the date has some.
        ///
        /// Reading takes what [RFC 3339](https://www.rfc-editor.org/rfc/rfc3339#section-5.6) allows, any number of
        /// digits of a second, and a day without a time, which begins at midnight in UTC.
        public static let iso8601 = DateStrategy(value: .iso8601)
        /// A number of seconds since 1970.
        public static let secondsSince1970 = DateStrategy(value: .secondsSince1970)
        /// A number of milliseconds since 1970, as JavaScript counts.
        public static let millisecondsSince1970 = DateStrategy(value: .millisecondsSince1970)
        /// The number that `Date` codes itself as: the seconds since 2001.
        public static let ownCoding = DateStrategy(value: .ownCoding)

        /// A string in a form of your own; a string of which `read` makes nil is refused.
        public static func strings(
            read: @escaping @Sendable (String) -> Date?, write: @escaping @Sendable (Date) -> String
        ) -> DateStrategy {
            DateStrategy(value: .strings(read: read, write: write))
        }
    }
}

extension Date: TapeReadable, SlotWritable {
    package static func read(_ reader: TapeReader, at index: UInt32) throws -> Date {
        switch Forms.of(reader.forms).dates.value {
        case .iso8601:
            let text = try reader.text(at: index)
            guard let seconds = ISO8601.parse(text) else {
                throw reader.refusal("not a date of ISO 8601, such as 2026-11-21T10:30:00Z", at: index)
            }
            return Date(timeIntervalSinceReferenceDate: seconds)
        case .secondsSince1970:
            return Date(timeIntervalSince1970: try reader.number(at: index))
        case .millisecondsSince1970:
            return Date(timeIntervalSince1970: try reader.number(at: index) / 1000)
        case .ownCoding:
            return Date(timeIntervalSinceReferenceDate: try reader.number(at: index))
        case .strings(let read, _):
            guard let date = read(try reader.text(at: index)) else { throw reader.refusal("not a date", at: index) }
            return date
        }
    }

    package func write(_ writer: SlotWriter) throws {
        switch Forms.of(writer.forms).dates.value {
        case .iso8601:
            guard let text = ISO8601.format(timeIntervalSinceReferenceDate) else {
                throw writer.refusal("a date outside the years 0 to 9999 has no form in ISO 8601")
            }
            try writer.write(text: text)
        case .secondsSince1970: try writer.write(number: timeIntervalSince1970)
        case .millisecondsSince1970: try writer.write(number: timeIntervalSince1970 * 1000)
        case .ownCoding: try writer.write(number: timeIntervalSinceReferenceDate)
        case .strings(_, let write): try writer.write(text: write(self))
        }
    }
}
