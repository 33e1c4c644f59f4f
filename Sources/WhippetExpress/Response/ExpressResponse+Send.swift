// Copyright 2026 the Whippet authors
// SPDX-License-Identifier: Apache-2.0

public import WhippetFetch
internal import WhippetInfra
public import WhippetJSON

// What `send` does with a value depends on its type, as in Express. Literals are read as text and JSON: the others are
// disfavoured, so that `send([5, 7, 9])` is no body of three bytes.
extension ExpressResponse {
    /// Sends text, as `text/html` unless a type was set; its charset becomes UTF-8.
    ///
    /// As in Express the type is not `text/plain`: the setting `string type` changes it.
    @discardableResult
    public func send(_ body: String) -> ExpressResponse {
        guard isOpen() else { return self }
        // Fast path: the same answer as before; "a text that is sent again has the same answer" tests both ways.
        let isKeepable = request.answer.isUntouched && request.answer.status == 200 && !request.isConditional
        if isKeepable, let entry = request.keptText?.entry(of: body) {
            kept = entry
            isEnded = true
            return self
        }
        if let type = headers[.contentType] {
            headers[.contentType] = MediaTypes.inUTF8(type)
        } else {
            headers[.contentType] = settings.stringType
        }
        finish(.text(body))
        if isKeepable, case .text = content { request.keptText?.keep(body, makeResponse()) }
        return self
    }

    /// Sends bytes, as `application/octet-stream` unless a type was set.
    @_disfavoredOverload
    @discardableResult
    public func send(_ body: [UInt8]) -> ExpressResponse {
        guard isOpen() else { return self }
        if headers[.contentType] == nil { type("bin") }
        return finish(.bytes(body))
    }

    /// Sends JSON; `null` is an empty body without a type.
    @discardableResult
    public func send(_ body: JSON) -> ExpressResponse {
        switch body {
        case .null: isOpen() ? finish(.text("")) : self
        case .string(let text): send(text)
        default: json(body)
        }
    }

    /// Sends a value as JSON.
    @_disfavoredOverload
    @discardableResult
    public func send(_ body: some Encodable) -> ExpressResponse { json(body) }

    /// Sends a blob, a file, a stream or another body of the core, with the type that it brings unless one was set.
    ///
    /// What comes bit by bit leaves bit by bit. There is no tag.
    @_disfavoredOverload
    @discardableResult
    public func send(_ body: some BodyInit) -> ExpressResponse {
        guard isOpen() else { return self }
        do {
            content = .body(try body.extractBody())
            isEnded = true
        } catch {
            fail(error)
        }
        return self
    }

    /// Sends an answer of the core: its status and its headers, which go before those set here.
    @discardableResult
    public func send(_ response: Response) -> ExpressResponse {
        guard isOpen() else { return self }
        var response = response
        let names = Set(response.headers.map { ASCII.lowercased($0.name) })
        for (name, value) in headers where name == "set-cookie" || !names.contains(name) {
            response.headers.append(Headers.Name(name), value)
        }
        request.answer.status = Int(response.status.rawValue)
        request.answer.headers = response.headers
        content = .ready(response)
        isEnded = true
        return self
    }

    /// Sends an empty body without a type.
    @discardableResult
    public func send() -> ExpressResponse { finish(.none) }

    // MARK: - JSON

    /// Sends JSON; a literal keeps the order of its keys.
    @discardableResult
    public func json(_ body: JSON) -> ExpressResponse {
        guard isOpen() else { return self }
        do {
            return sendJSON(try JSONText(settings).encode(body))
        } catch {
            return fail(error)
        }
    }

    /// Sends a value as JSON.
    @_disfavoredOverload
    @discardableResult
    public func json(_ body: some Encodable) -> ExpressResponse {
        guard isOpen() else { return self }
        do {
            return sendJSON(try JSONText(settings).encode(body))
        } catch {
            return fail(error)
        }
    }

    /// Sends an empty body with the type of JSON, as `res.json(undefined)` does.
    @discardableResult
    public func json() -> ExpressResponse {
        guard isOpen() else { return self }
        if headers[.contentType] == nil { headers[.contentType] = "application/json; charset=utf-8" }
        return send()
    }

    /// Sends JSON, or a script that calls the function which the query's `callback` names.
    @discardableResult
    public func jsonp(_ body: JSON) -> ExpressResponse {
        guard isOpen() else { return self }
        if headers[.contentType] == nil {
            headers[.xContentTypeOptions] = "nosniff"
            headers[.contentType] = "application/json; charset=utf-8"
        }
        let named = request.query[settings.jsonpCallbackName]
        let callback = (named.arrayValue?.first ?? named).stringValue ?? ""
        do {
            let json = try JSONText(settings).encode(body)
            guard !callback.isEmpty else { return sendJSON(json) }
            headers[.xContentTypeOptions] = "nosniff"
            headers[.contentType] = "text/javascript; charset=utf-8"
            let name = callback.filter { $0.isASCII && ($0.isLetter || $0.isNumber || "[]_$.".contains($0)) }
            let argument = JSONText.withoutLineSeparators(String(decoding: json, as: UTF8.self))
            return send("/**/ typeof \(name) === 'function' && \(name)(\(argument));")
        } catch {
            return fail(error)
        }
    }

    private func sendJSON(_ bytes: [UInt8]) -> ExpressResponse {
        if let type = headers[.contentType] {
            headers[.contentType] = MediaTypes.inUTF8(type)
        } else {
            headers[.contentType] = "application/json; charset=utf-8"
        }
        return finish(.bytes(bytes))
    }

    // MARK: - Algorithm

    /// Tags the body, looks whether the client has it, and ends the answer.
    @discardableResult
    private func finish(_ body: Content) -> ExpressResponse {
        guard isOpen() else { return self }
        tag(body)
        if request.isConditional, request.fresh { request.answer.status = 304 }
        content = body
        switch request.answer.status {
        case 204, 304:
            content = .none
            for name: Headers.Name in [.contentType, .contentLength, .transferEncoding] { headers[name] = nil }
        case 205:
            content = .none
            headers[.contentLength] = "0"
            headers[.transferEncoding] = nil
        default: break
        }
        isEnded = true
        return self
    }

    private func tag(_ body: Content) {
        guard headers[.etag] == nil else { return }
        switch (settings.entityTags, body) {
        case (.none, _), (_, .none), (_, .body), (_, .ready): return
        case (.function(let function), .text(let text)): headers[.etag] = function(Array(text.utf8))
        case (.function(let function), .bytes(let bytes)): headers[.etag] = function(bytes)
        case (.weak, .text(let text)): headers[.etag] = text.withBytes { BodyTag.make($0.span, isWeak: true) }
        case (.weak, .bytes(let bytes)): headers[.etag] = BodyTag.make(bytes.span, isWeak: true)
        case (.strong, .text(let text)): headers[.etag] = text.withBytes { BodyTag.make($0.span, isWeak: false) }
        case (.strong, .bytes(let bytes)): headers[.etag] = BodyTag.make(bytes.span, isWeak: false)
        }
    }
}

/// The entity tags that Express makes of bodies.
enum BodyTag {
    /// Length and SHA-1: `"c-Lve95gjOVATpfV8EL5X4nxwjKHE"`.
    static func make(_ body: Span<UInt8>, isWeak: Bool) -> String {
        let digest = Base64.encode(SHA1.hash(body).span, padded: false)
        return "\(isWeak ? "W/" : "")\"\(String(body.count, radix: 16))-\(digest)\""
    }
}
