// Copyright 2026 the Whippet authors
// SPDX-License-Identifier: Apache-2.0

/// JSON text that is being written.
// SAFETY (of the pointers): `base` is owned, freed by `deallocate`; writes follow a `reserve` of at least their length.
struct TextBuffer {
    /// A buffer that is kept for the next text holds at most this many bytes.
    static let keptCapacity = 65_536

    private(set) var base: UnsafeMutablePointer<UInt8>
    private(set) var count = 0
    private var capacity = 1024

    init() {
        base = .allocate(capacity: capacity)
    }

    func deallocate() {
        base.deallocate()
    }

    /// What has been written.
    var bytes: UnsafeBufferPointer<UInt8> { UnsafeBufferPointer(start: base, count: count) }

    /// Forgets the text, and gives back the memory of an unusually long one.
    mutating func reset() {
        count = 0
        if capacity > Self.keptCapacity {
            base.deallocate()
            capacity = 1024
            base = .allocate(capacity: capacity)
        }
    }

    /// Takes back what was written after `position`.
    mutating func truncate(to position: Int) {
        if position < count { count = position }
    }

    /// Makes room for `additional` more bytes.
    @inline(__always)
    mutating func reserve(_ additional: Int) {
        if capacity &- count < additional { grow(additional) }
    }

    @inline(never)
    private mutating func grow(_ additional: Int) {
        let larger = max(capacity * 2, count + additional)
        let memory = UnsafeMutablePointer<UInt8>.allocate(capacity: larger)
        memory.update(from: base, count: count)
        base.deallocate()
        base = memory
        capacity = larger
    }

    // MARK: - Bytes

    @inline(__always)
    mutating func append(_ byte: UInt8) {
        reserve(1)
        base[count] = byte
        count &+= 1
    }

    mutating func append(_ bytes: UnsafeBufferPointer<UInt8>) {
        guard let start = bytes.baseAddress else { return }
        reserve(bytes.count)
        (base + count).update(from: start, count: bytes.count)
        count += bytes.count
    }

    @inline(__always)
    mutating func append(_ literal: StaticString) {
        append(UnsafeBufferPointer(start: literal.utf8Start, count: literal.utf8CodeUnitCount))
    }

    // MARK: - Strings

    /// Writes a string between quotes, with the escapes of `JSON.stringify` and no others.
    ///
    /// Implements [QuoteJSONString](https://tc39.es/ecma262/#sec-quotejsonstring).
    @inline(__always)
    mutating func append(string: String) {
        var string = string
        string.withUTF8 { append(quoting: $0) }
    }

    /// Writes text between quotes.
    ///
    /// Bytes are copied as they are looked at, eight at a time; what follows an escape goes the same way again.
    mutating func append(quoting text: UnsafeBufferPointer<UInt8>) {
        reserve(text.count &+ 2)
        base[count] = UInt8(ascii: "\"")
        count &+= 1
        if var position = text.baseAddress {
            let end = position + text.count
            copyPlain(&position, end)
            while position < end {
                append(escaping: position.pointee)
                position += 1
                reserve((end - position) &+ 1)
                copyPlain(&position, end)
            }
        }
        base[count] = UInt8(ascii: "\"")
        count &+= 1
    }

    /// Writes a member's key between quotes, a comma before it where there is one, and a colon.
    @inline(__always)
    mutating func append(key: String, hasComma: Bool) {
        var key = key
        key.withUTF8 { text in
            reserve(text.count &+ 4)
            if hasComma {
                base[count] = UInt8(ascii: ",")
                count &+= 1
            }
            if var position = text.baseAddress {
                base[count] = UInt8(ascii: "\"")
                count &+= 1
                let start = count
                let end = position + text.count
                copyPlain(&position, end)
                // Fast path: most keys have nothing to escape. `append(quoting:)` gives the same for them.
                if position == end {
                    base[count] = UInt8(ascii: "\"")
                    base[count &+ 1] = UInt8(ascii: ":")
                    count &+= 2
                    return
                }
                count = start &- 1
            }
            append(quoting: text)
            append(UInt8(ascii: ":"))
        }
    }

    /// Copies up to the next byte that must be escaped, or to the end; there is room for all of it.
    @inline(__always)
    private mutating func copyPlain(_ position: inout UnsafePointer<UInt8>, _ end: UnsafePointer<UInt8>) {
        let ones: UInt64 = 0x0101_0101_0101_0101
        var target = base + count
        while end - position >= 8 {
            let loaded = UnsafeRawPointer(position).loadUnaligned(as: UInt64.self)
            let word = UInt64(littleEndian: loaded)
            let quotes = word ^ (ones &* 0x22)
            let backslashes = word ^ (ones &* 0x5C)
            let hits =
                (((word &- ones &* 0x20) & ~word) | ((quotes &- ones) & ~quotes)
                    | ((backslashes &- ones) & ~backslashes)) & (ones &* 0x80)
            if hits != 0 { break }
            UnsafeMutableRawPointer(target).storeBytes(of: loaded, as: UInt64.self)
            target += 8
            position += 8
        }
        while position < end {
            let byte = position.pointee
            if byte < 0x20 || byte == 0x22 || byte == 0x5C { break }
            target.pointee = byte
            target += 1
            position += 1
        }
        count = target - base
    }

    private mutating func append(escaping byte: UInt8) {
        append(UInt8(ascii: "\\"))
        switch byte {
        case 0x08: append(UInt8(ascii: "b"))
        case 0x09: append(UInt8(ascii: "t"))
        case 0x0A: append(UInt8(ascii: "n"))
        case 0x0C: append(UInt8(ascii: "f"))
        case 0x0D: append(UInt8(ascii: "r"))
        case UInt8(ascii: "\""), UInt8(ascii: "\\"): append(byte)
        default:
            append("u00")
            append(UInt8(ascii: "0") + byte >> 4)
            let low = byte & 0xF
            append(low < 10 ? UInt8(ascii: "0") + low : UInt8(ascii: "a") + low - 10)
        }
    }

    // MARK: - Numbers

    /// Writes an integer in decimal digits.
    @inline(__always)
    mutating func append<Integer: FixedWidthInteger>(integer: Integer) {
        if let value = UInt64(exactly: integer) {
            append(digits: value)
        } else if let value = Int64(exactly: integer) {
            append(UInt8(ascii: "-"))
            append(digits: value.magnitude)
        } else {
            var text = String(integer)
            text.withUTF8 { append($0) }
        }
    }

    /// Writes the digits of a number, at least one.
    @inline(__always)
    mutating func append(digits value: UInt64) {
        append(digits: value, decimals: 0)
    }

    /// Writes the digits of a number, the last `decimals` of them behind a point.
    mutating func append(digits value: UInt64, decimals: Int) {
        reserve(decimals &+ 24)
        var length = 1
        var rest = value
        while rest >= 10 {
            rest /= 10
            length &+= 1
        }
        if decimals > 0 { length = max(length, decimals &+ 1) &+ 1 }
        rest = value
        var place = count &+ length
        let first = count
        count = place
        let point = decimals > 0 ? place &- decimals &- 1 : first &- 1
        while place > first {
            place &-= 1
            if place == point {
                base[place] = UInt8(ascii: ".")
            } else {
                base[place] = UInt8(ascii: "0") &+ UInt8(truncatingIfNeeded: rest % 10)
                rest /= 10
            }
        }
    }

    /// Writes some zeros.
    mutating func append(zeros: Int) {
        for _ in 0..<max(0, zeros) { append(UInt8(ascii: "0")) }
    }
}
