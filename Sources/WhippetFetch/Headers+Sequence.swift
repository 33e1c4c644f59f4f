// Copyright 2026 the Whippet authors
// SPDX-License-Identifier: Apache-2.0

// Iteration, literals and what Swift expects of a collection of fields.
extension Headers: Sequence {
    /// A name in lower case and its value.
    public typealias Element = (name: String, value: String)

    /// Iterates over the names in alphabetical order, in lower case, with their values combined; each `set-cookie`
    /// stands for itself.
    ///
    /// As the standard's iteration, over the fields as they are at the start.
    public func makeIterator() -> Iterator {
        Iterator(fields)
    }

    /// The names that the iteration gives.
    public func keys() -> [String] {
        map(\.name)
    }

    /// The values that the iteration gives.
    public func values() -> [String] {
        map(\.value)
    }
}

extension Headers: ExpressibleByDictionaryLiteral {
    /// Makes headers of a literal; a name that repeats is appended.
    ///
    /// Does not throw: a name or a value that may not stand in a header makes the answer a 500.
    public init(dictionaryLiteral elements: (Name, String)...) {
        self.init()
        var list: [Field] = []
        list.reserveCapacity(elements.count)
        for (name, value) in elements {
            guard let value = checked(name.rawValue, value, in: "Headers.append") else { continue }
            list.append(Field(name: name.rawValue, value: value))
        }
        storage = .list(list)
    }
}

extension Headers: Equatable {
    /// Whether two lists have the same names with the same values, in whatever order the names stand.
    public static func == (left: Headers, right: Headers) -> Bool {
        left.elementsEqual(right) { $0.name == $1.name && $0.value == $1.value }
    }
}

extension Headers: CustomStringConvertible {
    /// The fields as the iteration gives them, one per line.
    public var description: String {
        map { "\($0.name): \($0.value)" }.joined(separator: "\n")
    }
}
