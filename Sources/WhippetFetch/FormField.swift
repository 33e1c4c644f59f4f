// Copyright 2026 the Whippet authors
// SPDX-License-Identifier: Apache-2.0

internal import WhippetJSON

/// The values of one name of a form, of which a single value is the first.
struct FormField: Decoder, SingleValueDecodingContainer {
    let values: [FormData.Value]
    let codingPath: [any CodingKey]
    var userInfo: [CodingUserInfoKey: Any] { [:] }

    func container<Key: CodingKey>(keyedBy type: Key.Type) throws -> KeyedDecodingContainer<Key> {
        throw error("a form has no fields within fields")
    }

    func unkeyedContainer() throws -> any UnkeyedDecodingContainer {
        FormElements(values: values, codingPath: codingPath)
    }

    func singleValueContainer() throws -> any SingleValueDecodingContainer { self }

    func decodeNil() -> Bool { values.isEmpty }

    // MARK: - Values

    /// The value as a type that says itself how it is written.
    func scalar<Value: FormScalar>() throws -> Value {
        guard let value = values.first else {
            if let absent = Value.absent { return absent }
            throw error("is missing")
        }
        guard let text = value.text else { throw error("expected \(Value.expectation), found a file") }
        guard let scalar = Value(formText: text) else {
            throw error("expected \(Value.expectation), found \(quoted(text))")
        }
        return scalar
    }

    /// The file of the field.
    func file() throws -> File {
        guard let value = values.first else { throw error("is missing") }
        guard let file = value.file else { throw error("expected a file, found text") }
        return file
    }

    func decode(_ type: Bool.Type) throws -> Bool { try scalar() }
    func decode(_ type: String.Type) throws -> String { try scalar() }
    func decode(_ type: Double.Type) throws -> Double { try scalar() }
    func decode(_ type: Float.Type) throws -> Float { try scalar() }
    func decode(_ type: Int.Type) throws -> Int { try scalar() }
    func decode(_ type: Int8.Type) throws -> Int8 { try scalar() }
    func decode(_ type: Int16.Type) throws -> Int16 { try scalar() }
    func decode(_ type: Int32.Type) throws -> Int32 { try scalar() }
    func decode(_ type: Int64.Type) throws -> Int64 { try scalar() }
    func decode(_ type: UInt.Type) throws -> UInt { try scalar() }
    func decode(_ type: UInt8.Type) throws -> UInt8 { try scalar() }
    func decode(_ type: UInt16.Type) throws -> UInt16 { try scalar() }
    func decode(_ type: UInt32.Type) throws -> UInt32 { try scalar() }
    func decode(_ type: UInt64.Type) throws -> UInt64 { try scalar() }

    func decode<Value: Decodable>(_ type: Value.Type) throws -> Value {
        if values.isEmpty, !(type is any FormList.Type), !(type is any FormScalar.Type) { throw error("is missing") }
        do {
            if let form = try jsonForm(of: type) { return form }
            return try Value(from: self)
        } catch DecodingError.dataCorrupted(let context) where context.codingPath.count == codingPath.count {
            // An enumeration without a case for the value, as a rule; what the standard library says names Swift types.
            throw error("the value \(quoted(values.first?.text ?? "")) is not one of those allowed")
        }
    }

    /// The value of a type that has a form of its own in JSON, such as a date: the same text is its form here.
    private func jsonForm<Value: Decodable>(of type: Value.Type) throws -> Value? {
        guard type is any TapeReadable.Type, !(type is any FormList.Type), let text = values.first?.text else {
            return nil
        }
        do {
            return try JSON.decode(type, from: JSON.encode(text))
        } catch let problem as JSONError {
            // A number stands without quotation marks.
            if Double(formText: text) != nil, let value = try? JSON.decode(type, from: Array(text.utf8)) {
                return value
            }
            throw error("\(problem.message), found \(quoted(text))")
        }
    }

    /// Whether the field is not there, or is what a browser sends for an input that was left empty.
    func isLeftEmpty<Value>(for type: Value.Type) -> Bool {
        guard let first = values.first else { return true }
        if let file = first.file { return file.name.isEmpty && file.size == 0 }
        return first.text?.isEmpty == true && type != String.self && !(type is any FormList.Type)
    }

    private func error(_ problem: String) -> FormError {
        FormError(codingPath, problem: problem)
    }
}

/// The values of one name as a list.
struct FormElements: UnkeyedDecodingContainer {
    let values: [FormData.Value]
    let codingPath: [any CodingKey]
    private(set) var currentIndex = 0

    init(values: [FormData.Value], codingPath: [any CodingKey]) {
        // A file input that was left empty brings one value all the same.
        let isLeftEmpty = values.count == 1 && values[0].file.map { $0.name.isEmpty && $0.size == 0 } == true
        self.values = isLeftEmpty ? [] : values
        self.codingPath = codingPath
    }

    var count: Int? { values.count }
    var isAtEnd: Bool { currentIndex >= values.count }

    private mutating func next() throws -> FormField {
        let path = codingPath + [FormIndex(currentIndex)]
        guard !isAtEnd else { throw FormError(path, problem: "is missing") }
        defer { currentIndex += 1 }
        return FormField(values: [values[currentIndex]], codingPath: path)
    }

    mutating func decodeNil() throws -> Bool { false }

    mutating func decode<Value: Decodable>(_ type: Value.Type) throws -> Value {
        try next().decode(type)
    }

    mutating func nestedContainer<Key: CodingKey>(keyedBy type: Key.Type) throws -> KeyedDecodingContainer<Key> {
        try next().container(keyedBy: type)
    }

    mutating func nestedUnkeyedContainer() throws -> any UnkeyedDecodingContainer {
        try next().unkeyedContainer()
    }

    mutating func superDecoder() throws -> any Decoder { try next() }
}
