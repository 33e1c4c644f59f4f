// Copyright 2026 the Whippet authors
// SPDX-License-Identifier: Apache-2.0

/// How the routes of a scope are run and kept, after Next's
/// [route segment config](https://nextjs.org/docs/app/api-reference/file-conventions/route-segment-config).
///
/// What is nil is as in the scope around it; the nearest says what holds.
/// ```swift
/// app.get("/posts", config: .revalidate(60)) { "made once a minute" }
/// app.group("/reports", config: SegmentConfig(dynamic: .forceStatic, revalidate: 3600)) { reports in
///     reports.get("/sales") { "made once an hour" }
/// }
/// ```
public struct SegmentConfig: Sendable, Hashable {
    /// When the answers of `GET` handlers are made.
    public var dynamic: Dynamic?
    /// After how many seconds a kept answer is made anew.
    public var revalidate: Revalidate?
    /// Whether paths are answered that `generateStaticParams` does not name; else they are a 404.
    public var dynamicParams: Bool?
    /// Accepted as Next has it; a handler's own requests are not cached.
    public var fetchCache: FetchCache?
    /// Accepted as Next has it; there is one runtime.
    public var runtime: Runtime?
    /// Accepted as Next has it; where a program runs is for who deploys it.
    public var preferredRegion: [String]?

    /// Makes a config; what is nil is as in the scope around it.
    public init(
        dynamic: Dynamic? = nil, revalidate: Revalidate? = nil, dynamicParams: Bool? = nil,
        fetchCache: FetchCache? = nil, runtime: Runtime? = nil, preferredRegion: [String]? = nil
    ) {
        self.dynamic = dynamic
        self.revalidate = revalidate
        self.dynamicParams = dynamicParams
        self.fetchCache = fetchCache
        self.runtime = runtime
        self.preferredRegion = preferredRegion
    }

    /// Answers are kept, and handlers see a request without fields, cookies and query.
    public static let forceStatic = SegmentConfig(dynamic: .forceStatic)
    /// Answers are made for each request.
    public static let forceDynamic = SegmentConfig(dynamic: .forceDynamic)

    /// Answers are kept for so many seconds, if their handlers do not look at the request.
    public static func revalidate(_ revalidate: Revalidate) -> SegmentConfig {
        SegmentConfig(revalidate: revalidate)
    }

    /// Why the config can't be used; nil if it can.
    var problem: String? {
        guard let revalidate else { return nil }
        if case .seconds(let seconds) = revalidate, seconds < 0 { return "revalidate: \(seconds) is negative" }
        if revalidate == .seconds(0), dynamic == .forceStatic || dynamic == .error {
            return "revalidate: 0 keeps nothing, and dynamic: \"\(dynamic?.rawValue ?? "")\" keeps the answer"
        }
        return nil
    }

    /// This config with that of an inner scope.
    func adding(_ inner: SegmentConfig) -> SegmentConfig {
        var merged = self
        // What is nearer and speaks of keeping speaks for both.
        if inner.revalidate == .seconds(0), inner.dynamic == nil { merged.dynamic = nil }
        if let dynamic = inner.dynamic {
            merged.dynamic = dynamic
            if inner.revalidate == nil, merged.revalidate == .seconds(0) { merged.revalidate = nil }
        }
        merged.revalidate = inner.revalidate ?? merged.revalidate
        merged.dynamicParams = inner.dynamicParams ?? dynamicParams
        merged.fetchCache = inner.fetchCache ?? fetchCache
        merged.runtime = inner.runtime ?? runtime
        merged.preferredRegion = inner.preferredRegion ?? preferredRegion
        return merged
    }
}

/// When the answer of a `GET` handler is made: `let dynamic: Dynamic = .forceStatic`, or `let dynamic = "force-static"`.
public enum Dynamic: String, Sendable, Hashable {
    /// For each request, unless the rest of the config says that it can be kept.
    case auto
    /// For each request.
    case forceDynamic = "force-dynamic"
    /// Once, and it is an error to look at the request.
    case error
    /// Once: the handler sees a request without headers, cookies and query.
    case forceStatic = "force-static"
}

/// After how many seconds a kept answer is made anew: `let revalidate: Revalidate = .seconds(60)`, or `60`, or `false`.
public enum Revalidate: Sendable, Hashable, ExpressibleByIntegerLiteral, ExpressibleByBooleanLiteral {
    /// It is kept until something asks for a new one.
    case never
    /// It is made anew when it is older than these seconds; 0: for each request.
    case seconds(Int)

    /// Makes it of a number of seconds.
    public init(integerLiteral value: Int) {
        self = .seconds(value)
    }

    /// Makes `.never` of `false`.
    ///
    /// `true` has no meaning and is taken for 0 seconds.
    public init(booleanLiteral value: Bool) {
        self = value ? .seconds(0) : .never
    }
}

/// What Next's `fetchCache` can be; it changes nothing here.
public enum FetchCache: String, Sendable, Hashable {
    /// As Next has it.
    case auto
    /// As Next has it.
    case defaultCache = "default-cache"
    /// As Next has it.
    case onlyCache = "only-cache"
    /// As Next has it.
    case forceCache = "force-cache"
    /// As Next has it.
    case forceNoStore = "force-no-store"
    /// As Next has it.
    case defaultNoStore = "default-no-store"
    /// As Next has it.
    case onlyNoStore = "only-no-store"
}

/// What Next's `runtime` can be; it changes nothing here.
public enum Runtime: String, Sendable, Hashable {
    /// As Next has it.
    case nodejs
    /// As Next has it.
    case edge
}
