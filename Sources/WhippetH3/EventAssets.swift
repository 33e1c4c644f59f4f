// Copyright 2026 the Whippet authors
// SPDX-License-Identifier: Apache-2.0

internal import WhippetApp
public import WhippetFetch
internal import WhippetInfra
internal import WhippetRouting
internal import WhippetURL

/// What `serveStatic` is told of an asset.
public struct StaticAssetMeta: Sendable {
    /// The type; nil for none.
    public var type: String?
    /// The entity tag, with its quotes.
    public var etag: String?
    /// When the asset changed last, in milliseconds since 1970.
    public var mtime: Int?
    /// Its content coding, such as `gzip`.
    public var encoding: String?
    /// How many bytes it has.
    public var size: Int?

    /// Describes an asset.
    public init(
        type: String? = nil, etag: String? = nil, mtime: Int? = nil, encoding: String? = nil, size: Int? = nil
    ) {
        self.type = type
        self.etag = etag
        self.mtime = mtime
        self.encoding = encoding
        self.size = size
    }
}

/// Answers with an asset that two functions find: 304 where the client has it, 405 for a method that asks for none.
///
/// ```swift
/// let pages = ["/index.html": "<h1>Home</h1>"]
/// let app = H3()
/// app.get("/**") { event in
///     try await serveStatic(
///         event, getMeta: { pages[$0].map { StaticAssetMeta(type: "text/html", size: $0.utf8.count) } },
///         getContents: { pages[$0].map { Body($0) } })
/// }
/// ```
/// Files of a folder are the core's matter: `StaticFiles`.
/// - Parameters:
///   - event: The event that is answered.
///   - indexNames: What may stand for a folder.
///   - encodings: Content codings with the endings of what was encoded before, such as `["gzip": ".gz"]`; the first that
///     the client takes and `getMeta` knows is sent.
///   - isFallthrough: Whether what comes next answers where there is no asset, and other methods.
///   - getMeta: Gets a path, decoded, and tells what is there; nil for nothing.
///   - getContents: Gets the same path and returns the bytes.
/// - Returns: The asset; nothing for what comes next.
/// - Throws: `HTTPError` 404 and 405; what the functions throw.
public func serveStatic(
    _ event: H3Event, indexNames: [String] = ["/index.html"], encodings: KeyValuePairs<String, String> = [:],
    isFallthrough: Bool = false,
    getMeta: @Sendable (_ path: String) async throws -> StaticAssetMeta?,
    getContents: @Sendable (_ path: String) async throws -> Body?
) async throws -> EventValue {
    let request = event.req
    guard request.method == .GET || request.method == .HEAD else {
        if isFallthrough { return .nothing }
        throw HTTPError(status: .methodNotAllowed, headers: [.allow: "GET, HEAD"])
    }
    var found: (path: String, meta: StaticAssetMeta)?
    if !encodings.isEmpty { event.res.headers.addVary(["accept-encoding"]) }
    if let path = assetPath(event.url.pathname) {
        let known = encodings.map { (encoding: $0.key, ending: $0.value) }
        let endings = request.rankedEncodings(known.map(\.encoding)).map { known[$0] } + [("", "")]
        for candidate in [path] + indexNames.map({ path == "/" ? $0 : path + $0 }) {
            for (encoding, ending) in endings where found == nil {
                guard var meta = try await getMeta(candidate + ending) else { continue }
                if meta.encoding == nil, !encoding.isEmpty { meta.encoding = encoding }
                found = (candidate + ending, meta)
            }
        }
    }
    guard let (path, meta) = found else {
        if isFallthrough { return .nothing }
        throw HTTPError(status: .notFound)
    }
    let hasIt = event.tellVersion(etag: meta.etag, modifiedTime: meta.mtime)
    if hasIt { return EventValue(HTTPResponse(status: .notModified)) }
    var headers = Headers()
    if let type = meta.type { headers[.contentType] = type }
    if let encoding = meta.encoding { headers[.contentEncoding] = encoding }
    if let size = meta.size { headers[.contentLength] = "\(size)" }
    if request.method == .HEAD { return EventValue(HTTPResponse(headers: headers)) }
    return EventValue(HTTPResponse(try await getContents(path), headers: headers))
}

/// The path of an asset, decoded; nil for one that could lead out of where assets are, however it is written.
private func assetPath(_ pathname: String) -> String? {
    guard var segments = Array(pathname.utf8).withUnsafeBufferPointer(PathNormalization.decodeSegments) else {
        return nil
    }
    if segments.first == "" { segments.removeFirst() }
    if segments.last == "" { segments.removeLast() }
    let isRefused = segments.contains { segment in
        segment.isEmpty || segment == "." || segment == ".." || segment.contains { "/\\%\0".contains($0) }
    }
    return isRefused ? nil : "/" + segments.joined(separator: "/")
}
