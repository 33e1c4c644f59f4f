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
    /// What the copies of the request have in common.
    @usableFromInline package private(set) var content: RequestContent

    /// The request that an engine has received.
    @inlinable
    package init(_ content: RequestContent) {
        self.content = content
    }

    init(
        method: Method, url: URL, headers: Headers, box: BodyBox?, details: RequestDetails.Value,
        following input: Request? = nil
    ) {
        content = RequestContent(head: nil)
        content.method = method
        content.url = url
        content.headers = headers
        content.box = box
        content.bodyLimit = input?.bodyLimit
        content.client = input?.client
        content.number = input?.number ?? 0
        content.details = RequestDetails(details)
    }

    /// The content as this request alone has it, so that it can be changed.
    private var ownContent: RequestContent {
        mutating get {
            if !isKnownUniquelyReferenced(&content) { content = RequestContent(copying: content) }
            return content
        }
    }

    var box: BodyBox? { content.box }
    package var client: ClientLink? { content.client }
    var number: UInt64 { content.number }
    var details: RequestDetails? { content.details }

    // MARK: - The standard's properties

    /// The method, such as `GET`.
    public package(set) var method: Method {
        get { content.method ?? content.receivedStorage?.pointee.method ?? .GET }
        set { ownContent.method = newValue }
    }

    /// The method's number, 0 for a method that has none: reading `method` would count a reference.
    package var methodNumber: Int {
        if let method = content.method { return Int(method.number) }
        return Int(content.receivedStorage?.pointee.method.number ?? HTTPMethod.GET.number)
    }

    /// The headers; they can be changed where the request is a `var`.
    public var headers: Headers {
        get { content.headers ?? content.received.map { Headers(received: $0) } ?? Headers() }
        set { ownContent.headers = newValue }
        _modify {
            let content = ownContent
            var headers = content.headers.take() ?? content.received.map { Headers(received: $0) } ?? Headers()
            defer { content.headers = headers }
            yield &headers
        }
    }

    /// How many bytes `text()`, `json()` and their sisters read at most before they throw a 413; nil for no limit.
    ///
    /// A received request has the limit of its server or route, 1 MiB unless they say otherwise. The stream `body` has
    /// none.
    public var bodyLimit: Int? {
        get { content.bodyLimit }
        set { ownContent.bodyLimit = newValue }
    }

    /// The URL, absolute; for a received request, of its scheme, its `Host` and its target.
    ///
    /// It is made of the received bytes each time: keep it if you need it often.
    public var url: URL {
        if content.url != nil { access?.note("request.url") }
        return unnotedURL
    }

    /// The URL, without a word to who wants to know.
    package var unnotedURL: URL {
        if let url = content.url { return url }
        guard let head = content.receivedStorage else { return .localhost }
        return url(of: head)
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
        var copy = self
        copy.ownContent.box = try box.clone()
        return copy
    }

    // MARK: - For the host

    /// The same request for another URL: its body, client and signal stay.
    package func moved(to url: URL, basePath: String? = nil) -> Request {
        var moved = self
        let content = moved.ownContent
        content.url = url
        if let basePath {
            var value = details?.value ?? RequestDetails.Value()
            value.basePath = basePath
            content.details = RequestDetails(value)
        }
        return moved
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
        guard let access else {
            var url = URL.localhost
            url.pathname = path
            var copy = Request(method: .GET, url: url, headers: Headers(), box: nil, details: value)
            copy.bodyLimit = bodyLimit
            return copy
        }
        // The canonical spelling: the answer is one for all of them.
        var url = unnotedURL
        url.pathname = path
        var copy = self
        let content = copy.ownContent
        content.method = .GET
        content.url = url
        content.headers = Headers(observed: ObservedFields(headers.fields, access))
        content.box = nil
        content.details = RequestDetails(value)
        return copy
    }

    /// Who wants to know that somebody looks at the request; nil for nobody.
    package var access: RequestAccess? { details?.value.access }

    /// The path in front of the URL's that the application was asked under; empty for none.
    package var basePath: String { details?.value.basePath ?? "" }

    /// Why the request could not be made as it was asked for.
    package var failure: (any Error)? { details?.value.failure ?? content.headers?.failure }

    /// Calls `body` with the path of the target as it came, without the query: what a router looks at.
    package func withPathBytes<Result>(_ body: (UnsafeBufferPointer<UInt8>) -> Result) -> Result {
        if let url = content.url { return url.pathname.withBytes(body) }
        guard let head = content.receivedStorage else { return body(UnsafeBufferPointer(start: nil, count: 0)) }
        return body(RequestTarget(head.pointee.bytes(head.pointee.target)).path)
    }

    /// The query of the target as it came, without the question mark; nil where there is none.
    package var rawQuery: String? {
        if let url = content.url { return url.search.isEmpty ? nil : String(url.search.dropFirst()) }
        return content.receivedStorage.flatMap { RequestTarget($0.pointee.bytes($0.pointee.target)).query }
    }

    // SAFETY (of the pointer): the head that it belongs to is held by the content.
    private func url(of head: UnsafeMutablePointer<MessageHead.Storage>) -> URL {
        let target = head.pointee.bytes(head.pointee.target)
        let authority = head.pointee.bytes(head.pointee.authority)
        // Fast path: the authority that the connection's first request has named. What follows gives the same for it.
        if let client, client.trustedProxies == nil, let url = client.url(authority: authority, target: target) {
            return url
        }
        let isSecure = isForwardedAsSecure ?? client?.isSecure ?? false
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
