// Copyright 2026 the Whippet authors
// SPDX-License-Identifier: Apache-2.0

extension JSON: Sequence {
    /// The value under `key`, or `null` where there is none: `json["items"]`.
    ///
    /// Setting puts a value under a new key last and keeps a known key's place; `null` becomes an object that way. As
    /// in JavaScript, setting has no effect on a value that can't hold members. Ask `objectValue` to tell a key that
    /// is missing from one whose value is `null`.
    public subscript(key: String) -> JSON {
        get {
            if case .object(let object) = self { return object[key] ?? .null }
            return .null
        }
        set {
            switch self {
            case .object(var object):
                self = .null  // The only reference moves, so that setting copies nothing.
                object[key] = newValue
                self = .object(object)
            case .null:
                self = .object([key: newValue])
            case .bool, .number, .string, .array:
                return
            }
        }
    }

    /// The value at `index`, or `null` where there is none: `json[0]`.
    ///
    /// Setting replaces a value, or appends one where `index` is the count; elsewhere it has no effect.
    public subscript(index: Int) -> JSON {
        get {
            if case .array(let values) = self, values.indices.contains(index) { return values[index] }
            return .null
        }
        set {
            guard case .array(var values) = self, index >= 0, index <= values.count else { return }
            self = .null  // The only reference moves, so that setting copies nothing.
            if index == values.count {
                values.append(newValue)
            } else {
                values[index] = newValue
            }
            self = .array(values)
        }
    }

    /// The values of an array or of an object, in their order; nothing for other values.
    public func makeIterator() -> IndexingIterator<[JSON]> {
        switch self {
        case .array(let values): return values.makeIterator()
        case .object(let object): return object.map(\.value).makeIterator()
        case .null, .bool, .number, .string: return [].makeIterator()
        }
    }

    /// How many values the iterator gives.
    public var underestimatedCount: Int { count }
}
