// Copyright 2026 the Whippet authors
// SPDX-License-Identifier: Apache-2.0

internal import WhippetInfra

/// The parts of a `multipart/form-data` body, one after the other as they come.
///
/// However large the body is, no more than a chunk of it is in memory. A part is read before the next one is asked for;
/// what is left of it then is passed over. Leaving the loop early cancels the body.
/// ```swift
/// for try await part in request.formDataParts() {
///     if part.filename != nil { try await part.write(to: "/srv/uploads/photo") }
/// }
/// ```
/// Source: [RFC 7578](https://www.rfc-editor.org/rfc/rfc7578).
public struct FormDataParts: AsyncSequence, Sendable {
    /// A part: its headers, then its body.
    public typealias Element = FormDataPart

    /// Nil for a null body.
    let box: BodyBox?
    let contentType: MIMEType?
    let limits: FormDataLimits
    /// How many bytes of a part a read into memory may gather.
    let memoryLimit: Int?
    let isRequest: Bool

    /// Claims the body with the first part that is asked for, and iterates over its parts.
    public func makeAsyncIterator() -> AsyncIterator {
        AsyncIterator(parts: self)
    }

    /// Reads the parts of a body one by one.
    public struct AsyncIterator: AsyncIteratorProtocol {
        private let parts: FormDataParts
        private var reader: MultipartReader?
        private var isFinished = false

        init(parts: FormDataParts) {
            self.parts = parts
        }

        /// Reads up to the next part, nil at the end; after an error there are no more.
        ///
        /// - Throws: `TypeError` if the body was read or is locked. If the body is a request's: `HTTPError` 415 if the
        ///   Content-Type is another, 400 for a malformed body, 413 for one over a limit; if it is a response's:
        ///   `TypeError`. What reading the body throws.
        public mutating func next() async throws -> FormDataPart? {
            try await next(isolation: #isolation)
        }

        /// Reads up to the next part, nil at the end, without leaving the caller's actor.
        ///
        /// - Throws: As `next()`.
        public mutating func next(isolation actor: isolated (any Actor)?) async throws -> FormDataPart? {
            guard !isFinished else { return nil }
            do {
                let reader = try reader ?? parts.makeReader()
                self.reader = reader
                if let (head, number) = try await reader.nextPart() {
                    return FormDataPart(head, reader, number: number, limit: parts.memoryLimit, parts.isRequest)
                }
            } catch {
                isFinished = true
                reader = nil
                throw error
            }
            isFinished = true
            reader = nil
            return nil
        }
    }

    // MARK: - Algorithm

    private func makeReader() throws -> MultipartReader {
        let consumer = BodyConsumer(box: box, limit: nil, isRequest: isRequest)
        guard contentType?.essence == "multipart/form-data" else {
            throw consumer.wrongFormType("formDataParts", contentType, expected: "multipart/form-data")
        }
        let publicError: @Sendable (MultipartError) -> any Error = { consumer.publicError($0, "formDataParts") }
        do {
            let parser = try MultipartParser(boundary: contentType?["boundary"], limits: limits)
            let source = try box?.claim(for: "\(consumer.owner).formDataParts") ?? .empty
            return MultipartReader(try source.makeSequence(), parser, publicError: publicError)
        } catch let error as MultipartError {
            throw publicError(error)
        }
    }
}

extension Request {
    /// Reads a `multipart/form-data` body part by part, while it comes.
    ///
    /// `bodyLimit` bounds what is read of a part into memory; the whole is bounded by `limits`.
    ///
    /// - Parameter limits: How much there may be.
    /// - Returns: The parts, in one pass.
    public func formDataParts(limits: FormDataLimits = FormDataLimits()) -> FormDataParts {
        FormDataParts(
            box: box, contentType: headers.mimeType, limits: limits, memoryLimit: bodyLimit, isRequest: true)
    }
}

extension Response {
    /// Reads a `multipart/form-data` body part by part, while it comes.
    ///
    /// - Parameter limits: How much there may be.
    /// - Returns: The parts, in one pass.
    public func formDataParts(limits: FormDataLimits = FormDataLimits()) -> FormDataParts {
        FormDataParts(box: box, contentType: headers.mimeType, limits: limits, memoryLimit: nil, isRequest: false)
    }
}
