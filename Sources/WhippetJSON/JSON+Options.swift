// Copyright 2026 the Whippet authors
// SPDX-License-Identifier: Apache-2.0

extension JSON {
    /// How keys in JSON relate to the coding keys of a type.
    public struct KeyStrategy: Hashable, Sendable {
        enum Value {
            case asWritten
            case snakeCase
        }

        let value: Value

        /// A coding key is the key in JSON, letter by letter.
        public static let asWritten = KeyStrategy(value: .asWritten)
        /// A coding key `unitPrice` is `unit_price` in JSON.
        ///
        /// Reading takes both spellings and prefers the exact one, so that the keys of dictionaries stay what they are.
        public static let snakeCase = KeyStrategy(value: .snakeCase)
    }

    /// How numbers that JSON does not have (infinities and NaN) are read and written.
    public struct NonFiniteStrategy: Hashable, Sendable {
        enum Value: Hashable {
            case refuse
            case null
            case strings(infinity: String, negativeInfinity: String, notANumber: String)
        }

        let value: Value

        var isRefuse: Bool { if case .refuse = value { true } else { false } }

        /// Writing one is an error, reading one too.
        public static let refuse = NonFiniteStrategy(value: .refuse)
        /// One is written as `null`, as `JSON.stringify` does; reading one is an error.
        public static let null = NonFiniteStrategy(value: .null)

        /// One is written as a string of this text and read from it.
        public static func strings(infinity: String, negativeInfinity: String, notANumber: String) -> Self {
            NonFiniteStrategy(
                value: .strings(infinity: infinity, negativeInfinity: negativeInfinity, notANumber: notANumber))
        }
    }

    /// How to read a value from JSON.
    public struct DecodingOptions: Sendable {
        /// How keys relate to coding keys.
        public var keys: KeyStrategy
        /// How infinities and NaN are read.
        public var nonFinite: NonFiniteStrategy
        /// What the decoder hands to `init(from:)`.
        public var userInfo: [CodingUserInfoKey: any Sendable]
        /// What a module that gives types of another library their form wants to know.
        package var forms: (any AnyObject & Sendable)?

        /// Makes options; each has the usual default.
        public init(
            keys: KeyStrategy = .asWritten,
            nonFinite: NonFiniteStrategy = .refuse,
            userInfo: [CodingUserInfoKey: any Sendable] = [:]
        ) {
            self.keys = keys
            self.nonFinite = nonFinite
            self.userInfo = userInfo
        }
    }

    /// How to write a value as JSON.
    public struct EncodingOptions: Sendable {
        /// Whether the text has line breaks and two spaces per level, as `JSON.stringify(value, null, 2)`.
        public var pretty: Bool
        /// Whether the keys of each object are sorted by their UTF-8 bytes.
        public var sortedKeys: Bool
        /// How keys relate to coding keys.
        public var keys: KeyStrategy
        /// How infinities and NaN are written.
        public var nonFinite: NonFiniteStrategy
        /// What the encoder hands to `encode(to:)`.
        public var userInfo: [CodingUserInfoKey: any Sendable]
        /// What a module that gives types of another library their form wants to know.
        package var forms: (any AnyObject & Sendable)?

        /// What there is where nothing is said, made once.
        package static let usual = EncodingOptions()

        /// Makes options; each has the usual default.
        public init(
            pretty: Bool = false,
            sortedKeys: Bool = false,
            keys: KeyStrategy = .asWritten,
            nonFinite: NonFiniteStrategy = .refuse,
            userInfo: [CodingUserInfoKey: any Sendable] = [:]
        ) {
            self.pretty = pretty
            self.sortedKeys = sortedKeys
            self.keys = keys
            self.nonFinite = nonFinite
            self.userInfo = userInfo
        }
    }
}
