// Copyright 2026 the Whippet authors
// SPDX-License-Identifier: Apache-2.0

/// How the answers of one `GET` handler are kept.
struct CachePolicy: Sendable, Hashable {
    /// What its handler sees of the request.
    enum Sight: Sendable {
        /// A request without fields, query and client.
        case blank
        /// The request; an answer that was made of what it says is not kept.
        case noted
        /// The request; to look at it is an error.
        case forbidden
    }

    var sight: Sight
    /// After how many seconds an answer is made anew; nil for never.
    var revalidate: Int?

    /// The policy that a config asks for; nil when it keeps nothing.
    ///
    /// - Parameter isGenerated: Whether the route names its paths: then its answers are kept.
    init?(_ config: SegmentConfig, isGenerated: Bool) {
        let sight: Sight
        switch config.dynamic ?? .auto {
        case .forceDynamic: return nil
        case .auto where config.revalidate == nil && !isGenerated: return nil
        case .auto: sight = .noted
        case .error: sight = .forbidden
        case .forceStatic: sight = .blank
        }
        self.sight = sight
        switch config.revalidate ?? .never {
        case .seconds(0): return nil
        case .seconds(let seconds): revalidate = seconds
        case .never: revalidate = nil
        }
    }
}
