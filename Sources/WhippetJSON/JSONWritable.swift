// Copyright 2026 the Whippet authors
// SPDX-License-Identifier: Apache-2.0

/// A type that writes itself as JSON without `Codable`, in half of its time or less.
///
/// ```swift
/// struct Item: JSONWritable {
///     var id: Int
///     var name: String
///     var tags: [String]
///     var note: String?
///
///     func write(json writer: inout JSON.Writer) throws {
///         try writer.object {
///             try $0.write("id", id)
///             try $0.write("name", name)
///             try $0.write("tags", tags)
///             try $0.write("note", note)
///         }
///     }
/// }
///
/// func body(_ items: [Item]) throws -> [UInt8] {
///     try JSON.write(items)
/// }
/// ```
/// A member that is nil is left out, with its key; in an array nil is `null`, and `JSON.null` is `null` everywhere.
/// `write` writes exactly one value. What `JSON.write` returns is well-formed, or it throws a `JSONError`; an error that
/// `write` threw fails the call even where somebody caught it.
///
/// The types of the standard library that are `JSONReadable` are writable as well. A type may be `Codable`, too:
/// `JSON.encode` goes by that, `JSON.write` by this.
public protocol JSONWritable {
    /// Writes the value.
    ///
    /// - Parameter writer: The place for the value.
    func write(json writer: inout JSON.Writer) throws

    /// Whether the value, as a member of an object, is left out together with its key; false by default.
    var leavesOutKey: Bool { get }
}

extension JSONWritable {
    /// Keeps the key.
    @inlinable public var leavesOutKey: Bool { false }
}

extension JSON {
    /// Writes a value as JSON.
    ///
    /// - Parameters:
    ///   - value: The value, which says by `write(json:)` what it is.
    ///   - options: How keys and infinities are written, and the layout.
    /// - Returns: The text in UTF-8.
    /// - Throws: `JSONError` where the value has no form in JSON; an error that `write(json:)` threw passes as it is.
    @inlinable
    public static func write<Value: JSONWritable>(
        _ value: Value, options: EncodingOptions = EncodingOptions()
    ) throws -> [UInt8] {
        var writer = Writer(options)
        do {
            try value.write(json: &writer)
        } catch {
            writer.fail(error)
        }
        return try writer.end(options)
    }
}
