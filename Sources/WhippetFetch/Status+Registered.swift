// Copyright 2026 the Whippet authors
// SPDX-License-Identifier: Apache-2.0

// The status codes of the [IANA registry](https://www.iana.org/assignments/http-status-codes), in their order.
extension Status {
    /// 100 Continue.
    public static var `continue`: Self { 100 }
    /// 101 Switching Protocols.
    public static var switchingProtocols: Self { 101 }
    /// 102 Processing.
    public static var processing: Self { 102 }
    /// 103 Early Hints.
    public static var earlyHints: Self { 103 }
    /// 200 OK.
    public static var ok: Self { 200 }
    /// 201 Created.
    public static var created: Self { 201 }
    /// 202 Accepted.
    public static var accepted: Self { 202 }
    /// 203 Non-Authoritative Information.
    public static var nonAuthoritativeInformation: Self { 203 }
    /// 204 No Content.
    public static var noContent: Self { 204 }
    /// 205 Reset Content.
    public static var resetContent: Self { 205 }
    /// 206 Partial Content.
    public static var partialContent: Self { 206 }
    /// 207 Multi-Status.
    public static var multiStatus: Self { 207 }
    /// 208 Already Reported.
    public static var alreadyReported: Self { 208 }
    /// 226 IM Used.
    public static var imUsed: Self { 226 }
    /// 300 Multiple Choices.
    public static var multipleChoices: Self { 300 }
    /// 301 Moved Permanently.
    public static var movedPermanently: Self { 301 }
    /// 302 Found.
    public static var found: Self { 302 }
    /// 303 See Other.
    public static var seeOther: Self { 303 }
    /// 304 Not Modified.
    public static var notModified: Self { 304 }
    /// 305 Use Proxy.
    public static var useProxy: Self { 305 }
    /// 307 Temporary Redirect.
    public static var temporaryRedirect: Self { 307 }
    /// 308 Permanent Redirect.
    public static var permanentRedirect: Self { 308 }
    /// 400 Bad Request.
    public static var badRequest: Self { 400 }
    /// 401 Unauthorized.
    public static var unauthorized: Self { 401 }
    /// 402 Payment Required.
    public static var paymentRequired: Self { 402 }
    /// 403 Forbidden.
    public static var forbidden: Self { 403 }
    /// 404 Not Found.
    public static var notFound: Self { 404 }
    /// 405 Method Not Allowed.
    public static var methodNotAllowed: Self { 405 }
    /// 406 Not Acceptable.
    public static var notAcceptable: Self { 406 }
    /// 407 Proxy Authentication Required.
    public static var proxyAuthenticationRequired: Self { 407 }
    /// 408 Request Timeout.
    public static var requestTimeout: Self { 408 }
    /// 409 Conflict.
    public static var conflict: Self { 409 }
    /// 410 Gone.
    public static var gone: Self { 410 }
    /// 411 Length Required.
    public static var lengthRequired: Self { 411 }
    /// 412 Precondition Failed.
    public static var preconditionFailed: Self { 412 }
    /// 413 Content Too Large.
    public static var contentTooLarge: Self { 413 }
    /// 414 URI Too Long.
    public static var uriTooLong: Self { 414 }
    /// 415 Unsupported Media Type.
    public static var unsupportedMediaType: Self { 415 }
    /// 416 Range Not Satisfiable.
    public static var rangeNotSatisfiable: Self { 416 }
    /// 417 Expectation Failed.
    public static var expectationFailed: Self { 417 }
    /// 421 Misdirected Request.
    public static var misdirectedRequest: Self { 421 }
    /// 422 Unprocessable Content.
    public static var unprocessableContent: Self { 422 }
    /// 423 Locked.
    public static var locked: Self { 423 }
    /// 424 Failed Dependency.
    public static var failedDependency: Self { 424 }
    /// 425 Too Early.
    public static var tooEarly: Self { 425 }
    /// 426 Upgrade Required.
    public static var upgradeRequired: Self { 426 }
    /// 428 Precondition Required.
    public static var preconditionRequired: Self { 428 }
    /// 429 Too Many Requests.
    public static var tooManyRequests: Self { 429 }
    /// 431 Request Header Fields Too Large.
    public static var requestHeaderFieldsTooLarge: Self { 431 }
    /// 451 Unavailable For Legal Reasons.
    public static var unavailableForLegalReasons: Self { 451 }
    /// 500 Internal Server Error.
    public static var internalServerError: Self { 500 }
    /// 501 Not Implemented.
    public static var notImplemented: Self { 501 }
    /// 502 Bad Gateway.
    public static var badGateway: Self { 502 }
    /// 503 Service Unavailable.
    public static var serviceUnavailable: Self { 503 }
    /// 504 Gateway Timeout.
    public static var gatewayTimeout: Self { 504 }
    /// 505 HTTP Version Not Supported.
    public static var httpVersionNotSupported: Self { 505 }
    /// 506 Variant Also Negotiates.
    public static var variantAlsoNegotiates: Self { 506 }
    /// 507 Insufficient Storage.
    public static var insufficientStorage: Self { 507 }
    /// 508 Loop Detected.
    public static var loopDetected: Self { 508 }
    /// 511 Network Authentication Required.
    public static var networkAuthenticationRequired: Self { 511 }

    /// The reason phrase that the registry gives, empty for a code that it does not have.
    public var reasonPhrase: String { "\(staticReasonPhrase)" }

    /// The reason phrase as bytes of the binary.
    package var staticReasonPhrase: StaticString {
        switch rawValue {
        case 100: "Continue"
        case 101: "Switching Protocols"
        case 102: "Processing"
        case 103: "Early Hints"
        case 200: "OK"
        case 201: "Created"
        case 202: "Accepted"
        case 203: "Non-Authoritative Information"
        case 204: "No Content"
        case 205: "Reset Content"
        case 206: "Partial Content"
        case 207: "Multi-Status"
        case 208: "Already Reported"
        case 226: "IM Used"
        case 300: "Multiple Choices"
        case 301: "Moved Permanently"
        case 302: "Found"
        case 303: "See Other"
        case 304: "Not Modified"
        case 305: "Use Proxy"
        case 307: "Temporary Redirect"
        case 308: "Permanent Redirect"
        case 400: "Bad Request"
        case 401: "Unauthorized"
        case 402: "Payment Required"
        case 403: "Forbidden"
        case 404: "Not Found"
        case 405: "Method Not Allowed"
        case 406: "Not Acceptable"
        case 407: "Proxy Authentication Required"
        case 408: "Request Timeout"
        case 409: "Conflict"
        case 410: "Gone"
        case 411: "Length Required"
        case 412: "Precondition Failed"
        case 413: "Content Too Large"
        case 414: "URI Too Long"
        case 415: "Unsupported Media Type"
        case 416: "Range Not Satisfiable"
        case 417: "Expectation Failed"
        case 421: "Misdirected Request"
        case 422: "Unprocessable Content"
        case 423: "Locked"
        case 424: "Failed Dependency"
        case 425: "Too Early"
        case 426: "Upgrade Required"
        case 428: "Precondition Required"
        case 429: "Too Many Requests"
        case 431: "Request Header Fields Too Large"
        case 451: "Unavailable For Legal Reasons"
        case 500: "Internal Server Error"
        case 501: "Not Implemented"
        case 502: "Bad Gateway"
        case 503: "Service Unavailable"
        case 504: "Gateway Timeout"
        case 505: "HTTP Version Not Supported"
        case 506: "Variant Also Negotiates"
        case 507: "Insufficient Storage"
        case 508: "Loop Detected"
        case 511: "Network Authentication Required"
        default: ""
        }
    }
}
