// Copyright 2026 the Whippet authors
// SPDX-License-Identifier: Apache-2.0

/// SHA-1, of [FIPS 180-4 §6.1](https://doi.org/10.6028/NIST.FIPS.180-4).
///
/// It is broken against collisions: for protocols that name it (the WebSocket handshake) and for nothing else.
package struct SHA1: HashFunction {
    package static var blockByteCount: Int { MessageBlocks.byteCount }

    private struct State {
        var a: UInt32 = 0x6745_2301
        var b: UInt32 = 0xEFCD_AB89
        var c: UInt32 = 0x98BA_DCFE
        var d: UInt32 = 0x1032_5476
        var e: UInt32 = 0xC3D2_E1F0
    }

    private var blocks = MessageBlocks()
    // §5.3.1.
    private var state = State()

    package init() {}

    package mutating func update(_ bytes: Span<UInt8>) {
        blocks.update(bytes) { Self.compress($0, into: &state) }
    }

    package func finalize() -> [UInt8] {
        var (blocks, state) = (blocks, state)
        blocks.finish { Self.compress($0, into: &state) }
        return [UInt8](bigEndianWords: [state.a, state.b, state.c, state.d, state.e])
    }

    /// Implements §6.1.2 for one block.
    private static func compress(_ block: Span<UInt8>, into state: inout State) {
        // SAFETY: the schedule has 80 words; each is written before it is read, at an index below 80.
        withUnsafeTemporaryAllocation(of: UInt32.self, capacity: 80) { schedule in
            // 1. The message schedule.
            for index in 0..<16 { schedule[index] = block.bigEndianWord(at: 4 * index) }
            for index in 16..<80 {
                schedule[index] = rotate(
                    schedule[index - 3] ^ schedule[index - 8] ^ schedule[index - 14] ^ schedule[index - 16], 1)
            }
            // 2. The working variables.
            var (a, b, c, d, e) = (state.a, state.b, state.c, state.d, state.e)
            // 3.
            for index in 0..<80 {
                let (function, constant): (UInt32, UInt32)
                switch index {
                case 0..<20: (function, constant) = ((b & c) ^ (~b & d), 0x5A82_7999)
                case 20..<40: (function, constant) = (b ^ c ^ d, 0x6ED9_EBA1)
                case 40..<60: (function, constant) = ((b & c) ^ (b & d) ^ (c & d), 0x8F1B_BCDC)
                default: (function, constant) = (b ^ c ^ d, 0xCA62_C1D6)
                }
                let next = rotate(a, 5) &+ function &+ e &+ constant &+ schedule[index]
                (e, d, c, b, a) = (d, c, rotate(b, 30), a, next)
            }
            // 4.
            state.a &+= a
            state.b &+= b
            state.c &+= c
            state.d &+= d
            state.e &+= e
        }
    }

    private static func rotate(_ word: UInt32, _ count: UInt32) -> UInt32 {
        word &<< count | word &>> (32 &- count)
    }
}
