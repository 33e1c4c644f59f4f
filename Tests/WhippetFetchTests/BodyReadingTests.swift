// Copyright 2026 the Whippet authors
// SPDX-License-Identifier: Apache-2.0

import Testing
import WhippetFetch
import WhippetInfra
import WhippetJSON
import WhippetStreams
import WhippetURL

/// One way to make a body that reads `héllo`.
struct BodyCase: Sendable, CustomTestStringConvertible {
    var name: String
    var isBuffered: Bool
    var make: @Sendable () throws -> Body
    var testDescription: String { name }

    static let all: [BodyCase] = [
        BodyCase(name: "string", isBuffered: true) { Body("héllo") },
        BodyCase(name: "bytes", isBuffered: true) { Body(Array("héllo".utf8)) },
        BodyCase(name: "file", isBuffered: true) {
            let path = try TemporaryFile.shared.get()
            return Body(file: FileRange(path: path, offset: 2, length: 6))
        },
        BodyCase(name: "blob", isBuffered: true) {
            let path = try TemporaryFile.shared.get()
            return Body(Blob(["h", Blob(FileRange(path: path, offset: 3, length: 4)), "o"]))
        },
        BodyCase(name: "sequence", isBuffered: false) {
            Body(
                chunks: AsyncStream { stream in
                    stream.yield(Array("h".utf8) + [0xC3])
                    stream.yield([])
                    stream.yield([0xA9] + Array("llo".utf8))
                    stream.finish()
                })
        },
        BodyCase(name: "incoming", isBuffered: false) {
            Body(incoming: ChunkSequence(["hé", "llo"], length: 6), limit: nil)
        },
        BodyCase(name: "stream", isBuffered: false) { Body(byteStream(["hé", "llo"])) },
    ]
}

@Suite("Body: reading")
struct BodyReadingTests {
    @Test("text, bytes and the stream give what the body was made of", arguments: BodyCase.all)
    func reading(_ body: BodyCase) async throws {
        #expect(try await Response(body.make()).text() == "héllo")
        #expect(try await Response(body.make()).bytes() == Array("héllo".utf8))
        #expect(try await gather(Response(body.make()).body) == "héllo")
        #expect(try await Request("/", method: .POST, body: body.make()).text() == "héllo")
    }

    @Test("a body is used after its first read, and a second read says so", arguments: BodyCase.all)
    func readOnce(_ body: BodyCase) async throws {
        let response = try Response(body.make())
        #expect(!response.bodyUsed)
        _ = try await response.text()
        #expect(response.bodyUsed)
        let expected = "the body was already used; clone() before the first read gives a second one"
        #expect(await asyncErrorText { try await response.text() } == "TypeError: Response.text: \(expected)")
        #expect(await asyncErrorText { try await response.bytes() } == "TypeError: Response.bytes: \(expected)")
        #expect(await asyncErrorText { try await response.json() } == "TypeError: Response.json: \(expected)")
        #expect(errorText { try response.clone() } != nil)
    }

    @Test("copies share their body", arguments: BodyCase.all)
    func copies(_ body: BodyCase) async throws {
        let first = try Response(body.make())
        var second = first
        second.headers["x"] = "1"
        _ = try await second.text()
        #expect(first.bodyUsed)
        #expect(await asyncErrorText { try await first.text() } != nil)
    }

    @Test("of many readers at once one gets the body", arguments: BodyCase.all)
    func concurrentReaders(_ body: BodyCase) async throws {
        let response = try Response(body.make())
        let texts = await withTaskGroup(of: String?.self) { group in
            for _ in 0..<8 { group.addTask { try? await response.text() } }
            return await group.reduce(into: [String]()) { texts, text in if let text { texts.append(text) } }
        }
        #expect(texts == ["héllo"])
    }

    @Test("after a read the stream is locked and used", arguments: BodyCase.all)
    func streamAfterRead(_ body: BodyCase) async throws {
        let response = try Response(body.make())
        _ = try await response.text()
        let stream = try #require(response.body)
        #expect(stream.locked)
        #expect(stream === response.body)
        #expect(errorText { try stream.getReader() } != nil)
    }

    @Test("asking for the stream uses nothing, and text still works", arguments: BodyCase.all)
    func streamThenText(_ body: BodyCase) async throws {
        let response = try Response(body.make())
        #expect(response.body === response.body)
        #expect(!response.bodyUsed)
        #expect(try await response.text() == "héllo")
        #expect(response.bodyUsed)
    }

    @Test("a locked stream can't be read as text, one with a chunk taken neither", arguments: BodyCase.all)
    func lockedStream(_ body: BodyCase) async throws {
        let response = try Response(body.make())
        let reader = try #require(response.body).getReader()
        #expect(!response.bodyUsed)
        #expect(
            await asyncErrorText { try await response.text() }
                == "TypeError: Response.text: the body is locked to a reader")
        _ = try await reader.read()
        #expect(response.bodyUsed)
        reader.releaseLock()
        #expect(await asyncErrorText { try await response.text() }?.contains("already used") == true)
    }

    @Test("a clone is read independently of its original", arguments: BodyCase.all)
    func clone(_ body: BodyCase) async throws {
        let original = try Response(body.make())
        let clone = try original.clone()
        #expect(!original.bodyUsed)
        #expect(!clone.bodyUsed)
        #expect(original.body?.locked == false)
        #expect(clone.body?.locked == false)
        #expect(try await clone.text() == "héllo")
        #expect(!original.bodyUsed)
        #expect(try await original.text() == "héllo")
    }

    @Test("a clone made after the stream was asked for has its own, and the old one is locked", arguments: BodyCase.all)
    func cloneOfStream(_ body: BodyCase) async throws {
        let original = try Response(body.make())
        let before = try #require(original.body)
        let clone = try original.clone()
        #expect(before.locked)
        #expect(original.body !== before)
        #expect(original.body !== clone.body)
        #expect(try await original.text() == "héllo")
        #expect(try await clone.text() == "héllo")
    }

    @Test("a null body is empty, has no stream and never becomes used")
    func nullBody() async throws {
        for response in [Response(), Response(nil), Response(Body())] {
            #expect(response.body == nil)
            #expect(try await response.text() == "")
            #expect(try await response.text() == "")
            #expect(try await response.bytes() == [])
            #expect(!response.bodyUsed)
            #expect(try await response.clone().text() == "")
        }
    }

    @Test("an empty string is a body, which becomes used")
    func emptyBody() async throws {
        let response = Response("")
        #expect(response.body != nil)
        #expect(!response.bodyUsed)
        #expect(try await response.text() == "")
        #expect(response.bodyUsed)
        #expect(try await gather(Response("").body) == "")
        #expect(try await gather(Response([]).body) == "")
    }

    struct Decoding: CustomTestStringConvertible {
        var bytes: [UInt8]
        var text: String
        var testDescription: String { "\(bytes)" }
        init(_ bytes: [UInt8], _ text: String) { (self.bytes, self.text) = (bytes, text) }
    }

    // The results are Node's: new TextDecoder().decode(new Uint8Array([…])).
    static let decodings = [
        Decoding([0xEF, 0xBB, 0xBF, 0x61], "a"), Decoding([0xEF, 0xBB, 0xBF], ""),
        Decoding([0xEF, 0xBB, 0xBF, 0xEF, 0xBB, 0xBF, 0x61], "\u{FEFF}a"),
        Decoding([0x61, 0xEF, 0xBB, 0xBF], "a\u{FEFF}"),
        Decoding([0xEF, 0xBB], "\u{FFFD}"), Decoding([0xFF, 0x61], "\u{FFFD}a"),
        Decoding([0xF0, 0x9F, 0x90], "\u{FFFD}"), Decoding([0xC0, 0x80], "\u{FFFD}\u{FFFD}"),
        Decoding([0xED, 0xA0, 0x80], "\u{FFFD}\u{FFFD}\u{FFFD}"), Decoding([0xE2, 0x82, 0x41], "\u{FFFD}A"),
        Decoding([0xF0, 0x9F, 0x90, 0xB6], "🐶"),
        Decoding([0xF4, 0x90, 0x80, 0x80], "\u{FFFD}\u{FFFD}\u{FFFD}\u{FFFD}"),
    ]

    @Test("text is UTF-8 without its byte order mark, what is wrong becomes U+FFFD", arguments: decodings)
    func decoding(_ decoding: Decoding) async throws {
        #expect(try await Response(decoding.bytes).text() == decoding.text)
        let bytewise = AsyncStream<[UInt8]> { stream in
            for byte in decoding.bytes { stream.yield([byte]) }
            stream.finish()
        }
        #expect(try await Response(bytewise).text() == decoding.text)
    }

    @Test("a string loses one byte order mark, too")
    func stringByteOrderMark() async throws {
        #expect(try await Response("\u{FEFF}a").text() == "a")
        #expect(try await Response("\u{FEFF}").text() == "")
        #expect(try await Response("\u{FEFF}a").bytes() == [0xEF, 0xBB, 0xBF, 0x61])
    }

    @Test("the charset of the Content-Type changes nothing")
    func charsetIsIgnored() async throws {
        let response = Response([0xC3, 0xA9], headers: ["content-type": "text/plain;charset=latin1"])
        #expect(try await response.text() == "é")
    }

    @Test("an error of the sequence is thrown to the reader, and the body is used")
    func failingSequence() async throws {
        let response = Response(
            AsyncThrowingStream<[UInt8], any Error> { stream in
                stream.yield([0x61])
                stream.finish(throwing: TypeError("the source broke"))
            })
        #expect(await asyncErrorText { try await response.text() } == "TypeError: the source broke")
        #expect(response.bodyUsed)
    }

    @Test("a file that is not there is an error of the read, not of the response")
    func missingFile() async throws {
        let response = Response(Body(file: FileRange(path: "/nowhere/at all", length: 5)))
        #expect(response.failure == nil)
        #expect(
            await asyncErrorText { try await response.text() }
                == "NotReadableError: The file \"/nowhere/at all\" can't be opened (error 2)")
    }

    @Test("a file that is shorter than its range is an error, not a short body")
    func shortFile() async throws {
        let path = try TemporaryFile.shared.get()
        let response = Response(Body(file: FileRange(path: path, offset: 0, length: 1000)))
        #expect(
            await asyncErrorText { try await response.text() }?.contains("is shorter than when the body was made")
                == true)
    }

    @Test("a cancelled stream cancels its sequence with the reason")
    func cancelStream() async throws {
        let sequence = ChunkSequence(["a", "b"])
        let response = Response(Body(incoming: sequence, limit: nil))
        try await #require(response.body).cancel(TypeError("enough"))
        #expect(sequence.cancelReason as? TypeError == TypeError("enough"))
        #expect(sequence.reads == 0)
        #expect(response.bodyUsed)
    }

    @Test("nothing of a sequence is read before somebody asks")
    func laziness() async throws {
        let sequence = ChunkSequence(["a", "b"])
        let response = Response(Body(incoming: sequence, limit: nil))
        let reader = try #require(response.body).getReader()
        #expect(sequence.reads == 0)
        _ = try await reader.read()
        #expect(sequence.reads == 1)
    }
}
