// Copyright 2026 the Whippet authors
// SPDX-License-Identifier: Apache-2.0

import Testing

@testable import WhippetCache

struct PlaceTableTests {
    /// Numbers that are the same in each run.
    struct Generator: RandomNumberGenerator {
        var state: UInt64

        mutating func next() -> UInt64 {
            state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            return state >> 33 ^ state
        }
    }

    @Test("Finds what a dictionary finds, however many keys meet", arguments: [1, 3, 50, 5000])
    func likeDictionary(_ hashes: UInt64) {
        var generator = Generator(state: hashes)
        var table = PlaceTable()
        var model: [Int32: UInt64] = [:]
        for step in 0..<4000 {
            let place = Int32.random(in: 0..<300, using: &generator)
            if let hash = model[place] {
                if step % 3 > 0 {
                    table.remove(place, hash)
                    model[place] = nil
                }
            } else {
                // High bits, too: what is alike in the low ones meets.
                let hash = UInt64.random(in: 0..<hashes, using: &generator) &* 0x1000_0000_0000_0010
                table.add(place, hash)
                model[place] = hash
            }
            guard step % 50 == 0 else { continue }
            for place in Int32(0)..<300 {
                let hash = model[place] ?? 0
                #expect((table.find(hash) { $0 == place } == place) == (model[place] != nil))
            }
        }
    }

    @Test("Taking out what is not there changes nothing")
    func removingNothing() {
        var table = PlaceTable()
        table.add(1, 7)
        table.remove(2, 7)
        table.remove(1, 8)
        #expect(table.find(7) { $0 == 1 } == 1)
    }
}

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
