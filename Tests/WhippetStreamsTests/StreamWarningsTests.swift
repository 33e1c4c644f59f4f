// Copyright 2026 the Whippet authors
// SPDX-License-Identifier: Apache-2.0

import Testing
import WhippetInfra

@testable import WhippetStreams

// The handler is the process's: only these tests set it, one after another.
@Suite("Stream warnings", .serialized)
struct StreamWarningsTests {
    @Test("a branch of a tee that nobody reads is warned of, once", arguments: [255, 256, 600])
    func slowBranch(count: Int) async throws {
        let log = Log<String>()
        StreamWarnings.setHandler { log.add($0) }
        defer { StreamWarnings.setHandler(nil) }
        let (first, second) = try ReadableStream.from(0..<count).tee()
        #expect(try await first.collected().count == count)
        let line = "ReadableStream.tee: a branch has 256 chunks waiting; read both branches, or cancel one"
        #expect(log.all == (count < 256 ? [] : [line]))
        #expect(try await second.collected().count == count)
    }

    @Test("a branch of a teed byte stream is warned of by its bytes")
    func slowByteBranch() async throws {
        let log = Log<String>()
        StreamWarnings.setHandler { log.add($0) }
        defer { StreamWarnings.setHandler(nil) }
        let (stream, controller) = try ReadableByteStreamTests.pushed()
        let (first, second) = try stream.tee()
        let reader = try first.getReader()
        for _ in 0..<5 {
            async let chunk = reader.read()
            await eventually { first.waitingReads == 1 }
            try controller.enqueue(Array(repeating: 0, count: 300_000))
            #expect(try await chunk?.count == 300_000)
        }
        let line =
            "ReadableStream.tee: a branch has 1200000 bytes in 4 chunks waiting; read both branches, or cancel one"
        #expect(log.all == [line])
        withExtendedLifetime(second) {}
    }

    @Test("a branch that is cancelled makes no warning")
    func cancelledBranch() async throws {
        let log = Log<String>()
        StreamWarnings.setHandler { log.add($0) }
        defer { StreamWarnings.setHandler(nil) }
        let (first, second) = try ReadableStream.from(0..<400).tee()
        let cancelled = Task { try await second.cancel() }
        await eventually { second.domain.enter { second.core.state == .closed } }
        #expect(try await first.collected().count == 400)
        #expect(log.all.isEmpty)
        try await cancelled.value
    }
}
