// Copyright 2026 the Whippet authors
// SPDX-License-Identifier: Apache-2.0

public import WhippetFetch
public import WhippetURL

/// The type of requests under the name that Next gives it.
public typealias NextRequest = Request

/// The type of responses under the name that Next gives it.
public typealias NextResponse = Response

/// The URL of a request with its base path apart, as Next's `nextUrl` has it.
///
/// ```swift
/// func GET(_ request: NextRequest) -> NextResponse {
///     NextResponse(request.nextUrl.searchParams.get("query") ?? "nothing")
/// }
/// ```
public struct NextURL: Sendable, Hashable, CustomStringConvertible {
    private var url: URL
    /// The path below which the application lies, such as `/docs`; empty for none.
    public let basePath: String

    init(_ url: URL, basePath: String) {
        self.url = url
        self.basePath = basePath
    }

    /// The path, without the base path.
    public var pathname: String {
        get { url.pathname }
        set { url.pathname = newValue }
    }

    /// The query, with its `?`; empty for none.
    public var search: String {
        get { url.search }
        set { url.search = newValue }
    }

    /// The parameters of the query.
    public var searchParams: URLSearchParams {
        get { url.searchParams }
        set { url.searchParams = newValue }
    }

    /// The scheme, the host and the port.
    public var origin: String { url.origin }

    /// The host and the port.
    public var host: String { url.host }

    /// The host without the port.
    public var hostname: String { url.hostname }

    /// The whole URL, with the base path.
    public var href: String {
        guard !basePath.isEmpty else { return url.href }
        var whole = url
        whole.pathname = basePath + (url.pathname == "/" ? "" : url.pathname)
        return whole.href
    }

    /// The whole URL.
    public var description: String { href }

    /// A copy, which can be changed on its own: as all values can.
    public func clone() -> NextURL { self }
}

extension Request {
    /// The URL with its base path apart.
    public var nextUrl: NextURL { NextURL(url, basePath: basePath) }
}
