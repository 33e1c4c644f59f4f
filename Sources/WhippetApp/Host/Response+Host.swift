// Copyright 2026 the Whippet authors
// SPDX-License-Identifier: Apache-2.0

internal import WhippetFetch
internal import WhippetRouting
internal import WhippetURL

extension Response {
    /// Sends the client to the canonical spelling of the path that it asked for, query included, with its method.
    static func redirect(to path: NormalizedPath, _ request: Request) -> Response {
        let search = request.url.search
        return Response(status: .permanentRedirect, headers: ["location": path.string + search])
    }
}
