// Copyright 2026 the Whippet authors
// SPDX-License-Identifier: Apache-2.0

internal import Testing
internal import WhippetInfra

struct TextDecoderStreamingTests {
    @Test(
        "With ignoreBOM a byte order mark stays in the text",
        arguments: [
            ("utf-8", [0xEF, 0xBB, 0xBF, 0x61]), ("utf-16le", [0xFF, 0xFE, 0x61, 0x00]),
            ("utf-16be", [0xFE, 0xFF, 0x00, 0x61]),
        ] as [(String, [UInt8])])
    func ignoreBOM(label: String, bytes: [UInt8]) throws {
        #expect(try TextDecoder(label, ignoreBOM: true).decode(bytes) == "\u{FEFF}a")
        #expect(try TextDecoder(label).decode(bytes) == "a")
    }

    @Test("Each stream may have a byte order mark of its own")
    func markOfEachStream() throws {
        let decoder = try TextDecoder()
        let bytes: [UInt8] = [0xEF, 0xBB, 0xBF, 0x61]
        #expect(try decoder.decode(bytes) == "a")
        #expect(try decoder.decode(bytes, stream: true) == "a")
        #expect(try decoder.decode(bytes) == "\u{FEFF}a")
        #expect(try decoder.decode(bytes) == "a")
    }

    @Test("A chunk with the first bytes of a sequence alone gives no text yet")
    func waits() throws {
        let decoder = try TextDecoder(fatal: true)
        #expect(try decoder.decode([0x61, 0xF0, 0x9F], stream: true) == "a")
        #expect(try decoder.decode([0x90], stream: true) == "")
        #expect(try decoder.decode([0x95, 0x62], stream: true) == "🐕b")
        #expect(try decoder.decode() == "")
    }

    @Test("A chunk whose last bytes can't begin a sequence is an error at once")
    func errorAtOnce() throws {
        let decoder = try TextDecoder(fatal: true)
        for bytes in [[0xE0, 0x80], [0xED, 0xA0], [0xF0, 0x8F], [0xF4, 0x90], [0xC1], [0xF5], [0x80]] as [[UInt8]] {
            #expect(throws: TypeError.self, "\(bytes)") { try decoder.decode(bytes, stream: true) }
        }
    }

    @Test("A stream that ends within a sequence is an error at its end")
    func errorAtEnd() throws {
        for (label, bytes) in [("utf-8", [0xE2, 0x82]), ("utf-16le", [0x00]), ("utf-16le", [0x00, 0xD8])]
            as [(String, [UInt8])]
        {
            let decoder = try TextDecoder(label, fatal: true)
            #expect(try decoder.decode(bytes, stream: true) == "")
            #expect(throws: TypeError.self) { try decoder.decode() }
            // The next call begins a new stream.
            #expect(try decoder.decode() == "")
        }
    }

    @Test("After an error the next chunk begins a new stream")
    func afterError() throws {
        let decoder = try TextDecoder("utf-16le", fatal: true)
        #expect(try decoder.decode([0x61, 0x00, 0x62], stream: true) == "a")
        #expect(throws: TypeError.self) { try decoder.decode([0xDC, 0x63], stream: true) }
        #expect(try decoder.decode([0x64, 0x00]) == "d")
    }

    @Test("A decoder without an open stream serves many tasks")
    func tasks() async throws {
        let decoder = try TextDecoder("windows-1252")
        let texts = await withTaskGroup(of: String?.self, returning: Set<String?>.self) { group in
            for _ in 0..<100 {
                group.addTask { try? decoder.decode([0x80, 0x31]) }
            }
            return await group.reduce(into: []) { $0.insert($1) }
        }
        #expect(texts == ["€1"])
    }

    @Test("A long text in chunks of any size is the text as a whole")
    func chunks() throws {
        let text = String(repeating: "a\u{E9}\u{20AC}\u{1F415} whippet \u{FEFF}", count: 40)
        let units = text.utf16.flatMap { [UInt8(truncatingIfNeeded: $0), UInt8($0 >> 8)] }
        for (label, bytes) in [("utf-8", Array(text.utf8)), ("utf-16le", units)] {
            let decoder = try TextDecoder(label, fatal: true)
            for size in 1...17 {
                var result = ""
                for start in stride(from: 0, to: bytes.count, by: size) {
                    result += try decoder.decode(Array(bytes[start..<min(start + size, bytes.count)]), stream: true)
                }
                #expect(try result + decoder.decode() == text, "\(label) by \(size)")
            }
        }
    }

    @Test(
        "Decode follows a byte order mark before the encoding",
        arguments: [
            ([0xEF, 0xBB, 0xBF, 0xC3, 0xA9], "é"), ([0xFE, 0xFF, 0x00, 0xE9], "é"), ([0xFF, 0xFE, 0xE9, 0x00], "é"),
            ([0xC3, 0xA9], "Ã©"), ([], ""),
        ] as [([UInt8], String)])
    func sniffing(bytes: [UInt8], text: String) {
        #expect(TextDecoding.decode(bytes.span, fallback: .windows1252) == text)
    }

    @Test("The replacement encoding is one error, whatever the bytes")
    func replacementEncoding() {
        let bytes: [UInt8] = [0x61, 0x62, 0x63]
        #expect(TextDecoding.decode(bytes.span, fallback: .replacement) == "\u{FFFD}")
        #expect(TextDecoding.decode([UInt8]().span, fallback: .replacement) == "")
    }
}
