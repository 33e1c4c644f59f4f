// Copyright 2026 the Whippet authors
// SPDX-License-Identifier: Apache-2.0

internal import Synchronization
internal import WhippetCache
internal import WhippetFetch
internal import WhippetServer

/// What an application keeps: answers and data, in its store.
final class ResponseCache: Sendable {
    let configuration: CacheConfiguration
    let store: any CacheStore
    /// The store, where a hit in it needs no waiting.
    let ready: (any ReadyStore)?
    /// The store, where nothing in it needs waiting: no other process shares it.
    let memory: MemoryStore?
    let clock: WallClock
    let draftMode: DraftModeSecret
    /// Runs that make answers.
    let answers = Flights<CacheOutcome>()
    /// Runs that make data.
    let data = Flights<DataOutcome>()
    /// Keys whose answers are not for everybody, and since when: their handlers run for each request.
    private let unkept = RecentKeys()
    /// Until when a key is left alone after a run that failed.
    let paused = RecentKeys()
    private let log: @Sendable (String) -> Void
    private let hasFailed = Atomic(false)

    init(
        _ configuration: CacheConfiguration, clock: WallClock, environment: RuntimeEnvironment,
        log: @escaping @Sendable (String) -> Void
    ) {
        self.configuration = configuration
        store = configuration.store
        memory = configuration.store as? MemoryStore
        // The usual store first: to ask for a protocol, the runtime reads all conformances of the program.
        ready = memory ?? configuration.store as? any ReadyStore
        self.clock = clock
        draftMode = DraftModeSecret(configuration.draftModeSecret, environment: environment)
        self.log = log
    }

    // MARK: - The store, whose errors cost no answer

    /// What is at hand; nil when `read` may know more.
    func hit(_ key: CacheKey, at second: Int64) -> MemoryStore.Hit? {
        // The usual store without the way through its protocol, which costs a third of the look-up.
        if let memory { return memory.hit(key, at: second) }
        return ready?.hit(key, at: second)
    }

    /// The entry of a key; nil if there is none, or the store fails.
    func read(_ key: CacheKey) async -> CachedEntry? {
        if let memory { return memory.find(key) }
        do {
            let found = try await store.read(key)
            hasFailed.store(false, ordering: .relaxed)
            return found
        } catch {
            warn(error)
            return nil
        }
    }

    /// The number of the latest invalidation; nil if the store fails.
    func epoch() async -> CacheEpoch? {
        if let memory { return memory.currentEpoch }
        do {
            return try await store.epoch()
        } catch {
            warn(error)
            return nil
        }
    }

    /// Keeps an entry; false if the store refuses it or fails.
    func write(_ entry: CacheEntry, for key: CacheKey, since epoch: CacheEpoch?) async -> Bool {
        guard let epoch else { return false }
        if let memory { return memory.keep(entry, for: key, since: epoch) }
        do {
            return try await store.write(entry, for: key, since: epoch)
        } catch {
            warn(error)
            return false
        }
    }

    /// The right to make an entry; nil when another process has it.
    func lease(_ key: CacheKey) async -> CacheLease? {
        // One process has its flights.
        guard memory == nil else { return CacheLease(token: 0) }
        do {
            return try await store.lease(key, for: Self.leaseSeconds, at: clock.now())
        } catch {
            warn(error)
            return CacheLease(token: 0)
        }
    }

    /// What another process has made between the look at the store and the lease; nil if there is nothing fresh.
    func madeMeanwhile(_ key: CacheKey) async -> CachedEntry? {
        guard memory == nil, let cached = await read(key), !cached.isStale(at: clock.now()) else { return nil }
        return cached
    }

    func release(_ lease: CacheLease, of key: CacheKey) async {
        guard memory == nil else { return }
        do {
            try await store.release(lease, of: key)
        } catch {
            warn(error)
        }
    }

    /// How long a process may take to make an entry before another one tries.
    static let leaseSeconds = 30

    /// One line for the first error in a row.
    private func warn(_ error: any Error) {
        guard !hasFailed.exchange(true, ordering: .relaxed) else { return }
        log("cache: \(error); answers are made for each request where the store fails")
    }

    // MARK: - Answers that are not for everybody

    /// For how long nobody looks whether the answers of such a key are for everybody by now.
    private static let unkeptSeconds: Int64 = 60

    /// Runs the handler of a key for each request for a while; false when that is so already.
    func leaveUnkept(_ key: CacheKey) -> Bool {
        defer { unkept.set(key, clock.now()) }
        return !isUnkept(key)
    }

    /// Whether the handler of a key runs for each request.
    func isUnkept(_ key: CacheKey) -> Bool {
        guard let since = unkept[key] else { return false }
        let elapsed = clock.now() - since
        return 0..<Self.unkeptSeconds ~= elapsed
    }

    // MARK: - Runs that failed

    /// Leaves a key alone for a while: 3 to 30 seconds, as Next does.
    func pause(_ key: CacheKey, _ revalidate: Int?) {
        paused.set(key, clock.now() + Int64(min(30, max(3, revalidate ?? 3))))
    }

    /// Whether a key may be made anew.
    func isDue(_ key: CacheKey) -> Bool {
        guard let end = paused[key] else { return true }
        let now = clock.now()
        return now >= end || end - now > 30
    }

    /// Returns when nothing is being made.
    func waitUntilIdle() async {
        await answers.waitUntilIdle()
        await data.waitUntilIdle()
    }
}

/// What a run has made.
enum CacheOutcome: Sendable {
    /// An answer for everybody who waits, and whether it was stored.
    case entry(CacheEntry, isStored: Bool)
    /// An answer for the one whose request began the run, and why it is for nobody else.
    case single(Response, String)
    /// What the handler has thrown, or why its answer can't be sent.
    case failure(any Error)
}
