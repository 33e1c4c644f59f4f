// Copyright 2026 the Whippet authors
// SPDX-License-Identifier: Apache-2.0

import Testing

@testable import WhippetInfra

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
