// Copyright 2026 the Whippet authors
// SPDX-License-Identifier: Apache-2.0

/// Takes a record apart, from its start to its end: numbers little-endian, texts and bytes behind their length.
///
/// Nothing is read beyond the end: each part is nil when it is not there as a whole.
struct RecordReader {
    private let bytes: [UInt8]
    /// Where the next part begins.
    private(set) var offset: Int
    private let end: Int

    /// Reads a range of bytes.
    init(_ bytes: [UInt8], in range: Range<Int>) {
        self.bytes = bytes
        let whole = range.clamped(to: 0..<bytes.count)
        offset = whole.lowerBound
        end = whole.upperBound
    }

    /// How many bytes are left.
    var rest: Int { end - offset }

    /// The next number.
    mutating func number<Number: FixedWidthInteger>(_ type: Number.Type = Number.self) -> Number? {
        let size = Number.bitWidth / 8
        guard rest >= size else { return nil }
        var value: Number = 0
        for index in 0..<size { value |= Number(truncatingIfNeeded: bytes[offset + index]) << Number(8 * index) }
        offset += size
        return value
    }

    /// The next bytes, behind their length.
    mutating func part() -> ArraySlice<UInt8>? {
        guard let count = number(UInt32.self), count <= rest else { return nil }
        defer { offset += Int(count) }
        return bytes[offset..<offset + Int(count)]
    }

    /// The next text, behind its length; nil also if it is not UTF-8.
    mutating func text() -> String? {
        part().flatMap { String(validating: $0, as: UTF8.self) }
    }
}

/// Puts a record together, as `RecordReader` takes it apart.
struct RecordWriter {
    private(set) var bytes: [UInt8] = []

    init(capacity: Int) {
        bytes.reserveCapacity(capacity)
    }

    mutating func add(_ number: some FixedWidthInteger) {
        for index in 0..<number.bitWidth / 8 { bytes.append(UInt8(truncatingIfNeeded: number >> (8 * index))) }
    }

    mutating func add(_ text: String) {
        add(UInt32(truncatingIfNeeded: text.utf8.count))
        bytes.append(contentsOf: text.utf8)
    }

    mutating func add(_ part: some Collection<UInt8>) {
        add(UInt32(truncatingIfNeeded: part.count))
        bytes.append(contentsOf: part)
    }
}
