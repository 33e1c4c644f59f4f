// Copyright 2026 the Whippet authors
// SPDX-License-Identifier: Apache-2.0

public import WhippetFetch
internal import WhippetInfra

/// An error that says which status its answer has, as errors of JavaScript do with a property `status`.
///
/// `HTTPError` is the one to throw; this is for types of your own.
/// ```swift
/// struct SoldOut: ExpressStatusError {
///     var status: Status { 410 }
///     var headers: Headers { ["retry-after": "3600"] }
/// }
/// ```
public protocol ExpressStatusError: Error {
    /// The status of the answer; one that is not 400 to 599 becomes 500.
    var status: Status { get }
    /// Headers of the answer.
    var headers: Headers { get }
}

extension ExpressStatusError {
    /// None.
    public var headers: Headers { Headers() }
}

/// The page for what nobody has handled, as Express's package `finalhandler` writes it.
enum ErrorPage {
    /// Answers an error: with its status, and with what it is in development only.
    static func send(_ error: any Error, _ request: ExpressRequest, _ response: ExpressResponse) {
        var status = Status(UInt16(clamping: request.answer.status))
        var headers = Headers()
        if let error = error as? HTTPError {
            (status, headers) = (error.status, error.headers)
        } else if let error = error as? any ExpressStatusError {
            (status, headers) = (error.status, error.headers)
        }
        if !(status.isClientError || status.isServerError) { status = .internalServerError }
        let isProduction = request.installation.settings.isProduction
        // A handler that was cancelled has nobody to answer any more.
        if status.isServerError, !(error is CancellationError) {
            request.installation.application.log(
                "\(status.rawValue) \(request.method) \(request.originalUrl): \(error)")
        }
        let name = status.reasonPhrase.isEmpty ? "\(status.rawValue)" : status.reasonPhrase
        send(status, headers, isProduction ? name : "\(error)", request, response)
    }

    /// Answers a path that nobody knows.
    static func sendNotFound(_ request: ExpressRequest, _ response: ExpressResponse) {
        let path = request.request.withPathBytes { String(decoding: $0, as: UTF8.self) }
        send(.notFound, Headers(), "Cannot \(request.method) \(EncodedURL.encode(path))", request, response)
    }

    private static func send(
        _ status: Status, _ headers: Headers, _ message: String, _ request: ExpressRequest, _ response: ExpressResponse
    ) {
        for name: Headers.Name in [.contentEncoding, .contentLanguage, .contentRange] {
            request.answer.headers[name] = nil
        }
        for (name, value) in headers { request.answer.headers[name] = value }
        request.answer.headers[.contentSecurityPolicy] = "default-src 'none'"
        request.answer.headers[.xContentTypeOptions] = "nosniff"
        request.answer.headers[.contentType] = "text/html; charset=utf-8"
        request.answer.status = Int(status.rawValue)
        response.end(html: document("Error", HTMLText.escape(message).replacingLineBreaks))
    }

    /// A page of one message, which is HTML.
    static func document(_ title: String, _ body: String) -> String {
        """
        <!DOCTYPE html>
        <html lang="en">
        <head>
        <meta charset="utf-8">
        <title>\(title)</title>
        </head>
        <body>
        <pre>\(body)</pre>
        </body>
        </html>

        """
    }
}

extension String {
    fileprivate var replacingLineBreaks: String {
        split(separator: "\n", omittingEmptySubsequences: false).joined(separator: "<br>")
    }
}

/// Text in HTML.
enum HTMLText {
    /// The text with the characters escaped that mean something in HTML.
    static func escape(_ text: String) -> String {
        guard text.utf8.contains(where: isSpecial) else { return text }
        var escaped: [UInt8] = []
        for byte in text.utf8 {
            switch byte {
            case 0x22: escaped += "&quot;".utf8
            case 0x26: escaped += "&amp;".utf8
            case 0x27: escaped += "&#39;".utf8
            case 0x3C: escaped += "&lt;".utf8
            case 0x3E: escaped += "&gt;".utf8
            default: escaped.append(byte)
            }
        }
        return String(decoding: escaped, as: UTF8.self)
    }

    private static func isSpecial(_ byte: UInt8) -> Bool {
        byte == 0x22 || byte == 0x26 || byte == 0x27 || byte == 0x3C || byte == 0x3E
    }
}
