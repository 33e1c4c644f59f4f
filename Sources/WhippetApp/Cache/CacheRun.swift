// Copyright 2026 the Whippet authors
// SPDX-License-Identifier: Apache-2.0

internal import WhippetCache
internal import WhippetFetch
internal import WhippetInfra

/// A run whose result is kept: what it names itself by while it goes on.
final class CacheRun: Sendable {
    private struct State {
        var tags: [CacheTag]
        var revalidate: Int?
    }

    /// How many tags one entry can have, and how long each can be in bytes: Next's limits.
    static let maximumTags = 128
    static let maximumTagLength = 256

    /// What is kept, as messages say it, such as `GET /posts`.
    let name: String
    /// Is told when the run looks at the request; nil where it can't or may.
    let access: RequestAccess?
    private let state: Locked<State>

    init(_ name: String, tags: [CacheTag], revalidate: Int?, access: RequestAccess? = nil) {
        self.name = name
        self.access = access
        state = Locked(State(tags: tags, revalidate: revalidate))
    }

    var tags: [CacheTag] { state.withLock { $0.tags } }
    /// After how many seconds the result is made anew; nil for never.
    var revalidate: Int? { state.withLock { $0.revalidate } }

    /// Adds tags; the result is as short-lived as the data that it was made of.
    func add(_ tags: [CacheTag], revalidate: Int? = nil) {
        state.withLock { state in
            for tag in tags where !state.tags.contains(tag) && state.tags.count < Self.maximumTags + 2 {
                state.tags.append(tag)
            }
            if let revalidate { state.revalidate = min(state.revalidate ?? revalidate, revalidate) }
        }
    }
}
