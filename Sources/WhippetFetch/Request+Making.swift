// Copyright 2026 the Whippet authors
// SPDX-License-Identifier: Apache-2.0

public import WhippetInfra
public import WhippetURL

// The constructors: https://fetch.spec.whatwg.org/#dom-request.
extension Request {
    /// Makes a request, as a test or a call of another handler needs it: a relative URL is one of `http://localhost/`.
    ///
    /// Does not throw: a request that can't be is answered by the error that says why.
    /// ```swift
    /// let response = await app.fetch(Request("/items", method: .POST, body: "tea"))
    /// ```
    public init(
        _ url: String, method: Method = .GET, headers: Headers = Headers(), body: (any BodyInit)? = nil
    ) {
        let parsed = URL.parse(url, base: .localhost)
        let failure: TypeError? =
            parsed == nil ? TypeError("Request: \(quoted(url)) is not a valid URL") : nil
        self.init(made: parsed ?? .localhost, method: method, headers: headers, body: body, failure: failure)
    }

    /// Makes a request, as a test or a call of another handler needs it.
    ///
    /// Does not throw: a request that can't be is answered by the error that says why.
    public init(
        _ url: URL, method: Method = .GET, headers: Headers = Headers(), body: (any BodyInit)? = nil
    ) {
        self.init(made: url, method: method, headers: headers, body: body, failure: nil)
    }

    private init(made url: URL, method: Method, headers: Headers, body: (any BodyInit)?, failure: (any Error)?) {
        var details = RequestDetails.Value()
        details.failure = failure
        do {
            // A stream needs no `duplex` here: this request isn't sent by a browser.
            let options = RequestInit(method: method, headers: headers, body: body, duplex: .half)
            self = try Request(resolved: url, from: nil, options)
            if let failure { throw failure }
        } catch {
            details.failure = error
            self.init(method: .GET, url: url, headers: Headers(), box: nil, details: details)
        }
    }

    /// Makes a request of an absolute URL.
    ///
    /// Implements [new Request(input, init)](https://fetch.spec.whatwg.org/#dom-request).
    ///
    /// - Throws: `TypeError` for a URL, method, header, body or option that may not be.
    public init(_ input: String, init options: RequestInit) throws {
        // 5.1–5.2. Let parsedURL be the result of parsing input; if it is failure, then throw a TypeError.
        guard let url = URL.parse(input) else { throw TypeError("Request: \(quoted(input)) is not a valid URL") }
        try self.init(url, init: options)
    }

    /// Makes a request of a URL.
    ///
    /// Implements [new Request(input, init)](https://fetch.spec.whatwg.org/#dom-request).
    ///
    /// - Throws: `TypeError` for a method, header, body or option that may not be.
    public init(_ input: URL, init options: RequestInit) throws {
        // 5.3. If parsedURL includes credentials, then throw a TypeError.
        guard input.username.isEmpty, input.password.isEmpty else {
            throw TypeError("Request: the URL \(quoted(input.href)) includes credentials")
        }
        try self.init(resolved: input, from: nil, options)
    }

    /// Makes a request of another one, whose body goes over to it, unless the options have another.
    ///
    /// Implements [new Request(input, init)](https://fetch.spec.whatwg.org/#dom-request).
    ///
    /// - Throws: `TypeError` for a method, header, body or option that may not be, and if the body was already used.
    public init(_ input: Request, init options: RequestInit = RequestInit()) throws {
        try self.init(resolved: input.url, from: input, options)
    }

    private init(resolved url: URL, from input: Request?, _ options: RequestInit) throws {
        // 6–12. The new request has the input's values.
        var details = input?.details?.value ?? RequestDetails.Value()
        details.failure = nil
        // 13. If init is not empty, the referrer is the client again.
        if !options.isEmpty {
            if details.mode == .navigate { details.mode = .sameOrigin }
            details.referrer = "about:client"
            details.referrerPolicy = .none
        }
        try details.apply(options)
        // 25. The method: validated, then normalised.
        let method = try options.method.map(RequestMethod.validated) ?? input?.method ?? .GET
        // 30–33. The headers: the input's, replaced by init's.
        var headers = Headers(options.headers ?? input?.headers ?? Headers())
        if let failure = headers.failure { throw failure }
        // 32. A no-CORS request is simple.
        if details.mode == .noCORS {
            guard method == .GET || method == .HEAD || method == .POST else {
                throw TypeError("Request: the method \(quoted(method.rawValue)) can't go with the mode no-cors")
            }
        }
        // 34–35. A body of either side, and a method that has none.
        if options.body != nil || input?.box != nil, method == .GET || method == .HEAD {
            throw TypeError("Request: a request with the method \(method.rawValue) can't have a body")
        }
        // 36–37. The body of init with its Content-Type.
        let initBody = try options.body?.extractBody()
        if let initBody { headers.addContentType(initBody.type) }
        // 38–39. A body without a source, a stream, goes half duplex and by CORS.
        if let box = initBody?.box ?? input?.box, box.isStream {
            if initBody != nil, options.duplex == nil {
                throw TypeError("Request: a body that is a stream needs the option duplex: .half")
            }
            guard details.mode == .sameOrigin || details.mode == .cors else {
                throw TypeError("Request: a body that is a stream needs the mode same-origin or cors")
            }
            if initBody != nil, details.keepalive {
                throw TypeError("Request: a body that is a stream can't go with keepalive")
            }
        }
        // 40–41. Without one, the input's body, which is used from now on.
        let box = try initBody?.box ?? input?.box?.proxy(for: "Request")
        // 28–29. The signal follows init's, or the input's.
        self.init(
            method: method, url: url, headers: headers, box: box, details: details,
            following: options.signal == nil ? input : nil)
    }
}

extension RequestDetails.Value {
    /// Steps 14 to 24 of the constructor, and 26: the options one by one.
    fileprivate mutating func apply(_ options: RequestInit) throws {
        // 14. The referrer.
        if let referrer = options.referrer { try set(referrer: referrer) }
        // 15. The referrer policy.
        if let policy = options.referrerPolicy { referrerPolicy = policy }
        // 16–18. The mode: "navigate" is not to be had.
        if options.mode == .navigate { throw TypeError("Request: the mode navigate can't be asked for") }
        if let mode = options.mode { self.mode = mode }
        // 19. The credentials.
        if let credentials = options.credentials { self.credentials = credentials }
        // 20–21. The cache mode.
        if let cache = options.cache { self.cache = cache }
        if cache == .onlyIfCached, mode != .sameOrigin {
            throw TypeError("Request: the cache mode only-if-cached needs the mode same-origin")
        }
        // 22–24. Redirect mode, integrity, keepalive.
        if let redirect = options.redirect { self.redirect = redirect }
        if let integrity = options.integrity { self.integrity = integrity }
        if let keepalive = options.keepalive { self.keepalive = keepalive }
        // 26. The signal.
        if let signal = options.signal { self.signal = signal }
        // 27. The priority.
        if let priority = options.priority { self.priority = priority }
    }

    private mutating func set(referrer: String) throws {
        // 14.2. The empty string is no referrer.
        guard !referrer.isEmpty else {
            self.referrer = ""
            return
        }
        // 14.3. Otherwise a URL, of which `about:client` stands for the client; a server has no origin to compare with.
        guard let parsed = URL.parse(referrer) else {
            throw TypeError("Request: the referrer \(quoted(referrer)) is not a valid URL")
        }
        self.referrer = parsed.href
    }
}
