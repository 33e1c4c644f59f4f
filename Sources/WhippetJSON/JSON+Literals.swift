// Copyright 2026 the Whippet authors
// SPDX-License-Identifier: Apache-2.0

extension JSON: ExpressibleByNilLiteral, ExpressibleByBooleanLiteral, ExpressibleByIntegerLiteral,
    ExpressibleByFloatLiteral, ExpressibleByStringInterpolation, ExpressibleByArrayLiteral,
    ExpressibleByDictionaryLiteral
{
    /// `null`, from `nil`.
    public init(nilLiteral: ()) {
        self = .null
    }

    /// A truth value, from `true` or `false`.
    public init(booleanLiteral value: Bool) {
        self = .bool(value)
    }

    /// A number, from an integer.
    public init(integerLiteral value: Int64) {
        self = .number(Number(value))
    }

    /// A number, from a decimal fraction.
    public init(floatLiteral value: Double) {
        self = .number(Number(value))
    }

    /// A string, from a literal with or without interpolation.
    public init(stringLiteral value: String) {
        self = .string(value)
    }

    /// A list, from its values.
    public init(arrayLiteral elements: JSON...) {
        self = .array(elements)
    }

    /// An object, from keys and values in their order; of two equal keys the last one's value wins.
    public init(dictionaryLiteral elements: (String, JSON)...) {
        self = .object(Object(elements))
    }
}
