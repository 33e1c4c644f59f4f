// Copyright 2026 the Whippet authors
// SPDX-License-Identifier: Apache-2.0

/// Tells the line and the column of each byte of a file.
struct LineIndex {
    private let starts: [Int]

    init(_ bytes: [UInt8]) {
        var starts = [0]
        for (offset, byte) in bytes.enumerated() where byte == UInt8(ascii: "\n") { starts.append(offset + 1) }
        self.starts = starts
    }

    /// The line, from 1.
    func line(of offset: Int) -> Int {
        var low = 0
        var high = starts.count
        while high - low > 1 {
            let middle = (low + high) / 2
            if starts[middle] <= offset { low = middle } else { high = middle }
        }
        return low + 1
    }

    /// The column in bytes, from 1.
    func column(of offset: Int) -> Int { offset - starts[line(of: offset) - 1] + 1 }
}
