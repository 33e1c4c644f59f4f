// Copyright 2026 the Whippet authors
// SPDX-License-Identifier: Apache-2.0

public import WhippetApp
public import WhippetFetch
@_spi(Whippet) internal import WhippetInfra
internal import WhippetJSON

/// What a handler returned, whatever its type: for handlers that return now this, now that.
///
/// ```swift
/// let app = H3()
/// app.get("/find") { event -> EventValue in
///     switch event.url.search {
///     case "?text": EventValue("text")
///     case "?json": EventValue(["found": true])
///     default: .notFound
///     }
/// }
/// ```
public struct EventValue: ResponseConvertible, Sendable {
    enum Kind: Sendable {
        /// Nothing: an empty response; from middleware, that what comes next answers.
        case nothing
        /// A response of the handler's own.
        case response(Response)
        /// The response that a value becomes, readable for a person or not.
        case value(@Sendable (_ pretty: Bool) -> Response)
        /// A body whose status may be left to what is prepared.
        case body(HTTPResponse)
        case notFound
        case handled
        case error(any Error)
    }

    let kind: Kind

    init(kind: Kind) {
        self.kind = kind
    }

    /// No value: an empty response; middleware that returns it goes on with what comes next.
    public static var nothing: EventValue { EventValue(kind: .nothing) }
    /// There is nothing here: 404, `Symbol.for("h3.notFound")` in h3.
    public static var notFound: EventValue { EventValue(kind: .notFound) }
    /// The request is answered elsewhere: an empty 200, `Symbol.for("h3.handled")` in h3.
    public static var handled: EventValue { EventValue(kind: .handled) }

    /// Takes anything that a handler may return as it is.
    public init<Value: ResponseConvertible>(_ value: Value) {
        switch value {
        case let value as EventValue: kind = value.kind
        case let response as Response: kind = .response(response)
        case let body as HTTPResponse: kind = .body(body)
        case let error as any Error: kind = .error(error)
        case let json as JSON: kind = .value { Response.value(json, pretty: $0) }
        case let file as File: kind = .value { [response = file.attachment] _ in response }
        case let value as any EventAbsence where value.isAbsent: kind = .nothing
        default: kind = .value { [response = value.response] _ in response }
        }
    }

    /// What makes a value of what a handler returns: looking at the type for each request would cost more than the rest.
    static func converter<Value: ResponseConvertible>(for type: Value.Type) -> @Sendable (Value) -> EventValue {
        let text: @Sendable (String) -> EventValue = { text in EventValue(kind: .value { _ in Response(text) }) }
        let own: @Sendable (EventValue) -> EventValue = { $0 }
        let response: @Sendable (Response) -> EventValue = { EventValue(kind: .response($0)) }
        return (text as? @Sendable (Value) -> EventValue) ?? (own as? @Sendable (Value) -> EventValue)
            ?? (response as? @Sendable (Value) -> EventValue) ?? { EventValue($0) }
    }

    /// Takes something encodable, sent as JSON.
    @_disfavoredOverload
    public init<Value: Encodable & Sendable>(_ value: Value) {
        if let value = value as? any EventAbsence, value.isAbsent {
            kind = .nothing
        } else {
            kind = .value { Response.value(encoding: value, pretty: $0) }
        }
    }

    /// The value's response, without what is prepared for it.
    public var response: Response {
        switch kind {
        case .nothing: Response("")
        case .response(let response): response
        case .value(let make): make(false)
        case .body(let body): body.response
        case .notFound: HTTPError.notFound.response
        case .handled: Response()
        case .error(let error): (error as? HTTPError ?? .internalServerError).response
        }
    }
}

/// What can be nil.
private protocol EventAbsence {
    var isAbsent: Bool { get }
}

extension Optional: EventAbsence {
    fileprivate var isAbsent: Bool { self == nil }
}

extension Response {
    /// Something encodable as h3 sends it: bytes as they are, else JSON with its charset.
    static func value<Value: Encodable>(encoding value: Value, pretty: Bool) -> Response {
        if let bytes = value as? [UInt8] { return Response(bytes) }
        // A number that is not finite is null, as `JSON.stringify` has it.
        return Response.json(
            value, headers: h3Headers, options: JSON.EncodingOptions(pretty: pretty, nonFinite: .null))
    }

    private static let h3Headers: Headers = [.contentType: EventRunner.jsonType]

    fileprivate static func value(_ json: JSON, pretty: Bool) -> Response {
        Response.json(json, headers: h3Headers, options: JSON.EncodingOptions(pretty: pretty, nonFinite: .null))
    }
}

extension File {
    /// The file with the name that the client may give it.
    fileprivate var attachment: Response {
        var response = response
        let name = PercentEncoding.encode(name, .component)
        response.headers["content-disposition"] = "filename=\"\(name)\"; filename*=UTF-8''\(name)"
        return response
    }
}
