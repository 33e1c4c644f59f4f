// Copyright 2026 the Whippet authors
// SPDX-License-Identifier: Apache-2.0

/// The encoder that `encode(to:)` gets, which is also the container of a single value.
struct ValueEncoder: Encoder, SingleValueEncodingContainer {
    let writer: SlotWriter

    var codingPath: [any CodingKey] { writer.codingPath }
    var userInfo: [CodingUserInfoKey: Any] { writer.userInfo }

    func container<Key: CodingKey>(keyedBy type: Key.Type) -> KeyedEncodingContainer<Key> { writer.object(type) }
    func unkeyedContainer() -> any UnkeyedEncodingContainer { writer.array() }
    func singleValueContainer() -> any SingleValueEncodingContainer { self }

    func encodeNil() throws { try write { $0.append("null") } }
    func encode(_ value: Bool) throws { try write { value ? $0.append("true") : $0.append("false") } }
    func encode(_ value: String) throws { try write { $0.append(string: value) } }
    func encode(_ value: Double) throws {
        if !value.isFinite { try writer.refuse(nonFinite: value) }
        try write { _ = $0.append(number: value, nonFinite: writer.nonFinite) }
    }
    func encode(_ value: Float) throws {
        if !value.isFinite { try writer.refuse(nonFinite: value) }
        try write { _ = $0.append(number: value, nonFinite: writer.nonFinite) }
    }
    func encode(_ value: Int) throws { try write { $0.append(integer: value) } }
    func encode(_ value: Int8) throws { try write { $0.append(integer: value) } }
    func encode(_ value: Int16) throws { try write { $0.append(integer: value) } }
    func encode(_ value: Int32) throws { try write { $0.append(integer: value) } }
    func encode(_ value: Int64) throws { try write { $0.append(integer: value) } }
    func encode(_ value: Int128) throws { try write { $0.append(integer: value) } }
    func encode(_ value: UInt) throws { try write { $0.append(integer: value) } }
    func encode(_ value: UInt8) throws { try write { $0.append(integer: value) } }
    func encode(_ value: UInt16) throws { try write { $0.append(integer: value) } }
    func encode(_ value: UInt32) throws { try write { $0.append(integer: value) } }
    func encode(_ value: UInt64) throws { try write { $0.append(integer: value) } }
    func encode(_ value: UInt128) throws { try write { $0.append(integer: value) } }

    func encode<Value: Encodable>(_ value: Value) throws {
        let shortcut = try writer.shortcut(Value.self, key: nil)
        if Value.self == JSON.self {
            try writer.append(json: cast(value))
        } else {
            try writer.write(value, shortcut)
        }
    }

    /// Writes the one value of the slot.
    @inline(__always)
    private func write(_ body: (inout TextBuffer) -> Void) throws {
        try writer.beginScalar()
        body(&writer.state.pointee.text)
    }
}
