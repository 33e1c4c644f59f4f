// Copyright 2026 the Whippet authors
// SPDX-License-Identifier: Apache-2.0

internal import WhippetURL

/// The entries of a form, in order.
///
/// As in a browser; a value is text, files come with the File API. The subscript is sugar for the usual question:
/// ```swift
/// let form = try await request.formData()
/// guard let name = form["name"] else { throw HTTPError.badRequest("name is missing") }
/// ```
/// Source: [XMLHttpRequest §5](https://xhr.spec.whatwg.org/#interface-formdata).
public struct FormData: Sendable, Hashable {
    /// The value of an entry.
    public struct Value: Sendable, Hashable, ExpressibleByStringInterpolation, CustomStringConvertible {
        // A File will stand beside the text; what is public asks for one or the other.
        private enum Kind: Hashable {
            case text(String)
        }

        private let kind: Kind

        /// Makes a value of text.
        public init(_ text: String) {
            kind = .text(text)
        }

        /// Makes a value of a literal.
        public init(stringLiteral text: String) {
            kind = .text(text)
        }

        /// The text, nil for a file.
        public var text: String? {
            switch kind {
            case .text(let text): text
            }
        }

        /// The text.
        public var description: String { text ?? "" }
    }

    private struct Entry: Hashable {
        var name: String
        var value: Value
    }

    private var entries: [Entry] = []

    /// Makes a form without entries.
    public init() {}

    /// Reads `application/x-www-form-urlencoded`.
    init(urlencoded bytes: [UInt8]) {
        entries = FormURLEncoded.parse(bytes.span).map { Entry(name: $0.name, value: Value($0.value)) }
    }

    /// Adds an entry.
    ///
    /// Implements [append](https://xhr.spec.whatwg.org/#dom-formdata-append).
    public mutating func append(_ name: String, _ value: String) {
        entries.append(Entry(name: name, value: Value(value)))
    }

    /// Removes all entries of a name.
    ///
    /// Implements [delete](https://xhr.spec.whatwg.org/#dom-formdata-delete).
    public mutating func delete(_ name: String) {
        entries.removeAll { $0.name == name }
    }

    /// The value of the first entry of a name, nil if there is none.
    ///
    /// Implements [get](https://xhr.spec.whatwg.org/#dom-formdata-get).
    public func get(_ name: String) -> Value? {
        entries.first { $0.name == name }?.value
    }

    /// The values of all entries of a name.
    ///
    /// Implements [getAll](https://xhr.spec.whatwg.org/#dom-formdata-getall).
    public func getAll(_ name: String) -> [Value] {
        entries.compactMap { $0.name == name ? $0.value : nil }
    }

    /// Whether there is an entry of a name.
    ///
    /// Implements [has](https://xhr.spec.whatwg.org/#dom-formdata-has).
    public func has(_ name: String) -> Bool {
        entries.contains { $0.name == name }
    }

    /// Gives a name one value: the first entry of the name keeps its place, the others go.
    ///
    /// Implements [set](https://xhr.spec.whatwg.org/#dom-formdata-set).
    public mutating func set(_ name: String, _ value: String) {
        let entry = Entry(name: name, value: Value(value))
        guard let first = entries.firstIndex(where: { $0.name == name }) else {
            entries.append(entry)
            return
        }
        entries[first] = entry
        let rest = entries[(first + 1)...].filter { $0.name != name }
        entries.replaceSubrange((first + 1)..., with: rest)
    }

    /// The text of the first entry of a name, nil if there is none or if it is a file; assigning sets it, nil deletes.
    public subscript(_ name: String) -> String? {
        get { get(name)?.text }
        set {
            if let newValue { set(name, newValue) } else { delete(name) }
        }
    }
}

extension FormData: Sequence {
    /// A name and its value.
    public typealias Element = (name: String, value: Value)

    /// Iterates over the entries in order.
    public func makeIterator() -> IndexingIterator<[Element]> {
        entries.map { (name: $0.name, value: $0.value) }.makeIterator()
    }
}

extension FormData: ExpressibleByDictionaryLiteral {
    /// Makes a form of a literal; a name that repeats is appended.
    public init(dictionaryLiteral elements: (String, Value)...) {
        entries = elements.map { Entry(name: $0.0, value: $0.1) }
    }
}
