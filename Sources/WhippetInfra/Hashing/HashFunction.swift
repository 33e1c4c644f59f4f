// Copyright 2026 the Whippet authors
// SPDX-License-Identifier: Apache-2.0

/// A cryptographic hash that takes its message in pieces.
package protocol HashFunction: Sendable {
    /// How many bytes one step takes in.
    static var blockByteCount: Int { get }

    /// Begins a message.
    init()

    /// Takes in the next bytes of the message.
    mutating func update(_ bytes: Span<UInt8>)

    /// The digest of the bytes taken in so far.
    func finalize() -> [UInt8]
}

extension HashFunction {
    /// The digest of one whole message.
    package static func hash(_ message: Span<UInt8>) -> [UInt8] {
        var function = Self()
        function.update(message)
        return function.finalize()
    }

    /// The digest of a string's UTF-8 bytes.
    package static func hash(_ message: String) -> [UInt8] {
        let bytes = Array(message.utf8)
        return hash(bytes.span)
    }
}

/// Cuts a message into blocks of 64 bytes and pads its end, as SHA-1 and SHA-256 do.
struct MessageBlocks: Sendable {
    static let byteCount = 64

    private var pending: [UInt8] = []
    private var messageByteCount: UInt64 = 0

    /// Gives each block that is complete with these bytes to `compress`, and keeps the rest.
    mutating func update(_ bytes: Span<UInt8>, _ compress: (Span<UInt8>) -> Void) {
        messageByteCount &+= UInt64(bytes.count)
        var index = 0
        if !pending.isEmpty {
            index = min(Self.byteCount - pending.count, bytes.count)
            append(bytes.extracting(0..<index))
            guard pending.count == Self.byteCount else { return }
            compress(pending.span)
            pending.removeAll(keepingCapacity: true)
        }
        while bytes.count - index >= Self.byteCount {
            compress(bytes.extracting(index..<index + Self.byteCount))
            index += Self.byteCount
        }
        append(bytes.extracting(index..<bytes.count))
    }

    /// Implements the padding of FIPS 180-4 §5.1.1: a bit 1, zeros, the length in bits as 64 bits, big-endian.
    mutating func finish(_ compress: (Span<UInt8>) -> Void) {
        pending.append(0x80)
        if pending.count > Self.byteCount - 8 {
            pad(to: Self.byteCount)
            compress(pending.span)
            pending.removeAll(keepingCapacity: true)
        }
        pad(to: Self.byteCount - 8)
        let bits = messageByteCount &* 8
        for shift in stride(from: UInt64(56), through: 0, by: -8) {
            pending.append(UInt8(truncatingIfNeeded: bits >> shift))
        }
        compress(pending.span)
    }

    private mutating func append(_ bytes: Span<UInt8>) {
        if bytes.isEmpty { return }
        if pending.capacity < Self.byteCount { pending.reserveCapacity(Self.byteCount) }
        for index in bytes.indices { pending.append(bytes[index]) }
    }

    private mutating func pad(to count: Int) {
        while pending.count < count { pending.append(0) }
    }
}

extension Span<UInt8> {
    /// The four bytes from `index` on as a big-endian number.
    func bigEndianWord(at index: Int) -> UInt32 {
        UInt32(self[index]) << 24 | UInt32(self[index + 1]) << 16 | UInt32(self[index + 2]) << 8
            | UInt32(self[index + 3])
    }
}

extension [UInt8] {
    /// Words as bytes, each big-endian.
    init(bigEndianWords words: some Collection<UInt32>) {
        self = []
        reserveCapacity(4 * words.count)
        for word in words {
            for shift in [UInt32(24), 16, 8, 0] { append(UInt8(truncatingIfNeeded: word >> shift)) }
        }
    }
}
