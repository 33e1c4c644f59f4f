// Copyright 2026 the Whippet authors
// SPDX-License-Identifier: Apache-2.0

internal import WhippetInfra

/// A type that is written as one text in a form.
protocol FormScalar: Decodable {
    /// What an error says was expected.
    static var expectation: String { get }
    /// What an absent field means, nil where it must be there.
    static var absent: Self? { get }

    init?(formText text: String)
}

extension FormScalar {
    static var absent: Self? { nil }
}

extension String: FormScalar {
    static var expectation: String { "text" }

    init?(formText text: String) { self = text }
}

extension Bool: FormScalar {
    static var expectation: String { "yes or no" }
    /// A box that is not ticked sends nothing.
    static var absent: Bool? { false }

    /// Takes what a ticked box, a selection and a query without a value say.
    init?(formText text: String) {
        switch ASCII.lowercased(text) {
        case "on", "true", "yes", "1", "": self = true
        case "off", "false", "no", "0": self = false
        default: return nil
        }
    }
}

extension Double: FormScalar {
    static var expectation: String { "a number" }

    /// Takes decimal digits with a sign, a point and an exponent, such as `-1.5e3`.
    init?(formText text: String) {
        let isPlain = text.utf8.allSatisfy { ASCII.isDigit($0) || "+-.eE".utf8.contains($0) }
        guard isPlain, let value = Double(text), value.isFinite else { return nil }
        self = value
    }
}

extension Float: FormScalar {
    static var expectation: String { "a number" }

    init?(formText text: String) {
        guard let value = Double(formText: text).map({ Float($0) }), value.isFinite else { return nil }
        self = value
    }
}

extension FormScalar where Self: FixedWidthInteger {
    static var expectation: String {
        Self.isSigned ? "a whole number" : "a whole number that is not negative"
    }

    init?(formText text: String) {
        self.init(text, radix: 10)
    }
}

extension Int: FormScalar {}
extension Int8: FormScalar {}
extension Int16: FormScalar {}
extension Int32: FormScalar {}
extension Int64: FormScalar {}
extension UInt: FormScalar {}
extension UInt8: FormScalar {}
extension UInt16: FormScalar {}
extension UInt32: FormScalar {}
extension UInt64: FormScalar {}
