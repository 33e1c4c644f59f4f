// Copyright 2026 the Whippet authors
// SPDX-License-Identifier: Apache-2.0

/// The entity tag that Next.js gives a body: FNV-1a of its UTF-16 code units, folded to 52 bits, and how many there are.
///
/// Clients keep their answers where an API route moves here.
struct NextApiTag {
    private var hash: UInt64 = 0xCBF2_9CE4_8422_2325
    private var count = 0

    /// The tag of text in UTF-8.
    static func make(_ text: [UInt8]) -> String {
        var tag = NextApiTag()
        for (index, byte) in text.enumerated() {
            guard byte < 0x80 else {
                for unit in String(decoding: text[index...], as: UTF8.self).utf16 { tag.add(unit) }
                return tag.text
            }
            tag.add(UInt16(byte))
        }
        return tag.text
    }

    /// The tag of bytes, which Next makes of what `JSON.stringify` says of a `Buffer`.
    static func make(buffer bytes: [UInt8]) -> String {
        var tag = NextApiTag()
        for byte in #"{"type":"Buffer","data":["#.utf8 { tag.add(UInt16(byte)) }
        for (index, byte) in bytes.enumerated() {
            if index > 0 { tag.add(0x2C) }
            if byte >= 100 { tag.add(0x30 + UInt16(byte / 100)) }
            if byte >= 10 { tag.add(0x30 + UInt16(byte / 10 % 10)) }
            tag.add(0x30 + UInt16(byte % 10))
        }
        for byte in "]}".utf8 { tag.add(UInt16(byte)) }
        return tag.text
    }

    private mutating func add(_ unit: UInt16) {
        hash = (hash ^ UInt64(unit)) &* 0x100_0000_01B3
        count += 1
    }

    /// The highest 12 of the 64 bits are folded into the lowest.
    private var text: String {
        let folded = (hash ^ hash >> 52) & 0xFFFF_FFFF_FFFF
        let high = hash & 0xF_0000_0000_0000
        var text: [UInt8] = [0x22]
        text.reserveCapacity(26)
        Self.append(high | folded, to: &text)
        Self.append(UInt64(count), to: &text)
        text.append(0x22)
        return String(decoding: text, as: UTF8.self)
    }

    /// Writes a number in base 36: `String(_:radix:)` takes ten times as long.
    private static func append(_ number: UInt64, to text: inout [UInt8]) {
        let start = text.count
        var rest = number
        repeat {
            let digit = UInt8(rest % 36)
            text.append(digit < 10 ? 0x30 + digit : 0x57 + digit)
            rest /= 36
        } while rest > 0
        text[start...].reverse()
    }
}
