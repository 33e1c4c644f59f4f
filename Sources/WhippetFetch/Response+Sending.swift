// Copyright 2026 the Whippet authors
// SPDX-License-Identifier: Apache-2.0

internal import WhippetInfra

// What the host needs to send a response.
extension Response {
    /// Why the response may not be sent: the host answers 500 and writes it to the log.
    package var failure: (any Error)? { details?.value.failure ?? headers.failure }

    /// How many bytes the body has, nil if that is not known; 0 for a null body.
    package var bodyLength: Int? {
        guard let box else { return 0 }
        return box.length
    }

    /// How many bytes a body has that is in memory, so that `withBufferedBytes` can be called; nil for another one.
    package var bufferedLength: Int? {
        guard let box else { return 0 }
        switch box.source {
        case .string, .bytes: return box.length
        case .blob, .sequence, .stream: return nil
        }
    }

    /// Calls `body` with the bytes of a body that is in memory, with none for a null body; returns false, without a
    /// call, for another one.
    @discardableResult
    package func withBufferedBytes(_ body: (UnsafeBufferPointer<UInt8>) -> Void) -> Bool {
        switch box?.source {
        case nil: body(UnsafeBufferPointer(start: nil, count: 0))
        case .string(let text): text.withBytes(body)
        case .bytes(let bytes): bytes.withUnsafeBufferPointer(body)
        case .blob, .sequence, .stream: return false
        }
        return true
    }

    /// The Content-Type of an answer of status 200 that has no field but this one of its body; nil for any other answer.
    package var soleContentType: Headers.ImplicitContentType? {
        guard status == .ok, details == nil, case .list(let list) = headers.storage, list.isEmpty, headers.isSound
        else { return nil }
        return headers.implicitType
    }

    /// The body's source; what is there only once is claimed, bytes and files can be sent again and again.
    ///
    /// - Throws: `TypeError` if a stream or a sequence was sent or read before.
    package func sourceForSending() throws -> BodySource {
        try box?.sourceForSending() ?? .empty
    }

    /// The same response with other bytes, such as the body's own in a content coding; no field changes.
    package func replacingBody(_ bytes: [UInt8]) -> Response {
        Response(copying: self, box: BodyBox(.bytes(bytes)))
    }

    /// The same response with other chunks, such as the body's own in a content coding; no field changes.
    package func replacingBody(_ sequence: any BodySequence) -> Response {
        Response(copying: self, box: BodyBox(.sequence(sequence)))
    }

    /// Writes the body to a file, which is there only once it is complete; one that was there is replaced.
    package func write(to path: String) async throws {
        _ = try await OutputFile.write(sourceForSending().makeSequence(), to: path)
    }

    /// Says that nobody will read the body: a source that is there once is cancelled, bytes and files stay.
    package func discard(_ reason: any Error) {
        box?.cancel(reason)
    }

    /// The value of a valid Content-Length that the headers have.
    package var declaredLength: Int? {
        guard let value = headers[.contentLength], value.utf8.allSatisfy(ASCII.isDigit) else { return nil }
        return Int(value)
    }

    /// The reason phrase to send, nil for the usual one of the status.
    package var statusTextOnWire: String? {
        statusText.isEmpty ? nil : statusText
    }

    /// The same response with a body that nobody has read, where the body can be made anew: what a host hands to code
    /// that may read it, of a response that may be returned again.
    package var unread: Response {
        guard let box, let fresh = box.fresh else { return self }
        return Response(copying: self, box: fresh)
    }
}

extension HTTPError {
    /// The response that the error makes: its message as plain text.
    package func response() -> Response {
        status.isNullBody || message.isEmpty
            ? Response(status: status, headers: headers) : Response(message + "\n", status: status, headers: headers)
    }
}

extension FileRange {
    /// The bytes, read in pieces on the pool of threads for blocking work.
    package func makeSequence() -> any BodySequence { FileSequence(self) }
}
