// Copyright 2026 the Whippet authors
// SPDX-License-Identifier: Apache-2.0

internal import WhippetInfra
public import WhippetJSON

#if canImport(FoundationEssentials)
package import FoundationEssentials
#else
package import struct Foundation.Data
#endif

extension JSON {
    /// How `Data` is read and written.
    public struct DataStrategy: Hashable, Sendable {
        enum Value {
            case base64
            case base64URL
            case ownCoding
        }

        let value: Value

        /// A string in [Base 64](https://www.rfc-editor.org/rfc/rfc4648#section-4); reading needs no padding.
        public static let base64 = DataStrategy(value: .base64)
        /// A string in [the alphabet for URLs](https://www.rfc-editor.org/rfc/rfc4648#section-5), without padding.
        public static let base64URL = DataStrategy(value: .base64URL)
        /// The array of numbers that `Data` codes itself as.
        public static let ownCoding = DataStrategy(value: .ownCoding)

        var alphabet: Base64.Alphabet { value == .base64URL ? .urlSafe : .standard }
    }
}

extension Data: TapeReadable, SlotWritable {
    package static func read(_ reader: TapeReader, at index: UInt32) throws -> Data {
        let strategy = Forms.of(reader.forms).data
        if strategy == .ownCoding { return Data(try [UInt8].read(reader, at: index)) }
        let text = Array(try reader.text(at: index).utf8)
        guard let bytes = Base64.decode(text.span, alphabet: strategy.alphabet) else {
            throw reader.refusal("not a string in Base 64", at: index)
        }
        return Data(bytes)
    }

    package func write(_ writer: SlotWriter) throws {
        let strategy = Forms.of(writer.forms).data
        let bytes = Array(self)
        if strategy == .ownCoding { return try bytes.write(writer) }
        try writer.write(text: Base64.encode(bytes.span, alphabet: strategy.alphabet))
    }
}
