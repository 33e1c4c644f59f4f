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
    let readsSmallStrings = SmallString.isUsable

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
        // Fast path: short strings with nothing to escape. `append(quoting:)` gives the same for them.
        if readsSmallStrings, let text = SmallString.words(of: string), !Self.escapes(text) {
            reserve(24)
            let target = base + count
            target.pointee = UInt8(ascii: "\"")
            Self.write(text, at: target + 1)
            target[text.count &+ 1] = UInt8(ascii: "\"")
            count &+= text.count &+ 2
            return
        }
        StringText.withBytes(of: string) { append(quoting: $0) }
    }

    /// Writes text between quotes.
    ///
    /// Bytes are copied as they are looked at, eight at a time; what follows an escape goes the same way again.
    mutating func append(quoting text: UnsafeBufferPointer<UInt8>) {
        guard var position = text.baseAddress, text.count > 0 else { return append("\"\"") }
        reserve(text.count &+ 2)
        var target = base + count
        target.pointee = UInt8(ascii: "\"")
        target += 1
        let end = position + text.count
        (position, target) = Self.copyPlain(position, end, target)
        while position < end {
            count = target - base
            append(escaping: position.pointee)
            position += 1
            reserve((end - position) &+ 1)
            (position, target) = Self.copyPlain(position, end, base + count)
        }
        target.pointee = UInt8(ascii: "\"")
        count = target - base &+ 1
    }

    /// Writes a member's key between quotes, a comma before it where there is one, and a colon.
    @inline(__always)
    mutating func append(key: String, hasComma: Bool) {
        // Fast path: most keys are short and have nothing to escape. `append(quoting:)` gives the same for them.
        if readsSmallStrings, let text = SmallString.words(of: key), append(shortKey: text, hasComma: hasComma) {
            return
        }
        StringText.withBytes(of: key) { append(key: $0, hasComma: hasComma) }
    }

    /// Writes a member's key whose text is ready, and a comma before it where there is one.
    @inline(__always)
    mutating func append(key text: UnsafePointer<KeyText>, hasComma: Bool) {
        reserve(KeyText.stride &+ 1)
        var target = base + count
        // The comma is written in any case, and written over where there is none.
        target.pointee = UInt8(ascii: ",")
        target += hasComma ? 1 : 0
        text.pointee.write(at: target)
        count = target - base &+ text.pointee.length
    }

    /// Writes a member's key that is a short string; false, and nothing is written, where one must escape.
    @inline(__always)
    mutating func append(shortKey text: (low: UInt64, high: UInt64, count: Int), hasComma: Bool) -> Bool {
        if Self.escapes(text) { return false }
        reserve(24)
        var target = base + count
        // The comma is written in any case, and written over where there is none.
        target.pointee = UInt8(ascii: ",")
        target += hasComma ? 1 : 0
        target.pointee = UInt8(ascii: "\"")
        Self.write(text, at: target + 1)
        target[text.count &+ 1] = UInt8(ascii: "\"")
        target[text.count &+ 2] = UInt8(ascii: ":")
        count = target - base &+ text.count &+ 3
        return true
    }

    /// Writes a member's key between quotes, a comma before it where there is one, and a colon.
    @inline(__always)
    mutating func append(key text: UnsafeBufferPointer<UInt8>, hasComma: Bool) {
        reserve(text.count &+ 4)
        var target = base + count
        // The comma is written in any case, and written over where there is none.
        target.pointee = UInt8(ascii: ",")
        target += hasComma ? 1 : 0
        target.pointee = UInt8(ascii: "\"")
        // Fast path: most keys have nothing to escape. `append(quoting:)` gives the same for them.
        if let start = text.baseAddress {
            let end = start + text.count
            let (reached, next) = Self.copyPlain(start, end, target + 1)
            if reached == end {
                next.pointee = UInt8(ascii: "\"")
                next[1] = UInt8(ascii: ":")
                count = next - base &+ 2
                return
            }
        }
        count = target - base
        append(quoting: text)
        append(UInt8(ascii: ":"))
    }

    /// Writes the bytes of a short string and some more that do not count; there is room for 16.
    @inline(__always)
    private static func write(_ text: (low: UInt64, high: UInt64, count: Int), at target: UnsafeMutablePointer<UInt8>) {
        let target = UnsafeMutableRawPointer(target)
        target.storeBytes(of: text.low, as: UInt64.self)
        (target + 8).storeBytes(of: text.high, as: UInt64.self)
    }

    /// Whether one of the characters of a short string must be escaped.
    @inline(__always)
    private static func escapes(_ text: (low: UInt64, high: UInt64, count: Int)) -> Bool {
        // The byte after the last one is zero, which would have to be escaped: it is the first hit where no other is.
        let lowHits = escapes(text.low)
        if text.count < 8 { return lowHits.trailingZeroBitCount >> 3 < text.count }
        return lowHits != 0 || escapes(text.high).trailingZeroBitCount >> 3 < text.count &- 8
    }

    /// Copies up to the next byte that must be escaped, or to the end; there is room for all of it.
    ///
    /// - Returns: Where it stopped, and where writing goes on.
    @inline(__always)
    private static func copyPlain(
        _ start: UnsafePointer<UInt8>, _ end: UnsafePointer<UInt8>, _ place: UnsafeMutablePointer<UInt8>
    ) -> (UnsafePointer<UInt8>, UnsafeMutablePointer<UInt8>) {
        var position = start
        var target = place
        while end - position >= 8 {
            let word = UnsafeRawPointer(position).loadUnaligned(as: UInt64.self)
            if escapes(word) != 0 { break }
            UnsafeMutableRawPointer(target).storeBytes(of: word, as: UInt64.self)
            target += 8
            position += 8
        }
        let left = end - position
        // The last bytes of a longer run go together with some that have been copied, and short runs as two halves.
        if left < 8, end - start >= 8 {
            let word = UnsafeRawPointer(end - 8).loadUnaligned(as: UInt64.self)
            if escapes(word) == 0 {
                UnsafeMutableRawPointer(target + left - 8).storeBytes(of: word, as: UInt64.self)
                return (end, target + left)
            }
        } else if left >= 4, left < 8 {
            let low = UnsafeRawPointer(position).loadUnaligned(as: UInt32.self)
            let high = UnsafeRawPointer(end - 4).loadUnaligned(as: UInt32.self)
            if escapes(UInt64(low) | UInt64(high) << 32) == 0 {
                UnsafeMutableRawPointer(target).storeBytes(of: low, as: UInt32.self)
                UnsafeMutableRawPointer(target + left - 4).storeBytes(of: high, as: UInt32.self)
                return (end, target + left)
            }
        }
        while position < end {
            let byte = position.pointee
            if byte < 0x20 || byte == 0x22 || byte == 0x5C { break }
            target.pointee = byte
            target += 1
            position += 1
        }
        return (position, target)
    }

    /// Whether one of eight bytes must be escaped: 0 where none must.
    @inline(__always)
    private static func escapes(_ word: UInt64) -> UInt64 {
        let ones: UInt64 = 0x0101_0101_0101_0101
        let quotes = word ^ (ones &* 0x22)
        let backslashes = word ^ (ones &* 0x5C)
        // A byte above 0x7F is none of them, and the borrow of another byte only shows where there is a hit already.
        return ((word &- ones &* 0x20) | (quotes &- ones) | (backslashes &- ones)) & ~word & (ones &* 0x80)
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
    mutating func append(digits value: UInt64) {
        append(digits: value, decimals: 0)
    }

    /// Writes the digits of a number, the last `decimals` of them, at most eight, behind a point.
    @inline(__always)
    mutating func append(digits value: UInt64, decimals: Int) {
        // The digits, the point, and what the move of eight digits writes more.
        reserve(40)
        let start = base + count
        let length = max(Self.digitCount(value), decimals &+ 1)
        var rest = value
        var place = start + length
        while place - start >= 2 {
            place -= 2
            let quotient = rest / 100
            UnsafeMutableRawPointer(place).storeBytes(of: Self.pair(rest &- quotient &* 100), as: UInt16.self)
            rest = quotient
        }
        if place > start { start.pointee = UInt8(ascii: "0") &+ UInt8(truncatingIfNeeded: rest) }
        count &+= length
        if decimals > 0 {
            let point = UnsafeMutableRawPointer(start + (length &- decimals))
            (point + 1).storeBytes(of: point.loadUnaligned(as: UInt64.self), as: UInt64.self)
            point.storeBytes(of: UInt8(ascii: "."), as: UInt8.self)
            count &+= 1
        }
    }

    /// The two digits of a number below 100, as they lie in memory.
    @inline(__always)
    private static func pair(_ value: UInt64) -> UInt16 {
        let tens = (value &* 103) >> 10
        let ones = value &- tens &* 10
        return UInt16(littleEndian: UInt16(truncatingIfNeeded: 0x3030 &+ tens &+ ones << 8))
    }

    /// How many decimal digits a number has, at least one.
    @inline(__always)
    private static func digitCount(_ value: UInt64) -> Int {
        var count = 1
        var rest = value
        while rest >= 10_000 {
            rest /= 10_000
            count &+= 4
        }
        return count &+ (rest >= 1000 ? 3 : rest >= 100 ? 2 : rest >= 10 ? 1 : 0)
    }

    /// Writes some zeros.
    mutating func append(zeros: Int) {
        for _ in 0..<max(0, zeros) { append(UInt8(ascii: "0")) }
    }
}
