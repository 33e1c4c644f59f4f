// Copyright 2026 the Whippet authors
// SPDX-License-Identifier: Apache-2.0

/// The error of the DOM and of the standards built on it, told apart by its name.
///
/// Source: [Web IDL §2.8.1](https://webidl.spec.whatwg.org/#idl-DOMException).
public struct DOMException: Error, Hashable, Sendable, CustomStringConvertible {
    /// The name of a `DOMException`, such as `AbortError`.
    public struct Name: RawRepresentable, Hashable, Sendable, ExpressibleByStringLiteral {
        /// The name as the standard spells it.
        public let rawValue: String

        /// Makes a name, as it is.
        public init(rawValue: String) {
            self.rawValue = rawValue
        }

        /// Makes a name from a literal, as it is.
        public init(stringLiteral value: String) {
            self.rawValue = value
        }

        /// The operation was aborted.
        public static let abortError: Name = "AbortError"
        /// The operation took longer than it may.
        public static let timeoutError: Name = "TimeoutError"
        /// The string has a character that it may not have.
        public static let invalidCharacterError: Name = "InvalidCharacterError"
        /// The object is in a state in which this can't be done.
        public static let invalidStateError: Name = "InvalidStateError"
        /// The object can't be cloned.
        public static let dataCloneError: Name = "DataCloneError"
        /// The operation is not supported.
        public static let notSupportedError: Name = "NotSupportedError"
        /// The object could not be found.
        public static let notFoundError: Name = "NotFoundError"
        /// The input could not be read.
        public static let notReadableError: Name = "NotReadableError"
        /// The quota has been exceeded.
        public static let quotaExceededError: Name = "QuotaExceededError"
    }

    /// What happened, in one sentence.
    public let message: String
    /// Which error this is.
    public let name: Name

    /// Makes an error with a message and a name.
    public init(_ message: String = "", name: Name) {
        self.message = message
        self.name = name
    }

    /// The error as a browser prints it, such as `AbortError: …`.
    public var description: String { "\(name.rawValue): \(message)" }
}
