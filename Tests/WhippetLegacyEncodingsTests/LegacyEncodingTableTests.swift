// Copyright 2026 the Whippet authors
// SPDX-License-Identifier: Apache-2.0

internal import Testing
internal import WhippetInfra

/// Decodes every sequence of two bytes, and the longer ones, and compares a checksum of the texts.
struct LegacyEncodingTableTests {
    @Test("All sequences decode as the standard's index says", arguments: legacyEncodingChecksums)
    func table(label: String, sequences: Int, valid: Int, checksum: UInt64) throws {
        registerWhereNeeded()
        let decoder = try TextDecoder(label)
        var (count, validCount) = (0, 0)
        var hash: UInt64 = 0xCBF2_9CE4_8422_2325
        try Self.forEachSequence(label) { bytes in
            let text = try decoder.decode(bytes)
            for byte in text.utf8 {
                hash = (hash ^ UInt64(byte)) &* 0x100_0000_01B3
            }
            hash = (hash ^ 0x0A) &* 0x100_0000_01B3
            count += 1
            validCount += text.unicodeScalars.contains("\u{FFFD}") ? 0 : 1
        }
        #expect(count == sequences)
        #expect(validCount == valid)
        #expect(hash == checksum)
    }

    /// The sequences that `Scripts/generate-encodings` has made the checksums of, in its order.
    private static func forEachSequence(_ label: String, _ body: ([UInt8]) throws -> Void) rethrows {
        let every: ClosedRange<UInt8> = 0...255
        if label == "iso-2022-jp" {
            for escape in ["(B", "(J", "(I", "$@", "(K"] {
                for byte in every { try body([0x1B] + escape.utf8 + [byte, 0x1B, 0x28, 0x42]) }
            }
            for lead in every {
                for trail in every { try body([0x1B, 0x24, 0x42, lead, trail, 0x1B, 0x28, 0x42]) }
            }
            return
        }
        for lead in UInt8(0x80)...0xFF {
            for trail in every { try body([lead, trail]) }
        }
        if label == "euc-jp" {
            for lead in UInt8(0xA1)...0xFE {
                for trail in every { try body([0x8F, lead, trail]) }
            }
        }
        if label == "gb18030" || label == "gbk" {
            for pointer in 0..<39_500 { try body(fourBytes(pointer)) }
            for pointer in stride(from: 188_900, to: 1_238_000, by: 997) { try body(fourBytes(pointer)) }
            for pointer in 1_237_500..<1_237_700 { try body(fourBytes(pointer)) }
        }
    }

    private static func fourBytes(_ pointer: Int) -> [UInt8] {
        [
            UInt8(0x81 + pointer / 12_600), UInt8(0x30 + pointer / 1260 % 10), UInt8(0x81 + pointer / 10 % 126),
            UInt8(0x30 + pointer % 10),
        ]
    }
}
