// Copyright 2026 the Whippet authors
// SPDX-License-Identifier: Apache-2.0

internal import Testing
internal import WhippetInfra

struct UTF8DecodingTests {
    @Test(
        "Each maximal part of a sequence that is not UTF-8 becomes one U+FFFD",
        arguments: [
            ([0x61, 0xC3, 0xA9], "aé"),
            ([0xFF, 0x61], "\u{FFFD}a"),
            ([0xC0, 0x80], "\u{FFFD}\u{FFFD}"),
            ([0xE2, 0x82], "\u{FFFD}"),
            ([0xE2, 0x82, 0x61], "\u{FFFD}a"),
            ([0xE0, 0x80, 0x80], "\u{FFFD}\u{FFFD}\u{FFFD}"),
            ([0xED, 0xA0, 0x80], "\u{FFFD}\u{FFFD}\u{FFFD}"),
            ([0xF0, 0x9F, 0x92], "\u{FFFD}"),
            ([0xF0, 0x9F, 0x92, 0x41], "\u{FFFD}A"),
            ([0xF4, 0x90, 0x80, 0x80], "\u{FFFD}\u{FFFD}\u{FFFD}\u{FFFD}"),
            ([0xF8, 0x88, 0x80, 0x80, 0x80], "\u{FFFD}\u{FFFD}\u{FFFD}\u{FFFD}\u{FFFD}"),
            ([0x80, 0x80], "\u{FFFD}\u{FFFD}"),
        ] as [([UInt8], String)])
    func replacement(bytes: [UInt8], text: String) {
        #expect(UTF8Decoding.decodeWithoutBOM(bytes.span) == text)
        #expect(UTF8Decoding.decodeWithoutBOMOrFail(bytes.span) == (text.contains("\u{FFFD}") ? nil : text))
    }

    @Test("Only decode leaves a byte order mark out")
    func byteOrderMark() {
        let bytes: [UInt8] = [0xEF, 0xBB, 0xBF, 0x61]
        #expect(UTF8Decoding.decode(bytes.span) == "a")
        #expect(UTF8Decoding.decodeWithoutBOM(bytes.span) == "\u{FEFF}a")
    }

    @Test(
        "A byte order mark tells the encoding",
        arguments: [
            ([0xEF, 0xBB, 0xBF], "UTF-8"), ([0xFE, 0xFF], "UTF-16BE"), ([0xFF, 0xFE], "UTF-16LE"), ([0xEF, 0xBB], nil),
            ([0xFE], nil), ([], nil),
        ] as [([UInt8], String?)])
    func sniffing(bytes: [UInt8], name: String?) {
        #expect(UTF8Decoding.sniffBOM(bytes.span) == name)
    }
}
