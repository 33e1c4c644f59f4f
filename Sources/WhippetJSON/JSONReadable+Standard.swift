// Copyright 2026 the Whippet authors
// SPDX-License-Identifier: Apache-2.0

extension JSON.Reader {
    @inline(__always)
    fileprivate func integer<Integer: FixedWidthInteger>() throws -> Integer {
        try tape.check()
        return try tape.integer(Integer.self, at: index)
    }

    fileprivate func bool() throws -> Bool {
        try tape.check()
        return try tape.bool(at: index)
    }
}

extension Bool: JSONReadable {
    /// Reads `true` or `false`.
    public init(json reader: JSON.Reader) throws { self = try reader.bool() }
}

extension String: JSONReadable {
    /// Reads a string.
    public init(json reader: JSON.Reader) throws {
        try reader.tape.check()
        self = try reader.tape.string(at: reader.index)
    }
}

extension Double: JSONReadable {
    /// Reads a number, or what the options say stands for one that is not finite.
    public init(json reader: JSON.Reader) throws {
        try reader.tape.check()
        self = try reader.tape.double(at: reader.index)
    }
}

extension Float: JSONReadable {
    /// Reads a number, or what the options say stands for one that is not finite.
    public init(json reader: JSON.Reader) throws {
        try reader.tape.check()
        self = try reader.tape.float(at: reader.index)
    }
}

extension Int: JSONReadable {
    /// Reads a number without a fraction that fits.
    public init(json reader: JSON.Reader) throws { self = try reader.integer() }
}

extension Int8: JSONReadable {
    /// Reads a number without a fraction that fits.
    public init(json reader: JSON.Reader) throws { self = try reader.integer() }
}

extension Int16: JSONReadable {
    /// Reads a number without a fraction that fits.
    public init(json reader: JSON.Reader) throws { self = try reader.integer() }
}

extension Int32: JSONReadable {
    /// Reads a number without a fraction that fits.
    public init(json reader: JSON.Reader) throws { self = try reader.integer() }
}

extension Int64: JSONReadable {
    /// Reads a number without a fraction that fits.
    public init(json reader: JSON.Reader) throws { self = try reader.integer() }
}

extension UInt: JSONReadable {
    /// Reads a number without a fraction that fits.
    public init(json reader: JSON.Reader) throws { self = try reader.integer() }
}

extension UInt8: JSONReadable {
    /// Reads a number without a fraction that fits.
    public init(json reader: JSON.Reader) throws { self = try reader.integer() }
}

extension UInt16: JSONReadable {
    /// Reads a number without a fraction that fits.
    public init(json reader: JSON.Reader) throws { self = try reader.integer() }
}

extension UInt32: JSONReadable {
    /// Reads a number without a fraction that fits.
    public init(json reader: JSON.Reader) throws { self = try reader.integer() }
}

extension UInt64: JSONReadable {
    /// Reads a number without a fraction that fits.
    public init(json reader: JSON.Reader) throws { self = try reader.integer() }
}

extension JSON: JSONReadable {
    /// Reads any value.
    public init(json reader: JSON.Reader) throws {
        try reader.tape.check()
        self = reader.tape.tape.json(at: reader.index)
    }
}

extension Optional: JSONReadable where Wrapped: JSONReadable {
    /// Reads a value, nil for `null`.
    @inlinable
    public init(json reader: JSON.Reader) throws {
        self = reader.isNull ? nil : try Wrapped(json: reader)
    }

    /// A key that is missing reads as nil.
    @inlinable public static var forMissingKey: Wrapped?? { .some(nil) }
}

extension Array: JSONReadable where Element: JSONReadable {
    /// Reads the elements of an array.
    @inlinable
    public init(json reader: JSON.Reader) throws {
        // Fast path: strings are made by code that knows the type. The loop below gives the same for them.
        if Element.self == String.self {
            self = cast(try reader.strings())
            return
        }
        var elements = try reader.array()
        let count = elements.count
        if MemoryLayout<Element>.size <= MemoryLayout<String>.size {
            self.init()
            reserveCapacity(count)
            while let element = elements.next() { append(try Element(json: element)) }
            return
        }
        self = try Array(unsafeUninitializedCapacity: count) { buffer, initialized in
            guard let start = buffer.baseAddress else { return }
            // SAFETY: the array has room for `count` elements. The pointer takes a large element over, where
            // `append` copies it.
            while initialized < count, let element = elements.next() {
                (start + initialized).initialize(to: try Element(json: element))
                initialized += 1
            }
        }
    }
}

extension Dictionary: JSONReadable where Key == String, Value: JSONReadable {
    /// Reads the members of an object; of two equal keys the last one's value counts.
    @inlinable
    public init(json reader: JSON.Reader) throws {
        let members = try reader.object().members
        self.init(minimumCapacity: members.count)
        for (key, value) in members { self[key] = try Value(json: value) }
    }
}

extension JSONReadable where Self: RawRepresentable, RawValue: JSONReadable {
    /// Reads a raw value that the type has.
    @inlinable
    public init(json reader: JSON.Reader) throws {
        let rawValue = try RawValue(json: reader)
        guard let value = Self(rawValue: rawValue) else { throw reader.error("is none of the values of \(Self.self)") }
        self = value
    }
}
