// Copyright 2026 the Whippet authors
// SPDX-License-Identifier: Apache-2.0

internal import WhippetInfra

// What a client takes: `Accept`, `Accept-Encoding`, `Accept-Language` and `Accept-Charset`.
extension Request {
    /// The type that the client likes best of those that can be sent; nil if it takes none of them, which is a 406.
    ///
    /// A type is `text/html`, or the extension of a file such as `html`, `json` or `png`. A request without `Accept`
    /// takes the first one.
    /// ```swift
    /// func GET(_ request: Request) throws -> Response {
    ///     switch request.accepts("json", "html") {
    ///     case "json": Response.json(["message": "hello"] as JSON)
    ///     case "html": Response("<p>hello</p>", headers: [.contentType: "text/html", .vary: "Accept"])
    ///     default: throw HTTPError(.notAcceptable)
    ///     }
    /// }
    /// ```
    /// Source: [RFC 9110 §12.5.1](https://www.rfc-editor.org/rfc/rfc9110#section-12.5.1).
    ///
    /// - Parameter types: What can be sent, the server's favourite first.
    /// - Returns: One of `types`, as it was given.
    public func accepts(_ types: String...) -> String? { accepts(types) }

    /// The type that the client likes best of a list; nil if it takes none of them.
    public func accepts(_ types: [String]) -> String? {
        guard let field = headers[.accept] else { return types.first }
        return QualityList(field).ranked(types.map(OfferedType.init)) { $0.closeness(to: $1) }.first.map { types[$0] }
    }

    /// The content coding that the client likes best of those that can be sent; nil if it takes none of them.
    ///
    /// `identity`, no coding, is taken unless the client says otherwise, after all codings that it names. A request
    /// without `Accept-Encoding` takes `identity` only: a client that knows codings names them.
    ///
    /// Source: [RFC 9110 §12.5.3](https://www.rfc-editor.org/rfc/rfc9110#section-12.5.3).
    ///
    /// - Parameter codings: What can be sent, such as `br`, `gzip` and `identity`, the server's favourite first.
    /// - Returns: One of `codings`, as it was given.
    public func acceptsEncodings(_ codings: String...) -> String? { acceptsEncodings(codings) }

    /// The content coding that the client likes best of a list; nil if it takes none of them.
    public func acceptsEncodings(_ codings: [String]) -> String? { rankedEncodings(codings).first.map { codings[$0] } }

    /// Which of the content codings the client takes, the one it likes best first, as positions in `codings`.
    package func rankedEncodings(_ codings: [String]) -> [Int] {
        var list = QualityList(headers[.acceptEncoding] ?? "")
        if !list.elements.contains(where: { $0.name == "identity" || $0.name == "*" }) {
            let lowest = list.elements.map(\.quality).filter { $0 > 0 }.min() ?? 1000
            list.append(QualityList.Element(name: "identity", text: "identity", quality: lowest))
        }
        return list.ranked(codings.map(Self.codingName)) { name, element in
            if name == Self.codingName(element.name) { return 1 }
            return element.name == "*" ? 0 : nil
        }
    }

    /// The language that the client likes best of those that can be sent; nil if it takes none of them.
    ///
    /// `en` fits a client that asks for `en-GB`, and `en-GB` one that asks for `en`; the very language fits best.
    /// ```swift
    /// let language = request.acceptsLanguages("en", "de") ?? "en"
    /// ```
    /// Source: [RFC 9110 §12.5.4](https://www.rfc-editor.org/rfc/rfc9110#section-12.5.4),
    /// [RFC 4647](https://www.rfc-editor.org/rfc/rfc4647).
    ///
    /// - Parameter languages: Language tags such as `en` and `pt-BR`, the server's favourite first.
    /// - Returns: One of `languages`, as it was given.
    public func acceptsLanguages(_ languages: String...) -> String? { acceptsLanguages(languages) }

    /// The language that the client likes best of a list; nil if it takes none of them.
    public func acceptsLanguages(_ languages: [String]) -> String? {
        guard let field = headers[.acceptLanguage] else { return languages.first }
        return QualityList(field).ranked(languages.map { ASCII.lowercased($0) }) { tag, element in
            let range = element.name
            if tag == range { return 1000 }
            // The longer it is, the less of what was asked for is left out.
            if range.hasPrefix(tag + "-") { return 1 + min(tag.utf8.count, 900) }
            if tag.hasPrefix(range + "-") { return 1 }
            return range == "*" ? 0 : nil
        }.first.map { languages[$0] }
    }

    /// The charset that the client likes best of those that can be sent; nil if it takes none of them.
    ///
    /// Source: [RFC 9110 §12.5.2](https://www.rfc-editor.org/rfc/rfc9110#section-12.5.2).
    ///
    /// - Parameter charsets: Labels such as `utf-8`, the server's favourite first.
    /// - Returns: One of `charsets`, as it was given.
    public func acceptsCharsets(_ charsets: String...) -> String? { acceptsCharsets(charsets) }

    /// The charset that the client likes best of a list; nil if it takes none of them.
    public func acceptsCharsets(_ charsets: [String]) -> String? {
        guard let field = headers["accept-charset"] else { return charsets.first }
        return QualityList(field).ranked(charsets.map { ASCII.lowercased($0) }) { charset, element in
            if charset == element.name { return 1 }
            return element.name == "*" ? 0 : nil
        }.first.map { charsets[$0] }
    }

    /// The types that the client takes, as it wrote them, the one it likes best first; `*/*` without `Accept`.
    public var acceptedTypes: [String] { QualityList(headers[.accept] ?? "*/*").preferences }

    /// The languages that the client takes, as it wrote them, the one it likes best first; `*` without
    /// `Accept-Language`.
    public var acceptedLanguages: [String] { QualityList(headers[.acceptLanguage] ?? "*").preferences }

    /// RFC 9110 §8.4.1: the old names mean the same.
    private static func codingName(_ name: String) -> String {
        switch ASCII.lowercased(name) {
        case "x-gzip": "gzip"
        case "x-compress": "compress"
        case let name: name
        }
    }
}

/// A type that can be sent.
private struct OfferedType {
    /// Nil for a name that is none.
    let type: MIMEType?

    init(_ text: String) {
        type = MIMEType(text.contains("/") ? text : MIMEType.essence(ofExtension: text) ?? "")
    }

    /// How closely the type fits a media range: parameters count most, then the subtype, then the type.
    func closeness(to element: QualityList.Element) -> Int? {
        guard let type else { return nil }
        let parts = element.name.utf8.split(separator: 0x2F, maxSplits: 1, omittingEmptySubsequences: false)
        guard parts.count == 2 else { return nil }
        let (range, subrange) = (Substring(parts[0]), Substring(parts[1]))
        var closeness = 0
        if range == type.type { closeness += 4 } else if range != "*" || subrange != "*" { return nil }
        if subrange == type.subtype { closeness += 2 } else if subrange != "*" { return nil }
        guard
            element.parameters.allSatisfy({ parameter in
                type[parameter.name].map { ASCII.equalsIgnoringCase($0, parameter.value) } ?? false
            })
        else { return nil }
        // The more of its parameters are named, the closer; lists of parameters are short.
        return closeness * 256 + min(element.parameters.count, 255)
    }
}
