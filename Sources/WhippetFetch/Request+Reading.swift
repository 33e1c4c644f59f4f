// Copyright 2026 the Whippet authors
// SPDX-License-Identifier: Apache-2.0

internal import WhippetInfra
public import WhippetJSON

// Reading: https://fetch.spec.whatwg.org/#body-mixin. Each method reads the whole body, once, up to `bodyLimit`.
//
// What is wrong with the request is an `HTTPError`: a handler that lets it pass answers with its status and sentence.
extension Request {
    /// Reads the body as UTF-8, whatever the Content-Type says.
    ///
    /// - Throws: `TypeError` if the body was read or is locked; `HTTPError` 413 if it is larger than `bodyLimit`.
    public func text() async throws -> String { try await consumer.text("text") }

    /// Reads the body as bytes.
    ///
    /// - Throws: `TypeError` if the body was read or is locked; `HTTPError` 413 if it is larger than `bodyLimit`.
    public func bytes() async throws -> [UInt8] { try await consumer.bytes("bytes") }

    /// Reads the body as JSON, whatever the Content-Type says.
    ///
    /// - Throws: `TypeError` if the body was read or is locked; `HTTPError` 413 if it is larger than `bodyLimit`, 400
    ///   if it is not JSON.
    public func json() async throws -> JSON { try await consumer.json("json") }

    /// Reads the body as JSON of a type.
    ///
    /// ```swift
    /// struct Order: Decodable { var item: String; var count: Int }
    /// let order = try await request.json(as: Order.self)
    /// ```
    /// - Throws: `TypeError` if the body was read or is locked; `HTTPError` 413 if it is larger than `bodyLimit`, 415
    ///   if the Content-Type has another charset than UTF-8, 400 if it is not the JSON of that type: the message names
    ///   the field, as in `items[3].price: expected a number, found a string`.
    public func json<Value: Decodable>(
        as type: Value.Type, options: JSON.DecodingOptions = JSON.DecodingOptions()
    ) async throws -> Value {
        try refuseOtherCharset()
        return try await consumer.json(as: type, options, "json")
    }

    /// The bytes that a type reads itself from.
    @usableFromInline
    func bytesOfJSON() async throws -> [UInt8] {
        try refuseOtherCharset()
        return try await consumer.withoutByteOrderMark("json")
    }

    private func refuseOtherCharset() throws {
        if headers.mayHaveCharset, let charset = headers.mimeType?["charset"],
            !ASCII.equalsIgnoringCase(charset, "utf-8"), !ASCII.equalsIgnoringCase(charset, "utf8")
        {
            throw consumer.unsupported("Request.json: the charset \(quoted(charset)) can't be read; JSON is UTF-8")
        }
    }

    /// Reads the body as a blob with the type that the headers say.
    ///
    /// - Throws: `TypeError` if the body was read or is locked; `HTTPError` 413 if it is larger than `bodyLimit`.
    public func blob() async throws -> Blob { try await consumer.blob("blob", contentType: headers.mimeType) }

    /// Reads the body as a form, urlencoded or `multipart/form-data`.
    ///
    /// The whole form is in memory then, its files too: `formDataParts()` reads one of any size.
    ///
    /// - Parameter limits: How much a `multipart/form-data` body may hold.
    /// - Throws: `TypeError` if the body was read or is locked; `HTTPError` 413 if it is larger than `bodyLimit` or goes
    ///   over a limit, 415 if the Content-Type is not a form's, 400 if it is malformed.
    public func formData(limits: FormDataLimits = FormDataLimits()) async throws -> FormData {
        try await consumer.formData("formData", contentType: headers.mimeType, limits: limits)
    }

    /// An `ArrayBuffer` has no counterpart in Swift: `bytes()` gives the same bytes.
    @available(*, unavailable, renamed: "bytes()")
    public func arrayBuffer() async throws -> [UInt8] { try await bytes() }

    private var consumer: BodyConsumer { BodyConsumer(box: box, limit: bodyLimit, isRequest: true) }
}
