// Copyright 2026 the Whippet authors
// SPDX-License-Identifier: Apache-2.0

/// The error that the web's standards throw for a value of the wrong kind or form.
///
/// Source: [ECMAScript §20.5.5.5](https://tc39.es/ecma262/#sec-native-error-types-used-in-this-standard-typeerror).
public struct TypeError: Error, Hashable, Sendable, CustomStringConvertible {
    /// What was wrong: the operation, the value and the rule, in one sentence.
    public let message: String

    /// Makes an error with this message.
    public init(_ message: String) {
        self.message = message
    }

    /// The error as a browser prints it, such as `TypeError: …`.
    public var description: String { "TypeError: \(message)" }
}
