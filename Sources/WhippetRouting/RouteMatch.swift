// Copyright 2026 the Whippet authors
// SPDX-License-Identifier: Apache-2.0

/// Which route a path belongs to, and what its parameters captured: plain bytes, so that copies cost nothing.
package struct RouteMatch: BitwiseCopyable, Sendable {
    /// The route's index in the table.
    package let route: Int
    /// What the route's parameters captured, in their order; an optional catch-all that matched nothing is absent.
    package internal(set) var captures = Captures()

    /// A match without captures.
    @inline(__always)
    package init(route: Int) {
        self.route = route
    }

    /// The captures of a match: runs of bytes of the matched path, still escaped.
    package struct Captures: BitwiseCopyable, RandomAccessCollection, Sendable {
        /// How many captures there can be; a route pattern has no more parameters.
        package static let capacity = 16
        /// The length from which on a path matches nothing: a run's start and length take 16 bits each.
        static let maximumPathCount = 1 << 16

        private var packed = SIMD16<UInt32>()
        package private(set) var count = 0

        package var startIndex: Int { 0 }
        package var endIndex: Int { count }

        /// The range of the path that a parameter captured.
        package subscript(position: Int) -> Range<Int> {
            precondition(position >= 0 && position < count, "RouteMatch.captures: index out of range")
            let start = Int(packed[position] & 0xFFFF)
            return start..<start + Int(packed[position] >> 16)
        }

        mutating func append(start: Int, end: Int) {
            packed[count] = UInt32(truncatingIfNeeded: start | (end &- start) &<< 16)
            count &+= 1
        }
    }
}
