// Copyright 2026 the Whippet authors
// SPDX-License-Identifier: Apache-2.0

public import WhippetJSON

#if canImport(FoundationEssentials)
public import FoundationEssentials
#else
public import struct Foundation.Data
public import struct Foundation.Date
public import struct Foundation.Decimal
public import struct Foundation.URL
public import struct Foundation.UUID
#endif

// The same forms as with `JSON.decode` and `JSON.encode`, and by the same options.

extension Date: JSONReadable, JSONWritable {
    /// Reads a date in the form that the options name.
    public init(json reader: JSON.Reader) throws { self = try reader.decode() }

    /// Writes the date in the form that the options name.
    public func write(json writer: inout JSON.Writer) throws { try writer.encode(self) }
}

extension Data: JSONReadable, JSONWritable {
    /// Reads bytes in the form that the options name.
    public init(json reader: JSON.Reader) throws { self = try reader.decode() }

    /// Writes the bytes in the form that the options name.
    public func write(json writer: inout JSON.Writer) throws { try writer.encode(self) }
}

extension Decimal: JSONReadable, JSONWritable {
    /// Reads a number from its digits.
    public init(json reader: JSON.Reader) throws { self = try reader.decode() }

    /// Writes all digits of the number.
    public func write(json writer: inout JSON.Writer) throws { try writer.encode(self) }
}

extension URL: JSONReadable, JSONWritable {
    /// Reads a URL from a string.
    public init(json reader: JSON.Reader) throws { self = try reader.decode() }

    /// Writes the URL as a string.
    public func write(json writer: inout JSON.Writer) throws { try writer.encode(self) }
}

extension UUID: JSONReadable, JSONWritable {
    /// Reads a UUID from a string.
    public init(json reader: JSON.Reader) throws { self = try reader.decode() }

    /// Writes the UUID as a string.
    public func write(json writer: inout JSON.Writer) throws { try writer.encode(self) }
}
