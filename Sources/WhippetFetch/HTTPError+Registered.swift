// Copyright 2026 the Whippet authors
// SPDX-License-Identifier: Apache-2.0

// One static member per registered error status, with and without a message.
extension HTTPError {
    /// 400 Bad Request.
    public static var badRequest: Self { Self(.badRequest) }
    /// 400 Bad Request, with a message for the client.
    public static func badRequest(_ message: String, headers: Headers = [:]) -> Self {
        Self(.badRequest, message, headers: headers)
    }
    /// 401 Unauthorized.
    public static var unauthorized: Self { Self(.unauthorized) }
    /// 401 Unauthorized, with a message for the client.
    public static func unauthorized(_ message: String, headers: Headers = [:]) -> Self {
        Self(.unauthorized, message, headers: headers)
    }
    /// 402 Payment Required.
    public static var paymentRequired: Self { Self(.paymentRequired) }
    /// 402 Payment Required, with a message for the client.
    public static func paymentRequired(_ message: String, headers: Headers = [:]) -> Self {
        Self(.paymentRequired, message, headers: headers)
    }
    /// 403 Forbidden.
    public static var forbidden: Self { Self(.forbidden) }
    /// 403 Forbidden, with a message for the client.
    public static func forbidden(_ message: String, headers: Headers = [:]) -> Self {
        Self(.forbidden, message, headers: headers)
    }
    /// 404 Not Found.
    public static var notFound: Self { Self(.notFound) }
    /// 404 Not Found, with a message for the client.
    public static func notFound(_ message: String, headers: Headers = [:]) -> Self {
        Self(.notFound, message, headers: headers)
    }
    /// 405 Method Not Allowed.
    public static var methodNotAllowed: Self { Self(.methodNotAllowed) }
    /// 405 Method Not Allowed, with a message for the client.
    public static func methodNotAllowed(_ message: String, headers: Headers = [:]) -> Self {
        Self(.methodNotAllowed, message, headers: headers)
    }
    /// 406 Not Acceptable.
    public static var notAcceptable: Self { Self(.notAcceptable) }
    /// 406 Not Acceptable, with a message for the client.
    public static func notAcceptable(_ message: String, headers: Headers = [:]) -> Self {
        Self(.notAcceptable, message, headers: headers)
    }
    /// 407 Proxy Authentication Required.
    public static var proxyAuthenticationRequired: Self { Self(.proxyAuthenticationRequired) }
    /// 407 Proxy Authentication Required, with a message for the client.
    public static func proxyAuthenticationRequired(_ message: String, headers: Headers = [:]) -> Self {
        Self(.proxyAuthenticationRequired, message, headers: headers)
    }
    /// 408 Request Timeout.
    public static var requestTimeout: Self { Self(.requestTimeout) }
    /// 408 Request Timeout, with a message for the client.
    public static func requestTimeout(_ message: String, headers: Headers = [:]) -> Self {
        Self(.requestTimeout, message, headers: headers)
    }
    /// 409 Conflict.
    public static var conflict: Self { Self(.conflict) }
    /// 409 Conflict, with a message for the client.
    public static func conflict(_ message: String, headers: Headers = [:]) -> Self {
        Self(.conflict, message, headers: headers)
    }
    /// 410 Gone.
    public static var gone: Self { Self(.gone) }
    /// 410 Gone, with a message for the client.
    public static func gone(_ message: String, headers: Headers = [:]) -> Self {
        Self(.gone, message, headers: headers)
    }
    /// 411 Length Required.
    public static var lengthRequired: Self { Self(.lengthRequired) }
    /// 411 Length Required, with a message for the client.
    public static func lengthRequired(_ message: String, headers: Headers = [:]) -> Self {
        Self(.lengthRequired, message, headers: headers)
    }
    /// 412 Precondition Failed.
    public static var preconditionFailed: Self { Self(.preconditionFailed) }
    /// 412 Precondition Failed, with a message for the client.
    public static func preconditionFailed(_ message: String, headers: Headers = [:]) -> Self {
        Self(.preconditionFailed, message, headers: headers)
    }
    /// 413 Content Too Large.
    public static var contentTooLarge: Self { Self(.contentTooLarge) }
    /// 413 Content Too Large, with a message for the client.
    public static func contentTooLarge(_ message: String, headers: Headers = [:]) -> Self {
        Self(.contentTooLarge, message, headers: headers)
    }
    /// 414 URI Too Long.
    public static var uriTooLong: Self { Self(.uriTooLong) }
    /// 414 URI Too Long, with a message for the client.
    public static func uriTooLong(_ message: String, headers: Headers = [:]) -> Self {
        Self(.uriTooLong, message, headers: headers)
    }
    /// 415 Unsupported Media Type.
    public static var unsupportedMediaType: Self { Self(.unsupportedMediaType) }
    /// 415 Unsupported Media Type, with a message for the client.
    public static func unsupportedMediaType(_ message: String, headers: Headers = [:]) -> Self {
        Self(.unsupportedMediaType, message, headers: headers)
    }
    /// 416 Range Not Satisfiable.
    public static var rangeNotSatisfiable: Self { Self(.rangeNotSatisfiable) }
    /// 416 Range Not Satisfiable, with a message for the client.
    public static func rangeNotSatisfiable(_ message: String, headers: Headers = [:]) -> Self {
        Self(.rangeNotSatisfiable, message, headers: headers)
    }
    /// 417 Expectation Failed.
    public static var expectationFailed: Self { Self(.expectationFailed) }
    /// 417 Expectation Failed, with a message for the client.
    public static func expectationFailed(_ message: String, headers: Headers = [:]) -> Self {
        Self(.expectationFailed, message, headers: headers)
    }
    /// 421 Misdirected Request.
    public static var misdirectedRequest: Self { Self(.misdirectedRequest) }
    /// 421 Misdirected Request, with a message for the client.
    public static func misdirectedRequest(_ message: String, headers: Headers = [:]) -> Self {
        Self(.misdirectedRequest, message, headers: headers)
    }
    /// 422 Unprocessable Content.
    public static var unprocessableContent: Self { Self(.unprocessableContent) }
    /// 422 Unprocessable Content, with a message for the client.
    public static func unprocessableContent(_ message: String, headers: Headers = [:]) -> Self {
        Self(.unprocessableContent, message, headers: headers)
    }
    /// 423 Locked.
    public static var locked: Self { Self(.locked) }
    /// 423 Locked, with a message for the client.
    public static func locked(_ message: String, headers: Headers = [:]) -> Self {
        Self(.locked, message, headers: headers)
    }
    /// 424 Failed Dependency.
    public static var failedDependency: Self { Self(.failedDependency) }
    /// 424 Failed Dependency, with a message for the client.
    public static func failedDependency(_ message: String, headers: Headers = [:]) -> Self {
        Self(.failedDependency, message, headers: headers)
    }
    /// 425 Too Early.
    public static var tooEarly: Self { Self(.tooEarly) }
    /// 425 Too Early, with a message for the client.
    public static func tooEarly(_ message: String, headers: Headers = [:]) -> Self {
        Self(.tooEarly, message, headers: headers)
    }
    /// 426 Upgrade Required.
    public static var upgradeRequired: Self { Self(.upgradeRequired) }
    /// 426 Upgrade Required, with a message for the client.
    public static func upgradeRequired(_ message: String, headers: Headers = [:]) -> Self {
        Self(.upgradeRequired, message, headers: headers)
    }
    /// 428 Precondition Required.
    public static var preconditionRequired: Self { Self(.preconditionRequired) }
    /// 428 Precondition Required, with a message for the client.
    public static func preconditionRequired(_ message: String, headers: Headers = [:]) -> Self {
        Self(.preconditionRequired, message, headers: headers)
    }
    /// 429 Too Many Requests.
    public static var tooManyRequests: Self { Self(.tooManyRequests) }
    /// 429 Too Many Requests, with a message for the client.
    public static func tooManyRequests(_ message: String, headers: Headers = [:]) -> Self {
        Self(.tooManyRequests, message, headers: headers)
    }
    /// 431 Request Header Fields Too Large.
    public static var requestHeaderFieldsTooLarge: Self { Self(.requestHeaderFieldsTooLarge) }
    /// 431 Request Header Fields Too Large, with a message for the client.
    public static func requestHeaderFieldsTooLarge(_ message: String, headers: Headers = [:]) -> Self {
        Self(.requestHeaderFieldsTooLarge, message, headers: headers)
    }
    /// 451 Unavailable For Legal Reasons.
    public static var unavailableForLegalReasons: Self { Self(.unavailableForLegalReasons) }
    /// 451 Unavailable For Legal Reasons, with a message for the client.
    public static func unavailableForLegalReasons(_ message: String, headers: Headers = [:]) -> Self {
        Self(.unavailableForLegalReasons, message, headers: headers)
    }
    /// 500 Internal Server Error.
    public static var internalServerError: Self { Self(.internalServerError) }
    /// 500 Internal Server Error, with a message for the client.
    public static func internalServerError(_ message: String, headers: Headers = [:]) -> Self {
        Self(.internalServerError, message, headers: headers)
    }
    /// 501 Not Implemented.
    public static var notImplemented: Self { Self(.notImplemented) }
    /// 501 Not Implemented, with a message for the client.
    public static func notImplemented(_ message: String, headers: Headers = [:]) -> Self {
        Self(.notImplemented, message, headers: headers)
    }
    /// 502 Bad Gateway.
    public static var badGateway: Self { Self(.badGateway) }
    /// 502 Bad Gateway, with a message for the client.
    public static func badGateway(_ message: String, headers: Headers = [:]) -> Self {
        Self(.badGateway, message, headers: headers)
    }
    /// 503 Service Unavailable.
    public static var serviceUnavailable: Self { Self(.serviceUnavailable) }
    /// 503 Service Unavailable, with a message for the client.
    public static func serviceUnavailable(_ message: String, headers: Headers = [:]) -> Self {
        Self(.serviceUnavailable, message, headers: headers)
    }
    /// 504 Gateway Timeout.
    public static var gatewayTimeout: Self { Self(.gatewayTimeout) }
    /// 504 Gateway Timeout, with a message for the client.
    public static func gatewayTimeout(_ message: String, headers: Headers = [:]) -> Self {
        Self(.gatewayTimeout, message, headers: headers)
    }
    /// 505 HTTP Version Not Supported.
    public static var httpVersionNotSupported: Self { Self(.httpVersionNotSupported) }
    /// 505 HTTP Version Not Supported, with a message for the client.
    public static func httpVersionNotSupported(_ message: String, headers: Headers = [:]) -> Self {
        Self(.httpVersionNotSupported, message, headers: headers)
    }
    /// 506 Variant Also Negotiates.
    public static var variantAlsoNegotiates: Self { Self(.variantAlsoNegotiates) }
    /// 506 Variant Also Negotiates, with a message for the client.
    public static func variantAlsoNegotiates(_ message: String, headers: Headers = [:]) -> Self {
        Self(.variantAlsoNegotiates, message, headers: headers)
    }
    /// 507 Insufficient Storage.
    public static var insufficientStorage: Self { Self(.insufficientStorage) }
    /// 507 Insufficient Storage, with a message for the client.
    public static func insufficientStorage(_ message: String, headers: Headers = [:]) -> Self {
        Self(.insufficientStorage, message, headers: headers)
    }
    /// 508 Loop Detected.
    public static var loopDetected: Self { Self(.loopDetected) }
    /// 508 Loop Detected, with a message for the client.
    public static func loopDetected(_ message: String, headers: Headers = [:]) -> Self {
        Self(.loopDetected, message, headers: headers)
    }
    /// 511 Network Authentication Required.
    public static var networkAuthenticationRequired: Self { Self(.networkAuthenticationRequired) }
    /// 511 Network Authentication Required, with a message for the client.
    public static func networkAuthenticationRequired(_ message: String, headers: Headers = [:]) -> Self {
        Self(.networkAuthenticationRequired, message, headers: headers)
    }
}
