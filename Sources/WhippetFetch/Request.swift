// Copyright 2026 the Whippet authors
// SPDX-License-Identifier: Apache-2.0

public import WhippetInfra
public import WhippetStreams
public import WhippetURL

/// What a client asks for.
///
/// As in a browser, except that it is a value: `headers` of a `var` can be changed, and copies share their body only.
/// `url` is a `URL`, not a string: `request.url.searchParams.get("q")`.
/// ```swift
/// func GET(_ request: Request, _ context: Context) async throws -> Response {
///     Response("You asked for \(request.url.pathname)\n")
/// }
/// ```
/// Source: [Fetch §5.4](https://fetch.spec.whatwg.org/#request-class).
public struct Request: Sendable {
    /// Where the URL comes from.
    private enum Location: Sendable {
        /// A received head, of which the URL is made when somebody asks.
        case received(MessageHead)
        case made(MadeLocation)
    }

    /// A URL behind one pointer: a `Request` is copied more often than its URL is looked at.
    private final class MadeLocation: Sendable {
        let url: URL
        /// Who wants to know that somebody looks at it.
        let access: RequestAccess?

        init(_ url: URL, _ access: RequestAccess?) {
            self.url = url
            self.access = access
        }
    }

    /// The method, such as `GET`.
    public package(set) var method: Method
    /// The headers; they can be changed where the request is a `var`.
    public var headers: Headers
    /// How many bytes `text()`, `json()` and their sisters read at most before they throw a 413; nil for no limit.
    ///
    /// A received request has the limit of its server or route, 1 MiB unless they say otherwise. The stream `body` has
    /// none.
    public var bodyLimit: Int?
    let box: BodyBox?
    private let location: Location
    /// Nil for a request that was made here.
    package let client: ClientLink?
    let number: UInt64
    let details: RequestDetails?

    /// Views a received head; the host keeps both unchanged as long as somebody refers to them.
    package init(received head: MessageHead, body: Body?, client: ClientLink, number: UInt64) {
        method = head.storage.pointee.method
        headers = Headers(received: head)
        box = body?.box
        bodyLimit = body?.limit
        location = .received(head)
        self.client = client
        self.number = number
        details = nil
    }

    init(
        method: Method, url: URL, headers: Headers, box: BodyBox?, details: RequestDetails.Value,
        following input: Request? = nil
    ) {
        self.method = method
        self.headers = headers
        self.box = box
        location = .made(MadeLocation(url, details.access))
        bodyLimit = input?.bodyLimit
        client = input?.client
        number = input?.number ?? 0
        self.details = RequestDetails(details)
    }

    private init(copying other: Request, box: BodyBox?, url: URL? = nil, details: RequestDetails? = nil) {
        method = other.method
        headers = other.headers
        bodyLimit = other.bodyLimit
        self.box = box
        let access = (details ?? other.details)?.value.access
        location = url.map { .made(MadeLocation($0, access)) } ?? other.location
        client = other.client
        number = other.number
        self.details = details ?? other.details
    }

    // MARK: - The standard's properties

    /// The URL, absolute; for a received request, of its scheme, its `Host` and its target.
    ///
    /// It is made of the received bytes each time: keep it if you need it often.
    public var url: URL {
        if case .made(let made) = location { made.access?.note("request.url") }
        return unnotedURL
    }

    /// The URL, without a word to who wants to know.
    package var unnotedURL: URL {
        switch location {
        case .made(let made): made.url
        case .received(let head): url(of: head)
        }
    }

    /// The signal that is aborted when the client leaves before it is answered.
    public var signal: AbortSignal {
        if let signal = details?.value.signal { return signal }
        if let client { return client.signal(of: number) }
        return AbortController().signal
    }

    /// The body as a stream, nil for a null body.
    public var body: ByteStream? { box?.stream }

    /// Whether the body was read, in part or whole.
    public var bodyUsed: Bool { box?.isUsed ?? false }

    /// How other origins are treated.
    public var mode: RequestMode { details?.value.mode ?? .cors }

    /// When cookies and the like are sent.
    public var credentials: RequestCredentials { details?.value.credentials ?? .sameOrigin }

    /// How the HTTP cache is used.
    public var cache: RequestCache { details?.value.cache ?? .default }

    /// What happens on a redirect.
    public var redirect: RequestRedirect { details?.value.redirect ?? .follow }

    /// The URL that the request says it comes from: empty for none, or `about:client`.
    public var referrer: String { details?.value.referrer ?? "about:client" }

    /// How much of the referrer is sent.
    public var referrerPolicy: ReferrerPolicy { details?.value.referrerPolicy ?? .none }

    /// The integrity metadata that the answer must have.
    public var integrity: String { details?.value.integrity ?? "" }

    /// Whether the request may outlive the one who made it.
    public var keepalive: Bool { details?.value.keepalive ?? false }

    /// What a browser wants the answer for: always empty, as with its own `fetch()`.
    public var destination: String { "" }

    /// Whether a browser reloads a page: never.
    public var isReloadNavigation: Bool { false }

    /// Whether a browser goes back or forth in its history: never.
    public var isHistoryNavigation: Bool { false }

    /// In which order body and answer travel: always half.
    public var duplex: RequestDuplex { .half }

    /// Makes an independent copy whose body can be read too.
    ///
    /// Implements [clone](https://fetch.spec.whatwg.org/#dom-request-clone).
    ///
    /// - Throws: `TypeError` if the body was read or is locked.
    public func clone() throws -> Request {
        guard let box else { return self }
        guard !box.isUnusable else { throw TypeError("Request.clone: the body was already used or is locked") }
        return Request(copying: self, box: try box.clone())
    }

    // MARK: - For the host

    /// The same request for another URL: its body, client and signal stay.
    package func moved(to url: URL, basePath: String? = nil) -> Request {
        var details = details
        if let basePath {
            var value = details?.value ?? RequestDetails.Value()
            value.basePath = basePath
            details = RequestDetails(value)
        }
        return Request(copying: self, box: box, url: url, details: details)
    }

    /// The request as the handler of an answer sees it that is kept: without a body, and with a signal that no client's
    /// leaving aborts.
    ///
    /// - Parameters:
    ///   - path: The canonical path.
    ///   - access: Is told when somebody looks at what differs from client to client; nil for a request that has none of
    ///     it: no fields, no query, no host, no client.
    package func forKeeping(path: String, _ access: RequestAccess?) -> Request {
        var value = RequestDetails.Value()
        value.basePath = basePath
        value.access = access
        value.signal = AbortController().signal
        var copy: Request
        if let access {
            // The canonical spelling: the answer is one for all of them.
            var url = unnotedURL
            url.pathname = path
            copy = Request(copying: self, box: nil, url: url, details: RequestDetails(value))
            copy.headers.storage = .observed(ObservedFields(headers.fields, access))
        } else {
            var url = URL.localhost
            url.pathname = path
            copy = Request(method: .GET, url: url, headers: Headers(), box: nil, details: value)
            copy.bodyLimit = bodyLimit
        }
        copy.method = .GET
        return copy
    }

    /// Who wants to know that somebody looks at the request; nil for nobody.
    package var access: RequestAccess? { details?.value.access }

    /// The path in front of the URL's that the application was asked under; empty for none.
    package var basePath: String { details?.value.basePath ?? "" }

    /// Why the request could not be made as it was asked for.
    package var failure: (any Error)? { details?.value.failure ?? headers.failure }

    /// Calls `body` with the path of the target as it came, without the query: what a router looks at.
    package func withPathBytes<Result>(_ body: (UnsafeBufferPointer<UInt8>) -> Result) -> Result {
        switch location {
        case .made(let made): made.url.pathname.withBytes(body)
        case .received(let head): body(RequestTarget(head.bytes(head.storage.pointee.target)).path)
        }
    }

    /// The query of the target as it came, without the question mark; nil where there is none.
    package var rawQuery: String? {
        switch location {
        case .made(let made): made.url.search.isEmpty ? nil : String(made.url.search.dropFirst())
        case .received(let head): RequestTarget(head.bytes(head.storage.pointee.target)).query
        }
    }

    private func url(of head: MessageHead) -> URL {
        let target = head.bytes(head.storage.pointee.target)
        let authority = head.bytes(head.storage.pointee.authority)
        let isSecure = isForwardedAsSecure ?? (client?.scheme == "https")
        if let forwarded = forwardedAuthority,
            let url = forwarded.withBytes({ RequestTarget(target).url(isSecure: isSecure, authority: $0) })
        {
            return url
        }
        let fallback = client?.fallbackAuthority ?? "localhost"
        let url =
            RequestTarget(target).url(isSecure: isSecure, authority: authority)
            ?? fallback.withBytes { RequestTarget(target).url(isSecure: isSecure, authority: $0) }
        return url ?? .localhost
    }
}

/// What few requests have, out of the way of the others.
final class RequestDetails: Sendable {
    struct Value: Sendable {
        var mode = RequestMode.cors
        var credentials = RequestCredentials.sameOrigin
        var cache = RequestCache.default
        var redirect = RequestRedirect.follow
        var referrer = "about:client"
        var referrerPolicy = ReferrerPolicy.none
        var integrity = ""
        var keepalive = false
        var priority = RequestPriority.auto
        var signal: AbortSignal?
        var basePath = ""
        var access: RequestAccess?
        var failure: (any Error)?
    }

    let value: Value

    init(_ value: Value) { self.value = value }
}
