// Copyright 2026 the Whippet authors
// SPDX-License-Identifier: Apache-2.0

/// What the parser finds: for each component where its characters stand, in the input or in the base URL.
struct URLParts {
    /// Where a host comes from.
    enum Host {
        /// There is none.
        case null
        /// The empty host.
        case empty
        /// A domain or a dotted IPv4 address, ASCII; the writer lower-cases it.
        case domain(Range<Int>)
        /// An opaque host; the writer percent-encodes it.
        case opaque(Range<Int>)
        /// A host that had to be converted, as it is to be written.
        case converted([UInt8])
        /// The base URL's credentials, host and port.
        case base
    }

    /// Where a path comes from.
    enum Path {
        /// A list of no segments.
        case empty
        /// Segments of the input, the first of them without its slash, after `prefix` bytes of the base URL's path.
        case segments(Range<Int>, prefix: Int)
        /// An opaque path.
        case opaque(Range<Int>)
        /// The base URL's path.
        case base
    }

    /// Where a query comes from.
    enum Query {
        case null
        case input(Range<Int>)
        case base
    }

    /// The kind of the scheme.
    var scheme = SpecialScheme.other
    /// The scheme in the input without its colon; nil for the base URL's.
    var schemeRange: Range<Int>?
    var username = 0..<0
    var password = 0..<0
    var host = Host.null
    var port: UInt16?
    var path = Path.empty
    var query = Query.null
    var fragment: Range<Int>?
    /// Whether the path's segments have nothing to encode, convert or resolve.
    var pathIsPlain = true
    /// Whether the query and the fragment have nothing to encode.
    var restIsPlain = true
}
