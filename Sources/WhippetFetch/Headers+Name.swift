// Copyright 2026 the Whippet authors
// SPDX-License-Identifier: Apache-2.0

internal import WhippetInfra

extension Headers {
    /// A header's name; two names are equal without regard to case.
    public struct Name: RawRepresentable, Hashable, Sendable, ExpressibleByStringLiteral, CustomStringConvertible {
        /// The name as given.
        public let rawValue: String

        /// Makes a name, as it is; a name that is not a token fails where it is used.
        public init(rawValue: String) {
            self.rawValue = rawValue
        }

        /// Makes a name, as it is; a name that is not a token fails where it is used.
        public init(_ rawValue: String) {
            self.rawValue = rawValue
        }

        /// Makes a name from a literal, as it is.
        public init(stringLiteral value: String) {
            self.rawValue = value
        }

        /// The name as given.
        public var description: String { rawValue }

        /// Whether two names are the same header.
        public static func == (left: Name, right: Name) -> Bool {
            ASCII.equalsIgnoringCase(left.rawValue, right.rawValue)
        }

        /// Feeds the name without its case.
        public func hash(into hasher: inout Hasher) {
            for byte in rawValue.utf8 { hasher.combine(ASCII.lowercased(byte)) }
        }
    }
}

// The names that servers use, alphabetically. Computed, so that none needs a check for its first use.
extension Headers.Name {
    /// The header `accept`.
    public static var accept: Self { Self(rawValue: "accept") }
    /// The header `accept-encoding`.
    public static var acceptEncoding: Self { Self(rawValue: "accept-encoding") }
    /// The header `accept-language`.
    public static var acceptLanguage: Self { Self(rawValue: "accept-language") }
    /// The header `accept-ranges`.
    public static var acceptRanges: Self { Self(rawValue: "accept-ranges") }
    /// The header `access-control-allow-credentials`.
    public static var accessControlAllowCredentials: Self { Self(rawValue: "access-control-allow-credentials") }
    /// The header `access-control-allow-headers`.
    public static var accessControlAllowHeaders: Self { Self(rawValue: "access-control-allow-headers") }
    /// The header `access-control-allow-methods`.
    public static var accessControlAllowMethods: Self { Self(rawValue: "access-control-allow-methods") }
    /// The header `access-control-allow-origin`.
    public static var accessControlAllowOrigin: Self { Self(rawValue: "access-control-allow-origin") }
    /// The header `access-control-expose-headers`.
    public static var accessControlExposeHeaders: Self { Self(rawValue: "access-control-expose-headers") }
    /// The header `access-control-max-age`.
    public static var accessControlMaxAge: Self { Self(rawValue: "access-control-max-age") }
    /// The header `access-control-request-headers`.
    public static var accessControlRequestHeaders: Self { Self(rawValue: "access-control-request-headers") }
    /// The header `access-control-request-method`.
    public static var accessControlRequestMethod: Self { Self(rawValue: "access-control-request-method") }
    /// The header `age`.
    public static var age: Self { Self(rawValue: "age") }
    /// The header `allow`.
    public static var allow: Self { Self(rawValue: "allow") }
    /// The header `authorization`.
    public static var authorization: Self { Self(rawValue: "authorization") }
    /// The header `cache-control`.
    public static var cacheControl: Self { Self(rawValue: "cache-control") }
    /// The header `connection`.
    public static var connection: Self { Self(rawValue: "connection") }
    /// The header `content-disposition`.
    public static var contentDisposition: Self { Self(rawValue: "content-disposition") }
    /// The header `content-encoding`.
    public static var contentEncoding: Self { Self(rawValue: "content-encoding") }
    /// The header `content-language`.
    public static var contentLanguage: Self { Self(rawValue: "content-language") }
    /// The header `content-length`.
    public static var contentLength: Self { Self(rawValue: "content-length") }
    /// The header `content-location`.
    public static var contentLocation: Self { Self(rawValue: "content-location") }
    /// The header `content-range`.
    public static var contentRange: Self { Self(rawValue: "content-range") }
    /// The header `content-security-policy`.
    public static var contentSecurityPolicy: Self { Self(rawValue: "content-security-policy") }
    /// The header `content-type`.
    public static var contentType: Self { Self(rawValue: "content-type") }
    /// The header `cookie`.
    public static var cookie: Self { Self(rawValue: "cookie") }
    /// The header `date`.
    public static var date: Self { Self(rawValue: "date") }
    /// The header `etag`.
    public static var etag: Self { Self(rawValue: "etag") }
    /// The header `expect`.
    public static var expect: Self { Self(rawValue: "expect") }
    /// The header `expires`.
    public static var expires: Self { Self(rawValue: "expires") }
    /// The header `forwarded`.
    public static var forwarded: Self { Self(rawValue: "forwarded") }
    /// The header `host`.
    public static var host: Self { Self(rawValue: "host") }
    /// The header `if-match`.
    public static var ifMatch: Self { Self(rawValue: "if-match") }
    /// The header `if-modified-since`.
    public static var ifModifiedSince: Self { Self(rawValue: "if-modified-since") }
    /// The header `if-none-match`.
    public static var ifNoneMatch: Self { Self(rawValue: "if-none-match") }
    /// The header `if-range`.
    public static var ifRange: Self { Self(rawValue: "if-range") }
    /// The header `if-unmodified-since`.
    public static var ifUnmodifiedSince: Self { Self(rawValue: "if-unmodified-since") }
    /// The header `last-modified`.
    public static var lastModified: Self { Self(rawValue: "last-modified") }
    /// The header `link`.
    public static var link: Self { Self(rawValue: "link") }
    /// The header `location`.
    public static var location: Self { Self(rawValue: "location") }
    /// The header `origin`.
    public static var origin: Self { Self(rawValue: "origin") }
    /// The header `permissions-policy`.
    public static var permissionsPolicy: Self { Self(rawValue: "permissions-policy") }
    /// The header `proxy-authenticate`.
    public static var proxyAuthenticate: Self { Self(rawValue: "proxy-authenticate") }
    /// The header `range`.
    public static var range: Self { Self(rawValue: "range") }
    /// The header `referer`.
    public static var referer: Self { Self(rawValue: "referer") }
    /// The header `referrer-policy`.
    public static var referrerPolicy: Self { Self(rawValue: "referrer-policy") }
    /// The header `retry-after`.
    public static var retryAfter: Self { Self(rawValue: "retry-after") }
    /// The header `server`.
    public static var server: Self { Self(rawValue: "server") }
    /// The header `server-timing`.
    public static var serverTiming: Self { Self(rawValue: "server-timing") }
    /// The header `set-cookie`.
    public static var setCookie: Self { Self(rawValue: "set-cookie") }
    /// The header `strict-transport-security`.
    public static var strictTransportSecurity: Self { Self(rawValue: "strict-transport-security") }
    /// The header `transfer-encoding`.
    public static var transferEncoding: Self { Self(rawValue: "transfer-encoding") }
    /// The header `upgrade`.
    public static var upgrade: Self { Self(rawValue: "upgrade") }
    /// The header `user-agent`.
    public static var userAgent: Self { Self(rawValue: "user-agent") }
    /// The header `vary`.
    public static var vary: Self { Self(rawValue: "vary") }
    /// The header `via`.
    public static var via: Self { Self(rawValue: "via") }
    /// The header `www-authenticate`.
    public static var wwwAuthenticate: Self { Self(rawValue: "www-authenticate") }
    /// The header `x-content-type-options`.
    public static var xContentTypeOptions: Self { Self(rawValue: "x-content-type-options") }
    /// The header `x-forwarded-for`.
    public static var xForwardedFor: Self { Self(rawValue: "x-forwarded-for") }
    /// The header `x-forwarded-host`.
    public static var xForwardedHost: Self { Self(rawValue: "x-forwarded-host") }
    /// The header `x-forwarded-proto`.
    public static var xForwardedProto: Self { Self(rawValue: "x-forwarded-proto") }
    /// The header `x-frame-options`.
    public static var xFrameOptions: Self { Self(rawValue: "x-frame-options") }
    /// The header `x-request-id`.
    public static var xRequestID: Self { Self(rawValue: "x-request-id") }
}
