// Copyright 2026 the Whippet authors
// SPDX-License-Identifier: Apache-2.0

/// A JSON value, and the place where JSON is read and written.
///
/// What `request.json()` returns and what `Response.json` takes:
/// ```swift
/// let json = try JSON.parse(Array(#"{"items": [{"price": 12.5}]}"#.utf8))
/// json["items"][0]["price"].doubleValue  // 12.5
/// let answer: JSON = ["count": 1, "tags": ["a", "b"], "next": nil]
/// answer.serialize()  // {"count":1,"tags":["a","b"],"next":null}
/// ```
/// Numbers are exact where JavaScript's are not: integers of 64 bits stay integers. Objects keep the order in which
/// keys came; of two equal keys the last one's value wins, at the first one's place, as in JavaScript.
///
/// Source: [RFC 8259](https://www.rfc-editor.org/rfc/rfc8259).
public enum JSON: Hashable, Sendable {
    /// `null`.
    case null
    /// `true` or `false`.
    case bool(Bool)
    /// A number.
    case number(Number)
    /// A string.
    case string(String)
    /// A list of values.
    case array([JSON])
    /// Values under keys.
    case object(Object)

    /// A truth value.
    public init(_ value: Bool) {
        self = .bool(value)
    }

    /// A string.
    public init(_ value: some StringProtocol) {
        self = .string(String(value))
    }

    /// An integer that fits in 64 bits, with its exact value; a wider one as the nearest `Double`.
    public init(_ value: some BinaryInteger) {
        self = .number(Number(value))
    }

    /// A number; one that is not finite can be held and compared, but not written.
    public init(_ value: some BinaryFloatingPoint) {
        self = .number(Number(Double(value)))
    }

    /// A list of values.
    public init(_ values: [JSON]) {
        self = .array(values)
    }

    /// Values under keys.
    public init(_ object: Object) {
        self = .object(object)
    }

    // MARK: - What the value is

    /// Whether the value is `null`.
    public var isNull: Bool {
        if case .null = self { return true }
        return false
    }

    /// The truth value, nil for a value of another kind.
    public var boolValue: Bool? {
        if case .bool(let value) = self { return value }
        return nil
    }

    /// The number, nil for a value of another kind.
    public var numberValue: Number? {
        if case .number(let value) = self { return value }
        return nil
    }

    /// The number as an `Int`, nil where it is none or a value of another kind.
    public var intValue: Int? {
        if case .number(let value) = self { return value.intValue }
        return nil
    }

    /// The number as a `Double`, nil for a value of another kind.
    public var doubleValue: Double? {
        if case .number(let value) = self { return value.doubleValue }
        return nil
    }

    /// The string, nil for a value of another kind.
    public var stringValue: String? {
        if case .string(let value) = self { return value }
        return nil
    }

    /// The list's values, nil for a value of another kind.
    public var arrayValue: [JSON]? {
        if case .array(let values) = self { return values }
        return nil
    }

    /// The object, nil for a value of another kind.
    public var objectValue: Object? {
        if case .object(let object) = self { return object }
        return nil
    }

    /// How many values an array or an object holds; 0 for other values.
    public var count: Int {
        switch self {
        case .array(let values): return values.count
        case .object(let object): return object.count
        case .null, .bool, .number, .string: return 0
        }
    }
}
