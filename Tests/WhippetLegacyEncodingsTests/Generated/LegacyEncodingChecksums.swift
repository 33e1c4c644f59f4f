// Copyright 2026 the Whippet authors
// SPDX-License-Identifier: Apache-2.0

/// For each encoding: how many sequences are decoded, how many of them without an error, and the checksum of the
/// texts, a line feed after each; written by Scripts/generate-encodings.
let legacyEncodingChecksums: [(label: String, sequences: Int, valid: Int, checksum: UInt64)] = [
    ("big5", 32768, 18594, 0x2D41_6AD4_9AE2_D48C),
    ("euc-kr", 32768, 17048, 0x8ECB_9143_A2FF_DC98),
    ("shift_jis", 32768, 21892, 0xE6FF_29BD_BC84_7FE1),
    ("euc-jp", 56832, 13466, 0xE796_20BC_BAA3_96AD),
    ("gb18030", 73521, 64615, 0x8C90_9525_4C04_20E9),
    ("gbk", 73521, 64615, 0x8C90_9525_4C04_20E9),
    ("iso-2022-jp", 66816, 7649, 0x376C_AB9F_2D19_4853),
]
