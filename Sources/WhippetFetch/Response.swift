// Copyright 2026 the Whippet authors
// SPDX-License-Identifier: Apache-2.0

package import WhippetInfra
public import WhippetStreams
public import WhippetURL

/// The answer to a request.
///
/// As in a browser, except that it is a value: `headers` of a `var` can be changed, and copies share their body only.
/// The initialisers that take `status:` and `headers:` don't throw: what may not be sent makes the answer a 500 with a
/// line in the log. A response of text, bytes or a file may be kept and returned any number of times.
/// ```swift
/// let notFound = Response("No such item\n", status: .notFound)
/// var page = Response("<h1>Hello</h1>", headers: [.contentType: "text/html;charset=UTF-8"])
/// page.headers[.cacheControl] = "no-store"
/// ```
/// Source: [Fetch §5.5](https://fetch.spec.whatwg.org/#response-class).
public struct Response: Sendable {
    /// The headers; they can be changed where the response is a `var`.
    public var headers: Headers
    /// The status, such as `.ok`.
    public package(set) var status: Status
    let box: BodyBox?
    var details: ResponseDetails?

    // MARK: - The forms that don't throw

    /// Makes a response without a body.
    public init(status: Status = .ok, headers: Headers = Headers()) {
        self.init(status: status, headers: headers, box: nil, type: .none)
    }

    /// Makes a response of text, as `text/plain;charset=UTF-8` unless the headers say otherwise.
    public init(_ body: String, status: Status = .ok, headers: Headers = Headers()) {
        self.init(status: status, headers: headers, box: BodyBox(.string(body)), type: .plainText)
    }

    /// Makes a response of bytes.
    public init(_ body: [UInt8], status: Status = .ok, headers: Headers = Headers()) {
        self.init(status: status, headers: headers, box: BodyBox(.bytes(body)), type: .none)
    }

    /// Makes a response with a body, or with none for nil.
    public init(_ body: Body?, status: Status = .ok, headers: Headers = Headers()) {
        guard let body else {
            self.init(status: status, headers: headers, box: nil, type: .none)
            return
        }
        self.init(status: status, headers: headers, body: body)
    }

    /// Makes a response with anything that can be a body, with the Content-Type that it brings.
    public init(_ body: (some BodyInit)?, status: Status = .ok, headers: Headers = Headers()) {
        do {
            self.init(try body?.extractBody(), status: status, headers: headers)
        } catch {
            self.init(status: status, headers: headers)
            fail(error)
        }
    }

    /// Makes a response whose body is sent as the sequence brings it, chunk by chunk.
    @_disfavoredOverload
    public init<Chunks: AsyncSequence>(
        _ body: sending Chunks, status: Status = .ok, headers: Headers = Headers()
    ) where Chunks.Element == [UInt8] {
        self.init(Body(chunks: body), status: status, headers: headers)
    }

    private init(status: Status, headers: Headers, body: Body) {
        switch body.type {
        case .implicit(let type):
            self.init(status: status, headers: headers, box: body.box, type: type)
        case .other(let type):
            self.init(status: status, headers: headers, box: body.box, type: .none)
            self.headers.addContentType(.other(type))
        }
    }

    // Inlined, so that the box moves in: this makes each response.
    @inline(__always)
    init(status: Status, headers: Headers, box: BodyBox?, type: Headers.ImplicitContentType) {
        self.status = status
        self.headers = headers
        // What guarded the headers of another response doesn't guard this one's.
        self.headers.guardKind = .none
        self.box = box
        if !(200...599 ~= status.rawValue) || (box != nil && status.isNullBody) { failStatus() }
        self.headers.addIfAbsent(type)
    }

    /// Notes what is wrong with the status; apart, since it seldom is.
    @inline(never)
    private mutating func failStatus() {
        if 200...599 ~= status.rawValue {
            fail(Response.bodyOfNullBodyStatus(status))
        } else {
            fail(RangeError("Response: the status \(status.rawValue) is not in the range 200 to 599"))
        }
    }

    // MARK: - The standard's form

    /// Makes a response with anything that can be a body, or with none for nil.
    ///
    /// Implements [new Response(body, init)](https://fetch.spec.whatwg.org/#dom-response).
    ///
    /// - Throws: `RangeError` if the status is not 200 to 599; `TypeError` for a status text, header or body that may
    ///   not be.
    public init(_ body: (any BodyInit)?, init options: ResponseInit) throws {
        // 1–2. The response object and its headers.
        // 3. Let bodyWithType be null.
        // 4. If body is non-null, then set bodyWithType to the result of extracting body.
        let body = try body?.extractBody()
        // 5. Perform initialize a response given this, init, and bodyWithType:
        // 5.1. If init["status"] is not in the range 200 to 599, inclusive, then throw a RangeError.
        guard 200...599 ~= options.status.rawValue else {
            throw RangeError("Response: the status \(options.status.rawValue) is not in the range 200 to 599")
        }
        // 5.2. If init["statusText"] does not match the reason-phrase token production, then throw a TypeError.
        guard HeaderSyntax.isReasonPhrase(options.statusText) else {
            throw TypeError("Response: \(quoted(options.statusText)) is not a valid status text")
        }
        // 5.5. If init["headers"] exists, then fill response's headers with init["headers"].
        if let failure = options.headers.failure { throw failure }
        // 5.6. If body is non-null:
        // 5.6.1. If response's status is a null body status, then throw a TypeError.
        if body?.box != nil, options.status.isNullBody { throw Response.bodyOfNullBodyStatus(options.status) }
        // 5.3–5.4, 5.6.2–5.6.3. Set status, status message, body and Content-Type.
        self.init(body, status: options.status, headers: Headers(options.headers))
        if !options.statusText.isEmpty { change { $0.statusText = options.statusText } }
    }

    private static func bodyOfNullBodyStatus(_ status: Status) -> TypeError {
        TypeError("Response: a response with the status \(status.rawValue) can't have a body")
    }

    // MARK: - The standard's properties

    /// Whether the status is 200 to 299.
    public var ok: Bool { status.isSuccessful }

    /// The reason phrase that was given or received, else empty; what is sent then is the usual one of the status.
    public var statusText: String { details?.value.statusText ?? "" }

    /// How the response came about.
    public var type: ResponseType { details?.value.type ?? .default }

    /// Where the response came from, without the fragment; nil for one made by code.
    public var url: URL? { details?.value.url }

    /// Whether the request was redirected before it was answered.
    public var redirected: Bool { details?.value.redirected ?? false }

    /// The body as a stream, nil for a null body.
    public var body: ByteStream? { box?.stream }

    /// Whether the body was read, in part or whole.
    public var bodyUsed: Bool { box?.isUsed ?? false }

    /// Makes an independent copy whose body can be read too.
    ///
    /// Implements [clone](https://fetch.spec.whatwg.org/#dom-response-clone).
    ///
    /// - Throws: `TypeError` if the body was read or is locked.
    public func clone() throws -> Response {
        guard let box else { return self }
        guard !box.isUnusable else { throw TypeError("Response.clone: the body was already used or is locked") }
        return Response(copying: self, box: try box.clone())
    }

    init(copying other: Response, box: BodyBox?) {
        headers = other.headers
        status = other.status
        details = other.details
        self.box = box
    }

    // MARK: - For the host

    /// A response as a client received it.
    package init(
        received head: MessageHead, statusText: String, url: URL?, redirected: Bool = false, body: Body
    ) {
        headers = Headers(received: head)
        status = Status(rawValue: head.storage.pointee.statusCode)
        box = body.box
        details = ResponseDetails(
            .init(statusText: statusText, type: .basic, url: url, redirected: redirected, failure: nil))
    }

    /// Records the first thing that may not be sent.
    mutating func fail(_ error: any Error) {
        change { if $0.failure == nil { $0.failure = error } }
    }

    mutating func change(_ body: (inout ResponseDetails.Value) -> Void) {
        var value = details?.value ?? ResponseDetails.Value()
        body(&value)
        details = ResponseDetails(value)
    }
}

/// What few responses have, out of the way of the others.
final class ResponseDetails: Sendable {
    struct Value: Sendable {
        var statusText = ""
        var type = ResponseType.default
        var url: URL?
        var redirected = false
        var failure: (any Error)?
        var directive: ResponseDirective?
        var ready: ReadyAnswer?
    }

    let value: Value

    init(_ value: Value) { self.value = value }
}
