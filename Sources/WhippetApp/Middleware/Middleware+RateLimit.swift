// Copyright 2026 the Whippet authors
// SPDX-License-Identifier: Apache-2.0

public import WhippetFetch
internal import WhippetInfra

extension Middleware {
    /// Answers with 429 when somebody asks too often.
    ///
    /// Each client has a bucket of tokens; a request takes one, and they come back evenly. The answer says what is left
    /// in `RateLimit` and `RateLimit-Policy`, and in `Retry-After` when nothing is.
    /// Source: [RateLimit header fields for HTTP](https://datatracker.ietf.org/doc/draft-ietf-httpapi-ratelimit-headers/).
    /// - Parameters:
    ///   - limit: How many requests a full bucket allows, at least 1.
    ///   - window: In which time an empty bucket is full again.
    ///   - key: Whose bucket it is; by default the client's address.
    public static func rateLimit(
        _ limit: Int, per window: Duration, by key: @escaping @Sendable (Request) -> String = { $0.ip ?? "" }
    ) -> Middleware {
        let limiter = RateLimiter(limit: max(1, limit), window: max(window, .milliseconds(1)))
        let policy = "\"default\";q=\(max(1, limit));w=\(max(1, window.components.seconds))"
        return Middleware { request, _, next in
            let verdict = limiter.take(key(request), at: next.host.now())
            let state = "\"default\";r=\(verdict.remaining);t=\(verdict.secondsUntilMore)"
            guard verdict.isAllowed else {
                throw HTTPError(
                    .tooManyRequests,
                    headers: [
                        "retry-after": "\(verdict.secondsUntilMore)", "ratelimit-policy": policy, "ratelimit": state,
                    ])
            }
            var response = await next(request)
            response.headers["ratelimit-policy"] = policy
            response.headers["ratelimit"] = state
            return response
        }
    }
}
