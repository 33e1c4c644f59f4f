// Copyright 2026 the Whippet authors
// SPDX-License-Identifier: Apache-2.0

public import WhippetJSON

/// The value of a setting of an application: a truth value, a number, text, a list of text, or a function where the
/// setting takes one.
///
/// ```swift
/// let app = express()
/// app.set("trust proxy", "loopback, 10.0.0.0/8")
/// app.set("json spaces", 2)
/// app.set("etag", .etag { bytes in "\"\(bytes.count)\"" })
/// ```
public enum ExpressSetting: Sendable, ExpressibleByBooleanLiteral, ExpressibleByIntegerLiteral,
    ExpressibleByStringInterpolation, ExpressibleByArrayLiteral
{
    /// On or off.
    case bool(Bool)
    /// A number.
    case int(Int)
    /// Text.
    case string(String)
    /// A list of text.
    case list([String])
    /// For `etag`: makes the tag of a body, with its quotation marks; nil for none.
    case etag(@Sendable (_ body: [UInt8]) -> String?)
    /// For `json replacer`: gets each member and each element, and returns what stands there; nil leaves it out.
    case replacer(@Sendable (_ key: String, _ value: JSON) -> JSON?)
    /// For `query parser`: gets the query without its question mark.
    case queryParser(@Sendable (_ query: String) -> JSON)
    /// For `trust proxy`: gets an address and how many proxies lie between it and this server.
    case trust(@Sendable (_ address: String, _ hop: Int) -> Bool)

    /// On or off.
    public init(booleanLiteral value: Bool) { self = .bool(value) }
    /// A number.
    public init(integerLiteral value: Int) { self = .int(value) }
    /// Text.
    public init(stringLiteral value: String) { self = .string(value) }
    /// A list of text.
    public init(arrayLiteral elements: String...) { self = .list(elements) }

    /// Whether the setting is on: anything but `false`, 0 and the empty text.
    public var isOn: Bool {
        switch self {
        case .bool(let value): value
        case .int(let value): value != 0
        case .string(let value): !value.isEmpty
        default: true
        }
    }

    /// The text, nil for another kind of value.
    public var stringValue: String? { if case .string(let text) = self { text } else { nil } }

    /// The number, nil for another kind of value.
    public var intValue: Int? { if case .int(let number) = self { number } else { nil } }
}
