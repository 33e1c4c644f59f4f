// Copyright 2026 the Whippet authors
// SPDX-License-Identifier: Apache-2.0

internal import WhippetFetch
@_spi(Whippet) internal import WhippetInfra

/// The error that steers a request elsewhere: what `redirect` throws, and no error handler sees.
package struct Redirection: Error {
    var location: String
    var status: Status

    private static let nonASCII = PercentEncodeSet(low: 0, high: 0)

    /// The redirect, which asks for a `GET` after a form was posted.
    func response(to request: Request) -> Response {
        let status = request.method == .POST && request.headers.announceForm ? .seeOther : self.status
        // As a browser would read it: the field is ASCII. An escape that is there already stays as it is.
        return Response(status: status, headers: [.location: PercentEncoding.encode(location, Self.nonASCII)])
    }
}

extension Headers {
    /// Whether the content is what a browser makes of a form.
    fileprivate var announceForm: Bool {
        guard let type = self[.contentType]?.lowercased() else { return false }
        return type == "application/x-www-form-urlencoded" || type.hasPrefix("application/x-www-form-urlencoded;")
            || type.hasPrefix("multipart/form-data")
    }
}
