// Copyright 2026 the Whippet authors
// SPDX-License-Identifier: Apache-2.0

internal import Testing
internal import WhippetInfra
internal import WhippetTestSupport

struct LegacyEncodingTests {
    struct Case: CustomTestStringConvertible, Sendable {
        let label: String
        let bytes: [UInt8]
        let text: String

        init(_ label: String, _ bytes: [UInt8], _ text: String) {
            (self.label, self.bytes, self.text) = (label, bytes, text)
        }

        var isValid: Bool { !text.unicodeScalars.contains("\u{FFFD}") }
        var testDescription: String { "\(label) \(bytes)" }
    }

    static let cases: [Case] = [
        Case("big5", [0xB6, 0xC0, 0x61], "黃a"),
        Case("big5", [0x87, 0x7A, 0xA3, 0xE1], "\u{3875}€"),
        Case("big5", [0x88, 0x62, 0x88, 0x64, 0x88, 0xA3, 0x88, 0xA5], "Ê\u{304}Ê\u{30C}ê\u{304}ê\u{30C}"),
        Case("big5", [0x87, 0x45], "\u{27267}"),
        Case("big5", [0x80, 0x61], "\u{FFFD}a"),
        Case("big5", [0x81, 0x40], "\u{FFFD}@"),
        Case("big5", [0x81, 0x80, 0x61], "\u{FFFD}a"),
        Case("big5", [0xFF], "\u{FFFD}"),
        Case("big5", [0xB6], "\u{FFFD}"),
        Case("big5", [0xB6, 0x0A], "\u{FFFD}\n"),
        Case("big5", [0xB6, 0xFF, 0xB6, 0xC0], "\u{FFFD}黃"),

        Case("euc-kr", [0xB0, 0xA1, 0x81, 0x41, 0x61], "가갂a"),
        Case("ks_c_5601-1987", [0xC7, 0xD1, 0xB1, 0xDB], "한글"),
        Case("euc-kr", [0x80], "\u{FFFD}"),
        Case("euc-kr", [0xB0, 0x20], "\u{FFFD} "),
        Case("euc-kr", [0xC9, 0xA1], "\u{FFFD}"),
        Case("euc-kr", [0xB0], "\u{FFFD}"),

        Case("shift_jis", [0x93, 0xFA, 0x96, 0x7B, 0x8C, 0xEA], "日本語"),
        Case("sjis", [0x5C, 0x7E, 0x80, 0xB1], "\\~\u{80}ｱ"),
        Case("shift_jis", [0xF0, 0x40, 0xF9, 0xFC], "\u{E000}\u{E757}"),
        Case("shift_jis", [0x87, 0x40, 0xFA, 0x40], "①ⅰ"),
        Case("shift_jis", [0xA0], "\u{FFFD}"),
        Case("shift_jis", [0xFD, 0xFF], "\u{FFFD}\u{FFFD}"),
        Case("shift_jis", [0x81, 0x20], "\u{FFFD} "),
        Case("shift_jis", [0x81, 0x7F], "\u{FFFD}\u{7F}"),
        Case("shift_jis", [0x81], "\u{FFFD}"),

        Case("euc-jp", [0xC6, 0xFC, 0xCB, 0xDC, 0x8E, 0xB1], "日本ｱ"),
        Case("euc-jp", [0x8F, 0xB0, 0xA1, 0xB0, 0xA1], "丂亜"),
        Case("euc-jp", [0x8F, 0xA2, 0xB7], "～"),
        Case("euc-jp", [0x8E, 0xE0, 0x61], "\u{FFFD}a"),
        Case("euc-jp", [0x8F, 0x61], "\u{FFFD}a"),
        Case("euc-jp", [0x8F, 0xB0, 0x61], "\u{FFFD}a"),
        Case("euc-jp", [0x8F, 0xA1, 0xA1, 0xB0, 0xA1], "\u{FFFD}亜"),
        Case("euc-jp", [0x8F, 0xB0], "\u{FFFD}"),
        Case("euc-jp", [0xA0, 0xFF], "\u{FFFD}\u{FFFD}"),

        Case("gb18030", [0xC4, 0xE3, 0xBA, 0xC3, 0x80], "你好€"),
        Case("gbk", [0xC4, 0xE3, 0xA2, 0xE3], "你€"),
        Case("gb18030", [0x81, 0x30, 0x81, 0x30, 0x84, 0x31, 0xA4, 0x39], "\u{80}\u{FFFF}"),
        Case("gb18030", [0x90, 0x30, 0x81, 0x30, 0xE3, 0x32, 0x9A, 0x35], "\u{10000}\u{10FFFF}"),
        Case("gb18030", [0x81, 0x35, 0xF4, 0x37, 0xA3, 0xA0], "\u{E7C7}\u{3000}"),
        Case("gb18030", [0x94, 0x39, 0xDA, 0x33], "💩"),
        Case("gb18030", [0x84, 0x31, 0xA5, 0x30], "\u{FFFD}"),
        Case("gb18030", [0xE3, 0x32, 0x9A, 0x36], "\u{FFFD}"),
        Case("gb18030", [0x81, 0x30, 0x81, 0x61], "\u{FFFD}0乤"),
        Case("gb18030", [0x81, 0x30, 0x81, 0x20], "\u{FFFD}0\u{FFFD} "),
        Case("gb18030", [0x81, 0x30, 0x61], "\u{FFFD}0a"),
        Case("gb18030", [0x81, 0x30, 0x81], "\u{FFFD}"),
        Case("gb18030", [0x81, 0x30], "\u{FFFD}"),
        Case("gb18030", [0x81, 0x7F], "\u{FFFD}\u{7F}"),
        Case("gb18030", [0x81, 0xFF, 0x61], "\u{FFFD}a"),
        Case("gb18030", [0xFF], "\u{FFFD}"),

        Case("iso-2022-jp", [0x61, 0x1B, 0x24, 0x42, 0x46, 0x7C, 0x4B, 0x5C, 0x1B, 0x28, 0x42, 0x62], "a日本b"),
        Case("iso-2022-jp", [0x1B, 0x28, 0x4A, 0x5C, 0x7E, 0x61], "¥‾a"),
        Case("iso-2022-jp", [0x1B, 0x28, 0x49, 0x31, 0x5F], "ｱﾟ"),
        Case("iso-2022-jp", [0x1B, 0x24, 0x40, 0x46, 0x7C], "日"),
        Case("iso-2022-jp", [0x1B, 0x28, 0x42, 0x1B, 0x28, 0x42, 0x61], "\u{FFFD}a"),
        Case("iso-2022-jp", [0x0E, 0x0F, 0x80], "\u{FFFD}\u{FFFD}\u{FFFD}"),
        Case("iso-2022-jp", [0x1B, 0x61], "\u{FFFD}a"),
        Case("iso-2022-jp", [0x1B, 0x24, 0x61], "\u{FFFD}$a"),
        Case("iso-2022-jp", [0x1B, 0x24], "\u{FFFD}$"),
        Case("iso-2022-jp", [0x1B], "\u{FFFD}"),
        Case("iso-2022-jp", [0x1B, 0x24, 0x42, 0x1B, 0x28], "\u{FFFD}\u{FFFD}"),
        Case("iso-2022-jp", [0x1B, 0x24, 0x42, 0x46], "\u{FFFD}"),
        Case("iso-2022-jp", [0x1B, 0x24, 0x42, 0x46, 0x1B, 0x28, 0x42, 0x61], "\u{FFFD}a"),
        Case("iso-2022-jp", [0x1B, 0x24, 0x42, 0x46, 0x0A, 0x46, 0x7C], "\u{FFFD}日"),
    ]

    init() {
        registerWhereNeeded()
    }

    @Test("Bytes become the standard's text, errors U+FFFD", arguments: cases)
    func replacement(_ one: Case) throws {
        #expect(try TextDecoder(one.label).decode(one.bytes) == one.text)
    }

    @Test("A fatal decoder throws where another writes U+FFFD", arguments: cases)
    func fatal(_ one: Case) throws {
        let decoder = try TextDecoder(one.label, fatal: true)
        if one.isValid {
            #expect(try decoder.decode(one.bytes) == one.text)
        } else {
            #expect(throws: TypeError("TextDecoder.decode: the bytes are not valid \(decoder.encoding)")) {
                try decoder.decode(one.bytes)
            }
        }
    }

    @Test("Text in two chunks, cut anywhere, and byte by byte is the text as a whole", arguments: cases)
    func split(_ one: Case) throws {
        let decoder = try TextDecoder(one.label)
        for cut in 0...one.bytes.count {
            let first = try decoder.decode(Array(one.bytes[..<cut]), stream: true)
            #expect(try first + decoder.decode(Array(one.bytes[cut...])) == one.text, "cut at \(cut)")
        }
        let pieces = try one.bytes.map { try decoder.decode([$0], stream: true) }
        #expect(try pieces.joined() + decoder.decode() == one.text)
    }

    @Test(
        "A byte order mark is nothing special",
        arguments: ["big5", "euc-jp", "euc-kr", "gb18030", "gbk", "iso-2022-jp", "shift_jis"])
    func noMark(label: String) throws {
        let text = try TextDecoder(label, ignoreBOM: false).decode([0xEF, 0xBB, 0xBF, 0x61])
        #expect(try TextDecoder(label, ignoreBOM: true).decode([0xEF, 0xBB, 0xBF, 0x61]) == text)
        #expect(!text.isEmpty && text != "a")
    }

    @Test(
        "Bytes without any sense end, with the same text however they are cut",
        arguments: ["big5", "euc-jp", "euc-kr", "gb18030", "gbk", "iso-2022-jp", "shift_jis"])
    func noise(label: String) throws {
        var random = SplitMix(seed: 2026)
        // Bytes with a meaning in these encodings stand often.
        let common: [UInt8] = [0x1B, 0x24, 0x28, 0x40, 0x42, 0x4A, 0x49, 0x30, 0x39, 0x81, 0x8E, 0x8F, 0xA1, 0xFE]
        for _ in 0..<40 {
            let bytes = (0..<60).map { _ in
                Bool.random(using: &random)
                    ? common.randomElement(using: &random) ?? 0 : .random(in: 0...255, using: &random)
            }
            let decoder = try TextDecoder(label)
            let text = try decoder.decode(bytes)
            let cut = Int.random(in: 0...60, using: &random)
            let first = try decoder.decode(Array(bytes[..<cut]), stream: true)
            #expect(try first + decoder.decode(Array(bytes[cut...])) == text, "\(bytes) at \(cut)")
            let pieces = try bytes.map { try decoder.decode([$0], stream: true) }
            #expect(try pieces.joined() + decoder.decode() == text, "\(bytes)")
        }
    }
}
