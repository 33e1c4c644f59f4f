// Copyright 2026 the Whippet authors
// SPDX-License-Identifier: Apache-2.0

// What a module uses that gives types of another library their form in JSON. Such a type conforms to `TapeReadable` and
// `SlotWritable`; the type tables find the conformance where the module is part of the program, and nowhere else.

extension TapeReader {
    /// What the module keeps in the options.
    package var forms: (any AnyObject & Sendable)? { state.pointee.forms }

    /// The string at `index`.
    package func text(at index: UInt32) throws -> String {
        try string(at: index)
    }

    /// The number at `index`.
    package func number(at index: UInt32) throws -> Double {
        try double(at: index)
    }

    /// The number at `index` as it is written, nil where it has more than `limit` characters.
    package func digits(at index: UInt32, for type: Any.Type, limit: Int) throws -> String? {
        switch kind(at: index) {
        case .signed, .unsigned, .double:
            let digits = tape.numberText(tape[index])
            return digits.count > limit ? nil : String(decoding: digits, as: UTF8.self)
        default:
            throw mismatch(type, expected: "a number", at: index)
        }
    }

    /// The error for a value that is of the right kind, but not usable.
    package func refusal(_ reason: String, at index: UInt32) -> any Error {
        corrupted(.dataCorrupted, at: index, reason)
    }

    /// The error for a number that does not fit.
    package func outOfRange(_ reason: String, at index: UInt32) -> any Error {
        corrupted(.numberOutOfRange, at: index, reason)
    }
}

extension SlotWriter {
    /// What the module keeps in the options.
    package var forms: (any AnyObject & Sendable)? { isLive ? state.pointee.forms : nil }

    /// Writes the value as a string.
    package func write(text: String) throws {
        try ValueEncoder(writer: self).encode(text)
    }

    /// Writes the value as a number.
    package func write(number: Double) throws {
        try ValueEncoder(writer: self).encode(number)
    }

    /// Writes the value as a number that is text already, in the grammar of JSON.
    package func write(digits: String) throws {
        try beginScalar()
        var digits = digits
        digits.withUTF8 { state.pointee.text.append($0) }
    }

    /// The error for a value without a form in JSON.
    package func refusal(_ reason: String) -> any Error {
        JSONError(kind: .notEncodable, path: PathText.text(codingPath), reason: reason)
    }
}
