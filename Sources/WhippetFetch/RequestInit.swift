// Copyright 2026 the Whippet authors
// SPDX-License-Identifier: Apache-2.0

public import WhippetStreams

/// What else a request may be made with, in the standard's form; what is nil has the standard's default, or that of the
/// request it is made from.
///
/// Source: [RequestInit](https://fetch.spec.whatwg.org/#requestinit).
public struct RequestInit: Sendable {
    /// The method.
    public var method: Request.Method?
    /// The headers.
    public var headers: Headers?
    /// The body.
    public var body: (any BodyInit)?
    /// The URL that the request says it comes from: empty for none, or `about:client`.
    public var referrer: String?
    /// How much of the referrer is sent.
    public var referrerPolicy: ReferrerPolicy?
    /// How other origins are treated.
    public var mode: RequestMode?
    /// When cookies and the like are sent.
    public var credentials: RequestCredentials?
    /// How the HTTP cache is used.
    public var cache: RequestCache?
    /// What happens on a redirect.
    public var redirect: RequestRedirect?
    /// The integrity metadata that the answer must have.
    public var integrity: String?
    /// Whether the request may outlive the one who made it.
    public var keepalive: Bool?
    /// The signal that aborts the request.
    public var signal: AbortSignal?
    /// Must be `.half` for a body that is a stream.
    public var duplex: RequestDuplex?
    /// How urgent the request is beside others.
    public var priority: RequestPriority?

    /// Makes the options.
    public init(
        method: Request.Method? = nil, headers: Headers? = nil, body: (any BodyInit)? = nil, referrer: String? = nil,
        referrerPolicy: ReferrerPolicy? = nil, mode: RequestMode? = nil, credentials: RequestCredentials? = nil,
        cache: RequestCache? = nil, redirect: RequestRedirect? = nil, integrity: String? = nil,
        keepalive: Bool? = nil, signal: AbortSignal? = nil, duplex: RequestDuplex? = nil,
        priority: RequestPriority? = nil
    ) {
        self.method = method
        self.headers = headers
        self.body = body
        self.referrer = referrer
        self.referrerPolicy = referrerPolicy
        self.mode = mode
        self.credentials = credentials
        self.cache = cache
        self.redirect = redirect
        self.integrity = integrity
        self.keepalive = keepalive
        self.signal = signal
        self.duplex = duplex
        self.priority = priority
    }

    /// Whether any option is set.
    var isEmpty: Bool {
        method == nil && headers == nil && body == nil && referrer == nil && referrerPolicy == nil && mode == nil
            && credentials == nil && cache == nil && redirect == nil && integrity == nil && keepalive == nil
            && signal == nil && duplex == nil && priority == nil
    }
}
