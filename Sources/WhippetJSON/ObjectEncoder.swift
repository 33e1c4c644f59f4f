// Copyright 2026 the Whippet authors
// SPDX-License-Identifier: Apache-2.0

/// Where a keyed container writes.
struct ObjectSlot {
    let writer: SlotWriter
    /// Whether keys change their form on the way.
    let usesSnakeCase: Bool
    /// The texts of the container's keys, by their byte; nil where they are not one byte each or change their form.
    let texts: UnsafeMutablePointer<KeyText>?

    init(_ writer: SlotWriter, keys type: Any.Type, texts: UnsafeMutablePointer<KeyText>?) {
        self.writer = writer
        usesSnakeCase = writer.state.pointee.usesSnakeCase && !Self.isDictionaryKey(type)
        self.texts = usesSnakeCase ? nil : texts
    }

    /// Starts the member under a key whose text is kept, nil where there is none or the writer is out of date.
    ///
    /// - Parameter key: The key as it lies in memory.
    @inline(__always)
    func begin(_ key: UInt8) -> Int? {
        let number = Int(key)
        guard let texts, number < KeyText.count, texts[number].length > 0 else { return nil }
        return writer.beginMember(texts + number)
    }

    /// Keeps the name of a key, so that `begin` knows it.
    func keep(_ name: String, of key: UInt8) {
        let number = Int(key)
        guard let texts, number < KeyText.count, writer.isLive, let text = KeyText(name) else { return }
        texts[number] = text
    }

    /// The place of containers whose every use throws.
    // SAFETY: allocated once, never freed; its writer finds out each time that it is out of date.
    static var dead: UnsafeMutablePointer<ObjectSlot> { deadHolder.place }

    // SAFETY: the pointer never changes, and nobody writes to what it points to.
    private struct DeadHolder: @unchecked Sendable {
        let place: UnsafeMutablePointer<ObjectSlot>
    }

    private static let deadHolder: DeadHolder = {
        let place = UnsafeMutablePointer<ObjectSlot>.allocate(capacity: 1)
        place.initialize(to: ObjectSlot(.dead, keys: AnyKey.self, texts: nil))
        return DeadHolder(place: place)
    }()

    /// Whether this is the key type of the standard library's dictionaries, whose keys are data.
    private static func isDictionaryKey(_ type: Any.Type) -> Bool {
        _typeName(type) == "Swift._DictionaryCodingKey"
    }
}

/// Writes the members of an object under their keys.
struct ObjectEncoder<Key: CodingKey>: KeyedEncodingContainerProtocol {
    // SAFETY: the state that made the container keeps the place for as long as somebody holds it (`ContainerBoxes`).
    private let place: UnsafeMutablePointer<ObjectSlot>

    init(_ place: UnsafeMutablePointer<ObjectSlot>) {
        self.place = place
    }

    @inline(__always) private var writer: SlotWriter { place.pointee.writer }

    @inline(__always)
    private func name(_ key: Key) -> String {
        place.pointee.usesSnakeCase ? SnakeCase.from(camelCase: key.stringValue) : key.stringValue
    }

    /// Starts the member under `key`.
    ///
    /// - Returns: Where it starts, comma and key included.
    @inline(__always)
    @discardableResult
    private func begin(_ key: Key) throws -> Int {
        // Fast path: the key's text is ready. `beginOther` writes the same.
        // SAFETY: a type with texts has keys of one byte.
        if place.pointee.texts != nil, let start = place.pointee.begin(unsafeBitCast(key, to: UInt8.self)) {
            return start
        }
        return try beginOther(key)
    }

    @inline(never)
    private func beginOther(_ key: Key) throws -> Int {
        let name = name(key)
        // SAFETY: a type with texts has keys of one byte.
        if place.pointee.texts != nil { place.pointee.keep(name, of: unsafeBitCast(key, to: UInt8.self)) }
        return try writer.beginMember(name)
    }

    @inline(__always)
    private func write(_ key: Key, _ body: (inout TextBuffer) -> Void) throws {
        try begin(key)
        body(&writer.state.pointee.text)
    }

    var codingPath: [any CodingKey] { writer.codingPath }

    // MARK: - Nested containers

    func nestedContainer<NestedKey: CodingKey>(
        keyedBy type: NestedKey.Type, forKey key: Key
    ) -> KeyedEncodingContainer<NestedKey> {
        writer.nestedMember(name(key)).object(type)
    }

    func nestedUnkeyedContainer(forKey key: Key) -> any UnkeyedEncodingContainer {
        writer.nestedMember(name(key)).array()
    }

    func superEncoder() -> any Encoder { ValueEncoder(writer: writer.nestedMember("super")) }
    func superEncoder(forKey key: Key) -> any Encoder { ValueEncoder(writer: writer.nestedMember(name(key))) }

    // MARK: - Values

    // The usual kinds are written by code that goes into the witnesses, for a call costs half as much as writing.

    func encodeNil(forKey key: Key) throws { try write(key) { $0.append("null") } }
    @inline(__always)
    func encode(_ value: Bool, forKey key: Key) throws {
        try write(key) { value ? $0.append("true") : $0.append("false") }
    }
    @inline(__always)
    func encode(_ value: String, forKey key: Key) throws { try write(key) { $0.append(string: value) } }
    @inline(__always)
    func encode(_ value: Double, forKey key: Key) throws {
        if !value.isFinite { try writer.refuse(nonFinite: value, key: key) }
        try write(key) { _ = $0.append(number: value, nonFinite: writer.nonFinite) }
    }
    func encode(_ value: Float, forKey key: Key) throws {
        if !value.isFinite { try writer.refuse(nonFinite: value, key: key) }
        try write(key) { _ = $0.append(number: value, nonFinite: writer.nonFinite) }
    }
    @inline(__always)
    func encode(_ value: Int, forKey key: Key) throws { try write(key) { $0.append(integer: value) } }
    func encode(_ value: Int8, forKey key: Key) throws { try write(key) { $0.append(integer: value) } }
    func encode(_ value: Int16, forKey key: Key) throws { try write(key) { $0.append(integer: value) } }
    func encode(_ value: Int32, forKey key: Key) throws { try write(key) { $0.append(integer: value) } }
    func encode(_ value: Int64, forKey key: Key) throws { try write(key) { $0.append(integer: value) } }
    func encode(_ value: Int128, forKey key: Key) throws { try write(key) { $0.append(integer: value) } }
    func encode(_ value: UInt, forKey key: Key) throws { try write(key) { $0.append(integer: value) } }
    func encode(_ value: UInt8, forKey key: Key) throws { try write(key) { $0.append(integer: value) } }
    func encode(_ value: UInt16, forKey key: Key) throws { try write(key) { $0.append(integer: value) } }
    func encode(_ value: UInt32, forKey key: Key) throws { try write(key) { $0.append(integer: value) } }
    func encode(_ value: UInt64, forKey key: Key) throws { try write(key) { $0.append(integer: value) } }
    func encode(_ value: UInt128, forKey key: Key) throws { try write(key) { $0.append(integer: value) } }

    func encode<Value: Encodable>(_ value: Value, forKey key: Key) throws {
        // Fast path: a type that `encodeOther` has found to write itself. It does the same.
        if writer.isCodable(Value.self) { return try writer.encode(value, nil, from: try begin(key)) }
        try encodeOther(value, key)
    }

    @inline(never)
    private func encodeOther<Value: Encodable>(_ value: Value, _ key: Key) throws {
        // Dictionaries hand their values over without their type's name.
        if Value.self == String.self { return try encode(cast(value) as String, forKey: key) }
        if Value.self == Int.self { return try encode(cast(value) as Int, forKey: key) }
        if Value.self == JSON.self {
            return try writer.append(json: cast(value), from: try begin(key), key: key)
        }
        let shortcut = try writer.shortcut(Value.self, key: key)
        try writer.encode(value, shortcut, from: try begin(key))
    }
}
