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
    private var unnoted: URL
    /// Who wants to know what is looked at.
    private let access: RequestAccess?
    /// The path below which the application lies, such as `/docs`; empty for none.
    public let basePath: String

    init(_ url: URL, basePath: String, access: RequestAccess?) {
        unnoted = url
        self.access = access
        self.basePath = basePath
    }

    /// The path, without the base path.
    public var pathname: String {
        get { unnoted.pathname }
        set { unnoted.pathname = newValue }
    }

    /// The query, with its `?`; empty for none.
    public var search: String {
        get { noted("search").search }
        set { unnoted.search = newValue }
    }

    /// The parameters of the query.
    public var searchParams: URLSearchParams {
        get { noted("searchParams").searchParams }
        set { unnoted.searchParams = newValue }
    }

    /// The scheme, the host and the port.
    public var origin: String { noted("origin").origin }

    /// The host and the port.
    public var host: String { noted("host").host }

    /// The host without the port.
    public var hostname: String { noted("hostname").hostname }

    /// The whole URL, with the base path.
    public var href: String {
        let url = noted("href")
        guard !basePath.isEmpty else { return url.href }
        var whole = url
        whole.pathname = basePath + (url.pathname == "/" ? "" : url.pathname)
        return whole.href
    }

    /// The whole URL.
    public var description: String { href }

    /// Whether two are the same URL below the same path.
    public static func == (left: NextURL, right: NextURL) -> Bool {
        left.noted("href") == right.noted("href") && left.basePath == right.basePath
    }

    /// Hashes URL and base path.
    public func hash(into hasher: inout Hasher) {
        hasher.combine(noted("href"))
        hasher.combine(basePath)
    }

    /// The URL, of which more than the path is looked at: that differs from one request to the next.
    private func noted(_ property: String) -> URL {
        access?.note("request.nextUrl.\(property)")
        return unnoted
    }

    /// A copy, which can be changed on its own: as all values can.
    public func clone() -> NextURL { self }
}

extension Request {
    /// The URL with its base path apart.
    public var nextUrl: NextURL { NextURL(unnotedURL, basePath: basePath, access: access) }
}
