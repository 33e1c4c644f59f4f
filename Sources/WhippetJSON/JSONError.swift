// Copyright 2026 the Whippet authors
// SPDX-License-Identifier: Apache-2.0

/// Why bytes are not JSON, or not the JSON that a type expects, or why a value can't be written as JSON.
///
/// The message names the place and the rule and may be shown to a client:
/// `items[3].price: expected a number, found a string`.
public struct JSONError: Error, Hashable, Sendable, CustomStringConvertible {
    /// The class of a JSON error.
    public struct Kind: Hashable, Sendable, CustomStringConvertible {
        private enum Value: String {
            case syntax
            case typeMismatch
            case missingKey
            case numberOutOfRange
            case dataCorrupted
            case tooDeep
            case tooLarge
            case notEncodable
            case misuse
        }

        private let value: Value

        /// The bytes are not JSON.
        public static let syntax = Kind(value: .syntax)
        /// A value is of another kind than the type expects, `null` included.
        public static let typeMismatch = Kind(value: .typeMismatch)
        /// An object lacks a key that the type requires.
        public static let missingKey = Kind(value: .missingKey)
        /// A number does not fit in the type that should hold it.
        public static let numberOutOfRange = Kind(value: .numberOutOfRange)
        /// A value is of the right kind, but the type refuses it.
        public static let dataCorrupted = Kind(value: .dataCorrupted)
        /// Arrays and objects are nested more than 512 deep.
        public static let tooDeep = Kind(value: .tooDeep)
        /// The text is longer than 2 GiB, or a line longer than the limit.
        public static let tooLarge = Kind(value: .tooLarge)
        /// The value has no form in JSON, such as a number that is not finite.
        public static let notEncodable = Kind(value: .notEncodable)
        /// The code that reads or writes a value breaks the rules of `Codable`, such as by using a decoder later.
        public static let misuse = Kind(value: .misuse)

        /// The name of the kind.
        public var description: String { value.rawValue }
    }

    /// The class of the error.
    public let kind: Kind
    /// Where in the value, such as `items[3].price`; empty for the outermost value.
    public let path: String
    /// The offset in bytes at which the offending text starts, where it is known.
    public let offset: Int?
    /// What is wrong, in one sentence that begins with the path, if there is one.
    public let message: String

    package init(kind: Kind, path: String = "", offset: Int? = nil, reason: String) {
        self.kind = kind
        self.path = path
        self.offset = offset
        message = path.isEmpty ? reason : "\(path): \(reason)"
    }

    /// The error that a line of JSON Lines has; the path and the offset are those in the line.
    package init(_ error: JSONError, line: Int) {
        kind = error.kind
        path = error.path
        offset = error.offset
        message = "line \(line): \(error.message)"
    }

    /// The error of a value that stands under `path`.
    init(_ error: JSONError, under path: String) {
        let separator = error.path.isEmpty || path.isEmpty || error.path.first == "[" ? "" : "."
        let reason = error.path.isEmpty ? error.message[...] : error.message.dropFirst(error.path.count + 2)
        self.init(kind: error.kind, path: path + separator + error.path, reason: String(reason))
    }

    /// The error as it is printed in a log, such as `JSONError: …`.
    public var description: String { "JSONError: \(message)" }
}
