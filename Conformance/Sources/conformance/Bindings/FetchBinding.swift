// Copyright 2026 the Whippet authors
// SPDX-License-Identifier: Apache-2.0

@_spi(Conformance) import WhippetFetch
import WhippetInfra
@_spi(Conformance) import WhippetStreams
import WhippetURL

/// `Request` and `Response`.
enum FetchBinding: Binding {
    static func install(_ natives: Natives) {
        guard let streams = natives.engine.streams else { return }
        natives.add("requestCreate") { call in Handle(try makeRequest(call[0], call[1], streams)) }
        natives.add("requestClone") { call in Handle(try call.object(0, as: MessageObject.self).clone()) }
        natives.add("requestGet") { call in
            let request = try request(call)
            guard let get = requestGetters[call.string(1)] else { throw BindingError("no such attribute") }
            return get(request)
        }
        natives.add("requestSignal") { call in
            // The object's signal follows the one that was given.
            Handle(SignalObject(AbortSignal.any([try request(call).signal]), call.engine.loop))
        }
        natives.add("responseCreate") { call in
            let body = call.engine.object(call[0]) as? BodyInitObject
            try check(body)
            let response = try Response(body?.content, init: try responseInit(call, 1))
            return Handle(guarded(response, body, streams))
        }
        natives.add("responseJSON") { call in
            // The text is JavaScript's own: how a value is serialised is the language's affair.
            let bytes = Array(call.string(0).utf8)
            return Handle(guarded(try Response.json(serialized: bytes, init: responseInit(call, 1)), nil, streams))
        }
        natives.add("responseError") { _ in Handle(MessageObject(.response(Response.error()), streams)) }
        natives.add("responseRedirect") { call in
            // What is no URL is Swift's to refuse.
            let url = try URL.parse(call.string(0), base: base(call.engine))?.href ?? call.string(0)
            let status = Status(UInt16(clamping: Int(call.number(1))))
            return Handle(MessageObject(.response(try Response.redirect(url, status: status)), streams))
        }
        natives.add("responseClone") { call in Handle(try call.object(0, as: MessageObject.self).clone()) }
        natives.add("responseGet") { call in
            guard case .response(let response) = try call.object(0, as: MessageObject.self).message else {
                throw BindingError("the object is no response")
            }
            switch call.string(1) {
            case "type": return response.type.rawValue
            case "url": return response.url.map(withoutFragment) ?? ""
            case "redirected": return response.redirected
            case "status": return Int(response.status.rawValue)
            case "ok": return response.ok
            default: return response.statusText
            }
        }
    }

    private static func request(_ call: Call) throws -> Request {
        guard case .request(let request) = try call.object(0, as: MessageObject.self).message else {
            throw BindingError("the object is no request")
        }
        return request
    }

    private static func withoutFragment(_ url: URL) -> String {
        var url = url
        url.hash = ""
        return url.href
    }

    /// The page that a relative URL is relative to.
    private static func base(_ engine: Engine) throws -> URL {
        try URL(engine.global["location"]["href"].string)
    }

    private static var requestGetters: [String: (Request) -> any Scriptable] {
        [
            "method": { $0.method.rawValue }, "url": { $0.url.href }, "referrer": { $0.referrer },
            "referrerPolicy": { $0.referrerPolicy.rawValue }, "mode": { $0.mode.rawValue },
            "credentials": { $0.credentials.rawValue }, "cache": { $0.cache.rawValue },
            "redirect": { $0.redirect.rawValue }, "integrity": { $0.integrity }, "keepalive": { $0.keepalive },
            "duplex": { $0.duplex.rawValue },
        ]
    }

    // MARK: - Making messages

    /// A stream can be a body only once, and only unread.
    private static func check(_ body: BodyInitObject?) throws {
        guard let stream = body?.source?.stream, stream.locked || stream.disturbed else { return }
        throw TypeError("The stream was already used or is locked")
    }

    private static func responseInit(_ call: Call, _ first: Int) throws -> ResponseInit {
        var headers = Headers(guard: .response)
        if !call[first + 2].isUndefined { try HeadersObject.fill(&headers, with: call[first + 2]) }
        return ResponseInit(
            status: Status(UInt16(clamping: Int(call.number(first)))), statusText: call.string(first + 1),
            headers: headers)
    }

    private static func guarded(
        _ response: Response, _ body: BodyInitObject?, _ streams: StreamBindings
    ) -> MessageObject {
        var response = response
        response.headers.guard = .response
        return MessageObject(.response(response), streams, body: body?.source)
    }

    private static func makeRequest(
        _ info: Value, _ dictionary: Value, _ streams: StreamBindings
    ) throws
        -> MessageObject
    {
        let engine = info.engine
        let inputObject = engine.object(info) as? MessageObject
        let body = engine.object(dictionary["body"]) as? BodyInitObject
        var input: Request?
        if case .request(let request) = inputObject?.message { input = request }
        var options = try requestInit(dictionary)
        try check(body)
        options.body = body?.content
        var source = body?.source
        if dictionary["body"].isUndefined, let inputObject, inputObject.stream != nil {
            // The input's stream is one that scripts see: the new request reads on from it.
            source = try inputObject.proxy()
            options.body = source?.makeByteStream()
            options.duplex = .half
        }
        // 31–33. The headers get the guard that the mode asks for before they are filled.
        let mode = options.mode ?? input?.mode ?? .cors
        let list = dictionary["headers"]
        var headers = Headers(guard: mode == .noCORS ? .requestNoCORS : .request)
        if !list.isUndefined {
            try HeadersObject.fill(&headers, with: list)
        } else if let input {
            for (name, value) in input.headers { try headers.append(name, value) }
        }
        if !list.isUndefined || input != nil { options.headers = headers }
        var request: Request
        if let input {
            request = try Request(input, init: options)
        } else {
            // A script's URL is relative to its page; what is no URL is Swift's to refuse.
            let url = try URL.parse(info.string, base: base(engine))?.href ?? info.string
            request = try Request(url, init: options)
        }
        // 37.2.2. What the body says of its type passes the guard as well.
        var guarded = Headers(guard: headers.guard)
        for (name, value) in request.headers { try guarded.append(name, value) }
        request.headers = guarded
        return MessageObject(.request(request), streams, body: source)
    }

    private static func requestInit(_ dictionary: Value) throws -> RequestInit {
        var options = RequestInit()
        func text(_ name: String) -> String? {
            let member = dictionary[name]
            return member.isUndefined ? nil : member.string
        }
        options.method = text("method").map(HTTPMethod.init(rawValue:))
        options.referrer = try text("referrer").map { try referrer($0, dictionary.engine) }
        options.referrerPolicy = text("referrerPolicy").flatMap(ReferrerPolicy.init(rawValue:))
        options.mode = text("mode").flatMap(RequestMode.init(rawValue:))
        options.credentials = text("credentials").flatMap(RequestCredentials.init(rawValue:))
        options.cache = text("cache").flatMap(RequestCache.init(rawValue:))
        options.redirect = text("redirect").flatMap(RequestRedirect.init(rawValue:))
        options.integrity = text("integrity")
        options.priority = text("priority").flatMap(RequestPriority.init(rawValue:))
        options.duplex = text("duplex").flatMap(RequestDuplex.init(rawValue:))
        let keepalive = dictionary["keepalive"]
        if !keepalive.isUndefined { options.keepalive = keepalive.bool }
        let signal = dictionary["signal"]
        if let object = dictionary.engine.object(signal) as? SignalObject {
            options.signal = object.signal
        } else if !signal.isUndefined {
            // An explicit null lets go of the input's signal.
            options.signal = AbortController().signal
        }
        return options
    }

    /// 14. The referrer, absolute; one of another origin is that of the page. What is no URL is Swift's to refuse.
    private static func referrer(_ text: String, _ engine: Engine) throws -> String {
        let page = try base(engine)
        guard !text.isEmpty, let url = URL.parse(text, base: page) else { return text }
        let isClient = url.protocol == "about:" && url.pathname == "client"
        return isClient || url.origin != page.origin ? "about:client" : url.href
    }
}
