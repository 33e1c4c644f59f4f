// Copyright 2026 the Whippet authors
// SPDX-License-Identifier: Apache-2.0

internal import WhippetFetch
internal import WhippetInfra

/// Answers with a file, by the rules of Express's package `send`.
struct FileAnswer {
    let request: ExpressRequest
    let response: ExpressResponse
    let options: SendFileOptions

    /// Sends a file: its fields, then what the conditions and ranges of the request leave of it.
    ///
    /// - Throws: `HTTPError` 412 or 416.
    func send(_ file: File) throws(HTTPError) {
        guard response.isOpen() else { return }
        setFields(file)
        if isConditionFailed() { throw HTTPError(.preconditionFailed) }
        let status = request.answer.status
        if 200...299 ~= status || status == 304, isFresh {
            for name: Headers.Name in [
                .contentType, .contentLength, .contentEncoding, .contentLanguage, .contentRange, .contentDisposition,
            ] {
                response.headers[name] = nil
            }
            request.answer.status = 304
            response.end()
            return
        }
        var body = file.blob
        if let range = try wantedRange(of: file.size) {
            request.answer.status = 206
            response.headers[.contentRange] = "bytes \(range.lowerBound)-\(range.upperBound - 1)/\(file.size)"
            body = file.slice(range.lowerBound, range.upperBound)
        }
        response.content = .body(Body(body))
        response.isEnded = true
    }

    private var isFresh: Bool {
        Freshness.isFresh(
            request.request.headers, etag: response.headers[.etag], lastModified: response.headers[.lastModified])
    }

    private func setFields(_ file: File) {
        for (name, value) in options.headers { response.set(name, value) }
        if let disposition = options.disposition { response.headers[.contentDisposition] = disposition }
        if options.acceptRanges { setDefault(.acceptRanges, "bytes") }
        if options.cacheControl { setDefault(.cacheControl, options.cacheControlValue) }
        if options.lastModified {
            setDefault(.lastModified, HTTPDate.format(secondsSince1970: Int64(file.lastModified / 1000)))
        }
        if case .none = request.installation.settings.entityTags {
        } else {
            let tag = "\(String(file.size, radix: 16))-\(String(file.lastModified, radix: 16))"
            setDefault(.etag, EntityTag(opaque: tag, isWeak: true).description)
        }
        setDefault(.contentType, MediaTypes.contentType(ofFile: file.name))
    }

    private func setDefault(_ name: Headers.Name, _ value: String) {
        if response.headers[name] == nil { response.headers[name] = value }
    }

    /// Whether the client means another version.
    ///
    /// Tags are compared weakly, as in Express: its own are weak, and no others could ever match.
    private func isConditionFailed() -> Bool {
        let headers = request.request.headers
        if let field = headers[.ifMatch] {
            return !EntityTagCondition(field).matchesWeakly(response.headers[.etag].flatMap { EntityTag($0) })
        }
        guard let field = headers[.ifUnmodifiedSince], let modified = lastModified,
            let date = HTTPDate.parse(field, now: modified)
        else { return false }
        return modified > date
    }

    private var lastModified: Int64? { response.headers[.lastModified].flatMap { HTTPDate.parse($0, now: 0) } }

    /// The one range that is wanted; nil for all: several that can't be joined, none, or one of another version.
    private func wantedRange(of size: Int) throws(HTTPError) -> Range<Int>? {
        let headers = request.request.headers
        guard options.acceptRanges, let field = headers[.range], let set = ByteRangeSet(field), isCurrent(headers)
        else {
            return nil
        }
        let ranges = set.resolved(length: size)
        if ranges.isEmpty {
            throw HTTPError(.rangeNotSatisfiable, headers: [.contentRange: "bytes */\(size)"])
        }
        let joined = ByteRangeSet.joined(ranges, gap: 0)
        return joined.count == 1 ? joined.first : nil
    }

    /// Whether `If-Range` names this version; the tags are weak, as above.
    private func isCurrent(_ headers: Headers) -> Bool {
        guard let field = headers[.ifRange] else { return true }
        if let tag = EntityTag(field) {
            return response.headers[.etag].flatMap { EntityTag($0) }.map { tag.matchesWeakly($0) } ?? false
        }
        guard let modified = lastModified, let date = HTTPDate.parse(field, now: modified) else { return false }
        return modified <= date
    }
}
