// Copyright 2026 the Whippet authors
// SPDX-License-Identifier: Apache-2.0

/// A hash of bytes under a secret of the process: whoever chooses paths can't choose them to meet.
///
/// Products of 64 by 64 bits, folded, take a tenth of the instructions of `Hasher`. The secret never leaves the process,
/// and neither does a hash.
struct KeyedHash: Sendable {
    private static let secrets: (UInt64, UInt64, UInt64) = (
        .random(in: 1 ... .max), .random(in: 1 ... .max), .random(in: 1 ... .max)
    )

    private let secrets = Self.secrets
    private let seed: UInt64

    /// Hashes behind what was hashed before.
    init(seed: UInt64 = 0) {
        self.seed = seed
    }

    /// The hash of some bytes.
    func hash(_ bytes: UnsafeBufferPointer<UInt8>) -> UInt64 {
        var state = Self.fold(seed ^ secrets.2, UInt64(bytes.count) ^ secrets.1)
        guard let base = bytes.baseAddress else { return state }
        let start = UnsafeRawPointer(base)
        var rest = bytes.count
        var position = 0
        while rest > 16 {
            state = Self.fold(Self.eight(start, position) ^ secrets.0, Self.eight(start, position + 8) ^ state)
            position += 16
            rest -= 16
        }
        // The last 1 to 16 bytes: two words, which overlap where there are fewer.
        let (first, second): (UInt64, UInt64)
        switch rest {
        case 8...: (first, second) = (Self.eight(start, position), Self.eight(start, position + rest - 8))
        case 4...: (first, second) = (Self.four(start, position), Self.four(start, position + rest - 4))
        case 1...:
            (first, second) = (
                UInt64(bytes[position]), UInt64(bytes[position + rest / 2]) << 8 | UInt64(bytes[position + rest - 1])
            )
        default: (first, second) = (0, 0)
        }
        state = Self.fold(first ^ secrets.0, second ^ state)
        return Self.fold(state ^ secrets.1, secrets.2)
    }

    private static func fold(_ left: UInt64, _ right: UInt64) -> UInt64 {
        let product = left.multipliedFullWidth(by: right)
        return product.high ^ product.low
    }

    // SAFETY: the caller has that many bytes from the position on.
    private static func eight(_ start: UnsafeRawPointer, _ position: Int) -> UInt64 {
        start.loadUnaligned(fromByteOffset: position, as: UInt64.self)
    }

    // SAFETY: the caller has that many bytes from the position on.
    private static func four(_ start: UnsafeRawPointer, _ position: Int) -> UInt64 {
        UInt64(start.loadUnaligned(fromByteOffset: position, as: UInt32.self))
    }
}
