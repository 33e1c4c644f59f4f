// Copyright 2026 the Whippet authors
// SPDX-License-Identifier: Apache-2.0

internal import WhippetInfra

/// Buckets of tokens, one for each key.
final class RateLimiter: Sendable {
    struct Verdict: Sendable {
        var isAllowed: Bool
        var remaining: Int
        /// In how many whole seconds there is one token more, at least 1 when there is none.
        var secondsUntilMore: Int
    }

    private struct Bucket {
        var tokens: Double
        var filledAt: Duration
    }

    /// Before there are more buckets than these, the full ones are forgotten.
    private static let maximumKeys = 100_000

    private let limit: Double
    private let tokensPerSecond: Double
    private let buckets = Locked<[String: Bucket]>([:])

    init(limit: Int, window: Duration) {
        self.limit = Double(limit)
        tokensPerSecond = Double(limit) / Self.seconds(window)
    }

    func take(_ key: String, at now: Duration) -> Verdict {
        buckets.withLock { buckets in
            var bucket = buckets[key] ?? Bucket(tokens: limit, filledAt: now)
            let elapsed = Self.seconds(now - bucket.filledAt)
            bucket.tokens = min(limit, bucket.tokens + max(0, elapsed) * tokensPerSecond)
            bucket.filledAt = now
            let isAllowed = bucket.tokens >= 1
            if isAllowed { bucket.tokens -= 1 }
            if buckets[key] == nil, buckets.count >= Self.maximumKeys { forgetFullOnes(&buckets, now) }
            buckets[key] = bucket
            let missing = max(0, 1 - bucket.tokens.truncatingRemainder(dividingBy: 1))
            let seconds = (missing / tokensPerSecond).rounded(.up)
            return Verdict(
                isAllowed: isAllowed, remaining: Int(bucket.tokens), secondsUntilMore: max(1, Int(min(seconds, 1e9))))
        }
    }

    /// Drops the buckets that are full again, and all of them if that is not enough.
    private func forgetFullOnes(_ buckets: inout [String: Bucket], _ now: Duration) {
        buckets = buckets.filter { _, bucket in
            bucket.tokens + Self.seconds(now - bucket.filledAt) * tokensPerSecond < limit
        }
        if buckets.count >= Self.maximumKeys { buckets.removeAll() }
    }

    private static func seconds(_ duration: Duration) -> Double {
        Double(duration.components.seconds) + Double(duration.components.attoseconds) / 1e18
    }
}
