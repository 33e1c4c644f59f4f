// Copyright 2026 the Whippet authors
// SPDX-License-Identifier: Apache-2.0

public import WhippetCache
internal import WhippetFetch
@_spi(Whippet) internal import WhippetInfra
internal import WhippetRouting
internal import WhippetServer

/// Says that the kept answer of a path is no longer right: the next request waits for a new one.
///
/// ```swift
/// app.post("/posts") { request in
///     let post = try await request.json()
///     print("kept:", post)
///     try await revalidatePath("/posts")
/// }
/// ```
/// - Parameter path: A path such as `/posts/7`, or the pattern of a route such as `/posts/[id]` for all of its paths;
///   below the base path.
/// - Throws: `OutsideRequestError` when no request is being handled (there is `app.revalidatePath`); `CacheRunError` in a
///   run whose result is kept; `RevalidationError` for a path that is none; what the store throws.
public func revalidatePath(_ path: String) async throws {
    try await Host.current(for: "revalidatePath").revalidate(path: path)
}

/// Says that what is kept under a tag is no longer right: answers and data.
///
/// ```swift
/// app.post("/rates") { try await revalidateTag("rates", .immediate) }
/// ```
/// - Parameters:
///   - tag: The tag, as `cached(tags:)` and `cacheTag` gave it.
///   - mode: `.stale`: the next request gets what is there, and a new one is made in the background. `.immediate`: it
///     waits for the new one.
/// - Throws: `OutsideRequestError` when no request is being handled (there is `app.revalidateTag`); `CacheRunError` in a
///   run whose result is kept; what the store throws.
public func revalidateTag(_ tag: String, _ mode: CacheInvalidation = .stale) async throws {
    try await Host.current(for: "revalidateTag").revalidate(tag: tag, mode)
}

/// Gives what is being made tags to invalidate it by: the answer of the handler that runs, or the data of `cached`.
///
/// Where nothing is kept, nothing happens.
/// ```swift
/// app.get("/posts/[id]", config: .forceStatic) { _, context -> String in
///     try cacheTag("posts", "post-\(context.params.id)")
///     return "post \(context.params.id)"
/// }
/// ```
/// - Throws: `RevalidationError` for a tag of more than 256 bytes, or more than 128 tags.
public func cacheTag(_ tags: String...) throws {
    guard let run = RequestScope.current?.purpose as? CacheRun else { return }
    run.add(try CacheTag.checked(tags))
}

extension App {
    /// Says that the kept answer of a path is no longer right, as `revalidatePath` does, from outside of requests.
    ///
    /// - Throws: `RouteError` for routes that conflict; `RevalidationError` for a path that is none; what the store
    ///   throws.
    public func revalidatePath(_ path: String) async throws {
        try await host().revalidate(path: path)
    }

    /// Says that what is kept under a tag is no longer right, as `revalidateTag` does, from outside of requests.
    ///
    /// - Throws: `RouteError` for routes that conflict; what the store throws.
    public func revalidateTag(_ tag: String, _ mode: CacheInvalidation = .stale) async throws {
        try await host().revalidate(tag: tag, mode)
    }
}

extension Host {
    /// The host of the request that is being handled.
    ///
    /// - Throws: `OutsideRequestError` outside of requests, `CacheRunError` in a run whose result is kept.
    fileprivate static func current(for function: String) throws -> Host {
        guard let scope = RequestScope.current, let host = scope.host else {
            throw OutsideRequestError(function: function)
        }
        if let run = scope.purpose as? CacheRun { throw CacheRunError(function: function, run: run.name) }
        return host
    }

    func revalidate(tag: String, _ mode: CacheInvalidation) async throws {
        try await cache.store.invalidate(try CacheTag.checked([tag]), mode)
    }

    func revalidate(path: String) async throws {
        var tags: [CacheTag] = []
        if let pattern = try? RoutePattern(path), pattern.literalPath == nil {
            // As the route spells it.
            tags = index.routes.filter { $0.pattern == pattern.description || RoutePattern.same($0.pattern, pattern) }
                .map { .route($0.pattern) }
            guard !tags.isEmpty else {
                throw RevalidationError(message: "revalidatePath: no route has the pattern \"\(path)\"")
            }
        } else {
            let canonical = path.utf8.isEmpty ? nil : CanonicalRoutePath.of(path)
            guard let canonical else {
                throw RevalidationError(message: "revalidatePath: \"\(path)\" is no path such as \"/posts\"")
            }
            tags = [.path(canonical)]
        }
        try await cache.store.invalidate(tags, .immediate)
    }
}

extension RoutePattern {
    fileprivate static func same(_ notation: String, _ pattern: RoutePattern) -> Bool {
        (try? RoutePattern(notation)) == pattern
    }
}

extension CacheTag {
    /// The tags of a program's names.
    ///
    /// - Throws: `RevalidationError` for a tag that is too long or empty, or too many.
    static func checked(_ names: [String]) throws(RevalidationError) -> [CacheTag] {
        guard names.count <= CacheRun.maximumTags else {
            throw RevalidationError(message: "\(names.count) tags are more than \(CacheRun.maximumTags)")
        }
        for name in names where name.isEmpty || name.utf8.count > CacheRun.maximumTagLength {
            throw RevalidationError(
                message: "the tag \"\(name.prefix(40))\" does not have 1 to \(CacheRun.maximumTagLength) bytes")
        }
        return names.map(CacheTag.tag)
    }
}

/// Paths in the one spelling that keys have.
enum CanonicalRoutePath {
    private static let nonASCII = PercentEncodeSet(low: 0, high: 0)

    /// The canonical spelling of a path, as people write it; nil if it is none.
    static func of(_ path: String) -> String? {
        let bytes = Array(PercentEncoding.encode(path, nonASCII).utf8)
        return bytes.withUnsafeBufferPointer { bytes in
            switch PathNormalization(bytes) {
            case .unchanged: String(decoding: bytes, as: UTF8.self)
            case .normalized(let normalized): normalized.string
            case .invalid: nil
            }
        }
    }
}
