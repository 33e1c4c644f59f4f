// Copyright 2026 the Whippet authors
// SPDX-License-Identifier: Apache-2.0

public import WhippetCache

/// How an application keeps answers.
///
/// ```swift
/// let app = App(cache: CacheConfiguration(store: MemoryStore(capacity: 200 * 1024 * 1024)))
/// ```
public struct CacheConfiguration: Sendable {
    /// Where answers and data are kept.
    public var store: any CacheStore
    /// The field that says `HIT`, `STALE` or `MISS`; nil for none.
    ///
    /// `x-nextjs-cache` is what Next calls it.
    public var statusHeader: String?
    /// An answer with a longer body, in bytes, is sent and not kept.
    public var maximumBodySize: Int
    /// What the cookie of `draftMode()` holds; nil for a value that is made anew at each start.
    ///
    /// Processes that answer for one site need the same; at least 16 characters that nobody can guess.
    public var draftModeSecret: String?

    /// Makes a configuration: 50 MiB of memory, answers of up to 8 MiB.
    public init(
        store: any CacheStore = MemoryStore(), statusHeader: String? = "x-whippet-cache",
        maximumBodySize: Int = 8 * 1024 * 1024, draftModeSecret: String? = nil
    ) {
        self.store = store
        self.statusHeader = statusHeader
        self.maximumBodySize = maximumBodySize
        self.draftModeSecret = draftModeSecret
    }

    /// Why it can't be used; nil if it can.
    var problem: String? {
        if let secret = draftModeSecret {
            let isSafe = secret.utf8.allSatisfy {
                0x21...0x7E ~= $0 && $0 != 0x22 && $0 != 0x25 && $0 != 0x2C && $0 != 0x3B && $0 != 0x5C
            }
            if secret.utf8.count < 16 || !isSafe {
                return "draftModeSecret: it needs 16 characters or more, of those that a cookie may have"
            }
        }
        return nil
    }
}
