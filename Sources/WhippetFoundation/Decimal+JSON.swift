// Copyright 2026 the Whippet authors
// SPDX-License-Identifier: Apache-2.0

package import WhippetJSON

#if canImport(FoundationEssentials)
package import FoundationEssentials
#else
package import struct Foundation.Decimal
#endif

// A number, read from its digits rather than by way of a `Double`: 0.1 is 0.1.
extension Decimal: TapeReadable, SlotWritable {
    /// A number of more characters is no amount of anything.
    private static var longest: Int { 1024 }

    package static func read(_ reader: TapeReader, at index: UInt32) throws -> Decimal {
        guard let digits = try reader.digits(at: index, for: Decimal.self, limit: longest),
            let value = Decimal(string: digits), !value.isNaN
        else {
            throw reader.outOfRange("the number does not fit in Decimal", at: index)
        }
        return value
    }

    package func write(_ writer: SlotWriter) throws {
        guard !isNaN else { throw writer.refusal("NaN has no form in JSON") }
        try writer.write(digits: description)
    }
}
