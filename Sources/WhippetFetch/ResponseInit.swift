// Copyright 2026 the Whippet authors
// SPDX-License-Identifier: Apache-2.0

/// What else a response may be made with, in the standard's form.
///
/// Source: [ResponseInit](https://fetch.spec.whatwg.org/#responseinit).
public struct ResponseInit: Sendable {
    /// The status, 200 to 599.
    public var status: Status
    /// The reason phrase; empty for the usual one.
    public var statusText: String
    /// The headers.
    public var headers: Headers

    /// Makes the options; each has the standard's default.
    public init(status: Status = .ok, statusText: String = "", headers: Headers = Headers()) {
        self.status = status
        self.statusText = statusText
        self.headers = headers
    }
}

/// How a response came about.
///
/// Source: [ResponseType](https://fetch.spec.whatwg.org/#responsetype).
public enum ResponseType: String, Sendable {
    /// From the same origin.
    case basic
    /// From another origin, by CORS.
    case cors
    /// Made by code.
    case `default`
    /// A network error.
    case error
    /// From another origin, without CORS: nothing can be seen.
    case opaque
    /// A redirect that was not followed.
    case opaqueredirect
}
