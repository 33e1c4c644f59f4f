// Copyright 2026 the Whippet authors
// SPDX-License-Identifier: Apache-2.0

/// SHA-256, of [FIPS 180-4 §6.2](https://doi.org/10.6028/NIST.FIPS.180-4).
package struct SHA256: HashFunction {
    package static var blockByteCount: Int { MessageBlocks.byteCount }

    private var blocks = MessageBlocks()
    // §5.3.3.
    private var state = SIMD8<UInt32>(
        0x6A09_E667, 0xBB67_AE85, 0x3C6E_F372, 0xA54F_F53A,
        0x510E_527F, 0x9B05_688C, 0x1F83_D9AB, 0x5BE0_CD19
    )

    package init() {}

    package mutating func update(_ bytes: Span<UInt8>) {
        blocks.update(bytes) { Self.compress($0, into: &state) }
    }

    package func finalize() -> [UInt8] {
        var (blocks, state) = (blocks, state)
        blocks.finish { Self.compress($0, into: &state) }
        return [UInt8](bigEndianWords: state.indices.map { state[$0] })
    }

    /// Implements §6.2.2 for one block.
    private static func compress(_ block: Span<UInt8>, into state: inout SIMD8<UInt32>) {
        // SAFETY: the schedule has 64 words; each is written before it is read, at an index below 64.
        withUnsafeTemporaryAllocation(of: UInt32.self, capacity: 64) { schedule in
            // 1. The message schedule.
            for index in 0..<16 { schedule[index] = block.bigEndianWord(at: 4 * index) }
            for index in 16..<64 {
                let (early, late) = (schedule[index - 15], schedule[index - 2])
                let sigma0 = rotate(early, 7) ^ rotate(early, 18) ^ early >> 3
                let sigma1 = rotate(late, 17) ^ rotate(late, 19) ^ late >> 10
                schedule[index] = sigma1 &+ schedule[index - 7] &+ sigma0 &+ schedule[index - 16]
            }
            roundConstants.withUnsafeBufferPointer { constants in
                for index in 0..<64 { schedule[index] &+= constants[index] }
            }
            // 2. The working variables.
            var (a, b, c, d) = (state[0], state[1], state[2], state[3])
            var (e, f, g, h) = (state[4], state[5], state[6], state[7])
            // 3. Eight rounds at a time: after them each variable is in its own place again.
            for index in stride(from: 0, to: 64, by: 8) {
                round(a, b, c, &d, e, f, g, &h, schedule[index])
                round(h, a, b, &c, d, e, f, &g, schedule[index + 1])
                round(g, h, a, &b, c, d, e, &f, schedule[index + 2])
                round(f, g, h, &a, b, c, d, &e, schedule[index + 3])
                round(e, f, g, &h, a, b, c, &d, schedule[index + 4])
                round(d, e, f, &g, h, a, b, &c, schedule[index + 5])
                round(c, d, e, &f, g, h, a, &b, schedule[index + 6])
                round(b, c, d, &e, f, g, h, &a, schedule[index + 7])
            }
            // 4.
            state &+= SIMD8(a, b, c, d, e, f, g, h)
        }
    }

    /// One round: the new `e` takes the place of `d`, the new `a` that of `h`.
    @inline(__always)
    private static func round(
        _ a: UInt32, _ b: UInt32, _ c: UInt32, _ d: inout UInt32, _ e: UInt32, _ f: UInt32, _ g: UInt32,
        _ h: inout UInt32, _ word: UInt32
    ) {
        let sum1 = rotate(e, 6) ^ rotate(e, 11) ^ rotate(e, 25)
        let choice = (e & f) ^ (~e & g)
        let first = h &+ sum1 &+ choice &+ word
        let sum0 = rotate(a, 2) ^ rotate(a, 13) ^ rotate(a, 22)
        let majority = (a & b) ^ (a & c) ^ (b & c)
        d &+= first
        h = first &+ sum0 &+ majority
    }

    private static func rotate(_ word: UInt32, _ count: UInt32) -> UInt32 {
        word &>> count | word &<< (32 &- count)
    }
}

/// §4.2.2: the first 32 bits of the fractional parts of the cube roots of the first 64 primes.
private let roundConstants: [UInt32] = [
    0x428A_2F98, 0x7137_4491, 0xB5C0_FBCF, 0xE9B5_DBA5, 0x3956_C25B, 0x59F1_11F1, 0x923F_82A4, 0xAB1C_5ED5,
    0xD807_AA98, 0x1283_5B01, 0x2431_85BE, 0x550C_7DC3, 0x72BE_5D74, 0x80DE_B1FE, 0x9BDC_06A7, 0xC19B_F174,
    0xE49B_69C1, 0xEFBE_4786, 0x0FC1_9DC6, 0x240C_A1CC, 0x2DE9_2C6F, 0x4A74_84AA, 0x5CB0_A9DC, 0x76F9_88DA,
    0x983E_5152, 0xA831_C66D, 0xB003_27C8, 0xBF59_7FC7, 0xC6E0_0BF3, 0xD5A7_9147, 0x06CA_6351, 0x1429_2967,
    0x27B7_0A85, 0x2E1B_2138, 0x4D2C_6DFC, 0x5338_0D13, 0x650A_7354, 0x766A_0ABB, 0x81C2_C92E, 0x9272_2C85,
    0xA2BF_E8A1, 0xA81A_664B, 0xC24B_8B70, 0xC76C_51A3, 0xD192_E819, 0xD699_0624, 0xF40E_3585, 0x106A_A070,
    0x19A4_C116, 0x1E37_6C08, 0x2748_774C, 0x34B0_BCB5, 0x391C_0CB3, 0x4ED8_AA4A, 0x5B9C_CA4F, 0x682E_6FF3,
    0x748F_82EE, 0x78A5_636F, 0x84C8_7814, 0x8CC7_0208, 0x90BE_FFFA, 0xA450_6CEB, 0xBEF9_A3F7, 0xC671_78F2,
]
