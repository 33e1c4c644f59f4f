// Copyright 2026 the Whippet authors
// SPDX-License-Identifier: Apache-2.0

internal import WhippetInfra
public import WhippetJSON
public import WhippetStreams

/// The values of a body in [JSON Lines](https://jsonlines.org), also called NDJSON: one JSON text per line.
///
/// Each value is there as soon as its line has come, and no more than a line and a chunk is kept, however long the body
/// is. Lines may end with CR LF, empty ones are passed over, and the last needs no end.
/// ```swift
/// struct Reading: Decodable {
///     var sensor: String
///     var value: Double
/// }
/// func POST(_ request: Request, _ context: Context) async throws -> Response {
///     var sum = 0.0
///     for try await reading in request.json(lines: Reading.self) { sum += reading.value }
///     return Response("\(sum)\n")
/// }
/// ```
public struct JSONLines<Value: Decodable>: AsyncSequence, Sendable {
    /// A value of one line.
    public typealias Element = Value

    /// Nil for a null body, which has no lines.
    let stream: ByteStream?
    let options: JSON.DecodingOptions
    let lineLimit: Int
    let isRequest: Bool

    /// Locks the body and iterates over its values; leaving the loop early cancels the body.
    public func makeAsyncIterator() -> AsyncIterator {
        AsyncIterator(self)
    }

    /// Reads the values of a body line by line.
    public struct AsyncIterator: AsyncIteratorProtocol {
        /// Nil at the end and after an error.
        private var chunks: ByteStream.AsyncIterator?
        private var lines: LineSplitter
        private let options: JSON.DecodingOptions
        private let isRequest: Bool

        init(_ values: JSONLines) {
            chunks = values.stream?.makeAsyncIterator()
            lines = LineSplitter(limit: values.lineLimit)
            options = values.options
            isRequest = values.isRequest
        }

        /// Reads the next value, nil at the end; after an error there are no more.
        ///
        /// - Throws: `JSONError` with the line's number for a line that is not the JSON of the type or is too long, as
        ///   `HTTPError` 400 or 413 where the body is a request's; what reading the body throws.
        public mutating func next() async throws -> Value? {
            try await next(isolation: #isolation)
        }

        /// Reads the next value, nil at the end, without leaving the caller's actor.
        ///
        /// - Throws: As `next()`.
        public mutating func next(isolation actor: isolated (any Actor)?) async throws -> Value? {
            let options = options
            func decode(_ line: UnsafeBufferPointer<UInt8>, _ number: Int) throws -> Value {
                do {
                    return try JSON.decode(Value.self, from: line, options: options)
                } catch let error as JSONError {
                    throw JSONError(error, line: number)
                }
            }
            do {
                while chunks != nil {
                    if let value = try lines.next(decode) { return value }
                    if let chunk = try await chunks?.next(isolation: actor) {
                        lines.append(chunk)
                    } else {
                        chunks = nil
                        return try lines.last(decode)
                    }
                }
                return nil
            } catch {
                // Lets go of the stream, which cancels it.
                chunks = nil
                throw publicError(error)
            }
        }

        private func publicError(_ error: any Error) -> any Error {
            switch error {
            case let error as LineSplitter.LineTooLong:
                let reason = "line \(error.number): longer than the limit of \(lines.limit) bytes"
                return isRequest ? HTTPError.contentTooLarge(reason) : JSONError(kind: .tooLarge, reason: reason)
            case let error as JSONError where isRequest:
                return HTTPError.badRequest(error.message)
            default:
                return error
            }
        }
    }
}

extension Request {
    /// Reads the body as JSON Lines, whatever the Content-Type says, while it comes.
    ///
    /// `bodyLimit` does not count here: what is bounded is a line. Iterating throws `TypeError` if the body was read or
    /// is locked.
    ///
    /// - Parameters:
    ///   - type: What each line holds.
    ///   - options: How the lines are read.
    ///   - lineLimit: How many bytes a line may have.
    public func json<Value: Decodable>(
        lines type: Value.Type, options: JSON.DecodingOptions = JSON.DecodingOptions(), lineLimit: Int = 1024 * 1024
    ) -> JSONLines<Value> {
        JSONLines(stream: body, options: options, lineLimit: lineLimit, isRequest: true)
    }
}

extension Response {
    /// Reads the body as JSON Lines, whatever the Content-Type says, while it comes.
    ///
    /// Iterating throws `TypeError` if the body was read or is locked.
    ///
    /// - Parameters:
    ///   - type: What each line holds.
    ///   - options: How the lines are read.
    ///   - lineLimit: How many bytes a line may have.
    public func json<Value: Decodable>(
        lines type: Value.Type, options: JSON.DecodingOptions = JSON.DecodingOptions(), lineLimit: Int = 1024 * 1024
    ) -> JSONLines<Value> {
        JSONLines(stream: body, options: options, lineLimit: lineLimit, isRequest: false)
    }
}

extension ReadableStream where Chunk == [UInt8] {
    /// Reads the bytes as JSON Lines while they come, such as those of a body that was decompressed.
    ///
    /// - Parameters:
    ///   - type: What each line holds.
    ///   - options: How the lines are read.
    ///   - lineLimit: How many bytes a line may have.
    public func json<Value: Decodable>(
        lines type: Value.Type, options: JSON.DecodingOptions = JSON.DecodingOptions(), lineLimit: Int = 1024 * 1024
    ) -> JSONLines<Value> {
        JSONLines(stream: self, options: options, lineLimit: lineLimit, isRequest: false)
    }
}
