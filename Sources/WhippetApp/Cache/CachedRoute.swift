// Copyright 2026 the Whippet authors
// SPDX-License-Identifier: Apache-2.0

internal import WhippetCache
internal import WhippetRouting

/// The `GET` handler of a route whose answers are kept, or whose paths are named at start.
final class CachedRoute: Sendable {
    let handler: RouteHandler
    /// The pattern, as the route's key has it.
    let pattern: RoutePattern
    /// Nil where each request is answered anew.
    let policy: CachePolicy?
    /// Names the paths that are made at start; nil where nobody does.
    let known: KnownPaths?
    /// Whether other paths are answered as well.
    let answersOthers: Bool
    private let scope: CacheScope
    /// The one place of a route without parameters.
    let only: CachedPlace.Key?

    init(
        _ handler: RouteHandler, pattern: RoutePattern, _ config: SegmentConfig, known: KnownPaths?
    ) {
        self.handler = handler
        self.pattern = pattern
        self.known = known
        policy = CachePolicy(config, isGenerated: known != nil)
        answersOthers = config.dynamicParams ?? true
        let scope = CacheScope(route: pattern.description)
        self.scope = scope
        only = pattern.literalPath.map { scope.key($0) }
    }

    /// Whether the handler is to be run as any other.
    var isPlain: Bool { policy == nil && (known == nil || answersOthers) }

    /// The key of a canonical path.
    func key(_ path: UnsafeBufferPointer<UInt8>) -> CacheKey {
        only ?? scope.key(path)
    }
}

/// A path of a route whose answers are kept.
struct CachedPlace: Sendable {
    typealias Key = CacheKey

    let route: CachedRoute
    let key: CacheKey
}
