// Copyright 2026 the Whippet authors
// SPDX-License-Identifier: Apache-2.0

/// A type that writes itself into a slot, with the same result as its `encode(to:)`.
///
/// A type of another library that codes itself in an odd way gets its usual form by it, where a module says so.
/// The standard library's array hands a copy of each element to a container that it knows only as a protocol.
package protocol SlotWritable: Encodable {
    /// Writes the value.
    func write(_ writer: SlotWriter) throws
}

extension Array: SlotWritable where Element: Encodable {
    package func write(_ writer: SlotWriter) throws {
        let array = writer.array()
        if Element.self == String.self {
            for value in cast(self) as [String] { try array.encode(value) }
        } else if Element.self == Int.self {
            for value in cast(self) as [Int] { try array.encode(value) }
        } else if Element.self == Double.self {
            for value in cast(self) as [Double] { try array.encode(value) }
        } else {
            try withUnsafeBufferPointer { try array.encode(contentsOf: $0) }
        }
    }
}

extension ArrayEncoder {
    /// Writes values of one type that need no case of their own in `encode(_:)`.
    fileprivate func encode<Value: Encodable>(contentsOf values: UnsafeBufferPointer<Value>) throws {
        guard let first = values.baseAddress, values.count > 0 else { return }
        if Value.self == JSON.self {
            for value in values { try encode(value) }
            return
        }
        let shortcut = try writer.shortcut(Value.self, key: AnyKey(intValue: count))
        // SAFETY: nobody writes through the pointer. It lends an element, where reading one would copy it.
        let elements = UnsafeMutablePointer(mutating: first)
        for index in values.indices {
            let start = try writer.beginElement()
            try writer.encode(lent: &elements[index], shortcut, from: start)
        }
    }
}

extension SlotWriter {
    /// Whether the writer is live, and has found that values of a type write themselves.
    @inline(__always)
    func isCodable(_ type: Any.Type) -> Bool {
        isLive && state.pointee.types.isCodable(type)
    }

    /// The shortcut of a type, nil where there is none.
    ///
    /// - Throws: Where the type's own coding is not what JSON should hold, or the writer is out of date.
    @inline(__always)
    func shortcut(
        _ type: Any.Type, key: @autoclosure () -> (any CodingKey)?
    ) throws -> (any SlotWritable.Type)? {
        try check()
        switch state.pointee.types.way(type, find: { $0 as? any SlotWritable.Type }) {
        case .codable: return nil
        case .shortcut(let shortcut): return shortcut
        case .refused: throw foreign(type, key())
        }
    }

    /// Writes a value by its shortcut, if it has one.
    @inline(__always)
    func write<Value: Encodable>(_ value: Value, _ shortcut: (any SlotWritable.Type)?) throws {
        if let shortcut {
            try withUnsafePointer(to: value) { try write(at: $0, by: shortcut) }
        } else {
            try value.encode(to: ValueEncoder(writer: self))
        }
    }

    private func write<Value, Writable: SlotWritable>(at value: UnsafePointer<Value>, by _: Writable.Type) throws {
        // SAFETY: the type table gave the shortcut for this very type.
        try UnsafeRawPointer(value).assumingMemoryBound(to: Writable.self).pointee.write(self)
    }

    @inline(never)
    private func foreign(_ type: Any.Type, _ key: (any CodingKey)?) -> any Error {
        let path = PathText.text(codingPath + (key.map { [$0] } ?? []))
        return JSONError(kind: .notEncodable, path: path, reason: ForeignTypes.reason(type))
    }
}
