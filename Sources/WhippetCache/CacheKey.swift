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
    /// Kept, so that a lookup hashes eight bytes and not two strings.
    private let hash: Int

    /// Makes the key of an answer.
    ///
    /// - Parameters:
    ///   - route: The pattern of the route.
    ///   - path: The canonical path.
    public init(route: String, path: String) {
        self.init(scope: route, name: path)
    }

    /// Makes the key of data, which no answer can have: no pattern of a route starts with a letter.
    ///
    /// - Parameter data: Its name with its arguments.
    public init(data: String) {
        self.init(scope: "data:", name: data)
    }

    private init(scope: String, name: String) {
        self.scope = scope
        self.name = name
        var hasher = Hasher()
        hasher.combine(scope)
        hasher.combine(name)
        hash = hasher.finalize()
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
