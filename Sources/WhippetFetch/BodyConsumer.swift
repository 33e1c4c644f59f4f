// Copyright 2026 the Whippet authors
// SPDX-License-Identifier: Apache-2.0

internal import WhippetInfra
internal import WhippetJSON
internal import WhippetStreams
internal import WhippetURL

/// The reading half of the mixin [Body](https://fetch.spec.whatwg.org/#body-mixin): what `text()` and its sisters share.
///
/// A request tells its client what is wrong (`HTTPError`), a response tells the code that reads it (`TypeError`,
/// `JSONError`).
struct BodyConsumer {
    let box: BodyBox?
    let limit: Int?
    let isRequest: Bool
    /// Whose body it is, as errors say it.
    let owner: String

    init(box: BodyBox?, limit: Int?, isRequest: Bool, owner: String? = nil) {
        self.box = box
        self.limit = limit
        self.isRequest = isRequest
        self.owner = owner ?? (isRequest ? "Request" : "Response")
    }

    /// A body in one piece, as it came.
    private enum Contents {
        case string(String)
        case bytes([UInt8])
    }

    // MARK: - What becomes of the bytes

    /// UTF-8 decodes the body.
    func text(_ operation: String) async throws -> String {
        switch try await consume(operation) {
        case .string(let text):
            return text.unicodeScalars.first == "\u{FEFF}" ? String(text.unicodeScalars.dropFirst()) : text
        case .bytes(let bytes):
            return UTF8Decoding.decode(bytes.span)
        }
    }

    /// The bytes of the body.
    func bytes(_ operation: String) async throws -> [UInt8] {
        switch try await consume(operation) {
        case .string(let text): Array(text.utf8)
        case .bytes(let bytes): bytes
        }
    }

    /// Parses the body as JSON.
    func json(_ operation: String) async throws -> JSON {
        let bytes = try await withoutByteOrderMark(operation)
        return try readable {
            do {
                return try JSON.parse(bytes)
            } catch {
                // The standard decodes before it parses: bytes that are not UTF-8 become U+FFFD.
                guard UTF8Decoding.decodeWithoutBOMOrFail(bytes.span) == nil else { throw error }
                return try JSON.parse(Array(UTF8Decoding.decodeWithoutBOM(bytes.span).utf8))
            }
        }
    }

    /// Parses the body as JSON of a type.
    func json<Value: Decodable>(
        as type: Value.Type, _ options: JSON.DecodingOptions, _ operation: String
    ) async throws -> Value {
        let bytes = try await withoutByteOrderMark(operation)
        return try readable { try JSON.decode(type, from: bytes, options: options) }
    }

    /// The bytes of the body with a type; those of a file stay where they are.
    func blob(_ operation: String, contentType: MIMEType?) async throws -> Blob {
        let type = contentType?.serialized ?? ""
        // Fast path: a blob that nobody read is taken over ("a blob's bytes are those of the body" tests all sources).
        if case .blob(let blob)? = box?.source, box?.isUntouched == true {
            _ = try box?.claim(for: "\(owner).\(operation)")
            return Blob(pieces: blob.pieces, type: type)
        }
        let bytes = try await bytes(operation)
        return Blob(pieces: bytes.isEmpty ? [] : [.bytes(bytes[...])], type: type)
    }

    /// Parses the body as a form.
    func formData(_ operation: String, contentType: MIMEType?, limits: FormDataLimits) async throws -> FormData {
        switch contentType?.essence {
        case "application/x-www-form-urlencoded":
            // A null body is an empty one.
            let bytes = try await bytes(operation)
            return FormData(urlencoded: bytes)
        case "multipart/form-data":
            guard let contentType else { return FormData() }
            let bytes = try await bytes(operation)
            do {
                return try FormData(multipart: bytes, contentType: contentType, limits: limits)
            } catch {
                throw publicError(error, operation)
            }
        default:
            throw wrongFormType(
                operation, contentType, expected: "application/x-www-form-urlencoded or multipart/form-data")
        }
    }

    /// The error for a body that is no form, or not that kind of form.
    func wrongFormType(_ operation: String, _ contentType: MIMEType?, expected: String) -> any Error {
        let found = contentType.map { "the Content-Type is \($0.essence)" } ?? "there is no valid Content-Type"
        return unsupported("\(owner).\(operation): \(found); a form is \(expected)")
    }

    /// The error that leaves for one in a form.
    func publicError(_ error: MultipartError, _ operation: String) -> any Error {
        let message = "\(owner).\(operation): \(error.message)"
        guard isRequest else { return TypeError(message) }
        return error.isLimit ? HTTPError.contentTooLarge(message) : HTTPError.badRequest(message)
    }

    /// Whatever a client sent of the wrong type.
    func unsupported(_ message: String) -> any Error {
        isRequest ? HTTPError.unsupportedMediaType(message) : TypeError(message)
    }

    /// The bytes of the body without a byte order mark in front.
    func withoutByteOrderMark(_ operation: String) async throws -> [UInt8] {
        let bytes = try await bytes(operation)
        return UTF8Decoding.startsWithBOM(bytes.span) ? Array(bytes.dropFirst(3)) : bytes
    }

    private func readable<Value>(_ parse: () throws -> Value) throws -> Value {
        do {
            return try parse()
        } catch let error as JSONError where isRequest {
            throw HTTPError.badRequest(error.message)
        }
    }

    // MARK: - How the bytes come

    /// Implements [consume body](https://fetch.spec.whatwg.org/#concept-body-consume-body): reads the body to its end.
    private func consume(_ operation: String) async throws -> Contents {
        // 1, 4. A null body is empty and never becomes used.
        guard let box else { return .bytes([]) }
        // What says in advance that it is too long is not even begun.
        if let length = box.length, let limit, length > limit { throw tooLarge(limit) }
        switch try box.claim(for: "\(owner).\(operation)") {
        case .empty: return .bytes([])
        case .string(let text): return .string(text)
        case .bytes(let bytes): return .bytes(bytes)
        case .file(let range): return try await gather(range.makeSequence())
        case .sequence(let sequence): return try await gather(sequence)
        case .stream(let stream): return try await gather(stream)
        }
    }

    private func gather(_ sequence: any BodySequence) async throws -> Contents {
        var chunks = ChunkGatherer(expected: sequence.length)
        while let chunk = try await sequence.next() {
            guard chunks.append(chunk, limit: limit) else {
                let error = tooLarge(limit ?? 0)
                sequence.cancel(error)
                throw error
            }
        }
        return .bytes(chunks.bytes)
    }

    private func gather(_ stream: ByteStream) async throws -> Contents {
        let reader = try stream.getReader()
        var chunks = ChunkGatherer(expected: nil)
        while let chunk = try await reader.read() {
            guard chunks.append(chunk, limit: limit) else {
                let error = tooLarge(limit ?? 0)
                try? await reader.cancel(error)
                throw error
            }
        }
        return .bytes(chunks.bytes)
    }

    private func tooLarge(_ limit: Int) -> any Error {
        let message = "the body is larger than the limit of \(limit) bytes"
        return isRequest
            ? HTTPError.contentTooLarge("\(message); the route's bodyLimit or request.bodyLimit raises it")
            : TypeError("Response: \(message)")
    }
}

/// Chunks that become one array: the only chunk stays as it is.
private struct ChunkGatherer {
    private(set) var bytes: [UInt8] = []
    private let expected: Int

    init(expected: Int?) {
        // The length is the client's word: memory is taken ahead for a usual body, not for whatever it says.
        self.expected = min(expected ?? 0, 128 * 1024)
    }

    /// Adds a chunk; false if the body is over the limit then.
    mutating func append(_ chunk: [UInt8], limit: Int?) -> Bool {
        if let limit, chunk.count > limit - bytes.count { return false }
        if bytes.isEmpty {
            bytes = chunk
            if chunk.count < expected { bytes.reserveCapacity(expected) }
        } else {
            bytes.append(contentsOf: chunk)
        }
        return true
    }
}
