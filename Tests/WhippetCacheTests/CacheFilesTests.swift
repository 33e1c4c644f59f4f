// Copyright 2026 the Whippet authors
// SPDX-License-Identifier: Apache-2.0

import Testing
@_spi(Conformance) import WhippetCache

/// The formats of the files in a cache folder.
struct CacheFilesTests {
    /// A record: the number 7, for two tags, by hand.
    private static let content: [UInt8] =
        [7, 0, 0, 0, 0, 0, 0, 0, 2, 2, 0, 0, 0] + [1, 0, 0, 0, 0x61] + [2, 0, 0, 0, 0x62, 0x63]

    @Test("An invalidation reads as it was written")
    func invalidation() {
        let bytes = CacheFiles.sealedInvalidation(Self.content)
        let read = CacheFiles.invalidations(bytes, from: 0)
        #expect(read.end == bytes.count)
        #expect(read.rewritten == bytes)
        #expect(!read.isDamaged)
    }

    @Test("Invalidations that come byte by byte read as those that come at once")
    func growing() {
        let one = CacheFiles.sealedInvalidation(Self.content)
        let bytes = one + one + one
        var (end, rewritten): (Int, [UInt8]) = (0, [])
        for length in 0...bytes.count {
            let read = CacheFiles.invalidations(Array(bytes[..<length]), from: end)
            #expect(!read.isDamaged)
            #expect(read.end == length / one.count * one.count)
            end = read.end
            rewritten += read.rewritten
        }
        #expect(rewritten == bytes)
    }

    @Test("A record that was changed is torn at the end, and damage before it", arguments: [8, 9, 30, 4])
    func changed(place: Int) {
        let one = CacheFiles.sealedInvalidation(Self.content)
        var bad = one
        bad[place] ^= 0x40
        let last = CacheFiles.invalidations(one + bad, from: 0)
        #expect(last.end == one.count && !last.isDamaged)
        let before = CacheFiles.invalidations(bad + one, from: 0)
        #expect(before.end == 0 && before.isDamaged)
    }

    @Test(
        "What has a fitting checksum and is no invalidation is damage",
        arguments: [
            [], [7], Array(content.dropLast()), content + [0],
            [7, 0, 0, 0, 0, 0, 0, 0, 3, 0, 0, 0, 0],
            [7, 0, 0, 0, 0, 0, 0, 0, 1, 255, 255, 255, 255],
            [7, 0, 0, 0, 0, 0, 0, 0, 1, 1, 0, 0, 0, 255, 255, 255, 255],
            [7, 0, 0, 0, 0, 0, 0, 0, 1, 1, 0, 0, 0, 1, 0, 0, 0, 0xFF],
        ])
    func noInvalidation(content: [UInt8]) {
        let bytes = CacheFiles.sealedInvalidation(content) + CacheFiles.sealedInvalidation(Self.content)
        let read = CacheFiles.invalidations(bytes, from: 0)
        #expect(read.end == 0 && read.isDamaged)
    }

    @Test(
        "A length that lies beyond the end is a torn record, however large", arguments: [100, 0x7FFF_FFFF, 0xFFFF_FFFF])
    func longRecord(length: UInt32) {
        let bytes = (0..<4).map { UInt8(truncatingIfNeeded: length >> (8 * UInt32($0))) } + [1, 2, 3, 4, 5]
        let read = CacheFiles.invalidations(bytes, from: 0)
        #expect(read.end == 0 && !read.isDamaged)
    }
}
