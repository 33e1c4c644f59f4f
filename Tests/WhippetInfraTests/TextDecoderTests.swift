// Copyright 2026 the Whippet authors
// SPDX-License-Identifier: Apache-2.0

internal import Testing

@testable internal import WhippetInfra

struct TextDecoderTests {
    @Test("The texts of the documentation's example come out")
    func example() throws {
        let city = try TextDecoder("iso-8859-2", fatal: true).decode([0xA3, 0xF3, 0x64, 0xBC])
        #expect(city == "Łódź")

        let decoder = try TextDecoder()
        var price = ""
        for chunk in [[0xE2, 0x82], [0xAC, 0x20, 0x35]] as [[UInt8]] {
            price += try decoder.decode(chunk, stream: true)
        }
        price += try decoder.decode()
        #expect(price == "€ 5")
    }

    @Test("A decoder tells its encoding in lower case, and its options")
    func attributes() throws {
        let plain = try TextDecoder()
        #expect(plain.encoding == "utf-8")
        #expect(!plain.fatal)
        #expect(!plain.ignoreBOM)
        let other = try TextDecoder(" LATIN1 ", fatal: true, ignoreBOM: true)
        #expect(other.encoding == "windows-1252")
        #expect(other.fatal)
        #expect(other.ignoreBOM)
    }

    @Test(
        "A label without a decoder is a RangeError that names it",
        arguments: [
            ("utf-7", "TextDecoder: \"utf-7\" is not the label of an encoding"),
            (
                "iso-2022-kr",
                "TextDecoder: \"iso-2022-kr\" is a label of the replacement encoding, which has no text"
            ),
        ])
    func refused(label: String, message: String) {
        #expect(throws: RangeError(message)) { try TextDecoder(label) }
    }

    @Test(
        "A multi-byte encoding whose module is not there is a RangeError that names the module",
        arguments: [
            ("big5", "Big5"), ("euc-jp", "EUC-JP"), ("euc-kr", "EUC-KR"), ("gb18030", "gb18030"), ("gb2312", "GBK"),
            ("iso-2022-jp", "ISO-2022-JP"), ("sjis", "Shift_JIS"),
        ])
    func absent(label: String, name: String) {
        let error = RangeError(
            "TextDecoder: \(name) needs the module WhippetLegacyEncodings (LegacyEncodings.register())")
        #expect(throws: error) {
            try TextDecoder(label, fatal: false, ignoreBOM: false, multiByteDecoders: { nil })
        }
    }

    @Test("Every other encoding but replacement has a decoder")
    func present() throws {
        let multiByte: Set<Encoding> = [.big5, .eucJP, .eucKR, .gb18030, .gbk, .iso2022JP, .shiftJIS]
        let names = Encoding.allCases.filter { $0 != .replacement && !multiByte.contains($0) }.map(\.name)
        #expect(names.count == 32)
        for name in names {
            let decoder = try TextDecoder(name, fatal: false, ignoreBOM: false, multiByteDecoders: { nil })
            #expect(try decoder.decode(Array("whippet".utf8) + [0]).isEmpty == false, "\(name)")
        }
    }

    // MARK: - One table of bytes, text and validity for the rest

    struct Case: CustomTestStringConvertible, Sendable {
        let label: String
        let bytes: [UInt8]
        let text: String
        var isValid = true

        var testDescription: String { "\(label) \(bytes)" }
    }

    static let cases: [Case] = [
        Case(label: "utf-8", bytes: [], text: ""),
        Case(label: "utf-8", bytes: [0x61, 0xC3, 0xA9, 0xE2, 0x82, 0xAC, 0xF0, 0x9F, 0x90, 0x95], text: "aé€🐕"),
        Case(label: "utf-8", bytes: [0xF4, 0x8F, 0xBF, 0xBF, 0xED, 0x9F, 0xBF], text: "\u{10FFFF}\u{D7FF}"),
        Case(label: "utf-8", bytes: [0xEF, 0xBB, 0xBF, 0x61], text: "a"),
        Case(label: "utf-8", bytes: [0xEF, 0xBB, 0xBF], text: ""),
        Case(label: "utf-8", bytes: [0xEF, 0xBB, 0xBF, 0xEF, 0xBB, 0xBF], text: "\u{FEFF}"),
        Case(label: "utf-8", bytes: [0x61, 0xEF, 0xBB, 0xBF], text: "a\u{FEFF}"),
        Case(label: "utf-8", bytes: [0xEF, 0xBB], text: "\u{FFFD}", isValid: false),
        Case(label: "utf-8", bytes: [0xEF, 0xBB, 0x61], text: "\u{FFFD}a", isValid: false),
        Case(label: "utf-8", bytes: [0xFF, 0xEF, 0xBB, 0xBF], text: "\u{FFFD}\u{FEFF}", isValid: false),
        Case(label: "utf-8", bytes: [0xC0, 0x80], text: "\u{FFFD}\u{FFFD}", isValid: false),
        Case(label: "utf-8", bytes: [0xC3], text: "\u{FFFD}", isValid: false),
        Case(label: "utf-8", bytes: [0xE0, 0x9F, 0x80], text: "\u{FFFD}\u{FFFD}\u{FFFD}", isValid: false),
        Case(label: "utf-8", bytes: [0xED, 0xA0, 0x80], text: "\u{FFFD}\u{FFFD}\u{FFFD}", isValid: false),
        Case(
            label: "utf-8", bytes: [0xE1, 0x80, 0xE2, 0xF0, 0x91, 0x92], text: "\u{FFFD}\u{FFFD}\u{FFFD}",
            isValid: false),
        Case(label: "utf-8", bytes: [0xF0, 0x80, 0x80, 0x41], text: "\u{FFFD}\u{FFFD}\u{FFFD}A", isValid: false),
        Case(
            label: "utf-8", bytes: [0xF4, 0x91, 0x92, 0x93, 0xFF, 0x41, 0x80, 0xBF, 0x42],
            text: "\u{FFFD}\u{FFFD}\u{FFFD}\u{FFFD}\u{FFFD}A\u{FFFD}\u{FFFD}B", isValid: false),
        Case(
            label: "utf-8", bytes: [0x80, 0x80, 0x80, 0x80, 0x41], text: "\u{FFFD}\u{FFFD}\u{FFFD}\u{FFFD}A",
            isValid: false),
        Case(label: "utf-8", bytes: [0xF0, 0x9F, 0x90], text: "\u{FFFD}", isValid: false),
        Case(label: "utf-8", bytes: [0xF0, 0x9F, 0x90, 0xC3, 0xA9], text: "\u{FFFD}é", isValid: false),

        Case(label: "utf-16le", bytes: [0x61, 0x00, 0x3D, 0xD8, 0x15, 0xDC], text: "a🐕"),
        Case(label: "utf-16be", bytes: [0x00, 0x61, 0xD8, 0x3D, 0xDC, 0x15], text: "a🐕"),
        Case(label: "utf-16", bytes: [0xFF, 0xFE, 0x61, 0x00], text: "a"),
        Case(label: "utf-16le", bytes: [0xFF, 0xFE, 0xFF, 0xFE], text: "\u{FEFF}"),
        Case(label: "utf-16be", bytes: [0xFE, 0xFF, 0x00, 0x61], text: "a"),
        Case(label: "utf-16le", bytes: [0xFE, 0xFF, 0x61, 0x00], text: "\u{FFFE}a"),
        Case(label: "utf-16le", bytes: [0xFF, 0xDB, 0xFF, 0xDF], text: "\u{10FFFF}"),
        Case(label: "utf-16le", bytes: [0x00, 0xD8, 0x00, 0xDC], text: "\u{10000}"),
        Case(label: "utf-16le", bytes: [0x61], text: "\u{FFFD}", isValid: false),
        Case(label: "utf-16le", bytes: [0x61, 0x00, 0x62], text: "a\u{FFFD}", isValid: false),
        Case(label: "utf-16le", bytes: [0x3D, 0xD8], text: "\u{FFFD}", isValid: false),
        Case(label: "utf-16le", bytes: [0x3D, 0xD8, 0x15], text: "\u{FFFD}", isValid: false),
        Case(label: "utf-16le", bytes: [0x3D, 0xD8, 0x61, 0x00], text: "\u{FFFD}a", isValid: false),
        Case(label: "utf-16be", bytes: [0xD8, 0x3D, 0x00, 0x61], text: "\u{FFFD}a", isValid: false),
        Case(label: "utf-16le", bytes: [0x3D, 0xD8, 0x3D, 0xD8, 0x15, 0xDC], text: "\u{FFFD}🐕", isValid: false),
        Case(label: "utf-16le", bytes: [0x15, 0xDC, 0x61, 0x00], text: "\u{FFFD}a", isValid: false),
        Case(label: "utf-16le", bytes: [0x00, 0xDC, 0xFF, 0xFE], text: "\u{FFFD}\u{FEFF}", isValid: false),

        Case(label: "windows-1252", bytes: [0x80, 0x81, 0x9F, 0xE9], text: "€\u{81}Ÿé"),
        Case(label: "windows-1252", bytes: [0xEF, 0xBB, 0xBF], text: "ï»¿"),
        Case(label: "windows-1253", bytes: [0xE1, 0xAA, 0xE2], text: "α\u{FFFD}β", isValid: false),
        Case(label: "koi8-u", bytes: [0xF7, 0xC9, 0xAE, 0xBE], text: "ВиўЎ"),
        Case(label: "windows-1255", bytes: [0xF9, 0xCA], text: "ש\u{5BA}"),
        Case(label: "iso-8859-16", bytes: [0xA4, 0xBA, 0xFE], text: "€șț"),
        Case(label: "iso-8859-8-i", bytes: [0xF9, 0xEC, 0xE5, 0xED], text: "שלום"),
        Case(label: "x-user-defined", bytes: [0x00, 0x7F, 0x80, 0xFF], text: "\u{0}\u{7F}\u{F780}\u{F7FF}"),
    ]

    @Test("Bytes become the standard's text, errors U+FFFD", arguments: cases)
    func replacement(_ one: Case) throws {
        #expect(try TextDecoder(one.label).decode(one.bytes) == one.text)
    }

    @Test("A fatal decoder throws a TypeError where another writes U+FFFD", arguments: cases)
    func fatal(_ one: Case) throws {
        let decoder = try TextDecoder(one.label, fatal: true)
        if one.isValid {
            #expect(try decoder.decode(one.bytes) == one.text)
        } else {
            let error = TypeError("TextDecoder.decode: the bytes are not valid \(decoder.encoding)")
            #expect(throws: error) { try decoder.decode(one.bytes) }
        }
    }

    @Test("Text in two chunks, cut anywhere, is the text as a whole", arguments: cases)
    func split(_ one: Case) throws {
        let decoder = try TextDecoder(one.label)
        for cut in 0...one.bytes.count {
            let first = try decoder.decode(Array(one.bytes[..<cut]), stream: true)
            #expect(try first + decoder.decode(Array(one.bytes[cut...])) == one.text, "cut at \(cut)")
        }
    }

    @Test("Text byte by byte is the text as a whole, fatal or not", arguments: cases)
    func byteByByte(_ one: Case) throws {
        for fatal in [false, true] where !fatal || one.isValid {
            let decoder = try TextDecoder(one.label, fatal: fatal)
            var text = ""
            for byte in one.bytes {
                text += try decoder.decode([byte], stream: true)
                text += try decoder.decode([], stream: true)
            }
            #expect(try text + decoder.decode() == one.text)
        }
    }
}
