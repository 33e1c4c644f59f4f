// Copyright 2026 the Whippet authors
// SPDX-License-Identifier: Apache-2.0

internal import WhippetFetch
internal import WhippetInfra

extension Middleware {
    /// Gives answers of `GET` an `ETag`, and answers with 304 when the client has them already.
    ///
    /// The tag is the SHA-1 of a body that is in memory; a stream or file has none, and one that the handler has set is
    /// kept. `If-None-Match` is compared weakly: [RFC 9110 §13.1.2](https://www.rfc-editor.org/rfc/rfc9110#section-13.1.2).
    /// Without it `If-Modified-Since` is compared with the `Last-Modified` that the handler has set.
    /// - Parameter weak: Whether the tag promises the same meaning only, not the same bytes.
    public static func etag(weak: Bool = false) -> Middleware {
        Middleware { request, _, next in
            var response = await next(request)
            guard request.method == .GET || request.method == .HEAD, response.status == .ok else { return response }
            if response.headers[.etag] == nil, response.bufferedLength != nil, !response.hasNullBody {
                var digest: [UInt8] = []
                response.withBufferedBytes { digest = SHA1.hash($0.span) }
                response.headers[.etag] = (weak ? "W/" : "") + "\"" + hexadecimal(digest) + "\""
            }
            return isKnown(response, to: request) ? notModified(response) : response
        }
    }

    /// Whether the client has the answer already.
    ///
    /// Source: [RFC 9110 §13.2.2](https://www.rfc-editor.org/rfc/rfc9110#section-13.2.2), steps 3 and 4.
    private static func isKnown(_ response: Response, to request: Request) -> Bool {
        if let asked = request.headers[.ifNoneMatch] {
            return response.headers[.etag].map { EntityTags.contains(asked, $0) } ?? false
        }
        guard let since = request.headers[.ifModifiedSince], let date = response.headers[.lastModified],
            let modified = HTTPDate.parse(date, now: 0), HTTPDate.format(secondsSince1970: modified) == date,
            let seen = HTTPDate.parse(since, now: modified)
        else { return false }
        return modified <= seen
    }

    private static func hexadecimal(_ bytes: [UInt8]) -> String {
        bytes.map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
    }

    /// A 304 with the fields that the 200 would have and a client needs.
    ///
    /// Source: [RFC 9110 §15.4.5](https://www.rfc-editor.org/rfc/rfc9110#section-15.4.5).
    private static func notModified(_ response: Response) -> Response {
        response.discard(DOMException("The client has the body already", name: .abortError))
        var headers = response.headers
        for name in ["content-type", "content-length", "content-encoding", "content-language", "content-range"] {
            headers[Headers.Name(name)] = nil
        }
        return Response(status: .notModified, headers: headers)
    }
}
