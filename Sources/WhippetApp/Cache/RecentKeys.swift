// Copyright 2026 the Whippet authors
// SPDX-License-Identifier: Apache-2.0

internal import Synchronization
internal import WhippetCache
internal import WhippetInfra

/// Keys with a time each, in seconds, so many of them at most: of two generations the older one is forgotten.
final class RecentKeys: Sendable {
    private struct State {
        var recent: [CacheKey: Int64] = [:]
        var older: [CacheKey: Int64] = [:]
    }

    private let state = Locked(State())
    private let isUsed = Atomic(false)
    private let capacity: Int

    /// - Parameter capacity: How many keys are remembered at most.
    init(capacity: Int = 20_000) {
        self.capacity = max(2, capacity)
    }

    subscript(key: CacheKey) -> Int64? {
        // Most of these tables stay empty.
        guard isUsed.load(ordering: .acquiring) else { return nil }
        return state.withLock { $0.recent[key] ?? $0.older[key] }
    }

    func set(_ key: CacheKey, _ time: Int64) {
        isUsed.store(true, ordering: .releasing)
        state.withLock { state in
            if state.recent.count >= capacity / 2, state.recent[key] == nil {
                state.older = state.recent
                state.recent = [:]
            }
            state.recent[key] = time
        }
    }

    func remove(_ key: CacheKey) {
        guard isUsed.load(ordering: .acquiring) else { return }
        state.withLock { state in
            state.recent[key] = nil
            state.older[key] = nil
        }
    }
}
