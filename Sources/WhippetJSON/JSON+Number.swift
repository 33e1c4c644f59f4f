// Copyright 2026 the Whippet authors
// SPDX-License-Identifier: Apache-2.0

extension JSON {
    /// A JSON number: an integer of 64 bits with its exact value, or a `Double`.
    ///
    /// Equality is that of the values: `1` and `1.0` are equal, as in JavaScript.
    public struct Number: Hashable, Sendable, CustomStringConvertible, ExpressibleByIntegerLiteral,
        ExpressibleByFloatLiteral
    {
        enum Storage {
            case signed(Int64)
            /// Above `Int64.max` only, so that each integer has one form.
            case unsigned(UInt64)
            case double(Double)
        }

        let storage: Storage

        init(storage: Storage) {
            self.storage = storage
        }

        /// An integer that fits in 64 bits, with its exact value; a wider one as the nearest `Double`.
        public init(_ value: some BinaryInteger) {
            if let signed = Int64(exactly: value) {
                storage = .signed(signed)
            } else if let unsigned = UInt64(exactly: value) {
                storage = .unsigned(unsigned)
            } else {
                storage = .double(Double(value))
            }
        }

        /// A `Double`; one that is not finite can be held and compared, but not written.
        public init(_ value: Double) {
            storage = .double(value)
        }

        /// A number from an integer.
        public init(integerLiteral value: Int64) {
            storage = .signed(value)
        }

        /// A number from a decimal fraction.
        public init(floatLiteral value: Double) {
            storage = .double(value)
        }

        /// The value as an `Int`, nil where it has a fraction or does not fit.
        public var intValue: Int? { exactly(Int.self) }

        /// The value as an integer of some type, nil where it has a fraction or does not fit.
        public func exactly<Integer: FixedWidthInteger>(_: Integer.Type) -> Integer? {
            switch storage {
            case .signed(let value): return Integer(exactly: value)
            case .unsigned(let value): return Integer(exactly: value)
            case .double(let value): return Integer(exactly: value)
            }
        }

        /// The value as a `Double`, the nearest one where it is a large integer.
        public var doubleValue: Double {
            switch storage {
            case .signed(let value): return Double(value)
            case .unsigned(let value): return Double(value)
            case .double(let value): return value
            }
        }

        /// The number as JavaScript writes it.
        public var description: String {
            switch storage {
            case .signed(let value): return String(value)
            case .unsigned(let value): return String(value)
            case .double(let value): return NumberText.javaScript(value)
            }
        }

        /// Whether two numbers have the same value.
        public static func == (left: Number, right: Number) -> Bool {
            switch (left.storage, right.storage) {
            case (.signed(let left), .signed(let right)): return left == right
            case (.unsigned(let left), .unsigned(let right)): return left == right
            case (.double(let left), .double(let right)): return left == right
            case (.signed(let integer), .double(let double)), (.double(let double), .signed(let integer)):
                return Int64(exactly: double) == integer
            case (.unsigned(let integer), .double(let double)), (.double(let double), .unsigned(let integer)):
                return UInt64(exactly: double) == integer
            case (.signed, .unsigned), (.unsigned, .signed): return false
            }
        }

        /// Feeds the value, equally for equal values.
        public func hash(into hasher: inout Hasher) {
            switch storage {
            case .signed(let value):
                hasher.combine(value)
            case .unsigned(let value):
                hasher.combine(value)
            case .double(let value):
                if let signed = Int64(exactly: value) {
                    hasher.combine(signed)
                } else if let unsigned = UInt64(exactly: value) {
                    hasher.combine(unsigned)
                } else {
                    hasher.combine(value)
                }
            }
        }
    }
}
