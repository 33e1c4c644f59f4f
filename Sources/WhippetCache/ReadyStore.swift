// Copyright 2026 the Whippet authors
// SPDX-License-Identifier: Apache-2.0

package import WhippetFetch

/// A store that has entries at hand, with the answers made of them: a hit waits for nothing.
package protocol ReadyStore: CacheStore {
    /// Finds an entry, and its answer where it was made for this second already; nil when `read` may know more.
    func hit(_ key: CacheKey, at second: Int64) -> MemoryStore.Hit?

    /// Keeps the answer of an entry that is fresh, for one second.
    func keep(ready response: Response, of entry: CacheEntry, for key: CacheKey, at second: Int64)
}

extension MemoryStore: ReadyStore {}
