// Copyright 2026 the Whippet authors
// SPDX-License-Identifier: Apache-2.0

internal import Testing
internal import WhippetInfra

struct EncodingSingleByteTests {
    @Test("All 256 bytes decode as in the standard's index", arguments: singleByteChecksums)
    func index(label: String, checksum: UInt64) throws {
        let text = try TextDecoder(label).decode(Array(0...255))
        #expect(text.unicodeScalars.count == 256)
        #expect(fnv1a(text) == checksum)
    }

    @Test("There is a checksum for each single-byte encoding, and the two of Hebrew are one")
    func complete() throws {
        #expect(singleByteChecksums.count == 27)
        let bytes: [UInt8] = Array(0...255)
        #expect(try TextDecoder("iso-8859-8-i").decode(bytes) == TextDecoder("iso-8859-8").decode(bytes))
    }
}
