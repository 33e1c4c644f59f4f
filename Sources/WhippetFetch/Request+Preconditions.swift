// Copyright 2026 the Whippet authors
// SPDX-License-Identifier: Apache-2.0

internal import WhippetInfra

extension Request {
    /// Makes sure, before something is changed, that the client means the version that is there.
    ///
    /// `If-Match`, `If-Unmodified-Since` and `If-None-Match` are evaluated; a request without them passes.
    /// ```swift
    /// func PUT(_ request: Request) async throws -> Response {
    ///     let current = "\"7\""
    ///     try request.checkPreconditions(etag: current)
    ///     return Response(status: .noContent, headers: [.etag: "\"8\""])
    /// }
    /// ```
    /// Source: [RFC 9110 §13.2](https://www.rfc-editor.org/rfc/rfc9110#section-13.2).
    ///
    /// - Parameters:
    ///   - etag: The tag of what is there, with its quotes; nil if nothing is, or it has none.
    ///   - lastModified: When it was changed, as `Last-Modified` has it; nil if nothing is there, or that is not known.
    /// - Throws: `HTTPError` 412 if a condition does not hold, and 304 for `GET` and `HEAD` of a client that has it.
    public func checkPreconditions(etag: String?, lastModified: String? = nil) throws {
        let current =
            etag == nil && lastModified == nil
            ? nil
            : SelectedRepresentation(
                etag: etag.flatMap { EntityTag($0) }, lastModified: lastModified.flatMap { HTTPDate.parse($0, now: 0) })
        switch Precondition.evaluate(current, method, headers) {
        case .met: return
        case .failed: throw HTTPError.preconditionFailed
        case .notModified:
            var fields: Headers = [:]
            fields[.etag] = etag
            fields[.lastModified] = lastModified
            throw HTTPError(.notModified, headers: fields)
        }
    }
}
