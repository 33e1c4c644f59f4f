// Copyright 2026 the Whippet authors
// SPDX-License-Identifier: Apache-2.0

/// A keyed hash that proves who wrote a message, of [RFC 2104](https://www.rfc-editor.org/rfc/rfc2104#section-2).
///
/// A key can be prepared once: copies of a value that has taken in no message yet share the work.
package struct HMAC<Hash: HashFunction>: Sendable {
    private var inner: Hash
    private let outer: Hash

    /// Begins a message under a key.
    package init(key: Span<UInt8>) {
        // 1. A key longer than a block is hashed, a shorter one filled up with zeros.
        var block: [UInt8] = []
        block.reserveCapacity(Hash.blockByteCount)
        if key.count > Hash.blockByteCount {
            block = Hash.hash(key)
        } else {
            for index in key.indices { block.append(key[index]) }
        }
        while block.count < Hash.blockByteCount { block.append(0) }
        // 2–3.
        let innerKey = block.map { $0 ^ 0x36 }
        inner = Hash()
        inner.update(innerKey.span)
        // 5–6.
        let outerKey = block.map { $0 ^ 0x5C }
        var outer = Hash()
        outer.update(outerKey.span)
        self.outer = outer
    }

    /// Takes in the next bytes of the message.
    package mutating func update(_ bytes: Span<UInt8>) {
        inner.update(bytes)
    }

    /// The code of the bytes taken in so far.
    package func finalize() -> [UInt8] {
        // 4, 6–7.
        var outer = outer
        let digest = inner.finalize()
        outer.update(digest.span)
        return outer.finalize()
    }

    /// The code of one whole message.
    package static func authenticate(_ message: Span<UInt8>, key: Span<UInt8>) -> [UInt8] {
        var code = HMAC(key: key)
        code.update(message)
        return code.finalize()
    }

    /// Whether a code is that of the message, compared in constant time.
    package static func isValid(_ code: Span<UInt8>, for message: Span<UInt8>, key: Span<UInt8>) -> Bool {
        let expected = authenticate(message, key: key)
        return ConstantTime.equals(code, expected.span)
    }
}
