// Copyright 2026 the Whippet authors
// SPDX-License-Identifier: Apache-2.0

internal import WhippetCache

extension Host {
    /// Runs what makes the entry of a key, of several processes that share a store in one: the others wait for the
    /// entry, but not for ever.
    ///
    /// - Parameters:
    ///   - key: What is made.
    ///   - isUsable: Whether an entry of another process will do.
    ///   - run: Makes it.
    ///   - outcome: What stands for the entry of another process.
    func withLease<Outcome: Sendable>(
        of key: CacheKey, isUsable: (CachedEntry) -> Bool, _ run: () async -> Outcome,
        outcome: (CacheEntry) -> Outcome
    ) async -> Outcome {
        var lease = await cache.lease(key)
        var patience = 50
        while lease == nil, patience > 0, !Task.isCancelled {
            patience -= 1
            try? await clock.sleep(for: .milliseconds(100))
            if let cached = await cache.read(key), isUsable(cached) { return outcome(cached.entry) }
            lease = await cache.lease(key)
        }
        guard let lease else { return await run() }
        // Made between the look at the store and the lease.
        let made = await cache.madeMeanwhile(key)
        let result = if let made, isUsable(made) { outcome(made.entry) } else { await run() }
        await cache.release(lease, of: key)
        return result
    }
}
