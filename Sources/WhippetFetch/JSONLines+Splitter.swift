// Copyright 2026 the Whippet authors
// SPDX-License-Identifier: Apache-2.0

/// Cuts chunks into lines, wherever the chunks end.
///
/// A line ends at a line feed; what comes before it, a carriage return included, is white space to JSON or its fault.
struct LineSplitter {
    /// The line that is being gathered is longer than allowed.
    struct LineTooLong: Error {}

    /// How many bytes a line may have, its end not counted.
    let limit: Int
    /// The number of the line that came last, from 1.
    private(set) var number = 0
    private var chunk: [UInt8] = []
    /// Where in `chunk` the next line starts.
    private var position = 0
    /// The start of a line whose end has not come.
    private var partial: [UInt8] = []

    init(limit: Int) {
        self.limit = limit
    }

    /// Adds bytes; call it only when there is no further line in those before.
    mutating func append(_ bytes: [UInt8]) {
        chunk = bytes
        position = 0
    }

    /// Reads the next line that is there as a whole; nil where more bytes are needed.
    ///
    /// - Throws: `LineTooLong`, as soon as the limit is passed; what `body` throws.
    mutating func next<Result>(_ body: (UnsafeBufferPointer<UInt8>) throws -> Result) throws -> Result? {
        guard let end = chunk[position...].firstIndex(of: 0x0A) else {
            try gather(chunk.count)
            return nil
        }
        number += 1
        if partial.isEmpty {
            guard end - position <= limit else { throw LineTooLong() }
            let line = position..<end
            position = end + 1
            return try chunk.withUnsafeBufferPointer { try body(UnsafeBufferPointer(rebasing: $0[line])) }
        }
        number -= 1
        try gather(end)
        number += 1
        position += 1
        return try takePartial(body)
    }

    /// Reads the last line, which needs no line feed; nil where there is none.
    mutating func last<Result>(_ body: (UnsafeBufferPointer<UInt8>) throws -> Result) rethrows -> Result? {
        if partial.isEmpty { return nil }
        number += 1
        return try takePartial(body)
    }

    private mutating func gather(_ end: Int) throws {
        guard end - position <= limit - partial.count else {
            number += 1
            throw LineTooLong()
        }
        partial += chunk[position..<end]
        position = end
    }

    private mutating func takePartial<Result>(
        _ body: (UnsafeBufferPointer<UInt8>) throws -> Result
    ) rethrows -> Result {
        defer { partial.removeAll(keepingCapacity: true) }
        return try partial.withUnsafeBufferPointer(body)
    }
}
