// Copyright 2026 the Whippet authors
// SPDX-License-Identifier: Apache-2.0

// A form as a Decodable type. `FormDecoder` stands for the whole form and gives a keyed container (`FormFields`);
// `FormField` stands for the values of one name and gives a list (`FormElements`) or a single value.

/// Decodes a type from the entries of a form or a query.
struct FormDecoder: Decoder {
    /// The entries by name, each in their order.
    final class Entries: Sendable {
        let names: [String]
        let values: [String: [FormData.Value]]

        init(_ entries: some Sequence<(name: String, value: FormData.Value)>) {
            var names: [String] = []
            var values: [String: [FormData.Value]] = [:]
            for (name, value) in entries {
                if values[name] == nil { names.append(name) }
                values[name, default: []].append(value)
            }
            self.names = names
            self.values = values
        }
    }

    let entries: Entries
    var codingPath: [any CodingKey] { [] }
    var userInfo: [CodingUserInfoKey: Any] { [:] }

    /// Decodes a type.
    ///
    /// - Throws: `FormError`; an error of another type that `init(from:)` threw passes as it is.
    static func decode<Value: Decodable>(
        _ type: Value.Type, from entries: some Sequence<(name: String, value: FormData.Value)>
    ) throws -> Value {
        do {
            return try Value(from: FormDecoder(entries: Entries(entries)))
        } catch let error as DecodingError {
            throw FormError(error)
        }
    }

    func container<Key: CodingKey>(keyedBy type: Key.Type) throws -> KeyedDecodingContainer<Key> {
        KeyedDecodingContainer(FormFields(entries: entries))
    }

    func unkeyedContainer() throws -> any UnkeyedDecodingContainer {
        throw FormError(field: "", problem: "a form has names and is no list")
    }

    func singleValueContainer() throws -> any SingleValueDecodingContainer {
        throw FormError(field: "", problem: "a form has names and is no single value")
    }
}

extension FormError {
    /// The error for one that the standard library or `init(from:)` threw.
    fileprivate init(_ error: DecodingError) {
        switch error {
        case .keyNotFound(let key, let context):
            self.init(context.codingPath + [key], problem: "is missing")
        case .valueNotFound(_, let context), .typeMismatch(_, let context), .dataCorrupted(let context):
            self.init(context.codingPath, problem: context.debugDescription)
        @unknown default:
            self.init(field: "", problem: "is not what is expected")
        }
    }

    init(_ path: [any CodingKey], problem: String) {
        var field = ""
        for key in path { field += key.intValue.map { "[\($0)]" } ?? key.stringValue }
        self.init(field: field, problem: problem)
    }
}

/// A place in a list.
struct FormIndex: CodingKey {
    let index: Int

    init(_ index: Int) { self.index = index }
    init?(intValue: Int) { self.init(intValue) }
    init?(stringValue: String) { nil }

    var intValue: Int? { index }
    var stringValue: String { "\(index)" }
}

/// What a name with several values may become; without any, it is empty.
protocol FormList {}
extension Array: FormList {}
extension ContiguousArray: FormList {}
extension Set: FormList {}
