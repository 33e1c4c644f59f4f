// Copyright 2026 the Whippet authors
// SPDX-License-Identifier: Apache-2.0

public import WhippetJSON

// Bodies of types that read and write themselves as JSON, at half the cost of `Codable`. They are inlinable so that the
// type's own code is compiled into the caller; a type that is `Codable` as well takes this way.

extension Request {
    /// Reads the body as JSON of a type that reads itself.
    ///
    /// - Throws: As `json(as:)` of a `Decodable` type.
    @inlinable
    public func json<Value: JSONReadable>(
        as type: Value.Type, options: JSON.DecodingOptions = JSON.DecodingOptions()
    ) async throws -> Value {
        let bytes = try await bytesOfJSON()
        do {
            return try JSON.read(type, from: bytes, options: options)
        } catch {
            throw Self.publicError(error)
        }
    }

    /// Reads the body as JSON of a type that reads itself.
    ///
    /// - Throws: As `json(as:)` of a `Decodable` type.
    @inlinable
    public func json<Value: JSONReadable & Decodable>(
        as type: Value.Type, options: JSON.DecodingOptions = JSON.DecodingOptions()
    ) async throws -> Value {
        let bytes = try await bytesOfJSON()
        do {
            return try JSON.read(type, from: bytes, options: options)
        } catch {
            throw Self.publicError(error)
        }
    }

    @usableFromInline
    static func publicError(_ error: any Error) -> any Error {
        guard let error = error as? JSONError else { return error }
        return HTTPError.badRequest(error.message)
    }
}

extension Response {
    /// Reads the body as JSON of a type that reads itself.
    ///
    /// - Throws: As `json(as:)` of a `Decodable` type.
    @inlinable
    public func json<Value: JSONReadable>(
        as type: Value.Type, options: JSON.DecodingOptions = JSON.DecodingOptions()
    ) async throws -> Value {
        try JSON.read(type, from: try await bytesOfJSON(), options: options)
    }

    /// Reads the body as JSON of a type that reads itself.
    ///
    /// - Throws: As `json(as:)` of a `Decodable` type.
    @inlinable
    public func json<Value: JSONReadable & Decodable>(
        as type: Value.Type, options: JSON.DecodingOptions = JSON.DecodingOptions()
    ) async throws -> Value {
        try JSON.read(type, from: try await bytesOfJSON(), options: options)
    }

    /// Makes a response of a value that writes itself as JSON.
    ///
    /// Does not throw: a value that can't be written makes the answer a 500 with a line in the log.
    @_disfavoredOverload
    @inlinable
    public static func json<Value: JSONWritable>(
        _ data: Value, status: Status = .ok, headers: Headers = Headers(),
        options: JSON.EncodingOptions = JSON.EncodingOptions()
    ) -> Response {
        Response(status, headers, json: Result { try JSON.write(data, options: options) })
    }

    /// Makes a response of a value that writes itself as JSON.
    ///
    /// Does not throw: a value that can't be written makes the answer a 500 with a line in the log.
    @_disfavoredOverload
    @inlinable
    public static func json<Value: JSONWritable & Encodable>(
        _ data: Value, status: Status = .ok, headers: Headers = Headers(),
        options: JSON.EncodingOptions = JSON.EncodingOptions()
    ) -> Response {
        Response(status, headers, json: Result { try JSON.write(data, options: options) })
    }

    @usableFromInline
    init(_ status: Status, _ headers: Headers, json: Result<[UInt8], any Error>) {
        switch json {
        case .success(let bytes):
            self.init(status: status, headers: headers, box: BodyBox(.bytes(bytes)), type: .json)
        case .failure(let error):
            self.init(status: status, headers: headers)
            fail(error)
        }
    }
}
