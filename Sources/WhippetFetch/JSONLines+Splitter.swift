// Copyright 2026 the Whippet authors
// SPDX-License-Identifier: Apache-2.0

/// Cuts chunks into lines, wherever the chunks end.
///
/// A line ends at a line feed; a carriage return before it is white space to JSON. Lines of white space are passed over,
/// a byte order mark at the start too.
struct LineSplitter {
    /// A line is longer than allowed.
    struct LineTooLong: Error {
        let number: Int
    }

    /// What becomes of a line and its number.
    typealias Read<Result> = (_ line: UnsafeBufferPointer<UInt8>, _ number: Int) throws -> Result

    /// How many bytes a line may have, its line feed not counted.
    let limit: Int
    /// The number of the line that is being gathered.
    private var number = 1
    private var chunk: [UInt8] = []
    /// Where in `chunk` the rest starts.
    private var position = 0
    /// The start of a line whose end has not come.
    private var partial: [UInt8] = []

    init(limit: Int) {
        self.limit = limit
    }

    /// Adds bytes; to be called when `next` has returned nil.
    mutating func append(_ bytes: [UInt8]) {
        chunk = bytes
        position = 0
    }

    /// Reads the next line that is there as a whole; nil where more bytes are needed.
    ///
    /// - Throws: `LineTooLong`, as soon as the limit is passed; what `read` throws.
    mutating func next<Result>(_ read: Read<Result>) throws -> Result? {
        while let end = chunk[position...].firstIndex(of: 0x0A) {
            let start = position
            position = end + 1
            let result: Result?
            if partial.isEmpty {
                // Fast path: a line that lies within a chunk is not copied; "a split makes no difference" tests both.
                guard end - start <= limit else { throw LineTooLong(number: number) }
                result = try chunk.withUnsafeBufferPointer {
                    try Self.content(UnsafeBufferPointer(rebasing: $0[start..<end]), number, read)
                }
            } else {
                try gather(start..<end)
                result = try takePartial(read)
            }
            number += 1
            if let result { return result }
        }
        try gather(position..<chunk.count)
        position = chunk.count
        return nil
    }

    /// Reads the last line, which needs no line feed; nil where there is none.
    mutating func last<Result>(_ read: Read<Result>) throws -> Result? {
        try takePartial(read)
    }

    private mutating func gather(_ range: Range<Int>) throws {
        guard range.count <= limit - partial.count else { throw LineTooLong(number: number) }
        partial += chunk[range]
    }

    private mutating func takePartial<Result>(_ read: Read<Result>) throws -> Result? {
        defer { partial.removeAll(keepingCapacity: true) }
        return try partial.withUnsafeBufferPointer { try Self.content($0, number, read) }
    }

    /// Reads a line, nil for one of white space.
    private static func content<Result>(
        _ line: UnsafeBufferPointer<UInt8>, _ number: Int, _ read: Read<Result>
    ) throws -> Result? {
        let hasMark = number == 1 && line.starts(with: [0xEF, 0xBB, 0xBF])
        let text = hasMark ? UnsafeBufferPointer(rebasing: line[3...]) : line
        if text.allSatisfy({ $0 == 0x20 || $0 == 0x09 || $0 == 0x0D }) { return nil }
        return try read(text, number)
    }
}
