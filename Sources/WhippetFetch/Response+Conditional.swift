// Copyright 2026 the Whippet authors
// SPDX-License-Identifier: Apache-2.0

internal import WhippetInfra

extension Response {
    /// The answer that the conditions and ranges of a request ask for, of this answer to it.
    ///
    /// The conditions are compared with the `ETag` and `Last-Modified` that this response has: 304 when the client has
    /// it, 412 when it means another version. `Range` gives 206 with one part or several, or 416, where the body is
    /// text, bytes or a file; of a stream nothing can be left out. A response other than 200 stays as it is, and so does
    /// one to another method than `GET` and `HEAD`: `checkPreconditions` is for these.
    /// ```swift
    /// app.get("/report") { request in
    ///     Response("a,b\n1,2\n", headers: [.etag: "\"7\"", .contentType: "text/csv"]).conditional(for: request)
    /// }
    /// ```
    /// Source: [RFC 9110 §13](https://www.rfc-editor.org/rfc/rfc9110#section-13) and
    /// [§14](https://www.rfc-editor.org/rfc/rfc9110#section-14).
    ///
    /// - Parameters:
    ///   - request: What the response answers.
    ///   - ranges: Whether parts of the body may be sent; the response then says so with `Accept-Ranges`.
    public func conditional(for request: Request, ranges: Bool = true) -> Response {
        // RFC 9110 §13.2.1: an answer that is none of success has no conditions; those of other methods had to hold
        // before anything was done.
        guard status == .ok, request.method == .GET || request.method == .HEAD else { return self }
        let length = ranges && !(box?.isStream ?? true) ? bodyLength : nil
        let selected = SelectedRepresentation(
            etag: headers[.etag].flatMap(EntityTag.init), lastModified: headers[.lastModified].flatMap(Self.seconds),
            length: length)
        switch selected.content(for: request.method, request.headers) {
        case .whole:
            guard length != nil else { return self }
            var response = self
            if headers[.acceptRanges] == nil { response.headers[.acceptRanges] = "bytes" }
            return response
        case .notModified: return withoutContent(.notModified)
        case .preconditionFailed: return refusal(.preconditionFailed)
        case .unsatisfiable:
            var response = refusal(.rangeNotSatisfiable)
            response.headers[.contentRange] = "bytes */\(length ?? 0)"
            return response
        case .parts(let ranges): return parts(ranges, of: length ?? 0)
        }
    }

    /// The seconds of a date as HTTP writes it; nil for one in an old form, which no server may send.
    private static func seconds(_ date: String) -> Int64? {
        HTTPDate.parse(date, now: 0).flatMap { HTTPDate.format(secondsSince1970: $0) == date ? $0 : nil }
    }

    /// The response without its body and the fields that speak of it.
    ///
    /// Source: [RFC 9110 §15.4.5](https://www.rfc-editor.org/rfc/rfc9110#section-15.4.5).
    private func withoutContent(_ status: Status) -> Response {
        discard(DOMException("The client does not want the body", name: .abortError))
        var headers = headers
        for name: Headers.Name in [
            .contentType, .contentLength, .contentEncoding, .contentLanguage, .contentRange,
        ] {
            headers[name] = nil
        }
        return Response(status: status, headers: headers)
    }

    /// A refusal of what this client asked for, which no cache may take for the answer to others: the lifetime that the
    /// fields give is the representation's.
    private func refusal(_ status: Status) -> Response {
        var response = withoutContent(status)
        for name: Headers.Name in [.cacheControl, "expires", "age"] { response.headers[name] = nil }
        return response
    }

    /// Implements [206 Partial Content](https://www.rfc-editor.org/rfc/rfc9110#section-15.3.7).
    private func parts(_ ranges: [Range<Int>], of length: Int) -> Response {
        guard let blob = box?.blob else { return self }
        var headers = headers
        headers[.contentLength] = nil
        if headers[.acceptRanges] == nil { headers[.acceptRanges] = "bytes" }
        if ranges.count == 1, let range = ranges.first {
            headers[.contentRange] = Self.contentRange(range, length)
            return partial(blob.slice(range.lowerBound, range.upperBound), headers)
        }
        // A coding belongs to the whole: no client could tell whether it stands around the parts or inside them.
        guard headers[.contentEncoding] == nil else { return self }
        let boundary = MultipartWriter.makeBoundary("WhippetRanges")
        let type = headers[.contentType].map { "\r\nContent-Type: \($0)" } ?? ""
        var builder = BlobBuilder()
        for range in ranges {
            builder.append(
                "\r\n--\(boundary)\(type)\r\nContent-Range: \(Self.contentRange(range, length))\r\n\r\n")
            builder.append(blob.slice(range.lowerBound, range.upperBound))
        }
        builder.append("\r\n--\(boundary)--\r\n")
        headers[.contentType] = "multipart/byteranges; boundary=\(boundary)"
        return partial(Blob(pieces: builder.pieces), headers)
    }

    private func partial(_ blob: Blob, _ headers: Headers) -> Response {
        Response(status: .partialContent, headers: headers, box: BodyBox(blob), type: .none)
    }

    private static func contentRange(_ range: Range<Int>, _ length: Int) -> String {
        "bytes \(range.lowerBound)-\(range.upperBound - 1)/\(length)"
    }
}

extension BodyBox {
    /// The body as a blob, of which parts can be had; nil where its bytes are there only once.
    fileprivate var blob: Blob? {
        switch source {
        case .string(let text): Blob([text])
        case .bytes(let bytes): Blob([bytes])
        case .blob(let blob): blob
        case .sequence, .stream: nil
        }
    }
}
