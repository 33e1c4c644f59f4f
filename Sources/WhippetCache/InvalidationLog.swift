// Copyright 2026 the Whippet authors
// SPDX-License-Identifier: Apache-2.0

/// When each tag was invalidated last, in memory.
///
/// It remembers so many tags; of those that it forgets it knows the latest number, and takes what is older for
/// invalidated.
public struct InvalidationLog: Sendable {
    /// The latest invalidations of one tag.
    private struct Times {
        var stale: UInt64 = 0
        var immediate: UInt64 = 0

        var latest: UInt64 { max(stale, immediate) }
    }

    private var tags: [CacheTag: Times] = [:]
    private var number: UInt64
    /// What is at most as old as this may have a tag that was forgotten.
    private var forgotten: UInt64 = 0
    private let capacity: Int

    /// Makes an empty history.
    ///
    /// - Parameters:
    ///   - capacity: How many tags it remembers.
    ///   - epoch: Where it begins.
    ///   - forgotten: What is older than this is taken for invalidated.
    public init(
        capacity: Int = 65_536, at epoch: CacheEpoch = CacheEpoch(0), forgotten: CacheEpoch = CacheEpoch(0)
    ) {
        self.capacity = max(2, capacity)
        number = epoch.number
        self.forgotten = forgotten.number
    }

    /// The number of the latest invalidation.
    public var epoch: CacheEpoch { CacheEpoch(number) }

    /// Notes an invalidation.
    public mutating func add(_ tags: [CacheTag], _ mode: CacheInvalidation) {
        guard !tags.isEmpty else { return }
        add(tags, mode, at: CacheEpoch(number + 1))
    }

    /// Notes an invalidation that another process has numbered; twice is as good as once.
    package mutating func add(_ tags: [CacheTag], _ mode: CacheInvalidation, at epoch: CacheEpoch) {
        number = max(number, epoch.number)
        for tag in tags {
            if self.tags[tag] == nil, self.tags.count >= capacity { forgetHalf() }
            var times = self.tags[tag] ?? Times()
            switch mode {
            case .stale: times.stale = max(times.stale, epoch.number)
            case .immediate: times.immediate = max(times.immediate, epoch.number)
            }
            self.tags[tag] = times
        }
    }

    /// What is older than this may have a tag that was forgotten.
    package var oldest: CacheEpoch { CacheEpoch(forgotten) }

    /// Forgets what was before a point.
    package mutating func forget(before epoch: CacheEpoch) {
        forgotten = max(forgotten, epoch.number)
        number = max(number, epoch.number)
    }

    /// Calls `body` with the latest invalidations of each tag.
    package func visit(_ body: (CacheTag, CacheInvalidation, CacheEpoch) -> Void) {
        for (tag, times) in tags {
            if times.stale > 0 { body(tag, .stale, CacheEpoch(times.stale)) }
            if times.immediate > 0 { body(tag, .immediate, CacheEpoch(times.immediate)) }
        }
    }

    /// What has happened to one of the tags since a point; nil for nothing.
    public func invalidation(of tags: [CacheTag], since epoch: CacheEpoch) -> CacheInvalidation? {
        if epoch.number >= number { return nil }
        if epoch.number < forgotten { return .immediate }
        var result: CacheInvalidation?
        for tag in tags {
            guard let times = self.tags[tag], times.latest > epoch.number else { continue }
            if times.immediate > epoch.number { return .immediate }
            result = .stale
        }
        return result
    }

    /// Forgets the older half of the tags.
    private mutating func forgetHalf() {
        let numbers = tags.values.map(\.latest).sorted()
        let middle = numbers[numbers.count / 2]
        tags = tags.filter { $0.value.latest > middle }
        forgotten = max(forgotten, middle)
    }
}
