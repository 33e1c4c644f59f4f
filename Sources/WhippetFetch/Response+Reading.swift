// Copyright 2026 the Whippet authors
// SPDX-License-Identifier: Apache-2.0

internal import WhippetInfra
public import WhippetJSON

// Reading: https://fetch.spec.whatwg.org/#body-mixin. Each method reads the whole body, once.
extension Response {
    /// Reads the body as UTF-8, whatever the Content-Type says.
    ///
    /// - Throws: `TypeError` if the body was read or is locked.
    public func text() async throws -> String { try await consumer.text("text") }

    /// Reads the body as bytes.
    ///
    /// - Throws: `TypeError` if the body was read or is locked.
    public func bytes() async throws -> [UInt8] { try await consumer.bytes("bytes") }

    /// Reads the body as JSON.
    ///
    /// - Throws: `TypeError` if the body was read or is locked, `JSONError` if it is not JSON.
    public func json() async throws -> JSON { try await consumer.json("json") }

    /// Reads the body as JSON of a type.
    ///
    /// - Throws: `TypeError` if the body was read or is locked, `JSONError` if it is not the JSON of that type.
    public func json<Value: Decodable>(
        as type: Value.Type, options: JSON.DecodingOptions = JSON.DecodingOptions()
    ) async throws -> Value {
        try await consumer.json(as: type, options, "json")
    }

    /// Reads the body as a blob with the type that the headers say.
    ///
    /// - Throws: `TypeError` if the body was read or is locked.
    public func blob() async throws -> Blob { try await consumer.blob("blob", contentType: headers.mimeType) }

    /// Reads the body as a form, urlencoded or `multipart/form-data`.
    ///
    /// - Throws: `TypeError` if the body was read or is locked, the Content-Type is not a form's, or it is malformed.
    public func formData() async throws -> FormData {
        try await consumer.formData("formData", contentType: headers.mimeType, limits: .none)
    }

    /// An `ArrayBuffer` has no counterpart in Swift: `bytes()` gives the same bytes.
    @available(*, unavailable, renamed: "bytes()")
    public func arrayBuffer() async throws -> [UInt8] { try await bytes() }

    /// The bytes that a type reads itself from.
    @usableFromInline
    func bytesOfJSON() async throws -> [UInt8] { try await consumer.withoutByteOrderMark("json") }

    private var consumer: BodyConsumer { BodyConsumer(box: box, limit: nil, isRequest: false) }
}
