// Copyright 2026 the Whippet authors
// SPDX-License-Identifier: Apache-2.0

import Testing

@testable import WhippetCache

struct KeyedHashTests {
    @Test(
        "A key is the same whichever way it was made", arguments: ["", "/", "/a", "/a/b", "/items/1234567890123456789"])
    func sameKey(_ path: String) {
        let bytes = Array(path.utf8)
        let key = bytes.withUnsafeBufferPointer { CacheScope(route: "/items/[id]").key($0) }
        #expect(key == CacheKey(route: "/items/[id]", path: path))
        #expect(key.hash == CacheKey(route: "/items/[id]", path: path).hash)
        #expect(key != CacheKey(route: "/items/[slug]", path: path))
        #expect(key != CacheKey(data: path))
    }

    @Test("Bytes of all lengths that differ in one bit have other hashes")
    func everyBit() {
        for length in 0...70 {
            var seen: Set<UInt64> = []
            var bytes = [UInt8](repeating: 0x61, count: length)
            seen.insert(bytes.withUnsafeBufferPointer { KeyedHash().hash($0) })
            for bit in 0..<length * 8 {
                bytes[bit / 8] ^= 1 << (bit % 8)
                seen.insert(bytes.withUnsafeBufferPointer { KeyedHash().hash($0) })
                bytes[bit / 8] ^= 1 << (bit % 8)
            }
            #expect(seen.count == length * 8 + 1, "\(length) bytes")
        }
    }

    @Test("Bytes of one kind and of different lengths have other hashes")
    func lengths() {
        let hashes = (0...200).map { count in
            [UInt8](repeating: 0, count: count).withUnsafeBufferPointer { KeyedHash().hash($0) }
        }
        #expect(Set(hashes).count == hashes.count)
    }
}
