// Copyright 2026 the Whippet authors
// SPDX-License-Identifier: Apache-2.0

/// Where entries are kept: in the memory of the process, in a folder, or with other processes.
///
/// A store keeps a history of invalidations and numbers them. A run notes the number at its start (`epoch`) and hands
/// it in with what it has made (`write`): the store refuses an entry one of whose tags was invalidated at once since, so
/// that a run that began before an invalidation can't bring the old value back; one whose tag was invalidated as stale
/// is read as invalidated. Tags need not be known when the run begins.
///
/// What a store throws costs the program its cache and nothing else: the answer is made and sent, with one line in the
/// log.
public protocol CacheStore: Sendable {
    /// The number of the latest invalidation.
    func epoch() async throws -> CacheEpoch

    /// Finds an entry; nil if there is none, or one of its tags was invalidated at once since it was made.
    func read(_ key: CacheKey) async throws -> CachedEntry?

    /// Keeps an entry in place of the one that is there.
    ///
    /// - Parameters:
    ///   - entry: What was made.
    ///   - key: What it is found by.
    ///   - epoch: What `epoch` gave when the run began.
    /// - Returns: False when the entry is refused: one of its tags was invalidated at once since; the entry that is
    ///   there was made by a later run; or there is no room for it.
    func write(_ entry: CacheEntry, for key: CacheKey, since epoch: CacheEpoch) async throws -> Bool

    /// Invalidates the entries that have one of the tags, those included that runs are making now.
    func invalidate(_ tags: [CacheTag], _ mode: CacheInvalidation) async throws

    /// Takes the right to make an entry: of all processes that share the store one has it.
    ///
    /// - Parameters:
    ///   - key: The entry.
    ///   - seconds: For how long; a process that dies loses it then.
    ///   - now: Seconds since 1970.
    /// - Returns: The right; nil when another one has it.
    func lease(_ key: CacheKey, for seconds: Int, at now: Int64) async throws -> CacheLease?

    /// Gives a right back; nothing happens when it has passed to another one.
    func release(_ lease: CacheLease, of key: CacheKey) async throws
}

/// An entry with what has happened to it since it was written.
public struct CachedEntry: Sendable {
    /// The entry.
    public let entry: CacheEntry
    /// Whether one of its tags was invalidated: it is served while a new one is made.
    public let isInvalidated: Bool

    /// Puts both together.
    public init(_ entry: CacheEntry, isInvalidated: Bool) {
        self.entry = entry
        self.isInvalidated = isInvalidated
    }

    /// Whether it is to be made anew.
    public func isStale(at now: Int64) -> Bool { isInvalidated || entry.isStale(at: now) }
}

/// A point in a store's history of invalidations.
public struct CacheEpoch: Comparable, Hashable, Sendable {
    /// How many invalidations there have been.
    public let number: UInt64

    /// The point after so many invalidations.
    public init(_ number: UInt64) {
        self.number = number
    }

    /// Whether one point is before another.
    public static func < (left: CacheEpoch, right: CacheEpoch) -> Bool { left.number < right.number }
}

/// What an invalidation means for the next request.
public enum CacheInvalidation: String, Hashable, Sendable {
    /// It gets the old answer, and a new one is made in the background: stale while revalidate.
    case stale
    /// It waits for a new answer.
    case immediate
}

/// The right to make an entry.
public struct CacheLease: Hashable, Sendable {
    /// Tells the one who has it from those who had it before.
    public let token: UInt64

    /// Makes a right of a token that the store has not given to anybody else.
    public init(token: UInt64) {
        self.token = token
    }
}
