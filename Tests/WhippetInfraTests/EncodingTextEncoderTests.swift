// Copyright 2026 the Whippet authors
// SPDX-License-Identifier: Apache-2.0

internal import Testing
internal import WhippetInfra

struct EncodingTextEncoderTests {
    @Test("Text becomes its UTF-8 bytes")
    func encode() {
        let encoder = TextEncoder()
        #expect(encoder.encoding == "utf-8")
        #expect(encoder.encode() == [])
        #expect(encoder.encode("héllo") == [0x68, 0xC3, 0xA9, 0x6C, 0x6C, 0x6F])
        #expect(encoder.encode("\u{FEFF}€🐕") == [0xEF, 0xBB, 0xBF, 0xE2, 0x82, 0xAC, 0xF0, 0x9F, 0x90, 0x95])
    }

    // The results are Node's: new TextEncoder().encodeInto(text, new Uint8Array(length)).
    @Test(
        "encodeInto writes whole characters only, and counts UTF-16 code units",
        arguments: [
            ("", 3, 0, []), ("abc", 0, 0, []), ("abc", 2, 2, [0x61, 0x62]), ("abc", 5, 3, [0x61, 0x62, 0x63]),
            ("é", 1, 0, []), ("é", 2, 1, [0xC3, 0xA9]), ("a€", 3, 1, [0x61]), ("a€", 4, 2, [0x61, 0xE2, 0x82, 0xAC]),
            ("🐕a", 3, 0, []), ("🐕a", 4, 2, [0xF0, 0x9F, 0x90, 0x95]), ("🐕a", 5, 3, [0xF0, 0x9F, 0x90, 0x95, 0x61]),
            ("e\u{301}", 2, 1, [0x65]),
        ] as [(String, Int, Int, [UInt8])])
    func encodeInto(text: String, length: Int, read: Int, bytes: [UInt8]) {
        var destination = [UInt8](repeating: 0xAA, count: length)
        let result = TextEncoder().encodeInto(text, &destination)
        #expect(result.read == read)
        #expect(result.written == bytes.count)
        #expect(destination == bytes + [UInt8](repeating: 0xAA, count: length - bytes.count))
    }

    @Test("encodeInto writes into a part of a buffer")
    func encodeIntoPart() {
        var bytes = [UInt8](repeating: 0, count: 5)
        var part = bytes[1..<4]
        var span = part.mutableSpan
        let result = TextEncoder().encodeInto("a€", &span)
        bytes[1..<4] = part
        #expect(result.written == 1)
        #expect(bytes == [0, 0x61, 0, 0, 0])
    }
}
