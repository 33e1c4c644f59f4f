// Copyright 2026 the Whippet authors
// SPDX-License-Identifier: Apache-2.0

internal import WhippetInfra

/// The names and values of a query, as the [URL Standard](https://url.spec.whatwg.org/#interface-urlsearchparams) has it.
///
///     var params = URLSearchParams("?a=1&b=2")
///     params.append("a", "3")
///     params.getAll("a")  // ["1", "3"]
///     "\(params)"  // "a=1&b=2&a=3"
///
/// It is a value: unlike in a browser a copy is independent, also of the URL that it came from. A change made through
/// `url.searchParams` changes the URL.
public struct URLSearchParams: Sendable {
    /// The list, or the text that it is to be parsed from: to look one name up takes no list.
    @usableFromInline enum Storage: Sendable {
        case serialized(String, Range<UInt32>)
        case list([(name: String, value: String)])
    }

    @usableFromInline var storage: Storage

    /// Takes a query that stands in a string, unparsed.
    @inlinable init(serialized: String, range: Range<UInt32>) {
        storage = .serialized(serialized, range)
    }

    /// Parses a query; a question mark in front of it is left out.
    ///
    /// Implements [new URLSearchParams(init)](https://url.spec.whatwg.org/#dom-urlsearchparams-urlsearchparams).
    public init(_ query: String = "") {
        let start: UInt32 = query.utf8.first == 0x3F ? 1 : 0
        storage = .serialized(query, start..<Swift.max(start, UInt32(clamping: query.utf8.count)))
    }

    /// Takes names and values, in their order.
    ///
    /// Implements [new URLSearchParams(init)](https://url.spec.whatwg.org/#dom-urlsearchparams-urlsearchparams).
    public init(_ pairs: some Sequence<(String, String)>) {
        storage = .list(pairs.map { (name: $0.0, value: $0.1) })
    }

    /// Takes names and values, such as the pairs of a dictionary.
    ///
    /// Implements [new URLSearchParams(init)](https://url.spec.whatwg.org/#dom-urlsearchparams-urlsearchparams).
    public init(_ record: [String: String]) {
        storage = .list(record.map { (name: $0.key, value: $0.value) })
    }

    // MARK: - Reading

    /// The number of pairs, repeated names counted each time.
    public var size: Int { list.count }

    /// The value of the first pair with this name, nil if there is none.
    @inlinable public func get(_ name: String) -> String? {
        switch storage {
        case .list(let list): FormURLEncoded.value(of: name, in: list)
        // Fast path: nothing is decoded but the value ("a lookup agrees with the list").
        case .serialized(let text, let range): FormURLEncoded.value(of: name, in: text, range)
        }
    }

    /// The values of all pairs with this name, in their order.
    public func getAll(_ name: String) -> [String] {
        switch storage {
        case .list(let list): list.compactMap { isSame($0.name, name) ? $0.value : nil }
        // Fast path: as that of `get`.
        case .serialized(let text, let range): FormURLEncoded.values(of: name, in: text, range)
        }
    }

    /// Whether there is a pair with this name, and with this value if one is given.
    public func has(_ name: String, _ value: String? = nil) -> Bool {
        if let value { return getAll(name).contains { isSame($0, value) } }
        return switch storage {
        case .list(let list): list.contains { isSame($0.name, name) }
        // Fast path: as that of `get`.
        case .serialized(let text, let range): FormURLEncoded.contains(name, in: text, range)
        }
    }

    // MARK: - Changing

    /// Adds a pair at the end.
    public mutating func append(_ name: String, _ value: String) {
        update { $0.append((name, value)) }
    }

    /// Removes all pairs with this name, of those with this value if one is given.
    public mutating func delete(_ name: String, _ value: String? = nil) {
        update { list in
            list.removeAll { pair in
                isSame(pair.name, name) && (value.map { isSame(pair.value, $0) } ?? true)
            }
        }
    }

    /// Gives the first pair with this name the value and removes the others; adds a pair if there is none.
    public mutating func set(_ name: String, _ value: String) {
        update { list in
            guard let first = list.firstIndex(where: { isSame($0.name, name) }) else {
                return list.append((name, value))
            }
            list[first].value = value
            let rest = list[(first + 1)...].filter { !isSame($0.name, name) }
            list.replaceSubrange((first + 1)..., with: rest)
        }
    }

    /// Sorts the pairs by name, in the order of UTF-16 code units; pairs of one name keep their order.
    public mutating func sort() {
        update { list in
            list.sort { $0.name.utf16.lexicographicallyPrecedes($1.name.utf16) }
        }
    }

    // MARK: - The list

    /// The pairs.
    var list: [(name: String, value: String)] {
        switch storage {
        case .list(let list): return list
        case .serialized(var text, let range):
            return text.withUTF8 { FormURLEncoded.parse($0.span.extracting(Range(range))) }
        }
    }

    /// The list [serialised](https://url.spec.whatwg.org/#concept-urlencoded-serializer).
    var serializedBytes: [UInt8] { FormURLEncoded.serialize(list) }

    private mutating func update(_ change: (inout [(name: String, value: String)]) -> Void) {
        var list = self.list
        storage = .list([])
        change(&list)
        storage = .list(list)
    }
}

/// Whether two strings have the same code points; `==` would take canonically equivalent ones for equal.
private func isSame(_ left: String, _ right: String) -> Bool {
    left.utf8.elementsEqual(right.utf8)
}
