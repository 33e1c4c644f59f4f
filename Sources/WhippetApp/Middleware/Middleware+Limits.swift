// Copyright 2026 the Whippet authors
// SPDX-License-Identifier: Apache-2.0

internal import WhippetFetch

extension Middleware {
    /// Answers with 413 when a request's body has more bytes.
    ///
    /// A body whose length is told is refused before anything of it is read; another one when it is read and too long.
    /// - Parameter bytes: How many bytes `text()`, `json()`, `bytes()` and `formData()` read.
    public static func bodyLimit(_ bytes: Int) -> Middleware {
        Middleware { request, _, next in
            if let length = request.headers[.contentLength].flatMap({ Int($0) }), length > bytes {
                throw HTTPError(.contentTooLarge, "The body has \(length) bytes, more than \(bytes).")
            }
            var request = request
            request.bodyLimit = bytes
            return await next(request)
        }
    }

    /// Answers with 504 when what comes next takes longer, and cancels it.
    public static func timeout(_ duration: Duration) -> Middleware {
        Middleware { request, _, next in
            try await withDeadline(duration, next.host.clock) { await next(request) }
        }
    }
}
