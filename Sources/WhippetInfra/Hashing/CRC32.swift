// Copyright 2026 the Whippet authors
// SPDX-License-Identifier: Apache-2.0

/// The checksum of gzip, [RFC 1952 §8](https://www.rfc-editor.org/rfc/rfc1952#section-8).
///
/// It tells accidents, not attacks.
package struct CRC32: Sendable {
    private var register: UInt32 = 0xFFFF_FFFF

    package init() {}

    /// The checksum of the bytes taken in so far.
    package var value: UInt32 { ~register }

    /// Takes in the next bytes.
    package mutating func update(_ bytes: Span<UInt8>) {
        let tables = checksumTables.span
        var register = register
        var index = 0
        // Fast path: four bytes at a time, a table for each ("a checksum in pieces is that of the whole").
        while index + 4 <= bytes.count {
            let word =
                UInt32(bytes[index]) | UInt32(bytes[index + 1]) << 8 | UInt32(bytes[index + 2]) << 16
                | UInt32(bytes[index + 3]) << 24
            let mixed = register ^ word
            register =
                tables[768 + Int(mixed & 0xFF)] ^ tables[512 + Int(mixed >> 8 & 0xFF)]
                ^ tables[256 + Int(mixed >> 16 & 0xFF)] ^ tables[Int(mixed >> 24)]
            index += 4
        }
        while index < bytes.count {
            register = tables[Int((register ^ UInt32(bytes[index])) & 0xFF)] ^ register >> 8
            index += 1
        }
        self.register = register
    }

    /// The checksum of one byte sequence.
    package static func checksum(_ bytes: Span<UInt8>) -> UInt32 {
        var checksum = CRC32()
        checksum.update(bytes)
        return checksum.value
    }
}

/// Four tables of 256: the effect of a byte that 0 to 3 zero bytes follow.
private let checksumTables: [UInt32] = {
    var tables = (0..<256).map { (byte: UInt32) in
        (0..<8).reduce(byte) { register, _ in register & 1 == 0 ? register >> 1 : register >> 1 ^ 0xEDB8_8320 }
    }
    for _ in 1..<4 {
        for last in tables.suffix(256) { tables.append(tables[Int(last & 0xFF)] ^ last >> 8) }
    }
    return tables
}()
