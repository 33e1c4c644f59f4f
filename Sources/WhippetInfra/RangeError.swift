// Copyright 2026 the Whippet authors
// SPDX-License-Identifier: Apache-2.0

/// The error that the web's standards throw for a number or a label outside the permitted set.
///
/// Source: [ECMAScript §20.5.5.2](https://tc39.es/ecma262/#sec-native-error-types-used-in-this-standard-rangeerror).
public struct RangeError: Error, Hashable, Sendable, CustomStringConvertible {
    /// What was wrong: the operation, the value and the rule, in one sentence.
    public let message: String

    /// Makes an error with this message.
    public init(_ message: String) {
        self.message = message
    }

    /// The error as a browser prints it, such as `RangeError: …`.
    public var description: String { "RangeError: \(message)" }
}
