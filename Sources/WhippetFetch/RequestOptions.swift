// Copyright 2026 the Whippet authors
// SPDX-License-Identifier: Apache-2.0

// The standard's string unions of a request's options.

/// How a request treats other origins.
///
/// Source: [RequestMode](https://fetch.spec.whatwg.org/#requestmode).
public enum RequestMode: String, Sendable {
    /// A document is loaded; can't be asked for.
    case navigate
    /// Another origin is an error.
    case sameOrigin = "same-origin"
    /// Another origin's answer is opaque.
    case noCORS = "no-cors"
    /// Another origin is asked by CORS.
    case cors
}

/// When a request sends cookies and the like.
///
/// Source: [RequestCredentials](https://fetch.spec.whatwg.org/#requestcredentials).
public enum RequestCredentials: String, Sendable {
    /// Never.
    case omit
    /// To the same origin.
    case sameOrigin = "same-origin"
    /// Always.
    case include
}

/// How a request uses the HTTP cache.
///
/// Source: [RequestCache](https://fetch.spec.whatwg.org/#requestcache).
public enum RequestCache: String, Sendable {
    /// As the answer says.
    case `default`
    /// Neither read nor written.
    case noStore = "no-store"
    /// Not read, but written.
    case reload
    /// Read after asking the server.
    case noCache = "no-cache"
    /// Read even when stale.
    case forceCache = "force-cache"
    /// Read only; for the same origin alone.
    case onlyIfCached = "only-if-cached"
}

/// What happens when a request is answered by a redirect.
///
/// Source: [RequestRedirect](https://fetch.spec.whatwg.org/#requestredirect).
public enum RequestRedirect: String, Sendable {
    /// It is followed.
    case follow
    /// It is an error.
    case error
    /// It is returned.
    case manual
}

/// In which order a request's body and its answer travel.
///
/// Source: [RequestDuplex](https://fetch.spec.whatwg.org/#requestduplex).
public enum RequestDuplex: String, Sendable {
    /// The body is sent before the answer is looked at.
    case half
}

/// How urgent a request is beside others.
///
/// Source: [RequestPriority](https://fetch.spec.whatwg.org/#requestpriority).
public enum RequestPriority: String, Sendable {
    /// More than others.
    case high
    /// Less than others.
    case low
    /// As the client decides.
    case auto
}

/// How much of the referrer a request sends.
///
/// Source: [ReferrerPolicy](https://w3c.github.io/webappsec-referrer-policy/#enumdef-referrerpolicy).
public enum ReferrerPolicy: String, Sendable {
    /// As the client decides.
    case none = ""
    /// Nothing.
    case noReferrer = "no-referrer"
    /// All, but nothing from https to http.
    case noReferrerWhenDowngrade = "no-referrer-when-downgrade"
    /// All, to the same origin only.
    case sameOrigin = "same-origin"
    /// The origin.
    case origin
    /// The origin, but nothing from https to http.
    case strictOrigin = "strict-origin"
    /// All to the same origin, the origin to others.
    case originWhenCrossOrigin = "origin-when-cross-origin"
    /// All to the same origin, the origin to others, nothing from https to http.
    case strictOriginWhenCrossOrigin = "strict-origin-when-cross-origin"
    /// All, to everybody.
    case unsafeURL = "unsafe-url"
}
