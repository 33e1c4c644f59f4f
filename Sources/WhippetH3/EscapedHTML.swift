// Copyright 2026 the Whippet authors
// SPDX-License-Identifier: Apache-2.0

internal import WhippetInfra

/// Markup in which everything that is interpolated is escaped.
///
/// ```swift
/// let name = "<b>"
/// let app = H3()
/// app.get("/") { event in html("<p>Hello, \(name)!</p>") }
/// ```
/// Markup that is safe already goes in with `\(raw: …)`.
public struct EscapedHTML: ExpressibleByStringInterpolation, CustomStringConvertible, Sendable {
    /// The markup.
    public let description: String

    /// Takes markup as it is.
    public init(raw markup: String) {
        description = markup
    }

    /// Takes a literal as it is.
    public init(stringLiteral markup: String) {
        description = markup
    }

    /// Takes a literal with the values in it.
    public init(stringInterpolation: StringInterpolation) {
        description = stringInterpolation.markup
    }

    /// Gathers a literal and its values.
    public struct StringInterpolation: StringInterpolationProtocol {
        var markup = ""

        /// Begins a literal.
        public init(literalCapacity: Int, interpolationCount: Int) {
            markup.reserveCapacity(literalCapacity)
        }

        /// Takes a part of the literal as it is.
        public mutating func appendLiteral(_ literal: String) { markup += literal }

        /// Takes a value, escaped.
        public mutating func appendInterpolation(_ value: some CustomStringConvertible) {
            markup += HTMLEscaping.escape(value.description)
        }

        /// Takes a value, escaped; nothing for nil.
        public mutating func appendInterpolation<Value: CustomStringConvertible>(_ value: Value?) {
            if let value { appendInterpolation(value) }
        }

        /// Takes escaped markup as it is.
        public mutating func appendInterpolation(_ value: EscapedHTML) { markup += value.description }

        /// Takes markup as it is.
        public mutating func appendInterpolation(raw value: String) { markup += value }
    }
}
