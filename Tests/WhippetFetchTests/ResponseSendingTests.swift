// Copyright 2026 the Whippet authors
// SPDX-License-Identifier: Apache-2.0

import Testing
import WhippetFetch
import WhippetInfra
import WhippetStreams

@Suite("Response: sending")
struct ResponseSendingTests {
    private func text(_ source: BodySource) async throws -> String {
        switch source {
        case .empty: return ""
        case .string(let text): return text
        case .bytes(let bytes): return String(decoding: bytes, as: UTF8.self)
        case .file(let range): return try await Response(Body(file: range)).text()
        case .stream(let stream): return try await gather(stream)
        case .sequence(let sequence):
            var bytes: [UInt8] = []
            while let chunk = try await sequence.next() { bytes += chunk }
            return String(decoding: bytes, as: UTF8.self)
        }
    }

    @Test("what is in memory or in a file is sent any number of times", arguments: BodyCase.all.filter(\.isBuffered))
    func again(_ body: BodyCase) async throws {
        let response = try Response(body.make())
        for _ in 0..<3 { #expect(try await text(response.sourceForSending()) == "héllo") }
        #expect(!response.bodyUsed)
        _ = try await response.text()
        #expect(try await text(response.sourceForSending()) == "héllo")
    }

    @Test(
        "what is there once is sent once, and the second time says why",
        arguments: BodyCase.all.filter { !$0.isBuffered })
    func once(_ body: BodyCase) async throws {
        let response = try Response(body.make())
        #expect(try await text(response.sourceForSending()) == "héllo")
        #expect(response.bodyUsed)
        #expect(
            errorText { try response.sourceForSending() }
                == "TypeError: Response: the body is a stream that was already sent or read; a stream can be sent once: "
                + "make a new Response per request, or give it bytes")
    }

    @Test("a stream that was read or is locked is not sent", arguments: BodyCase.all.filter { !$0.isBuffered })
    func readBefore(_ body: BodyCase) async throws {
        let read = try Response(body.make())
        _ = try await read.text()
        #expect(errorText { try read.sourceForSending() } != nil)
        let locked = try Response(body.make())
        let reader = try #require(locked.body).getReader()
        #expect(errorText { try locked.sourceForSending() } != nil)
        reader.releaseLock()
        #expect(try await text(locked.sourceForSending()) == "héllo")
    }

    @Test("a stream that was asked for is what is sent", arguments: BodyCase.all.filter { !$0.isBuffered })
    func streamAsked(_ body: BodyCase) async throws {
        let response = try Response(body.make())
        let stream = response.body
        guard case .stream(let sent) = try response.sourceForSending() else {
            Issue.record("not a stream")
            return
        }
        #expect(sent === stream)
    }

    @Test("no body is sent as empty")
    func empty() async throws {
        guard case .empty = try Response().sourceForSending() else {
            Issue.record("not empty")
            return
        }
    }

    @Test("the length is known for what is in memory, a file and a declared sequence")
    func lengths() throws {
        #expect(Response().bodyLength == 0)
        #expect(Response("é").bodyLength == 2)
        #expect(Response([1, 2, 3]).bodyLength == 3)
        #expect(Response(Body(file: FileRange(path: "/x", offset: 3, length: 7))).bodyLength == 7)
        #expect(Response(Body(incoming: ChunkSequence(["a"], length: 1), limit: nil)).bodyLength == 1)
        #expect(Response(Body(incoming: ChunkSequence(["a"]), limit: nil)).bodyLength == nil)
        #expect(Response(byteStream(["a"])).bodyLength == nil)
    }

    private func buffered(_ response: Response) -> [UInt8] {
        var copy: [UInt8] = []
        response.withBufferedBytes { copy = Array($0) }
        return copy
    }

    @Test("bytes in memory are given without being copied or used")
    func buffered() {
        let response = Response("héllo")
        #expect(response.bufferedLength == 6)
        #expect(buffered(response) == Array("héllo".utf8))
        #expect(buffered(Response([1, 2])) == [1, 2])
        #expect(Response().bufferedLength == 0)
        #expect(buffered(Response()) == [])
        #expect(Response(byteStream(["a"])).bufferedLength == nil)
        #expect(Response(Body(file: FileRange(path: "/x", length: 7))).bufferedLength == nil)
        #expect(!response.bodyUsed)
    }

    @Test(
        "the declared length is that of a valid Content-Length",
        arguments: [
            ("5", 5), ("0", 0), ("", nil), ("-1", nil), ("5, 5", nil), ("99999999999999999999", nil), ("+5", nil),
        ] as [(String, Int?)])
    func declaredLength(_ value: String, _ length: Int?) {
        #expect(Response(byteStream([]), headers: ["content-length": value]).declaredLength == length)
        #expect(Response().declaredLength == nil)
    }

    @Test("a discarded sequence is cancelled unread; what is in memory stays")
    func discard() async throws {
        let sequence = ChunkSequence(["a"])
        let response = Response(Body(incoming: sequence, limit: nil))
        response.discard(TypeError("nobody wants it"))
        #expect(sequence.cancelReason as? TypeError == TypeError("nobody wants it"))
        #expect(sequence.reads == 0)
        #expect(response.bodyUsed)
        let text = Response("a")
        text.discard(TypeError("nobody wants it"))
        #expect(try await text.text() == "a")
    }

    @Test("a discarded stream is cancelled")
    func discardStream() async throws {
        let (signal, heard) = AsyncStream.makeStream(of: String.self)
        let stream = ByteStream(pulling: { [] }, cancelled: { heard.yield("\($0.map { "\($0)" } ?? "nil")") })
        let response = Response(stream)
        response.discard(TypeError("nobody wants it"))
        var iterator = signal.makeAsyncIterator()
        #expect(await iterator.next() == "TypeError: nobody wants it")
    }

    @Test("the status text is sent only where one was given")
    func statusText() throws {
        #expect(Response(status: .notFound).statusTextOnWire == nil)
        #expect(try Response(nil, init: ResponseInit(status: 404, statusText: "No tea")).statusTextOnWire == "No tea")
    }

    @Test(
        "an unread copy of a stored response can be read again and again", arguments: BodyCase.all.filter(\.isBuffered))
    func unread(_ body: BodyCase) async throws {
        let stored = try Response(body.make(), status: .created, headers: ["x": "1"])
        for _ in 0..<2 {
            let copy = stored.unread
            #expect(copy.status == 201)
            #expect(copy.headers["x"] == "1")
            #expect(try await copy.text() == "héllo")
        }
        #expect(!stored.bodyUsed)
    }

    @Test("a received response shows its head")
    func received() async throws {
        let head = receivedHead(fields: [("content-type", "text/plain"), ("set-cookie", "a=1")])
        head.storage.pointee.statusCode = 404
        let response = Response(received: head, statusText: "Nope", url: nil, body: Body("x"))
        #expect(response.status == .notFound)
        #expect(!response.ok)
        #expect(response.statusText == "Nope")
        #expect(response.type == .basic)
        #expect(response.headers.getSetCookie() == ["a=1"])
        #expect(try await response.text() == "x")
        #expect(response.failure == nil)
    }
}
