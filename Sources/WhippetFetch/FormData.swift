// Copyright 2026 the Whippet authors
// SPDX-License-Identifier: Apache-2.0

internal import WhippetURL

/// The entries of a form, in order: names with text or files.
///
/// As in a browser, except that it is a value. The subscript is sugar for the usual question:
/// ```swift
/// let form = try await request.formData()
/// guard let name = form["name"] else { throw HTTPError.badRequest("name is missing") }
/// let photos = form.getAll("photo").compactMap(\.file)
/// ```
/// Source: [XMLHttpRequest §5](https://xhr.spec.whatwg.org/#interface-formdata).
public struct FormData: Sendable, Hashable {
    /// The value of an entry: text or a file.
    public struct Value: Sendable, Hashable, ExpressibleByStringInterpolation, CustomStringConvertible {
        private enum Kind: Hashable {
            case text(String)
            case file(File)
        }

        private let kind: Kind

        /// Makes a value of text.
        public init(_ text: String) {
            kind = .text(text)
        }

        /// Makes a value of a file.
        public init(_ file: File) {
            kind = .file(file)
        }

        /// Makes a value of a literal.
        public init(stringLiteral text: String) {
            kind = .text(text)
        }

        /// The text, nil for a file.
        public var text: String? {
            if case .text(let text) = kind { text } else { nil }
        }

        /// The file, nil for text.
        public var file: File? {
            if case .file(let file) = kind { file } else { nil }
        }

        /// The text, or what the file is called.
        public var description: String {
            switch kind {
            case .text(let text): text
            case .file(let file): file.description
            }
        }
    }

    private struct Entry: Hashable {
        var name: String
        var value: Value

        /// Whether the name has the same code points; `==` would take canonically equivalent ones for equal.
        func isNamed(_ other: String) -> Bool { name.utf8.elementsEqual(other.utf8) }
    }

    private var entries: [Entry] = []

    /// Makes a form without entries.
    public init() {}

    /// Makes a form of names and values, in their order; a name that repeats is appended.
    public init(_ entries: some Sequence<(String, Value)>) {
        self.entries = entries.map { Entry(name: $0.0, value: $0.1) }
    }

    /// Reads `application/x-www-form-urlencoded`.
    init(urlencoded bytes: [UInt8]) {
        entries = FormURLEncoded.parse(bytes.span).map { Entry(name: $0.name, value: Value($0.value)) }
    }

    // MARK: - The standard's methods

    /// Adds an entry of text.
    ///
    /// Implements [append](https://xhr.spec.whatwg.org/#dom-formdata-append).
    public mutating func append(_ name: String, _ value: String) {
        append(name, Value(value))
    }

    /// Adds an entry of a blob, which becomes a file named `blob` unless there is another name for it.
    ///
    /// Implements [append](https://xhr.spec.whatwg.org/#dom-formdata-append-blob).
    public mutating func append(_ name: String, _ value: Blob, filename: String? = nil) {
        append(name, Value(File(value, name: filename ?? "blob")))
    }

    /// Adds an entry of a file, under another name if there is one.
    ///
    /// Implements [append](https://xhr.spec.whatwg.org/#dom-formdata-append-blob).
    public mutating func append(_ name: String, _ value: File, filename: String? = nil) {
        append(name, Value(value.named(filename)))
    }

    /// Removes all entries of a name.
    ///
    /// Implements [delete](https://xhr.spec.whatwg.org/#dom-formdata-delete).
    public mutating func delete(_ name: String) {
        entries.removeAll { $0.isNamed(name) }
    }

    /// The value of the first entry of a name, nil if there is none.
    ///
    /// Implements [get](https://xhr.spec.whatwg.org/#dom-formdata-get).
    public func get(_ name: String) -> Value? {
        entries.first { $0.isNamed(name) }?.value
    }

    /// The values of all entries of a name.
    ///
    /// Implements [getAll](https://xhr.spec.whatwg.org/#dom-formdata-getall).
    public func getAll(_ name: String) -> [Value] {
        entries.compactMap { $0.isNamed(name) ? $0.value : nil }
    }

    /// Whether there is an entry of a name.
    ///
    /// Implements [has](https://xhr.spec.whatwg.org/#dom-formdata-has).
    public func has(_ name: String) -> Bool {
        entries.contains { $0.isNamed(name) }
    }

    /// Gives a name one value of text: the first entry of the name keeps its place, the others go.
    ///
    /// Implements [set](https://xhr.spec.whatwg.org/#dom-formdata-set).
    public mutating func set(_ name: String, _ value: String) {
        set(name, Value(value))
    }

    /// Gives a name one blob, as a file named `blob` unless there is another name for it.
    ///
    /// Implements [set](https://xhr.spec.whatwg.org/#dom-formdata-set-blob).
    public mutating func set(_ name: String, _ value: Blob, filename: String? = nil) {
        set(name, Value(File(value, name: filename ?? "blob")))
    }

    /// Gives a name one file, under another name if there is one.
    ///
    /// Implements [set](https://xhr.spec.whatwg.org/#dom-formdata-set-blob).
    public mutating func set(_ name: String, _ value: File, filename: String? = nil) {
        set(name, Value(value.named(filename)))
    }

    /// The names of the entries, repeated ones each time.
    public func keys() -> [String] { entries.map(\.name) }

    /// The values of the entries.
    public func values() -> [Value] { entries.map(\.value) }

    /// The text of the first entry of a name, nil if there is none or if it is a file; assigning sets it, nil deletes.
    public subscript(_ name: String) -> String? {
        get { get(name)?.text }
        set {
            if let newValue { set(name, newValue) } else { delete(name) }
        }
    }

    // MARK: - Algorithms

    mutating func append(_ name: String, _ value: Value) {
        entries.append(Entry(name: name, value: value))
    }

    private mutating func set(_ name: String, _ value: Value) {
        let entry = Entry(name: name, value: value)
        guard let first = entries.firstIndex(where: { $0.isNamed(name) }) else {
            entries.append(entry)
            return
        }
        entries[first] = entry
        let rest = entries[(first + 1)...].filter { !$0.isNamed(name) }
        entries.replaceSubrange((first + 1)..., with: rest)
    }
}

extension File {
    /// The same file under another name, if there is one.
    fileprivate func named(_ filename: String?) -> File {
        guard let filename else { return self }
        return File(blob, name: filename, lastModified: lastModified)
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
        self.init(elements)
    }
}
