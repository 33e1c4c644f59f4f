// Copyright 2026 the Whippet authors
// SPDX-License-Identifier: Apache-2.0

/// The parameters of one path that `generateStaticParams` names.
///
/// ```swift
/// func generateStaticParams() -> [StaticParams] {
///     [["slug": "tea"], ["slug": "cup"]]          // of /items/[slug]
/// }
/// ```
/// A catch-all has a list: `["slug": ["clothes", "tops"]]`.
public struct StaticParams: Sendable, Hashable, ExpressibleByDictionaryLiteral {
    /// The value of one parameter.
    public enum Value: Sendable, Hashable, ExpressibleByStringLiteral, ExpressibleByArrayLiteral {
        /// One segment.
        case segment(String)
        /// The segments of a catch-all.
        case segments([String])

        /// Makes one segment.
        public init(stringLiteral value: String) {
            self = .segment(value)
        }

        /// Makes the segments of a catch-all.
        public init(arrayLiteral segments: String...) {
            self = .segments(segments)
        }
    }

    let values: [String: Value]

    /// Makes parameters by name.
    public init(_ values: [String: Value]) {
        self.values = values
    }

    /// Makes parameters by name; of two of one name the later counts.
    public init(dictionaryLiteral elements: (String, Value)...) {
        values = Dictionary(elements) { $1 }
    }
}
