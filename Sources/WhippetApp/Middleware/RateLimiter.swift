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

    /// The buckets of those who asked lately, and of those before them.
    ///
    /// When there are many, the older half is forgotten as a whole: no request ever looks through them all, and who
    /// comes back after so many others finds a full bucket.
    private struct Buckets {
        var recent: [String: Bucket] = [:]
        var older: [String: Bucket] = [:]

        subscript(key: String) -> Bucket? { recent[key] ?? older[key] }

        mutating func set(_ key: String, _ bucket: Bucket) {
            if recent.count >= RateLimiter.maximumKeys / 2, recent[key] == nil {
                older = recent
                recent = [:]
            }
            recent[key] = bucket
        }
    }

    /// No more buckets are kept than these.
    private static let maximumKeys = 100_000

    /// The largest integer of structured fields: RFC 9651 §3.3.1.
    private static let largest = 999_999_999_999_999.0

    private let limit: Double
    private let tokensPerSecond: Double
    private let buckets = Locked(Buckets())

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
            buckets.set(key, bucket)
            let missing = max(0, 1 - bucket.tokens.truncatingRemainder(dividingBy: 1))
            let seconds = (missing / tokensPerSecond).rounded(.up)
            return Verdict(
                isAllowed: isAllowed, remaining: Int(min(bucket.tokens, Self.largest)),
                secondsUntilMore: max(1, Int(min(seconds, Self.largest))))
        }
    }

    private static func seconds(_ duration: Duration) -> Double {
        Double(duration.components.seconds) + Double(duration.components.attoseconds) / 1e18
    }
}
