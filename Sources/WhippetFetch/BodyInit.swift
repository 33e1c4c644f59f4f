// Copyright 2026 the Whippet authors
// SPDX-License-Identifier: Apache-2.0

internal import WhippetInfra
public import WhippetStreams
public import WhippetURL

/// What a request or response may be given as its body: a string, bytes, a blob or file, a stream, form data,
/// search parameters, or a type of your own.
///
/// Source: [BodyInit](https://fetch.spec.whatwg.org/#bodyinit).
public protocol BodyInit: Sendable {
    /// The body with its type.
    ///
    /// - Throws: `TypeError` if the value can't be a body, such as a stream that is locked.
    func extractBody() throws -> Body
}

// Implements [extract a body](https://fetch.spec.whatwg.org/#concept-bodyinit-extract), one type after the other.

extension Body: BodyInit {
    /// The body itself.
    public func extractBody() -> Body { self }
}

extension String: BodyInit {
    /// The string in UTF-8, as `text/plain;charset=UTF-8`.
    public func extractBody() -> Body { Body(self) }
}

extension Substring: BodyInit {
    /// The string in UTF-8, as `text/plain;charset=UTF-8`.
    public func extractBody() -> Body { Body(String(self)) }
}

extension Array: BodyInit where Element == UInt8 {
    /// The bytes, without a type.
    public func extractBody() -> Body { Body(self) }
}

extension ArraySlice: BodyInit where Element == UInt8 {
    /// The bytes, without a type.
    public func extractBody() -> Body { Body(Array(self)) }
}

extension ReadableStream: BodyInit where Chunk == [UInt8] {
    /// The stream, without a type.
    ///
    /// - Throws: `TypeError` if the stream was read or is locked.
    public func extractBody() throws -> Body {
        // If object is disturbed or locked, then throw a TypeError.
        guard !disturbed, !locked else {
            throw TypeError("BodyInit: the stream \(locked ? "is locked to a reader" : "was already read")")
        }
        return Body(self)
    }
}

extension URLSearchParams: BodyInit {
    /// The parameters serialised, as `application/x-www-form-urlencoded;charset=UTF-8`.
    public func extractBody() -> Body {
        Body(box: BodyBox(.string(description)), type: .implicit(.urlencoded))
    }
}

extension Blob: BodyInit {
    /// The bytes, with the blob's type if it has one.
    public func extractBody() -> Body { Body(self) }
}

extension File: BodyInit {
    /// The bytes, with the file's type if it has one.
    public func extractBody() -> Body { Body(blob) }
}

extension FormData: BodyInit {
    /// The entries as `multipart/form-data` with a random boundary.
    public func extractBody() -> Body {
        let multipart = MultipartWriter(self)
        return Body(
            box: BodyBox(multipart.blob), type: .other("multipart/form-data; boundary=\(multipart.boundary)"))
    }
}
