// Copyright 2026 the Whippet authors
// SPDX-License-Identifier: Apache-2.0

public import WhippetFetch
internal import WhippetInfra

/// The status and headers that are prepared for a response, before its value is known.
///
/// ```swift
/// let app = H3()
/// app.get("/") { event in
///     event.res.status = 201
///     event.res.headers[.contentType] = "text/html"
///     return "<h1>Hello, World</h1>"
/// }
/// ```
/// A value takes all of it. A `Response` that a handler returns keeps its own status and takes the headers, which win over
/// its own of the same name, except cookies, which are added; one of 400 and above takes `errHeaders` alone. So does an
/// error.
public struct EventResponse: Sendable {
    /// What is prepared.
    struct Prepared: Sendable {
        var status: Status?
        var statusText = ""
        var headers = Headers()
        var errHeaders = Headers()
    }

    let event: H3Event

    /// The status; nil for that of the value.
    public var status: Status? {
        get { event.state.withLock { $0.prepared?.status } }
        nonmutating set { event.state.withLock { $0.touched.status = newValue } }
    }

    /// The reason phrase; empty for the usual one.
    public var statusText: String {
        get { event.state.withLock { $0.touched.statusText } }
        nonmutating set { event.state.withLock { $0.touched.statusText = newValue } }
    }

    /// The headers.
    public var headers: Headers {
        get { event.state.withLock { $0.touched.headers } }
        nonmutating _modify {
            // The headers leave their place while they change, so that they change in place and without the lock.
            var headers = event.state.withLock { state in
                let headers = state.touched.headers
                state.touched.headers = Headers()
                return headers
            }
            defer { event.state.withLock { $0.touched.headers = headers } }
            yield &headers
        }
        nonmutating set { event.state.withLock { $0.touched.headers = newValue } }
    }

    /// The headers that errors have, too, such as those for other origins.
    public var errHeaders: Headers {
        get { event.state.withLock { $0.touched.errHeaders } }
        nonmutating _modify {
            var headers = event.state.withLock { state in
                let headers = state.touched.errHeaders
                state.touched.errHeaders = Headers()
                return headers
            }
            defer { event.state.withLock { $0.touched.errHeaders = headers } }
            yield &headers
        }
        nonmutating set { event.state.withLock { $0.touched.errHeaders = newValue } }
    }

    /// Takes what is prepared, nil for nothing: the next response begins anew.
    func take() -> Prepared? {
        event.state.withLock { $0.prepared.take() }
    }
}
