// Copyright 2026 the Whippet authors
// SPDX-License-Identifier: Apache-2.0

/// Types of Foundation whose own coding is not what JSON should hold.
///
/// `Date` codes itself as a bare number of seconds since 2001, `Data` as a list of numbers, `Decimal` and `URL` as
/// objects of their parts. Without a module that gives them their usual form, that is an error.
enum ForeignTypes {
    /// Whether a type is one of them.
    @inline(__always)
    static func isForeign(_ type: Any.Type) -> Bool {
        false
    }

    static func reason(_ type: Any.Type) -> String {
        "\(type) has no form in JSON of its own: code a string or a number instead"
    }

    /// Throws where the value's type is one of them.
    @inline(__always)
    static func refuse<Value>(_ value: Value, _ writer: SlotWriter) throws {
        if isForeign(Value.self) { throw writer.notEncodable(reason(Value.self)) }
    }
}
