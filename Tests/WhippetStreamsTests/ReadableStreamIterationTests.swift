// Copyright 2026 the Whippet authors
// SPDX-License-Identifier: Apache-2.0

import Testing
import WhippetInfra
import WhippetTestSupport

@testable import WhippetStreams

@Suite("ReadableStream: asynchronous iteration")
struct ReadableStreamIterationTests {
    @Test("a loop reads every chunk and leaves the stream unlocked")
    func readsAll() async throws {
        let stream = ReadableStream.from(1...3)
        var chunks: [Int] = []
        for try await chunk in stream { chunks.append(chunk) }
        #expect(chunks == [1, 2, 3])
        #expect(!stream.locked)
    }

    @Test("leaving the loop early cancels the stream and unlocks it")
    func breakCancels() async throws {
        let cancelled = Gate()
        let stream = ReadableStream<Int>(
            start: { controller in for chunk in 1...3 { try controller.enqueue(chunk) } },
            cancel: { reason in if reason == nil { cancelled.open() } })
        for try await chunk in stream where chunk == 2 { break }
        await cancelled.wait()
        #expect(!stream.locked)
        #expect(try await stream.getReader().read() == nil)
    }

    @Test("with preventCancel, leaving the loop early only unlocks the stream")
    func preventCancel() async throws {
        let stream = ReadableStream.from(1...3)
        for try await chunk in stream.values(preventCancel: true) where chunk == 1 { break }
        #expect(!stream.locked)
        #expect(try await stream.collected() == [2, 3])
    }

    @Test("an error thrown in the loop cancels the stream")
    func throwCancels() async throws {
        let cancelled = Gate()
        let stream = ReadableStream<Int>(
            start: { try $0.enqueue(1) }, cancel: { _ in cancelled.open() })
        await #expect(throws: Failure("out")) {
            for try await _ in stream { throw Failure("out") }
        }
        await cancelled.wait()
    }

    @Test("a loop over a locked stream throws a TypeError and lets the reader be")
    func lockedThrows() async throws {
        let (stream, controller) = try ReadableStream<Int>.pushed()
        let reader = try stream.getReader()
        await #expect(throws: TypeError.self) { try await stream.gathered() }
        try controller.enqueue(1)
        #expect(try await reader.read() == 1)
    }

    @Test("the stream's error ends the loop and unlocks the stream")
    func errorEnds() async throws {
        let (stream, controller) = try ReadableStream<Int>.pushed()
        controller.error(Failure("broken"))
        await #expect(throws: Failure("broken")) { try await stream.gathered() }
        #expect(!stream.locked)
    }

    @Test("after its end an iterator answers nil for ever, whoever reads the stream now")
    func nilForEver() async throws {
        let stream = ReadableStream.from([1])
        var iterator = stream.makeAsyncIterator()
        #expect(try await iterator.next() == 1)
        #expect(try await iterator.next() == nil)
        let reader = try stream.getReader()
        #expect(try await iterator.next() == nil)
        withExtendedLifetime(reader) {}
    }

    @Test("a cancelled task leaves the loop with a CancellationError, and the stream is cancelled")
    func cancelledTask() async throws {
        let cancelled = Gate()
        let stream = ReadableStream<Int>(start: { _ in }, cancel: { _ in cancelled.open() })
        let loop = Task { try await stream.gathered() }
        await eventually { stream.waitingReads == 1 }
        loop.cancel()
        await #expect(throws: CancellationError.self) { try await loop.value }
        await cancelled.wait()
    }

    @Test("a loop on the main actor stays there")
    @MainActor
    func staysOnActor() async throws {
        let stream = ReadableStream.from(1...3)
        for try await _ in stream { MainActor.assertIsolated() }
    }
}
