// Copyright 2026 the Whippet authors
// SPDX-License-Identifier: Apache-2.0

public import WhippetFetch

/// A kept answer, or kept data: never changed once it is made.
public final class CacheEntry: Sendable {
    /// The status of the answer.
    public let status: Status
    /// The fields of the answer as the handler gave them, the entity tag included.
    public let headers: Headers
    /// The bytes of the body, complete.
    public let body: [UInt8]
    /// When the run that made it began, in seconds since 1970.
    public let made: Int64
    /// After how many seconds it is made anew; nil for never.
    public let revalidate: Int?
    /// What it is invalidated by: the tags of its key, and those that its run has named.
    public let tags: [CacheTag]
    /// The strong entity tag with its quotes; empty for none.
    public let entityTag: String

    /// Makes an entry.
    ///
    /// - Parameters:
    ///   - status: The status of the answer.
    ///   - headers: The fields of the answer.
    ///   - body: The bytes of the body.
    ///   - made: When the run began, in seconds since 1970.
    ///   - revalidate: After how many seconds it is made anew; nil for never.
    ///   - tags: What it is invalidated by.
    ///   - entityTag: The entity tag with its quotes; empty for none.
    public init(
        status: Status = .ok, headers: Headers = Headers(), body: [UInt8], made: Int64, revalidate: Int?,
        tags: [CacheTag], entityTag: String = ""
    ) {
        self.status = status
        self.headers = headers
        self.body = body
        self.made = made
        self.revalidate = revalidate
        self.tags = tags
        self.entityTag = entityTag
    }

    /// How many bytes of memory it takes, more or less: what bounds a store in memory.
    public var cost: Int {
        var sum = 512 + body.count + entityTag.utf8.count
        for (name, value) in headers { sum += 64 + name.utf8.count + value.utf8.count }
        for tag in tags { sum += 48 + tag.name.utf8.count }
        return sum
    }

    /// How old it is, in seconds; never negative, whatever the calendar's clock does.
    public func age(at now: Int64) -> Int64 {
        let (age, overflow) = now.subtractingReportingOverflow(made)
        return overflow ? 0 : max(0, age)
    }

    /// Whether its time is over.
    ///
    /// So is that of an entry from the future: after a step of the calendar's clock nothing is kept for ever.
    public func isStale(at now: Int64) -> Bool {
        guard let revalidate else { return false }
        let (limit, overflow) = now.addingReportingOverflow(Int64(revalidate))
        if !overflow, made > limit { return true }
        return age(at: now) >= Int64(revalidate)
    }
}
