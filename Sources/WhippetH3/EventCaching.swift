// Copyright 2026 the Whippet authors
// SPDX-License-Identifier: Apache-2.0

internal import WhippetFetch
internal import WhippetInfra

/// Prepares the headers by which the client and caches keep the answer, and 304 where the client has it already.
///
/// ```swift
/// let app = H3()
/// app.get("/") { event in
///     handleCacheHeaders(event, maxAge: 60, etag: "\"v1\"") ? "" : "the whole page"
/// }
/// ```
/// - Parameters:
///   - event: The event that is answered.
///   - maxAge: For how many seconds the answer is fresh; nil for none.
///   - etag: The entity tag, with its quotes.
///   - modifiedTime: When the answer changed last, in milliseconds since 1970.
///   - cacheControls: Further directives of `Cache-Control`; with `private` and `no-store` it is not `public`.
/// - Returns: Whether the client has the answer: the handler need not make one.
@discardableResult
public func handleCacheHeaders(
    _ event: H3Event, maxAge: Int? = nil, etag: String? = nil, modifiedTime: Int? = nil, cacheControls: [String] = []
) -> Bool {
    let isShared = !cacheControls.contains { $0 == "private" || $0 == "no-store" }
    var directives = isShared ? ["public"] + cacheControls : cacheControls
    if let maxAge {
        directives.append("max-age=\(maxAge)")
        if isShared { directives.append("s-maxage=\(maxAge)") }
    }
    event.res.headers[.cacheControl] = directives.joined(separator: ", ")
    guard event.tellVersion(etag: etag, modifiedTime: modifiedTime) else { return false }
    event.res.status = .notModified
    return true
}

extension H3Event {
    /// Prepares the headers that tell versions apart, and finds out whether the client has this one.
    ///
    /// - Parameter modifiedTime: In milliseconds since 1970.
    func tellVersion(etag: String?, modifiedTime: Int?) -> Bool {
        var selected = SelectedRepresentation()
        if let modifiedTime {
            let seconds = Int64((Double(modifiedTime) / 1000).rounded(.down))
            res.headers[.lastModified] = HTTPDate.format(secondsSince1970: seconds)
            selected.lastModified = seconds
        }
        if let etag {
            res.headers[.etag] = etag
            selected.etag = EntityTag(etag)
        }
        return selected.content(for: req.method, req.headers, ranges: false) == .notModified
    }
}
