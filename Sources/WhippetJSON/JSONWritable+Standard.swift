// Copyright 2026 the Whippet authors
// SPDX-License-Identifier: Apache-2.0

extension Bool: JSONWritable {
    /// Writes `true` or `false`.
    public func write(json writer: inout JSON.Writer) throws {
        try writer.write { self ? $0.append("true") : $0.append("false") }
    }
}

extension String: JSONWritable {
    /// Writes the string.
    public func write(json writer: inout JSON.Writer) throws { try writer.write { $0.append(string: self) } }
}

extension Double: JSONWritable {
    /// Writes the number with the fewest digits that read back as the same value.
    public func write(json writer: inout JSON.Writer) throws { try writer.write(number: self) }
}

extension Float: JSONWritable {
    /// Writes the number with the fewest digits that read back as the same value.
    public func write(json writer: inout JSON.Writer) throws { try writer.write(number: self) }
}

extension Int: JSONWritable {
    /// Writes the number.
    public func write(json writer: inout JSON.Writer) throws { try writer.write { $0.append(integer: self) } }
}

extension Int8: JSONWritable {
    /// Writes the number.
    public func write(json writer: inout JSON.Writer) throws { try writer.write { $0.append(integer: self) } }
}

extension Int16: JSONWritable {
    /// Writes the number.
    public func write(json writer: inout JSON.Writer) throws { try writer.write { $0.append(integer: self) } }
}

extension Int32: JSONWritable {
    /// Writes the number.
    public func write(json writer: inout JSON.Writer) throws { try writer.write { $0.append(integer: self) } }
}

extension Int64: JSONWritable {
    /// Writes the number.
    public func write(json writer: inout JSON.Writer) throws { try writer.write { $0.append(integer: self) } }
}

extension UInt: JSONWritable {
    /// Writes the number.
    public func write(json writer: inout JSON.Writer) throws { try writer.write { $0.append(integer: self) } }
}

extension UInt8: JSONWritable {
    /// Writes the number.
    public func write(json writer: inout JSON.Writer) throws { try writer.write { $0.append(integer: self) } }
}

extension UInt16: JSONWritable {
    /// Writes the number.
    public func write(json writer: inout JSON.Writer) throws { try writer.write { $0.append(integer: self) } }
}

extension UInt32: JSONWritable {
    /// Writes the number.
    public func write(json writer: inout JSON.Writer) throws { try writer.write { $0.append(integer: self) } }
}

extension UInt64: JSONWritable {
    /// Writes the number.
    public func write(json writer: inout JSON.Writer) throws { try writer.write { $0.append(integer: self) } }
}

extension JSON: JSONWritable {
    /// Writes the value; `null`, too.
    public func write(json writer: inout JSON.Writer) throws { try writer.write(json: self) }
}

extension Optional: JSONWritable where Wrapped: JSONWritable {
    /// Writes the value, `null` for nil.
    @inlinable
    public func write(json writer: inout JSON.Writer) throws {
        if let self {
            try self.write(json: &writer)
        } else {
            try JSON.null.write(json: &writer)
        }
    }

    /// A member that is nil is left out.
    @inlinable public var leavesOutKey: Bool { self == nil }
}

extension Array: JSONWritable where Element: JSONWritable {
    /// Writes the elements.
    @inlinable
    public func write(json writer: inout JSON.Writer) throws {
        try writer.array { array in
            for element in self { try array.write(element) }
        }
    }
}

extension Dictionary: JSONWritable where Key == String, Value: JSONWritable {
    /// Writes the members in the dictionary's order, with keys as they are; nil is `null`.
    @inlinable
    public func write(json writer: inout JSON.Writer) throws {
        try writer.object { object in
            for (key, value) in self { try object.write(key: key, value, keepsNil: true) }
        }
    }
}

extension JSONWritable where Self: RawRepresentable, RawValue: JSONWritable {
    /// Writes the raw value.
    @inlinable
    public func write(json writer: inout JSON.Writer) throws { try rawValue.write(json: &writer) }
}
