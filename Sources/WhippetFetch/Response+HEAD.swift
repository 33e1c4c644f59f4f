// Copyright 2026 the Whippet authors
// SPDX-License-Identifier: Apache-2.0

internal import WhippetInfra

extension Response {
    /// The response as an answer to `HEAD`: its fields, and the length that the content of `GET` would have.
    ///
    /// A body that is there only once is cancelled, not read.
    ///
    /// Source: [RFC 9110 §9.3.2](https://www.rfc-editor.org/rfc/rfc9110#section-9.3.2).
    package func withoutBody() -> Response {
        guard box != nil else { return self }
        var response = Response(copying: self, box: nil)
        if let bodyLength, headers[.contentLength] == nil { response.headers[.contentLength] = "\(bodyLength)" }
        discard(DOMException("The answer to HEAD has no body", name: .abortError))
        return response
    }
}
