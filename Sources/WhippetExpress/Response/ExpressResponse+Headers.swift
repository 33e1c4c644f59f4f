// Copyright 2026 the Whippet authors
// SPDX-License-Identifier: Apache-2.0

internal import WhippetApp
internal import WhippetFetch
internal import WhippetInfra

extension ExpressResponse {
    /// The value of a header, nil if it was not set.
    public func get(_ name: String) -> String? { headers[name] }

    /// Sets a header; a `Content-Type` of text gets `charset=utf-8` if it has none.
    @discardableResult
    public func set(_ name: String, _ value: String) -> ExpressResponse {
        guard isOpen() else { return self }
        let isType = name.utf8.count == 12 && ASCII.equalsIgnoringCase(name, "content-type")
        do {
            try headers.set(name, isType ? MediaTypes.contentType(value) ?? value : value)
        } catch {
            fail(error)
        }
        return self
    }

    /// Sets a header to a number.
    @discardableResult
    public func set(_ name: String, _ value: some BinaryInteger) -> ExpressResponse { set(name, "\(value)") }

    /// Sets a header to several values, each in a line of its own.
    @discardableResult
    public func set(_ name: String, _ values: [String]) -> ExpressResponse {
        guard isOpen() else { return self }
        if ASCII.equalsIgnoringCase(name, "content-type") {
            return fail(TypeError("Content-Type cannot be set to an Array"))
        }
        return removeHeader(name).append(name, values)
    }

    /// Sets several headers.
    @discardableResult
    public func set(_ fields: KeyValuePairs<String, String>) -> ExpressResponse {
        for (name, value) in fields { set(name, value) }
        return self
    }

    /// Sets a header.
    @discardableResult
    public func header(_ name: String, _ value: String) -> ExpressResponse { set(name, value) }

    /// Adds a value to those that a header has.
    @discardableResult
    public func append(_ name: String, _ value: String) -> ExpressResponse { append(name, [value]) }

    /// Adds values to those that a header has.
    @discardableResult
    public func append(_ name: String, _ values: [String]) -> ExpressResponse {
        guard isOpen() else { return self }
        do {
            for value in values { try headers.append(name, value) }
        } catch {
            fail(error)
        }
        return self
    }

    /// Removes a header.
    @discardableResult
    public func removeHeader(_ name: String) -> ExpressResponse {
        if isOpen() { headers[name] = nil }
        return self
    }

    /// Sets the type of the body: a type, or an extension such as `html`; one that is not known is
    /// `application/octet-stream`.
    @discardableResult
    public func type(_ type: String) -> ExpressResponse {
        set("Content-Type", MediaTypes.contentType(type) ?? "application/octet-stream")
    }

    /// Adds a name to `Vary`, if it is not there.
    @discardableResult
    public func vary(_ name: String) -> ExpressResponse { vary([name]) }

    /// Adds names to `Vary` that are not there.
    @discardableResult
    public func vary(_ names: [String]) -> ExpressResponse {
        if isOpen() { headers.addVary(names.flatMap { FieldElements($0).map(String.init) }) }
        return self
    }

    /// Adds links to `Link`: `["next": "https://example.com/users?page=2"]`.
    @discardableResult
    public func links(_ links: KeyValuePairs<String, String>) -> ExpressResponse {
        addLinks(links.map { "<\($0.value)>; rel=\"\($0.key)\"" })
    }

    /// Adds links to `Link`, several for each relation.
    @discardableResult
    public func links(_ links: KeyValuePairs<String, [String]>) -> ExpressResponse {
        addLinks(links.flatMap { link in link.value.map { "<\($0)>; rel=\"\(link.key)\"" } })
    }

    private func addLinks(_ links: [String]) -> ExpressResponse {
        set("Link", ((get("Link").map { [$0] } ?? []) + links).joined(separator: ", "))
    }

    /// Sets `Location`, percent-encoding what may not stand in a URL.
    @discardableResult
    public func location(_ url: String) -> ExpressResponse { set("Location", EncodedURL.encode(url)) }

    /// Has the client save the body, under a name whose extension gives the type.
    @discardableResult
    public func attachment(_ filename: String? = nil) -> ExpressResponse {
        let name = filename.map(ContentDisposition.baseName)
        if let name, !name.isEmpty { set("Content-Type", MediaTypes.contentType(ofFile: name)) }
        return set("Content-Disposition", ContentDisposition.attachment(name))
    }

    // MARK: - Elsewhere

    /// Sends the client elsewhere: 302, or the status given.
    @discardableResult
    public func redirect(_ url: String) -> ExpressResponse { redirect(302, url) }

    /// Sends the client elsewhere.
    @discardableResult
    public func redirect(_ code: Int, _ url: String) -> ExpressResponse {
        location(url).vary("Accept").status(code)
        guard isOpen() else { return self }
        let text = "\(Self.name(of: code)). Redirecting to \(get("Location") ?? "")"
        switch request.accepts("text", "html") {
        case "text": return set("Content-Type", "text/plain").end(text)
        case "html": return set("Content-Type", "text/html").end("<p>\(HTMLText.escape(text))</p>")
        default: return end("")
        }
    }

    /// Answers with the first of several forms that the client likes best; 406 if it takes none.
    ///
    /// ```swift
    /// let app = express()
    /// app.get("/") { req, res in
    ///     res.format([
    ///         "text/plain": { res.send("hey") },
    ///         "text/html": { res.send("<p>hey</p>") },
    ///         "json": { res.send(["message": "hey"]) },
    ///     ])
    /// }
    /// ```
    /// - Parameter formats: A type or an extension, and what answers in it; `default` answers if none is taken.
    @discardableResult
    public func format(_ formats: KeyValuePairs<String, () throws -> Void>) -> ExpressResponse {
        let names = formats.map(\.key).filter { $0 != "default" }
        let best = names.isEmpty ? nil : request.accepts(names)
        vary("Accept")
        guard isOpen() else { return self }
        do {
            if let best, let form = formats.first(where: { $0.key == best }) {
                type(best)
                try form.value()
            } else if let fallback = formats.first(where: { $0.key == "default" }) {
                try fallback.value()
            } else {
                fail(HTTPError(.notAcceptable))
            }
        } catch {
            fail(error)
        }
        return self
    }
}
