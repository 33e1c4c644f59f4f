// Copyright 2026 the Whippet authors
// SPDX-License-Identifier: Apache-2.0

import Testing
import WhippetInfra
import WhippetStreams

struct EncodingLineTests {
    private static let cases: [(text: String, lines: [String])] = [
        ("", []), ("\n", [""]), ("\r\n", [""]), ("a", ["a"]), ("a\n", ["a"]), ("a\n\n", ["a", ""]),
        ("a\r\nb\nc", ["a", "b", "c"]), ("a\rb\n", ["a\rb"]), ("a\r", ["a\r"]), ("a\r\r\n", ["a\r"]),
        ("\r\r\n\n", ["\r", ""]),
        ("\u{FEFF}a\n\u{FEFF}b", ["a", "\u{FEFF}b"]), ("é€\r\n😀", ["é€", "😀"]),
        ("\u{2028}a\u{85}b\n", ["\u{2028}a\u{85}b"]),
    ]

    private func same(_ lines: [String], _ expected: [String]) -> Bool {
        lines.count == expected.count && zip(lines, expected).allSatisfy { $0.utf8.elementsEqual($1.utf8) }
    }

    @Test("Lines end with LF or CRLF, wherever chunks end", arguments: cases)
    func lines(text: String, lines: [String]) async throws {
        let bytes = Array(text.utf8)
        #expect(same(try await ByteStream.from([bytes]).lines.gathered(), lines))
        #expect(same(try await ByteStream.from(bytes.map { [$0] }).lines.gathered(), lines))
        for border in bytes.indices {
            let chunks = [Array(bytes[..<border]), [], Array(bytes[border...])]
            #expect(same(try await ByteStream.from(chunks).lines.gathered(), lines), "cut at \(border)")
        }
    }

    @Test("What is not UTF-8 becomes U+FFFD")
    func replacement() async throws {
        #expect(try await ByteStream.from([[0x61, 0xFF, 0x0A, 0xC3]]).lines.gathered() == ["a\u{FFFD}", "\u{FFFD}"])
    }

    @Test("A line may have as many bytes as said and not one more, wherever chunks end")
    func bound() async throws {
        let error = RangeError("lines: a line is longer than 4 bytes")
        for size in 1...8 {
            func chunks(_ text: String) -> ByteStream {
                let bytes = Array(text.utf8)
                return ByteStream.from(
                    stride(from: 0, to: bytes.count, by: size).map { Array(bytes[$0..<min($0 + size, bytes.count)]) })
            }
            let fitting = try await chunks("1234\r\n1234\n1\n1234").lines(maximumByteCount: 4).gathered()
            #expect(fitting == ["1234", "1234", "1", "1234"])
            for text in ["12345", "12345\n", "1234\r", "1\n12345\r\n", "1\n1234567890"] {
                await #expect(throws: error, "\(text.debugDescription) by \(size)") {
                    try await chunks(text).lines(maximumByteCount: 4).gathered()
                }
            }
        }
    }

    @Test("A sender without line ends is stopped at 1 MiB")
    func endless() async throws {
        let chunk = [UInt8](repeating: 0x61, count: 65_536)
        let stream = ByteStream(pull: { try $0.enqueue(chunk) })
        await #expect(throws: RangeError("lines: a line is longer than 1048576 bytes")) {
            try await stream.lines.gathered()
        }
    }

    @Test("Lines that came before an error are given")
    func error() async throws {
        let (stream, controller) = try ByteStream.pushed()
        try controller.enqueue(Array("one\ntwo".utf8))
        var iterator = stream.lines.makeAsyncIterator()
        #expect(try await iterator.next() == "one")
        controller.error(Failure("torn"))
        await #expect(throws: Failure("torn")) { try await iterator.next() }
    }
}
