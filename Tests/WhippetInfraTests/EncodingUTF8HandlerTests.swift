// Copyright 2026 the Whippet authors
// SPDX-License-Identifier: Apache-2.0

internal import Testing
internal import WhippetInfra

/// The decoder goes by the standard library's validation; here stand the standard's own steps beside it.
struct EncodingUTF8HandlerTests {
    /// Bytes on both sides of each border in the steps.
    static let borders: [UInt8] = [
        0x00, 0x7F, 0x80, 0x8F, 0x90, 0x9F, 0xA0, 0xBF, 0xC0, 0xC1, 0xC2, 0xDF, 0xE0, 0xE1, 0xEC, 0xED, 0xEE, 0xEF,
        0xF0,
        0xF1, 0xF3, 0xF4, 0xF5, 0xFF,
    ]

    @Test("Three bytes decode as by the standard's steps, at once and byte by byte", arguments: borders)
    func threeBytes(first: UInt8) throws {
        let decoder = try TextDecoder(ignoreBOM: true)
        var wrong: [[UInt8]] = []
        for second in Self.borders {
            for third in Self.borders {
                let bytes = [first, second, third]
                let expected = Self.decode(bytes)
                let pieces = try bytes.map { try decoder.decode([$0], stream: true) }
                if try pieces.joined() + decoder.decode() != expected { wrong.append(bytes) }
                if try decoder.decode(bytes) != expected { wrong.append(bytes) }
            }
        }
        #expect(wrong == [])
    }

    @Test("Four bytes and more decode as by the standard's steps", arguments: [0xF0, 0xF1, 0xF4] as [UInt8])
    func fourBytes(first: UInt8) throws {
        let decoder = try TextDecoder(ignoreBOM: true)
        var wrong: [[UInt8]] = []
        for second in Self.borders {
            for third in [0x7F, 0x80, 0xBF, 0xC2] as [UInt8] {
                for fourth in Self.borders {
                    let bytes = [first, second, third, fourth, 0x80]
                    let expected = Self.decode(bytes)
                    let start = try decoder.decode(Array(bytes[..<3]), stream: true)
                    if try start + decoder.decode(Array(bytes[3...])) != expected { wrong.append(bytes) }
                    if try decoder.decode(bytes) != expected { wrong.append(bytes) }
                }
            }
        }
        #expect(wrong == [])
    }

    /// The [UTF-8 decoder](https://encoding.spec.whatwg.org/#utf-8-decoder), with U+FFFD for errors.
    private static func decode(_ bytes: [UInt8]) -> String {
        var output = String.UnicodeScalarView()
        var (codePoint, seen, needed): (UInt32, Int, Int) = (0, 0, 0)
        var boundaries: ClosedRange<UInt8> = 0x80...0xBF
        var position = 0
        while position < bytes.count {
            let byte = bytes[position]
            position += 1
            // 3.
            if needed == 0 {
                switch byte {
                case 0x00...0x7F: output.append(Unicode.Scalar(byte))
                case 0xC2...0xDF: (needed, codePoint) = (1, UInt32(byte) & 0x1F)
                case 0xE0...0xEF:
                    if byte == 0xE0 { boundaries = 0xA0...0xBF }
                    if byte == 0xED { boundaries = 0x80...0x9F }
                    (needed, codePoint) = (2, UInt32(byte) & 0xF)
                case 0xF0...0xF4:
                    if byte == 0xF0 { boundaries = 0x90...0xBF }
                    if byte == 0xF4 { boundaries = 0x80...0x8F }
                    (needed, codePoint) = (3, UInt32(byte) & 0x7)
                default: output.append("\u{FFFD}")
                }
                continue
            }
            // 4.
            guard boundaries.contains(byte) else {
                (codePoint, seen, needed) = (0, 0, 0)
                boundaries = 0x80...0xBF
                position -= 1
                output.append("\u{FFFD}")
                continue
            }
            // 5–8.
            boundaries = 0x80...0xBF
            codePoint = codePoint << 6 | UInt32(byte) & 0x3F
            seen += 1
            guard seen == needed else { continue }
            // 9–11.
            output.append(Unicode.Scalar(codePoint) ?? "?")
            (codePoint, seen, needed) = (0, 0, 0)
        }
        // 1.
        if needed > 0 { output.append("\u{FFFD}") }
        return String(output)
    }
}
