// Copyright 2026 the Whippet authors
// SPDX-License-Identifier: Apache-2.0

/// What an entry is found by: the pattern of a route and a canonical path, or the name of data.
///
/// Host, query and headers are never part of it: nothing that a client can choose freely makes new entries, but for the
/// path of a route with parameters.
public struct CacheKey: Hashable, Sendable, CustomStringConvertible {
    /// The pattern of the route, such as `/items/[slug]`; `data:` for what `cached` keeps.
    public let scope: String
    /// The canonical path, such as `/items/tea`; for data its name and arguments.
    public let name: String
    /// Kept, so that a lookup hashes nothing.
    let hash: UInt64

    /// Makes the key of an answer.
    ///
    /// - Parameters:
    ///   - route: The pattern of the route.
    ///   - path: The canonical path.
    public init(route: String, path: String) {
        self = CacheScope(route: route).key(path)
    }

    /// Makes the key of data, which no answer can have: no pattern of a route starts with a letter.
    ///
    /// - Parameter data: Its name with its arguments.
    public init(data: String) {
        self = CacheScope.data.key(data)
    }

    fileprivate init(scope: String, name: String, hash: UInt64) {
        self.scope = scope
        self.name = name
        self.hash = hash
    }

    /// Whether the key is one of data.
    public var isData: Bool { scope == "data:" }

    /// The tags that each entry of the key has: they are what `revalidatePath` invalidates.
    public var tags: [CacheTag] {
        isData ? [] : [.path(name), .route(scope)]
    }

    /// Whether two keys are the same.
    public static func == (left: CacheKey, right: CacheKey) -> Bool {
        left.hash == right.hash && left.name == right.name && left.scope == right.scope
    }

    /// Feeds the hash of both parts.
    public func hash(into hasher: inout Hasher) {
        hasher.combine(hash)
    }

    /// The key as a person reads it.
    public var description: String { isData ? "data:\(name)" : name }
}

/// The keys of one route, what they have in common hashed once.
package struct CacheScope: Sendable {
    static let data = CacheScope(route: "data:")

    private let name: String
    private let hash: KeyedHash

    /// Begins the keys of a route.
    package init(route: String) {
        var route = route
        hash = KeyedHash(seed: route.withUTF8 { KeyedHash().hash($0) })
        name = route
    }

    /// The key of a canonical path.
    package func key(_ path: UnsafeBufferPointer<UInt8>) -> CacheKey {
        CacheKey(scope: name, name: String(decoding: path, as: UTF8.self), hash: hash.hash(path))
    }

    /// The key of a canonical path.
    package func key(_ path: String) -> CacheKey {
        var path = path
        let sum = path.withUTF8 { hash.hash($0) }
        return CacheKey(scope: name, name: path, hash: sum)
    }
}
