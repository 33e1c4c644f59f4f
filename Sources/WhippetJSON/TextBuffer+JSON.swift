// Copyright 2026 the Whippet authors
// SPDX-License-Identifier: Apache-2.0

extension TextBuffer {
    /// Writes a value without white space.
    ///
    /// - Returns: False where a number is not finite and `nonFinite` refuses it.
    @discardableResult
    mutating func append(json: JSON, nonFinite: JSON.NonFiniteStrategy) -> Bool {
        switch json {
        case .null: append("null")
        case .bool(let value): value ? append("true") : append("false")
        case .string(let value): append(string: value)
        case .number(let number):
            switch number.storage {
            case .signed(let value): append(integer: value)
            case .unsigned(let value): append(digits: value)
            case .double(let value): return append(number: value, nonFinite: nonFinite)
            }
        case .array(let values):
            append(UInt8(ascii: "["))
            var isFirst = true
            for value in values {
                if !isFirst { append(UInt8(ascii: ",")) }
                isFirst = false
                guard append(json: value, nonFinite: nonFinite) else { return false }
            }
            append(UInt8(ascii: "]"))
        case .object(let object):
            append(UInt8(ascii: "{"))
            var isFirst = true
            for member in object.members {
                append(key: member.key, hasComma: !isFirst)
                isFirst = false
                guard append(json: member.value, nonFinite: nonFinite) else { return false }
            }
            append(UInt8(ascii: "}"))
        }
        return true
    }

    /// Writes a number; false where it is not finite and `nonFinite` refuses it.
    @inline(__always)
    mutating func append(number value: Double, nonFinite: @autoclosure () -> JSON.NonFiniteStrategy) -> Bool {
        if value.isFinite {
            NumberText.append(value, to: &self)
            return true
        }
        return append(nonFinite: value, nonFinite())
    }

    /// Writes a number; false where it is not finite and `nonFinite` refuses it.
    mutating func append(number value: Float, nonFinite: @autoclosure () -> JSON.NonFiniteStrategy) -> Bool {
        if value.isFinite {
            NumberText.append(value, to: &self)
            return true
        }
        return append(nonFinite: Double(value), nonFinite())
    }

    private mutating func append(nonFinite value: Double, _ strategy: JSON.NonFiniteStrategy) -> Bool {
        switch strategy.value {
        case .refuse: return false
        case .null: append("null")
        case .strings(let infinity, let negativeInfinity, let notANumber):
            append(string: value.isNaN ? notANumber : value < 0 ? negativeInfinity : infinity)
        }
        return true
    }
}
