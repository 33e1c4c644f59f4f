// Copyright 2026 the Whippet authors
// SPDX-License-Identifier: Apache-2.0

/// What a key that is one byte in memory is called, kept ready to be compared with the text.
///
/// Most keys are the cases of an enumeration, which are one byte each. Asking one for its name takes two calls through
/// tables, and the name is put together anew each time. So each box of a container (`ContainerBoxes`) has a table of
/// the names that its keys have told, by their byte: a key's name does not change, or nothing could be found by it.
struct KeyName {
    /// A table has names for the bytes below this.
    static let count = 32
    /// The longest name that is kept.
    static let maximumLength = 15

    /// The name's bytes and a closing quote as they lie in memory, and which bits of the words count.
    private let low: UInt64
    private let high: UInt64
    private let lowMask: UInt64
    private let highMask: UInt64

    /// A name that is not known yet: no text holds its bytes.
    static let unknown = KeyName(low: 0, high: 0, lowMask: ~0, highMask: ~0)

    /// Whether the keys of a type can be told apart by one byte.
    @inline(__always)
    static func suits<Key: CodingKey>(_ type: Key.Type) -> Bool {
        MemoryLayout<Key>.size == 1 && _isPOD(type)
    }
}

extension KeyName {
    /// The name of a key, nil for one that is too long or that JSON does not write as it is.
    init?(_ name: String) {
        let text = name.utf8
        guard text.count <= Self.maximumLength,
            text.allSatisfy({ $0 >= 0x20 && $0 != UInt8(ascii: "\"") && $0 != UInt8(ascii: "\\") })
        else { return nil }
        var (words, masks) = (SIMD2<UInt64>(), SIMD2<UInt64>())
        func append(_ byte: UInt8, at index: Int) {
            words[index >> 3] |= UInt64(byte) << UInt64((index & 7) * 8)
            masks[index >> 3] |= 0xFF << UInt64((index & 7) * 8)
        }
        for (index, byte) in text.enumerated() { append(byte, at: index) }
        append(UInt8(ascii: "\""), at: text.count)
        self.init(
            low: words[0].littleEndian, high: words[1].littleEndian, lowMask: masks[0].littleEndian,
            highMask: masks[1].littleEndian)
    }

    /// Whether this name is not known.
    var isUnknown: Bool { low == 0 && lowMask == ~0 }

    /// Whether the bytes at a place are this name and a quote.
    ///
    /// - Parameter place: The start of a key without escapes; sixteen bytes can be read from there.
    @inline(__always)
    func isText(at place: UnsafeRawPointer) -> Bool {
        let lowDifference = (place.loadUnaligned(as: UInt64.self) ^ low) & lowMask
        let highDifference = ((place + 8).loadUnaligned(as: UInt64.self) ^ high) & highMask
        return lowDifference | highDifference == 0
    }
}
