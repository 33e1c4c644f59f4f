// Copyright 2026 the Whippet authors
// SPDX-License-Identifier: Apache-2.0

/// What entries are invalidated by: a name that the program gives, a path, or a route with all its paths.
public struct CacheTag: Hashable, Sendable, CustomStringConvertible {
    /// The tag with its kind, such as `tag:posts` or `path:/posts`: what a store writes down.
    public let name: String

    /// Takes back what `name` gave.
    public init(name: String) {
        self.name = name
    }

    /// A tag of the program's own.
    public static func tag(_ name: String) -> CacheTag { CacheTag(name: "tag:" + name) }

    /// The entry of a canonical path.
    public static func path(_ path: String) -> CacheTag { CacheTag(name: "path:" + path) }

    /// All entries of a route's pattern.
    public static func route(_ pattern: String) -> CacheTag { CacheTag(name: "route:" + pattern) }

    /// The tag with its kind.
    public var description: String { name }
}
