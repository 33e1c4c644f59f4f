// Copyright 2026 the Whippet authors
// SPDX-License-Identifier: Apache-2.0

/// A table of `IDNAData`: records of base-64 numbers in a string literal, sorted by the first number.
struct IDNATable {
    private let digits: StaticString
    private let recordLength: Int
    /// The number of records.
    let count: Int

    init(_ digits: StaticString, recordLength: Int) {
        self.digits = digits
        self.recordLength = recordLength
        count = digits.utf8CodeUnitCount / recordLength
    }

    /// The number that stands in a record, `count` digits from `offset` on.
    func number(_ record: Int, _ offset: Int, _ count: Int) -> UInt32 {
        let start = record * recordLength + offset
        precondition(start >= 0 && count >= 0 && start + count <= digits.utf8CodeUnitCount, "IDNATable: out of range")
        var number: UInt32 = 0
        for index in start..<start + count {
            // SAFETY: the precondition above keeps the index within the literal, which lives as long as the process.
            number = number << 6 | UInt32(digits.utf8Start[index] &- 0x30)
        }
        return number
    }

    /// The last record whose four-digit number is not above `key`, nil if there is none.
    func lastRecord(notAbove key: UInt32) -> Int? {
        var low = 0
        var high = count
        while low < high {
            let middle = (low + high) / 2
            if number(middle, 0, 4) <= key {
                low = middle + 1
            } else {
                high = middle
            }
        }
        return low > 0 ? low - 1 : nil
    }
}
