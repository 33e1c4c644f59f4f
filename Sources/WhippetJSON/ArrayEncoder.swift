// Copyright 2026 the Whippet authors
// SPDX-License-Identifier: Apache-2.0

/// Writes the elements of an array one after another.
struct ArrayEncoder: UnkeyedEncodingContainer {
    let writer: SlotWriter

    var codingPath: [any CodingKey] { writer.codingPath }
    var count: Int { writer.isLive ? Int(writer.state.pointee.slots[Int(writer.slot)].count) : 0 }

    func nestedContainer<NestedKey: CodingKey>(keyedBy type: NestedKey.Type) -> KeyedEncodingContainer<NestedKey> {
        writer.nestedElement().object(type)
    }

    func nestedUnkeyedContainer() -> any UnkeyedEncodingContainer { writer.nestedElement().array() }
    func superEncoder() -> any Encoder { ValueEncoder(writer: writer.nestedElement()) }

    func encodeNil() throws { try write { $0.append("null") } }
    func encode(_ value: Bool) throws { try write { value ? $0.append("true") : $0.append("false") } }
    func encode(_ value: String) throws { try write { $0.append(string: value) } }
    func encode(_ value: Double) throws {
        if !value.isFinite { try writer.refuse(nonFinite: value, key: AnyKey(intValue: count)) }
        try write { _ = $0.append(number: value, nonFinite: writer.nonFinite) }
    }
    func encode(_ value: Float) throws {
        if !value.isFinite { try writer.refuse(nonFinite: value, key: AnyKey(intValue: count)) }
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
        if Value.self == String.self { return try encode(cast(value) as String) }
        if Value.self == Int.self { return try encode(cast(value) as Int) }
        if Value.self == Double.self { return try encode(cast(value) as Double) }
        let shortcut = try writer.shortcut(Value.self, key: AnyKey(intValue: count))
        let start = try writer.beginElement()
        if Value.self == JSON.self {
            try writer.append(json: cast(value), from: start, key: AnyKey(intValue: count - 1))
        } else {
            try writer.encode(value, shortcut, from: start)
        }
    }

    @inline(__always)
    private func write(_ body: (inout TextBuffer) -> Void) throws {
        try writer.beginElement()
        body(&writer.state.pointee.text)
    }
}
