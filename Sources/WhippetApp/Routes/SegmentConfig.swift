// Copyright 2026 the Whippet authors
// SPDX-License-Identifier: Apache-2.0

/// The segment config of a route, as Next's route files export it.
struct SegmentConfig: Sendable {
    var dynamic = Dynamic.auto
    var revalidate = Revalidate.never
    var dynamicParams = true
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
