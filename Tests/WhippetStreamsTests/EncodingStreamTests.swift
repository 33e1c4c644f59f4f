// Copyright 2026 the Whippet authors
// SPDX-License-Identifier: Apache-2.0

import Testing
import WhippetInfra
import WhippetStreams

struct EncodingStreamTests {
    @Test("Text cut anywhere is decoded as at once")
    func borders() async throws {
        let text = "\u{FEFF}a\u{FEFF}é€😀"
        let bytes = Array(text.utf8)
        for border in bytes.indices {
            let chunks = [Array(bytes[..<border]), Array(bytes[border...])]
            let pieces = try await ByteStream.from(chunks).pipeThrough(TextDecoderStream()).collected()
            #expect(pieces.joined() == "a\u{FEFF}é€😀")
            #expect(!pieces.contains(""))
        }
    }

    @Test("A character that the end cuts becomes U+FFFD, or is an error")
    func end() async throws {
        let chunks: [[UInt8]] = [[0x61, 0xE2], [0x82]]
        #expect(try await ByteStream.from(chunks).pipeThrough(TextDecoderStream()).collected() == ["a", "\u{FFFD}"])
        let fatal = try ByteStream.from(chunks).pipeThrough(TextDecoderStream(fatal: true))
        await #expect(throws: TypeError("TextDecoder.decode: the bytes are not valid utf-8")) {
            try await fatal.collected()
        }
    }

    @Test("Bytes that are not of the encoding break both sides in fatal mode")
    func fatal() async throws {
        let stream = try TextDecoderStream(fatal: true)
        let writer = try stream.writable.getWriter()
        let reader = try stream.readable.getReader()
        let read = Task { try await reader.read() }
        await #expect(throws: TypeError.self) { try await writer.write([0xFF]) }
        await #expect(throws: TypeError.self) { try await read.value }
    }

    @Test("A decoder stream has the decoder's attributes and takes its labels")
    func attributes() async throws {
        let stream = try TextDecoderStream("Latin2", fatal: true, ignoreBOM: true)
        #expect(stream.encoding == "iso-8859-2")
        #expect(stream.fatal)
        #expect(stream.ignoreBOM)
        #expect(try await ByteStream.from([[0xA3]]).pipeThrough(stream).collected() == ["Ł"])
        #expect(throws: RangeError("TextDecoder: \"klingon\" is not the label of an encoding")) {
            try TextDecoderStream("klingon")
        }
    }

    @Test("Text is encoded piece by piece, and nothing becomes nothing")
    func encoder() async throws {
        let stream = TextEncoderStream()
        #expect(stream.encoding == "utf-8")
        let chunks = try await ReadableStream.from(["é", "", "😀a"]).pipeThrough(stream).collected()
        #expect(chunks == [Array("é".utf8), Array("😀a".utf8)])
    }

    @Test("A write waits until its text is read", .timeLimit(.minutes(1)))
    func backpressure() async throws {
        let stream = TextEncoderStream()
        let writer = try stream.writable.getWriter()
        let write = Task { try await writer.write("a") }
        await eventually { (try? writer.desiredSize) == 0 }
        #expect(try await stream.readable.getReader().read() == [0x61])
        try await write.value
    }

    @Test("What was encoded is decoded again")
    func roundTrip() async throws {
        let text = ["one ", "zwei ", "träs ", "四"]
        let pieces = try await ReadableStream.from(text).pipeThrough(TextEncoderStream())
            .pipeThrough(TextDecoderStream()).collected()
        #expect(pieces == text)
    }
}
