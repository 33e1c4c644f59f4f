// Copyright 2026 the Whippet authors
// SPDX-License-Identifier: Apache-2.0

/// FNV-1a of 64 bits: the checksum of the tables that `Scripts/generate-encodings` writes.
func fnv1a(_ text: String) -> UInt64 {
    text.utf8.reduce(0xCBF2_9CE4_8422_2325) { ($0 ^ UInt64($1)) &* 0x100_0000_01B3 }
}
