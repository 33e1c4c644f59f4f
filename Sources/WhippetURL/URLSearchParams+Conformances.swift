// Copyright 2026 the Whippet authors
// SPDX-License-Identifier: Apache-2.0

extension URLSearchParams: Sequence {
    /// The pairs in their order.
    public func makeIterator() -> IndexingIterator<[(name: String, value: String)]> {
        list.makeIterator()
    }

    /// The names, repeated ones each time.
    public func keys() -> [String] { list.map(\.name) }

    /// The values.
    public func values() -> [String] { list.map(\.value) }
}

extension URLSearchParams: CustomStringConvertible {
    /// The pairs as a query, without a question mark.
    public var description: String { String(decoding: serializedBytes, as: UTF8.self) }
}

extension URLSearchParams: ExpressibleByDictionaryLiteral {
    /// Makes pairs of a literal, in its order; a name may be repeated.
    public init(dictionaryLiteral elements: (String, String)...) {
        self.init(elements)
    }
}

extension URLSearchParams: Hashable {
    /// Whether both have the same pairs in the same order.
    public static func == (left: URLSearchParams, right: URLSearchParams) -> Bool {
        left.serializedBytes == right.serializedBytes
    }

    /// Hashes the pairs.
    public func hash(into hasher: inout Hasher) {
        hasher.combine(serializedBytes)
    }
}
