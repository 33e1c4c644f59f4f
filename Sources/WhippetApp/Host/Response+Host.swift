// Copyright 2026 the Whippet authors
// SPDX-License-Identifier: Apache-2.0

internal import WhippetFetch
internal import WhippetURL

extension Response {
    /// Sends the client to the right spelling of the path that it asked for, query included, with its method.
    static func redirect(to path: String, _ request: Request) -> Response {
        let location = path + request.url.search
        return Response(location, status: .permanentRedirect, headers: [.location: location])
    }
}
