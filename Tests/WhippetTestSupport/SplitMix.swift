// Copyright 2026 the Whippet authors
// SPDX-License-Identifier: Apache-2.0

/// Numbers that look random and are the same in each run: SplitMix64.
package struct SplitMix: RandomNumberGenerator, Sendable {
    private var state: UInt64

    /// Makes a generator, which gives the same numbers for the same seed.
    package init(seed: UInt64) {
        state = seed
    }

    package mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return mixed ^ (mixed >> 31)
    }

    /// The next number, brought below a bound.
    package mutating func next(below bound: Int) -> Int {
        Int(next() % UInt64(bound))
    }
}
