// Copyright 2026 the Whippet authors
// SPDX-License-Identifier: Apache-2.0

package import WhippetFetch
internal import WhippetInfra

/// Keeps entries in the memory of the process, so many bytes of them: those that were not used for the longest time go
/// first.
///
/// ```swift
/// let app = App(cache: CacheConfiguration(store: MemoryStore(capacity: 200 * 1024 * 1024)))
/// ```
public final class MemoryStore: CacheStore {
    // SAFETY: touched under the lock of `state` only. A class, so that a lookup copies one reference and not ten.
    private final class Kept: @unchecked Sendable {
        let key: CacheKey
        let entry: CacheEntry
        let cost: Int
        /// When the run began that made it.
        let epoch: CacheEpoch
        /// Up to which invalidation the entry is known to be valid.
        var checked: CacheEpoch
        /// The answer as it goes out, made for one second of its age; nil before it was asked for.
        var ready: Response?
        var readySecond = Int64.min

        init(_ entry: CacheEntry, for key: CacheKey, cost: Int, epoch: CacheEpoch) {
            self.key = key
            self.entry = entry
            self.cost = cost
            self.epoch = epoch
            checked = epoch
        }
    }

    private struct Lease {
        var token: UInt64
        var end: Int64
    }

    private struct State {
        var places = PlaceTable()
        var entries = RecencyList<Kept>()
        var size = 0
        var log = InvalidationLog()
        var leases: [CacheKey: Lease] = [:]
        var lastToken: UInt64 = 0

        func place(of key: CacheKey) -> Int32? {
            places.find(key.hash) { entries[$0]?.key == key }
        }
    }

    /// Leases that nobody gave back are looked for when there are more than these.
    private static let maximumLeases = 16_384

    /// How many bytes the entries may take.
    public let capacity: Int
    private let state = Locked(State())

    /// Makes an empty store.
    ///
    /// - Parameter capacity: How many bytes the entries may take, 50 MiB unless said otherwise.
    public init(capacity: Int = 50 * 1024 * 1024) {
        self.capacity = max(0, capacity)
    }

    /// How many bytes the entries take.
    public var size: Int { state.withLock { $0.size } }

    /// How many entries there are.
    public var count: Int { state.withLock { $0.entries.count } }

    // MARK: - Without waiting

    /// What a lookup finds.
    package enum Hit {
        /// The answer as it goes out in this second.
        case ready(Response)
        /// An entry whose answer has to be made first.
        case entry(CachedEntry)
    }

    /// Finds an entry, and its answer where it was made for this second already.
    package func hit(_ key: CacheKey, at second: Int64) -> Hit? {
        var removed: Kept?
        defer { _ = removed }
        return state.withLock { state -> Hit? in
            guard let place = state.place(of: key), let kept = state.entries[place] else { return nil }
            let epoch = state.log.epoch
            if kept.readySecond == second, kept.checked == epoch, let ready = kept.ready {
                state.entries.use(place)
                return .ready(ready)
            }
            switch state.log.invalidation(of: kept.entry.tags, since: kept.epoch) {
            case .immediate:
                removed = Self.remove(place, &state)
                return nil
            case .stale:
                state.entries.use(place)
                return .entry(CachedEntry(kept.entry, isInvalidated: true))
            case nil:
                kept.checked = epoch
                state.entries.use(place)
                return .entry(CachedEntry(kept.entry, isInvalidated: false))
            }
        }
    }

    /// Keeps the answer of an entry that is fresh, for one second.
    package func keep(ready response: Response, of entry: CacheEntry, for key: CacheKey, at second: Int64) {
        var replaced: Response?
        defer { _ = replaced }
        state.withLock { state in
            guard let place = state.place(of: key), let kept = state.entries[place], kept.entry === entry else {
                return
            }
            replaced = kept.ready
            kept.ready = response
            kept.readySecond = second
        }
    }

    /// The number of the latest invalidation.
    package var currentEpoch: CacheEpoch { state.withLock { $0.log.epoch } }

    /// Finds an entry, as `read` does.
    package func find(_ key: CacheKey) -> CachedEntry? {
        guard case .entry(let found)? = hit(key, at: .min + 1) else { return nil }
        return found
    }

    /// Keeps an entry, as `write` does.
    package func keep(_ entry: CacheEntry, for key: CacheKey, since epoch: CacheEpoch) -> Bool {
        let cost = entry.cost + key.scope.utf8.count + key.name.utf8.count
        guard cost <= capacity else { return false }
        // What goes is released without the lock.
        var removed: [Kept?] = []
        defer { removed.removeAll() }
        return state.withLock { state in
            if state.log.invalidation(of: entry.tags, since: epoch) == .immediate { return false }
            if let place = state.place(of: key), let present = state.entries[place] {
                guard present.entry.made <= entry.made || present.epoch < epoch else { return false }
                removed.append(Self.remove(place, &state))
            }
            state.places.add(state.entries.add(Kept(entry, for: key, cost: cost, epoch: epoch)), key.hash)
            state.size += cost
            while state.size > capacity, let oldest = state.entries.oldest {
                removed.append(Self.remove(oldest, &state))
            }
            return true
        }
    }

    /// Reads or changes the history of invalidations.
    package func withInvalidations<Result: Sendable>(_ body: (inout InvalidationLog) -> Result) -> Result {
        state.withLock { body(&$0.log) }
    }

    /// The keys of all entries.
    package var keys: [CacheKey] { state.withLock { $0.entries.values.map(\.key) } }

    private static func remove(_ place: Int32, _ state: inout State) -> Kept? {
        guard let kept = state.entries.remove(place) else { return nil }
        state.places.remove(place, kept.key.hash)
        state.size -= kept.cost
        return kept
    }

    // MARK: - CacheStore

    /// The number of the latest invalidation.
    public func epoch() async throws -> CacheEpoch { currentEpoch }

    /// Finds an entry.
    public func read(_ key: CacheKey) async throws -> CachedEntry? { find(key) }

    /// Keeps an entry; false when it was refused.
    public func write(_ entry: CacheEntry, for key: CacheKey, since epoch: CacheEpoch) async throws -> Bool {
        keep(entry, for: key, since: epoch)
    }

    /// Invalidates the entries that have one of the tags.
    public func invalidate(_ tags: [CacheTag], _ mode: CacheInvalidation) async throws {
        state.withLock { $0.log.add(tags, mode) }
    }

    /// Takes the right to make an entry.
    public func lease(_ key: CacheKey, for seconds: Int, at now: Int64) async throws -> CacheLease? {
        state.withLock { state in
            if let lease = state.leases[key], lease.end > now, lease.end - now <= Int64(max(1, seconds)) { return nil }
            if state.leases.count >= Self.maximumLeases { state.leases = state.leases.filter { $0.value.end > now } }
            if state.leases.count >= Self.maximumLeases { state.leases.removeAll() }
            state.lastToken += 1
            state.leases[key] = Lease(token: state.lastToken, end: now + Int64(max(1, seconds)))
            return CacheLease(token: state.lastToken)
        }
    }

    /// Gives a right back.
    public func release(_ lease: CacheLease, of key: CacheKey) async throws {
        state.withLock { state in
            if state.leases[key]?.token == lease.token { state.leases[key] = nil }
        }
    }
}
