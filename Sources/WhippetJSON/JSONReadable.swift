// Copyright 2026 the Whippet authors
// SPDX-License-Identifier: Apache-2.0

/// A type that reads itself from JSON without `Codable`, in half of its time or less.
///
/// ```swift
/// struct Item: JSONReadable {
///     var id: Int
///     var name: String
///     var tags: [String]
///     var note: String?
///
///     init(json reader: JSON.Reader) throws {
///         var object = try reader.object()
///         id = try object.read("id")
///         name = try object.read("name")
///         tags = try object.read("tags") ?? []
///         note = try object.read("note")
///     }
/// }
///
/// func items(_ body: [UInt8]) throws -> [Item] {
///     try JSON.read([Item].self, from: body)
/// }
/// ```
/// A key that is missing is an error, but for an optional, which is nil then and for `null`. Keys that nobody asks for
/// are ignored. What goes wrong is thrown as a `JSONError` with the path: `[3].price: expected a number, found a string`.
/// Asking in the order in which keys mostly come is fastest.
///
/// Integers, `Double`, `Float`, `Bool`, `String`, `JSON`, and optionals, arrays and dictionaries of readable types are
/// readable. An enum with a raw value becomes so by naming the protocol. A type may be `Codable` as well:
/// `JSON.decode` goes by that, `JSON.read` by this.
public protocol JSONReadable {
    /// Reads a value.
    ///
    /// - Parameter reader: The place in the JSON text, good until `init` returns.
    /// - Throws: `JSONError` where the text holds something else; what is thrown passes to the caller of `JSON.read`.
    init(json reader: JSON.Reader) throws

    /// What an object gives that lacks the key: nil, the default, makes that an error.
    static var forMissingKey: Self? { get }
}

extension JSONReadable {
    /// Makes a missing key an error.
    @inlinable public static var forMissingKey: Self? { nil }
}

extension JSON {
    /// Reads a value of `type` from one JSON text.
    ///
    /// - Parameters:
    ///   - type: The type, which says by `init(json:)` what it expects.
    ///   - bytes: The text in UTF-8, without a byte order mark.
    ///   - options: How keys and infinities are read.
    /// - Throws: `JSONError` where the bytes are not JSON or not what the type expects; an error of another type that
    ///   `init(json:)` threw passes as it is.
    @inlinable
    public static func read<Value: JSONReadable>(
        _ type: Value.Type = Value.self, from bytes: [UInt8], options: DecodingOptions = DecodingOptions()
    ) throws -> Value {
        try bytes.withUnsafeBufferPointer { try read(type, from: $0, options: options) }
    }

    /// Reads a value of `type` from one JSON text.
    ///
    /// - Parameters:
    ///   - type: The type, which says by `init(json:)` what it expects.
    ///   - bytes: The text in UTF-8, without a byte order mark.
    ///   - options: How keys and infinities are read.
    /// - Throws: `JSONError` where the bytes are not JSON or not what the type expects; an error of another type that
    ///   `init(json:)` threw passes as it is.
    @inlinable
    public static func read<Value: JSONReadable>(
        _ type: Value.Type = Value.self, from bytes: UnsafeBufferPointer<UInt8>,
        options: DecodingOptions = DecodingOptions()
    ) throws -> Value {
        let reader = try Reader(bytes, options)
        defer { reader.end() }
        do {
            return try Value(json: reader)
        } catch {
            throw reader.publicError(error)
        }
    }
}
