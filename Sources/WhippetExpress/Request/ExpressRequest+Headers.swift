// Copyright 2026 the Whippet authors
// SPDX-License-Identifier: Apache-2.0

internal import WhippetFetch
internal import WhippetInfra

extension ExpressRequest {
    /// The value of a header, nil if the client sent none; `Referrer` and `Referer` are the same.
    public func get(_ name: String) -> String? {
        switch ASCII.lowercased(name) {
        case "referer", "referrer": request.headers["referrer"] ?? request.headers["referer"]
        default: request.headers[name]
        }
    }

    /// The value of a header, nil if the client sent none.
    public func header(_ name: String) -> String? { get(name) }

    /// Which of the types the content is, nil if it is none or there is no content.
    ///
    /// A type is `text/html`, `text/*`, `+json`, or an extension such as `json`.
    /// - Returns: The type as it was given; the content's own for one with `*` or `+`.
    public func `is`(_ types: String...) -> String? { self.is(types) }

    /// Which of a list of types the content is.
    public func `is`(_ types: [String]) -> String? {
        guard hasBody, let type = get("content-type") else { return nil }
        return MediaTypes.match(type, types)
    }

    /// Whether the request has content, by its headers.
    var hasBody: Bool {
        if request.headers["transfer-encoding"] != nil { return true }
        if let length = request.headers["content-length"] { return length.utf8.allSatisfy(ASCII.isDigit) }
        return request.client == nil && request.hasBody
    }

    // MARK: - Negotiation

    /// The type that the client likes best of those given, nil if it takes none of them.
    ///
    /// - Returns: One of `types`, as it was given.
    public func accepts(_ types: String...) -> String? { request.accepts(types) }

    /// The type that the client likes best of a list.
    public func accepts(_ types: [String]) -> String? { request.accepts(types) }

    /// The types that the client takes, the one it likes best first.
    public func accepts() -> [String] { request.acceptedTypes }

    /// The content coding that the client likes best of those given, nil if it takes none of them.
    public func acceptsEncodings(_ codings: String...) -> String? { request.acceptsEncodings(codings) }

    /// The charset that the client likes best of those given, nil if it takes none of them.
    public func acceptsCharsets(_ charsets: String...) -> String? { request.acceptsCharsets(charsets) }

    /// The charsets that the client takes, the one it likes best first.
    public func acceptsCharsets() -> [String] {
        QualityList(request.headers["accept-charset"] ?? "*").preferences
    }

    /// The language that the client likes best of those given, nil if it takes none of them.
    public func acceptsLanguages(_ languages: String...) -> String? { request.acceptsLanguages(languages) }

    /// The languages that the client takes, the one it likes best first.
    public func acceptsLanguages() -> [String] { request.acceptedLanguages }

    // MARK: - Freshness and ranges

    /// Whether the client has the answer already, by the `ETag` and `Last-Modified` that it has so far.
    ///
    /// Only answers to `GET` and `HEAD` with a status of 2xx or 304 can be.
    public var fresh: Bool {
        guard method == .GET || method == .HEAD, 200...299 ~= answer.status || answer.status == 304 else {
            return false
        }
        return Freshness.isFresh(
            request.headers, etag: answer.headers[.etag], lastModified: answer.headers[.lastModified])
    }

    /// Whether the client has told what it has.
    var isConditional: Bool { request.headers.mayHaveConditions }

    /// Whether the client does not have the answer.
    public var stale: Bool { !fresh }

    /// Whether a script of a page has asked, by `X-Requested-With`.
    public var xhr: Bool {
        self.get("x-requested-with").map { ASCII.equalsIgnoringCase($0, "xmlhttprequest") } ?? false
    }

    /// The ranges of bytes that the client wants of something with a size.
    ///
    /// - Parameters:
    ///   - size: How many bytes there are.
    ///   - combine: Whether ranges that overlap or touch become one.
    /// - Returns: Nil without `Range`.
    public func range(_ size: Int, combine: Bool = false) -> ExpressRange? {
        request.headers[.range].map { ExpressRange($0, size: size, combine: combine) }
    }
}

/// What `Range` asks of something with a size.
public enum ExpressRange: Sendable, Hashable {
    /// Parts that exist, each without its upper bound.
    case ranges([Range<Int>])
    /// None of the parts exists: -1 in Express.
    case unsatisfiable
    /// The field is not of the syntax: -2 in Express.
    case malformed

    init(_ field: String, size: Int, combine: Bool) {
        guard let set = ByteRangeSet(field) else {
            self = .malformed
            return
        }
        let ranges = set.resolved(length: size)
        self =
            ranges.isEmpty
            ? .unsatisfiable : .ranges(combine ? ByteRangeSet.joined(ranges, gap: 0) : ranges)
    }
}

/// Whether a client has an answer already.
enum Freshness {
    /// As Express has it: `Cache-Control: no-cache` asks for a new answer, `If-None-Match` goes before the date.
    static func isFresh(_ headers: Headers, etag: String?, lastModified: String?) -> Bool {
        let tags = headers[.ifNoneMatch]
        let since = headers[.ifModifiedSince]
        guard tags != nil || since != nil else { return false }
        if let control = headers[.cacheControl] {
            let asksForNew = FieldElements(control).contains { ASCII.equalsIgnoringCase(String($0), "no-cache") }
            if asksForNew { return false }
        }
        if let tags { return EntityTagCondition(tags).matchesWeakly(etag.flatMap { EntityTag($0) }) }
        guard let since, let lastModified, let modified = HTTPDate.parse(lastModified, now: 0),
            let seen = HTTPDate.parse(since, now: modified)
        else { return false }
        return modified <= seen
    }
}
