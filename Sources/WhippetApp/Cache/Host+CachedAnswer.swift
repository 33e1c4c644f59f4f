// Copyright 2026 the Whippet authors
// SPDX-License-Identifier: Apache-2.0

internal import WhippetCache
internal import WhippetFetch
internal import WhippetInfra

/// How an answer relates to the cache: what its fields say.
enum CacheStatus {
    case hit
    case stale
    case miss(isStored: Bool, isShared: Bool)

    /// The value of `x-whippet-cache`.
    var word: String {
        switch self {
        case .hit: "HIT"
        case .stale: "STALE"
        case .miss: "MISS"
        }
    }

    /// The cache's member of `Cache-Status`, [RFC 9211 §2](https://www.rfc-editor.org/rfc/rfc9211#section-2).
    ///
    /// - Parameter timeToLive: In seconds; nil for an entry that does not grow old.
    func field(timeToLive: Int64?) -> String {
        switch self {
        case .hit, .stale: "whippet; hit" + (timeToLive.map { "; ttl=\($0)" } ?? "")
        case .miss(let isStored, let isShared):
            "whippet; fwd=miss" + (isStored ? "; stored" : "") + (isShared ? "; collapsed" : "")
        }
    }

    /// Whether the answer was made for an earlier request.
    var isKept: Bool {
        switch self {
        case .hit, .stale: true
        case .miss: false
        }
    }
}

extension Host {
    /// The answer of an entry, with what the cache has to say of it.
    func answer(_ entry: CacheEntry, _ status: CacheStatus, at now: Int64) -> Response {
        var headers = entry.headers
        let isKept: Bool
        if case .miss(isStored: false, _) = status { isKept = false } else { isKept = true }
        let age = entry.age(at: now)
        // Old before its time: it was invalidated, and no cache in front is to keep it for that time.
        let isInvalidated = if case .stale = status { !entry.isStale(at: now) } else { false }
        let lifetime = isInvalidated ? age : entry.revalidate.map { Int64($0) }
        if isKept, headers[.cacheControl] == nil {
            headers.append(.cacheControl, Self.cacheControl(isInvalidated ? 0 : entry.revalidate))
        }
        if status.isKept { headers[Headers.Name("age")] = "\(age)" }
        if let name = cache.configuration.statusHeader { headers[Headers.Name(name)] = status.word }
        let field = status.field(timeToLive: lifetime.map { $0 - age })
        headers.append(Headers.Name("cache-status"), field)
        let body: [UInt8]? = entry.status.isNullBody ? nil : entry.body
        return Response(body.map { Body($0) }, status: entry.status, headers: headers)
    }

    /// What caches in front of the server are told, as by Next.
    private static func cacheControl(_ revalidate: Int?) -> String {
        let year = 31_536_000
        guard let revalidate, revalidate < year else { return "s-maxage=\(year)" }
        return "s-maxage=\(revalidate), stale-while-revalidate=\(year - revalidate)"
    }
}
