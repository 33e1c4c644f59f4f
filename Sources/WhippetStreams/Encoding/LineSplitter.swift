// Copyright 2026 the Whippet authors
// SPDX-License-Identifier: Apache-2.0

internal import WhippetInfra

/// Cuts chunks of bytes into lines.
struct LineSplitter {
    private let maximumByteCount: Int
    /// The chunk that is being read, and where its next line begins.
    private var chunk: [UInt8] = []
    private var position = 0
    /// The beginning of a line that the chunks before had no end of.
    private var partial: [UInt8] = []
    private var isFirst = true

    init(maximumByteCount: Int) {
        self.maximumByteCount = maximumByteCount
    }

    /// Adds a chunk; `next` has returned nil before.
    mutating func append(_ bytes: [UInt8]) {
        chunk = bytes
        position = 0
    }

    /// The next line; nil if it takes another chunk, or at the end.
    mutating func next(isLast: Bool) throws(RangeError) -> String? {
        if let end = chunk[position...].firstIndex(of: 0x0A) {
            let line = chunk[position..<end]
            position = end + 1
            if partial.isEmpty { return try text(line) }
            partial += line
            defer { partial = [] }
            return try text(partial[...])
        }
        // One byte more than a line may have can be the CR of its end.
        guard chunk.count - position <= maximumByteCount + 1 - partial.count else { throw tooLong }
        partial += chunk[position...]
        chunk = []
        position = 0
        guard isLast, !partial.isEmpty else { return nil }
        defer { partial = [] }
        // Nothing follows: a CR at the end is a part of the line.
        guard partial.count <= maximumByteCount else { throw tooLong }
        return decoded(partial[...])
    }

    /// A line that ended with LF.
    private mutating func text(_ bytes: ArraySlice<UInt8>) throws(RangeError) -> String {
        let line = bytes.last == 0x0D ? bytes.dropLast() : bytes
        guard line.count <= maximumByteCount else { throw tooLong }
        return decoded(line)
    }

    private mutating func decoded(_ line: ArraySlice<UInt8>) -> String {
        defer { isFirst = false }
        return isFirst ? UTF8Decoding.decode(line.span) : UTF8Decoding.decodeWithoutBOM(line.span)
    }

    private var tooLong: RangeError {
        RangeError("lines: a line is longer than \(maximumByteCount) bytes")
    }
}
