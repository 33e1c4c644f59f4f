// Copyright 2026 the Whippet authors
// SPDX-License-Identifier: Apache-2.0

import Testing
import WhippetFetch
import WhippetInfra
import WhippetStreams

@Suite("Body: limits")
struct BodyLimitTests {
    struct Source: Sendable, CustomTestStringConvertible {
        var name: String
        var make: @Sendable (_ limit: Int) -> Body
        var testDescription: String { name }
    }

    /// Bodies of ten bytes.
    static let sources = [
        Source(name: "received whole") { Body(received: Array("0123456789".utf8), limit: $0) },
        Source(name: "declared") { Body(incoming: ChunkSequence(["01234", "56789"], length: 10), limit: $0) },
        Source(name: "chunked") { Body(incoming: ChunkSequence(["01234", "56789"]), limit: $0) },
        Source(name: "byte by byte") { Body(incoming: ChunkSequence("0123456789".map(String.init)), limit: $0) },
    ]

    @Test("a body of exactly the limit is read", arguments: sources)
    func atLimit(_ source: Source) async throws {
        #expect(try await receivedRequest(.POST, body: source.make(10)).text() == "0123456789")
    }

    @Test("one byte over it is a 413 that names the limit and how to raise it", arguments: sources)
    func overLimit(_ source: Source) async throws {
        let expected =
            "HTTPError 413: the body is larger than the limit of 9 bytes; the route's bodyLimit or request.bodyLimit "
            + "raises it"
        #expect(await asyncErrorText { try await receivedRequest(.POST, body: source.make(9)).text() } == expected)
        #expect(await asyncErrorText { try await receivedRequest(.POST, body: source.make(9)).bytes() } == expected)
        #expect(await asyncErrorText { try await receivedRequest(.POST, body: source.make(9)).json() } == expected)
    }

    @Test("the limit can be raised and lifted", arguments: sources)
    func raisedLimit(_ source: Source) async throws {
        var request = receivedRequest(.POST, body: source.make(9))
        #expect(request.bodyLimit == 9)
        request.bodyLimit = 10
        #expect(try await request.text() == "0123456789")
        request = receivedRequest(.POST, body: source.make(9))
        request.bodyLimit = nil
        #expect(try await request.text() == "0123456789")
    }

    @Test("the limit holds for a stream that was asked for before", arguments: sources)
    func limitOfStream(_ source: Source) async throws {
        let request = receivedRequest(.POST, body: source.make(9))
        _ = request.body
        #expect(await asyncErrorText { try await request.text() }?.hasPrefix("HTTPError 413") == true)
    }

    @Test("the stream itself has no limit", arguments: sources)
    func streamHasNoLimit(_ source: Source) async throws {
        #expect(try await gather(receivedRequest(.POST, body: source.make(1)).body) == "0123456789")
    }

    @Test("a declared length over the limit reads nothing and uses nothing")
    func declaredLength() async throws {
        let sequence = ChunkSequence(["0123456789"], length: 10)
        let request = receivedRequest(.POST, body: Body(incoming: sequence, limit: 9))
        _ = try? await request.text()
        #expect(sequence.reads == 0)
        #expect(!request.bodyUsed)
    }

    @Test("going over the limit stops the source")
    func sourceIsCancelled() async throws {
        let sequence = ChunkSequence(["01234", "56789", "never"])
        let request = receivedRequest(.POST, body: Body(incoming: sequence, limit: 9))
        _ = try? await request.text()
        #expect(sequence.reads == 2)
        #expect((sequence.cancelReason as? HTTPError)?.status == 413)
    }

    @Test("a clone has the limit of its original")
    func cloneKeepsLimit() throws {
        let request = receivedRequest(.POST, body: Body("a", type: "b/c"))
        #expect(request.bodyLimit == nil)
        var limited = request
        limited.bodyLimit = 5
        #expect(try limited.clone().bodyLimit == 5)
        #expect(try Request(limited).bodyLimit == 5)
    }

    @Test("a response and a made request have no limit")
    func ownBodies() async throws {
        let text = String(repeating: "a", count: 3 << 20)
        #expect(try await Response(text).text().utf8.count == 3 << 20)
        #expect(try await Request("/", method: .POST, body: text).text().utf8.count == 3 << 20)
    }

    @Test("a declared length takes no memory ahead of the bytes beyond a usual body's")
    func declaredLengthIsNotTrusted() async throws {
        let request = receivedRequest(.POST, body: Body(incoming: ChunkSequence(["a"], length: 1 << 40), limit: nil))
        #expect(try await request.text() == "a")
    }
}
