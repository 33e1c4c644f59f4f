// Copyright 2026 the Whippet authors
// SPDX-License-Identifier: Apache-2.0

import Testing
import WhippetHTTP1

/// A chunked body and what must come of it.
struct ChunkedCase: CustomTestStringConvertible, Sendable {
    let testDescription: String
    let input: String
    let outcome: ChunkedOutcome

    init(_ description: String, _ input: String, _ content: String, rest: String = "") {
        testDescription = description
        self.input = input
        outcome = ChunkedOutcome(content: content, end: .finished(rest: rest))
    }

    init(_ description: String, _ input: String, after content: String = "", failsWith error: MessageError) {
        testDescription = description
        self.input = input
        outcome = ChunkedOutcome(content: content, end: .failed(error))
    }
}

@Suite("ChunkedDecoder")
struct ChunkedDecoderTests {
    @Test("a chunked body is decoded or refused, however it is cut", arguments: cases)
    func decode(_ row: ChunkedCase) {
        let input = bytes(row.input)
        #expect(decodeChunked(input, cuts: [input.count]) == row.outcome)
        #expect(decodeChunked(input, cuts: 0...input.count) == row.outcome, "byte by byte")
        for cut in input.indices where decodeChunked(input, cuts: [cut, input.count]) != row.outcome {
            Issue.record("cut at \(cut)")
        }
    }

    @Test(
        "a body that is not complete is waited for",
        arguments: ["", "5", "5\r", "5\r\n", "5\r\nhel", "5\r\nhello", "0\r\n", "0\r\n\r"])
    func incomplete(_ input: String) {
        let input = bytes(input)
        #expect(decodeChunked(input, cuts: [input.count]).end == .incomplete)
    }

    @Test("data is handed over where it lies in the input")
    func places() {
        var decoder = ChunkedDecoder()
        let input = bytes("5\r\nhello\r\n0\r\n\r\n")
        input.withUnsafeBufferPointer { whole in
            #expect(decoder.decode(whole) == .data(skipped: 3, count: 5))
            #expect(decoder.decode(UnsafeBufferPointer(rebasing: whole[8...])) == .finished(consumed: 7))
            #expect(decoder.decode(whole) == .finished(consumed: 0))
        }
    }

    @Test("the decoder stays in its error")
    func errorStays() {
        var decoder = ChunkedDecoder()
        bytes("x").withUnsafeBufferPointer { #expect(decoder.decode($0) == .failed(.invalidChunkSize)) }
        bytes("0\r\n\r\n").withUnsafeBufferPointer { #expect(decoder.decode($0) == .failed(.invalidChunkSize)) }
    }

    @Test("extensions, trailers and surplus digits may have as many bytes as the limit, not one more")
    func overhead() {
        func end(_ text: String, limit: Int) -> ChunkedOutcome.End {
            let input = bytes(text)
            return decodeChunked(input, cuts: [input.count], overheadLimit: limit).end
        }
        let extended = "1;ab=cd\r\nx\r\n1;e\r\nx\r\n0\r\n\r\n"
        #expect(end(extended, limit: 9) == .finished(rest: ""))
        #expect(end(extended, limit: 7) == .failed(.chunkExtensionsTooLarge))
        let digits = "000000000000000000001\r\nx\r\n0\r\n\r\n"
        #expect(end(digits, limit: 6) == .finished(rest: ""))
        #expect(end(digits, limit: 4) == .failed(.chunkExtensionsTooLarge))
        let trailer = "0\r\nab: cd\r\n\r\n"
        #expect(end(trailer, limit: 9) == .finished(rest: ""))
        #expect(end(trailer, limit: 7) == .failed(.trailersTooLarge))
    }

    @Test("a default decoder bounds each kind of overhead at 16 KiB")
    func defaultOverhead() {
        let many = String(repeating: "x", count: 16_384)
        for (input, error) in [
            ("1;\(many)", MessageError.chunkExtensionsTooLarge),
            ("1;a=\"\(many)", .chunkExtensionsTooLarge),
            (String(repeating: "0", count: 16_401), .chunkExtensionsTooLarge),
            (String(repeating: "1;a\r\nx\r\n", count: 8193), .chunkExtensionsTooLarge),
            ("0\r\na: \(many)", .trailersTooLarge),
            ("0\r\n" + String(repeating: "a:\r\n", count: 8192), .trailersTooLarge),
        ] {
            let input = bytes(input)
            #expect(decodeChunked(input, cuts: [input.count]).end == .failed(error))
        }
    }

    @Test("a long upload in small chunks without extensions has no overhead")
    func longUpload() {
        let input = bytes(String(repeating: "00000001\r\nx\r\n", count: 5000) + "0\r\n\r\n")
        #expect(decodeChunked(input, cuts: [input.count]).end == .finished(rest: ""))
    }

    static let cases: [ChunkedCase] = [
        ChunkedCase("no content", "0\r\n\r\n", ""),
        ChunkedCase("one chunk", "5\r\nhello\r\n0\r\n\r\n", "hello"),
        ChunkedCase("a size in upper case", "A\r\n0123456789\r\n0\r\n\r\n", "0123456789"),
        ChunkedCase("a size in lower case", "a\r\n0123456789\r\n0\r\n\r\n", "0123456789"),
        ChunkedCase("two chunks and three zeros", "5\r\nhello\r\n6\r\n world\r\n000\r\n\r\n", "hello world"),
        ChunkedCase("line ends as content", "4\r\n\r\n\r\n\r\n0\r\n\r\n", "\r\n\r\n"),
        ChunkedCase("the next message stays", "1\r\nZ\r\n0\r\n\r\nGET /", "Z", rest: "GET /"),
        ChunkedCase("a NUL behind the end stays", "0\r\n\r\n\0", "", rest: "\0"),
        ChunkedCase("trailers are dropped", "1\r\nx\r\n0\r\nVary: *\r\nContent-Length: 5\r\nA:\r\n\r\n", "x"),
        ChunkedCase(
            "extensions are dropped",
            "5;ilovew3;somuchlove=aretheseparametersfor;another=withvalue\r\nhello\r\n6;b;c\r\n world\r\n0;d=e\r\n\r\n",
            "hello world"),
        ChunkedCase(
            "quoted extensions", "5;a=\"I \\\"love\\\"; \\\\extensions\\\\\";b=\"\";c;foo=bar\r\nhello\r\n0\r\n\r\n",
            "hello"),
        ChunkedCase("white space around an extension's signs", "1 \t; a \t= \"b\" ;c= d\r\nx\r\n0\r\n\r\n", "x"),

        ChunkedCase("an empty size", "\r\n\r\n", failsWith: .invalidChunkSize),
        ChunkedCase("an extension without a size", ";a\r\n\r\n", failsWith: .invalidChunkSize),
        ChunkedCase("a plus sign", "+5\r\nhello\r\n0\r\n\r\n", failsWith: .invalidChunkSize),
        ChunkedCase("a minus sign", "-5\r\nhello\r\n0\r\n\r\n", failsWith: .invalidChunkSize),
        ChunkedCase("0x", "0x5\r\nhello\r\n0\r\n\r\n", failsWith: .invalidChunkSize),
        ChunkedCase("an underscore", "0_2e\r\n\r\n", failsWith: .invalidChunkSize),
        ChunkedCase("letters behind the size", "1these-bytes\r\nZ\r\n0\r\n\r\n", failsWith: .invalidChunkSize),
        ChunkedCase("no hexadecimal digit", "Z\r\nZZ\r\n", failsWith: .invalidChunkSize),
        ChunkedCase("a space before the size", " 0\r\n\r\n", failsWith: .invalidChunkSize),
        ChunkedCase("a space behind the size", "a \r\n0123456789\r\n0\r\n\r\n", failsWith: .invalidChunkExtension),
        ChunkedCase(
            "a space behind the last size", "1\r\nx\r\n0 \r\n\r\n", after: "x", failsWith: .invalidChunkExtension),
        ChunkedCase("no semicolon before an extension", "2 erfrferferf\r\naa\r\n", failsWith: .invalidChunkExtension),
        ChunkedCase("no extension behind the semicolon", "2;\r\naa\r\n0\r\n\r\n", failsWith: .invalidChunkExtension),
        ChunkedCase("two semicolons", "2;;a\r\naa\r\n0\r\n\r\n", failsWith: .invalidChunkExtension),
        ChunkedCase("no extension name", "2;=a\r\naa\r\n0\r\n\r\n", failsWith: .invalidChunkExtension),
        ChunkedCase("no extension value", "2;a=\r\naa\r\n0\r\n\r\n", failsWith: .invalidChunkExtension),
        ChunkedCase("two words for a name", "2;a b\r\naa\r\n0\r\n\r\n", failsWith: .invalidChunkExtension),
        ChunkedCase("bytes behind a quoted value", "2;a=\"b\"c\r\naa\r\n0\r\n\r\n", failsWith: .invalidChunkExtension),
        ChunkedCase("an open quote", "5;a=\"b\";c=\"d; e\r\nhello\r\n0\r\n\r\n", failsWith: .invalidChunkExtension),
        ChunkedCase("LF in a quote", "5;a=\"\nb\"\r\nhello\r\n", failsWith: .bareLineFeed),
        ChunkedCase("a NUL in an extension", "5;a\0b\r\nhello\r\n", failsWith: .invalidChunkExtension),
        ChunkedCase("LF behind a size", "5\nhello\r\n0\r\n\r\n", failsWith: .bareLineFeed),
        ChunkedCase("LF behind an extension", "5;a\nhello\r\n0\r\n\r\n", failsWith: .bareLineFeed),
        ChunkedCase("LF behind white space", "3 \n  \r\nfoo\r\n", failsWith: .bareLineFeed),
        ChunkedCase("CR CR behind a size", "5\r\r;ABCD\r\n34\r\nE\r\n0\r\n\r\n", failsWith: .bareCarriageReturn),
        ChunkedCase("CR in an extension", "5;a=b\r\rXXX\r\n0\r\n\r\n", failsWith: .bareCarriageReturn),
        ChunkedCase("CR and another byte", "1\r0\n", failsWith: .bareCarriageReturn),
        ChunkedCase(
            "LF behind the content", "a\r\n0123456789\n0\r\n\r\n", after: "0123456789", failsWith: .unterminatedChunk),
        ChunkedCase(
            "no line end behind the content", "5\r\nABCDE0\r\n\r\n", after: "ABCDE", failsWith: .unterminatedChunk),
        ChunkedCase("CR alone behind the content", "1\r\nx\r0\r\n\r\n", after: "x", failsWith: .unterminatedChunk),
        ChunkedCase(
            "a chunk longer than its size", "3\r\nfooo\r\n0\r\n\r\n", after: "foo", failsWith: .unterminatedChunk),
        ChunkedCase(
            "an empty line between chunks", "1\r\nx\r\n\r\n0\r\n\r\n", after: "x", failsWith: .invalidChunkSize),
        ChunkedCase("a size of 2^63", "8000000000000000\r\n", failsWith: .chunkSizeOverflow),
        ChunkedCase("a size of 2^64 and 1", "10000000000000001\r\n", failsWith: .chunkSizeOverflow),
        ChunkedCase("a size of many digits", "ffffffffffffffffffffffff\r\n", failsWith: .chunkSizeOverflow),
        ChunkedCase("bytes for the last line end", "0\r\nX:POST / HTTP/1.1\r\n\n", failsWith: .bareLineFeed),
        ChunkedCase("LF as the last line end", "0\r\n\n", failsWith: .bareLineFeed),
        ChunkedCase("CR and a byte as the last line end", "0\r\n\rX", failsWith: .bareCarriageReturn),
        ChunkedCase("a trailer without a name", "0\r\n: a\r\n\r\n", failsWith: .emptyFieldName),
        ChunkedCase("a trailer without a colon", "0\r\na\r\n\r\n", failsWith: .missingColon),
        ChunkedCase("a space before a trailer's colon", "0\r\na : b\r\n\r\n", failsWith: .whitespaceBeforeColon),
        ChunkedCase("a folded trailer", "0\r\na: b\r\n c\r\n\r\n", failsWith: .obsoleteLineFolding),
        ChunkedCase("a trailer's name with a bad byte", "0\r\na(: b\r\n\r\n", failsWith: .invalidFieldName),
        ChunkedCase("a trailer that begins with a bad byte", "0\r\n\u{80}a: b\r\n\r\n", failsWith: .invalidFieldName),
        ChunkedCase("a NUL in a trailer", "0\r\na: \0\r\n\r\n", failsWith: .invalidFieldValue),
        ChunkedCase("LF behind a trailer", "0\r\na: b\n\r\n", failsWith: .bareLineFeed),
        ChunkedCase("CR in a trailer", "0\r\na: b\rc\r\n\r\n", failsWith: .bareCarriageReturn),
    ]
}
