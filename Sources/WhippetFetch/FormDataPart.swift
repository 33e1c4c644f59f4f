// Copyright 2026 the Whippet authors
// SPDX-License-Identifier: Apache-2.0

internal import WhippetInfra
public import WhippetJSON
public import WhippetStreams

/// A part of a `multipart/form-data` body: its headers, and its body while it comes.
///
/// The body is read once, before the next part is asked for.
/// ```swift
/// for try await part in request.formDataParts() {
///     guard part.name == "data" else { continue }
///     var size = 0
///     for try await chunk in part.body { size += chunk.count }
/// }
/// ```
public struct FormDataPart: Sendable {
    /// The name of the form's field.
    public let name: String
    /// The name of the file, nil if the part is text.
    ///
    /// It is the client's word: never a path to write to.
    public let filename: String?
    private let head: MultipartPartHead
    private let box: BodyBox
    private let limit: Int?
    private let isRequest: Bool

    init(_ head: MultipartPartHead, _ reader: MultipartReader, number: Int, limit: Int?, _ isRequest: Bool) {
        name = head.name
        filename = head.filename
        self.head = head
        box = BodyBox(.sequence(PartSequence(reader, number: number)))
        self.limit = limit
        self.isRequest = isRequest
    }

    /// All headers of the part.
    public var headers: Headers { head.headers }

    /// The value of Content-Type; without one, `text/plain`, as RFC 7578 §4.4 says.
    public var type: String { head.contentType ?? "text/plain" }

    /// The body as a stream of chunks as they come.
    public var body: ByteStream { box.stream }

    /// Whether the body was read, in part or whole.
    public var bodyUsed: Bool { box.isUsed }

    /// Reads the body as UTF-8.
    ///
    /// - Throws: `TypeError` if the body was read or the part is over; `HTTPError` 413 if it is larger than the request's
    ///   `bodyLimit`; what reading the form throws.
    public func text() async throws -> String { try await consumer.text("text") }

    /// Reads the body as bytes.
    ///
    /// - Throws: `TypeError` if the body was read or the part is over; `HTTPError` 413 if it is larger than the request's
    ///   `bodyLimit`; what reading the form throws.
    public func bytes() async throws -> [UInt8] { try await consumer.bytes("bytes") }

    /// Reads the body as JSON of a type.
    ///
    /// - Throws: `TypeError` if the body was read or the part is over; `HTTPError` 413 if it is larger than the request's
    ///   `bodyLimit`, 400 if it is not the JSON of that type; what reading the form throws.
    public func json<Value: Decodable>(
        as type: Value.Type, options: JSON.DecodingOptions = JSON.DecodingOptions()
    ) async throws -> Value {
        try await consumer.json(as: type, options, "json")
    }

    /// Reads the body into a file: in memory if it is small, else on the disk.
    ///
    /// What lies on the disk goes with the last reference to the file. `request.bodyLimit` doesn't count here, the form's
    /// limits do.
    ///
    /// - Parameters:
    ///   - directory: Where a large file lies; nil for the folder that `TMPDIR` names, or `/tmp`.
    ///   - memoryLimit: Up to how many bytes stay in memory.
    /// - Returns: The file with the part's name for it and its type.
    /// - Throws: `TypeError` if the body was read or the part is over; `DOMException` if the disk takes no file; what
    ///   reading the form throws.
    public func file(in directory: String? = nil, memoryLimit: Int = 64 * 1024) async throws -> File {
        let source = try box.claim(for: "FormDataPart.file").makeSequence()
        var bytes: [UInt8] = []
        while let chunk = try await source.next() {
            bytes += chunk
            guard bytes.count > memoryLimit else { continue }
            let output = try await OutputFile.temporary(in: directory)
            try await output.write(bytes)
            bytes = []
            try await output.write(all: source)
            return File(try await output.keepAsTemporary(), name: filename ?? "", type: type)
        }
        return File(Blob(pieces: bytes.isEmpty ? [] : [.bytes(bytes[...])], type: type), name: filename ?? "")
    }

    /// Writes the body to a file, which is there only once it is complete; one that was there is replaced.
    ///
    /// - Parameter path: Where the file will lie; never made of what the client sent.
    /// - Returns: How many bytes the file has.
    /// - Throws: `TypeError` if the body was read or the part is over; `DOMException` if the disk takes no file; what
    ///   reading the form throws.
    @discardableResult
    public func write(to path: String) async throws -> Int {
        try await OutputFile.write(try box.claim(for: "FormDataPart.write").makeSequence(), to: path)
    }

    private var consumer: BodyConsumer {
        BodyConsumer(box: box, limit: limit, isRequest: isRequest, owner: "FormDataPart")
    }
}
