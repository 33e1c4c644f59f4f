// Copyright 2026 the Whippet authors
// SPDX-License-Identifier: Apache-2.0

internal import WhippetFetch
internal import WhippetInfra

/// The error that steers a request elsewhere: what `redirect` throws, and no error handler sees.
struct Redirection: Error {
    var location: String
    var status: Status

    /// The redirect, which asks for a `GET` after a form was posted.
    func response(to request: Request) -> Response {
        let status = request.method == .POST && request.headers.announceForm ? .seeOther : self.status
        return Response(status: status, headers: [.location: location])
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
