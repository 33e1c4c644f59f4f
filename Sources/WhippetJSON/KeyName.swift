// Copyright 2026 the Whippet authors
// SPDX-License-Identifier: Apache-2.0

/// The name of a key that is one byte in memory, kept ready for its use.
///
/// Most keys are the cases of an enumeration, which are one byte each. Asking one for its name takes two calls through
/// tables, and the name is put together anew each time. So each box of a container (`ContainerBoxes`) has a table of
/// the names that its keys have told, by their byte: a key's name does not change, or nothing could be found by it.
protocol KeyForm {
    /// What stands in a table for a name that has not been told or that can't be kept.
    static var unknown: Self { get }
}

extension KeyForm {
    /// A table has names for the bytes below this.
    static var count: Int { 32 }

    /// Whether the keys of a type can be told apart by one byte.
    @inline(__always)
    static func suits<Key: CodingKey>(_ type: Key.Type) -> Bool {
        MemoryLayout<Key>.size == 1 && _isPOD(type)
    }

    /// Whether JSON writes a name as it is.
    static func isPlain(_ name: String) -> Bool {
        name.utf8.allSatisfy { $0 >= 0x20 && $0 != UInt8(ascii: "\"") && $0 != UInt8(ascii: "\\") }
    }
}

/// A key's name as it is compared with the text.
struct KeyName: KeyForm {
    /// The longest name that is kept.
    private static let maximumLength = 15

    /// The name's bytes and a closing quote as they lie in memory, and which bits of the words count.
    private let low: UInt64
    private let high: UInt64
    private let lowMask: UInt64
    private let highMask: UInt64

    /// A name that is not known yet: no text holds its bytes.
    static let unknown = KeyName(low: 0, high: 0, lowMask: ~0, highMask: ~0)
}

extension KeyName {
    /// The name of a key, nil for one that is too long or that JSON does not write as it is.
    init?(_ name: String) {
        let text = name.utf8
        guard text.count <= Self.maximumLength, Self.isPlain(name) else { return nil }
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

/// A key's name as it is written, with its quotes and the colon.
struct KeyText: KeyForm {
    /// How many bytes are written; those that do not count are written over.
    static let stride = 24

    private let words: (UInt64, UInt64, UInt64)
    /// How many of the bytes count, 0 where the name is not known.
    let length: Int

    static let unknown = KeyText(words: (0, 0, 0), length: 0)
}

extension KeyText {
    /// The text of a key, nil for one that is too long or that JSON does not write as it is.
    init?(_ name: String) {
        let length = name.utf8.count + 3
        guard length <= Self.stride, Self.isPlain(name) else { return nil }
        var words: (UInt64, UInt64, UInt64) = (0, 0, 0)
        withUnsafeMutableBytes(of: &words) { bytes in
            bytes[0] = UInt8(ascii: "\"")
            for (index, byte) in name.utf8.enumerated() { bytes[index + 1] = byte }
            bytes[length - 2] = UInt8(ascii: "\"")
            bytes[length - 1] = UInt8(ascii: ":")
        }
        self.init(words: words, length: length)
    }

    /// Writes the text, where there is room for `stride` bytes.
    @inline(__always)
    func write(at place: UnsafeMutableRawPointer) {
        place.storeBytes(of: words.0, as: UInt64.self)
        (place + 8).storeBytes(of: words.1, as: UInt64.self)
        (place + 16).storeBytes(of: words.2, as: UInt64.self)
    }
}
