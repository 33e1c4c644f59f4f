// Copyright 2026 the Whippet authors
// SPDX-License-Identifier: Apache-2.0

internal import WhippetInfra
public import WhippetJSON
public import WhippetURL

extension Response {
    /// Makes a response of JSON.
    ///
    /// A literal keeps the order of its keys: `Response.json(["count": 1, "tags": ["a", "b"]])`.
    /// Implements [Response.json](https://fetch.spec.whatwg.org/#dom-response-json).
    public static func json(_ data: JSON, status: Status = .ok, headers: Headers = Headers()) -> Response {
        Response(status: status, headers: headers, box: BodyBox(.bytes(data.serialize())), type: .json)
    }

    /// Makes a response of JSON, written in some way.
    ///
    /// Does not throw: a number that is not finite makes the answer a 500 with a line in the log, unless the options say
    /// how it is written.
    public static func json(
        _ data: JSON, status: Status = .ok, headers: Headers = Headers(), options: JSON.EncodingOptions
    ) -> Response {
        Response(status, headers, json: Result { try JSON.encode(data, options: options) })
    }

    /// Makes a response of a value as JSON.
    ///
    /// Does not throw: a value that can't be written makes the answer a 500 with a line in the log.
    @_disfavoredOverload
    public static func json(
        _ data: some Encodable, status: Status = .ok, headers: Headers = Headers(),
        options: JSON.EncodingOptions = JSON.EncodingOptions()
    ) -> Response {
        Response(status, headers, json: Result { try JSON.encode(data, options: options) })
    }

    /// The response of a value that a handler returned: `json(_:status:headers:options:)` with nothing said.
    @usableFromInline
    package static func json(encoding value: some Encodable) -> Response {
        do {
            let bytes = try JSON.encode(value, options: .usual)
            return Response(status: .ok, headers: Headers(), box: BodyBox(.bytes(bytes)), type: .json)
        } catch {
            return Response(.ok, Headers(), json: .failure(error))
        }
    }

    /// Makes a response of a value as JSON, in the standard's form.
    ///
    /// Implements [Response.json](https://fetch.spec.whatwg.org/#dom-response-json).
    ///
    /// - Throws: `JSONError` if the value can't be written; `RangeError` and `TypeError` as `init(_:init:)`.
    public static func json(_ data: some Encodable, init options: ResponseInit) throws -> Response {
        // 1. Let bytes the result of running serialize a JavaScript value to JSON bytes on data.
        let bytes = try JSON.encode(data)
        // 2–4. Initialize the response with the body and "application/json".
        return try Response(
            Body(box: BodyBox(.bytes(bytes)), type: .implicit(.json)), init: options)
    }

    /// Makes a response that sends the client elsewhere: 302, or the status given.
    ///
    /// A relative URL stays relative, for the client to resolve: a server need not know its own name.
    /// Implements [Response.redirect](https://fetch.spec.whatwg.org/#dom-response-redirect).
    ///
    /// - Throws: `TypeError` if the URL is none; `RangeError` if the status is not 301, 302, 303, 307 or 308.
    public static func redirect(_ url: String, status: Status = .found) throws -> Response {
        // 1–2. Let parsedURL be the result of parsing url; if it is failure, then throw a TypeError.
        if let parsed = URL.parse(url) { return try redirect(parsed, status: status) }
        guard URL.canParse(url, base: "http://localhost/") else {
            throw TypeError("Response.redirect: \(quoted(url)) is not a valid URL")
        }
        return try redirect(location: percentEncoded(url), status: status)
    }

    /// Makes a response that sends the client elsewhere: 302, or the status given.
    ///
    /// - Throws: `RangeError` if the status is not 301, 302, 303, 307 or 308.
    public static func redirect(_ url: URL, status: Status = .found) throws -> Response {
        try redirect(location: url.href, status: status)
    }

    private static func redirect(location: String, status: Status) throws -> Response {
        // 3. If status is not a redirect status, then throw a RangeError.
        guard status.isRedirect else {
            throw RangeError("Response.redirect: the status \(status.rawValue) is not 301, 302, 303, 307 or 308")
        }
        // 4–7. The response with its Location; its headers are immutable to the standard's methods.
        var response = Response(status: status)
        response.headers[.location] = location
        response.headers.guardKind = .immutable
        return response
    }

    /// Makes a network error, which a server can't send.
    ///
    /// Implements [Response.error](https://fetch.spec.whatwg.org/#dom-response-error).
    public static func error() -> Response {
        var response = Response()
        response.status = 0
        response.headers.guardKind = .immutable
        response.change {
            $0.type = .error
            $0.failure = TypeError("Response.error() is a network error, which can't be sent")
        }
        return response
    }

    /// A relative URL as the URL parser reads it, without what it drops, all else that is no URL code point escaped.
    private static func percentEncoded(_ url: String) -> String {
        var bytes: [UInt8] = []
        for byte in url.utf8 where byte != 0x09 && byte != 0x0A && byte != 0x0D { bytes.append(byte) }
        while let first = bytes.first, first <= 0x20 { bytes.removeFirst() }
        while let last = bytes.last, last <= 0x20 { bytes.removeLast() }
        let digits = Array("0123456789ABCDEF".utf8)
        var encoded: [UInt8] = []
        for byte in bytes {
            if byte > 0x20, byte < 0x7F, byte != 0x22, byte != 0x3C, byte != 0x3E {
                encoded.append(byte)
            } else {
                encoded += [0x25, digits[Int(byte >> 4)], digits[Int(byte & 15)]]
            }
        }
        return String(decoding: encoded, as: UTF8.self)
    }
}
