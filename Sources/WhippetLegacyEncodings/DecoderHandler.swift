// Copyright 2026 the Whippet authors
// SPDX-License-Identifier: Apache-2.0

/// A decoder as the Encoding Standard writes it: state, and a [handler](https://encoding.spec.whatwg.org/#handler).
protocol DecoderHandler: Sendable {
    /// Whether the state is such that an ASCII byte stands for itself and changes nothing.
    var isBetweenCharacters: Bool { get }

    /// The handler's steps for the next byte; nil is end-of-queue.
    mutating func handle(_ byte: UInt8?) -> DecoderResult
}

/// What a handler returns.
enum DecoderResult {
    case finished
    case `continue`
    case codePoint(UInt32)
    case codePoints(UInt32, UInt32)
    /// An error, after these bytes have been [restored](https://encoding.spec.whatwg.org/#concept-stream-prepend).
    case error(RestoredBytes)

    /// An error that restores nothing.
    static let error: DecoderResult = .error(RestoredBytes())

    /// An error that restores the byte if it is an ASCII byte.
    static func errorRestoringASCII(_ byte: UInt8) -> DecoderResult {
        .error(byte < 0x80 ? RestoredBytes(byte) : RestoredBytes())
    }
}

/// Bytes that were put back in front of the queue: at most three, for no handler restores more than it took.
struct RestoredBytes {
    private var bytes: UInt32 = 0
    private var count: UInt32 = 0

    init() {}

    init(_ first: UInt8) {
        bytes = UInt32(first)
        count = 1
    }

    init(_ first: UInt8, _ second: UInt8) {
        bytes = UInt32(first) | UInt32(second) << 8
        count = 2
    }

    init(_ first: UInt8, _ second: UInt8, _ third: UInt8) {
        bytes = UInt32(first) | UInt32(second) << 8 | UInt32(third) << 16
        count = 3
    }

    var isEmpty: Bool { count == 0 }

    mutating func popFirst() -> UInt8? {
        guard count > 0 else { return nil }
        let first = UInt8(truncatingIfNeeded: bytes)
        bytes >>= 8
        count &-= 1
        return first
    }

    mutating func prepend(_ other: RestoredBytes) {
        bytes = other.bytes | bytes << (8 * other.count)
        count &+= other.count
    }
}
