// Copyright 2026 the Whippet authors
// SPDX-License-Identifier: Apache-2.0

import Testing
import WhippetInfra
import WhippetTestSupport

@testable import WhippetStreams

@Suite("ReadableStream: from")
struct ReadableStreamFromTests {
    @Test("from gives the elements of a sequence")
    func sequence() async throws {
        #expect(try await ReadableStream.from(["a", "b"]).collected() == ["a", "b"])
        #expect(try await ReadableStream(from: [Int]()).collected() == [])
    }

    @Test("from gives the elements of an asynchronous sequence")
    func asyncSequence() async throws {
        let numbers = AsyncStream { continuation in
            for number in 1...3 { continuation.yield(number) }
            continuation.finish()
        }
        #expect(try await ReadableStream(from: numbers.map { $0 * 10 }).collected() == [10, 20, 30])
    }

    @Test("from another stream gives its chunks")
    func stream() async throws {
        #expect(try await ReadableStream(from: ReadableStream.from(1...3)).collected() == [1, 2, 3])
    }

    @Test("an element is asked for only when somebody reads")
    func isLazy() async throws {
        let log = Log<Int>()
        let numbers = AsyncStream<Int> {
            log.add(0)
            return log.count
        }
        let reader = try ReadableStream(from: numbers).getReader()
        #expect(log.count == 0)
        #expect(try await reader.read() == 1)
        #expect(log.count == 1)
    }

    @Test("what the sequence throws errors the stream")
    func throwing() async throws {
        let numbers = AsyncThrowingStream<Int, any Error> { continuation in
            continuation.yield(1)
            continuation.finish(throwing: Failure("broken"))
        }
        let reader = try ReadableStream(from: numbers).getReader()
        #expect(try await reader.read() == 1)
        await #expect(throws: Failure("broken")) { try await reader.read() }
    }

    @Test("cancelling the stream ends the iteration")
    func cancelEnds() async throws {
        let terminated = Gate()
        let numbers = AsyncStream<Int> { continuation in
            continuation.onTermination = { _ in terminated.open() }
        }
        let stream = ReadableStream(from: numbers)
        let reader = try stream.getReader()
        let read = Task { try await reader.read() }
        await eventually { stream.waitingReads == 1 }
        try await reader.cancel()
        #expect(try await read.value == nil)
        await terminated.wait()
    }

    @Test("a stream over a pulling function calls it once for each read")
    func pulling() async throws {
        let log = Log<Int>()
        let stream = ByteStream(pulling: {
            log.add(0)
            return log.count <= 2 ? [UInt8(log.count)] : nil
        })
        let reader = try stream.getReader()
        #expect(log.count == 0)
        #expect(try await reader.read() == [1])
        #expect(log.count == 1)
        #expect(try await reader.read() == [2])
        #expect(try await reader.read() == nil)
    }

    @Test("cancelled hears of a cancel, once, before the stream's cancel returns")
    func cancelledHears() async throws {
        let log = Log<String>()
        let stream = ByteStream(pulling: { nil }, cancelled: { log.add("\($0 as? Failure as Any)") })
        try await stream.cancel(Failure("enough"))
        try await stream.cancel()
        #expect(log.all == ["Optional(enough)"])
    }

    @Test("cancelled hears that the stream was dropped")
    func cancelledHearsDrop() {
        let log = Log<String>()
        do { _ = ByteStream(pulling: { nil }, cancelled: { log.add("\($0 as Any)") }) }
        #expect(log.all == ["nil"])
    }

    @Test("cancelled does not hear of a stream that was read to its end")
    func cancelledDoesNotHearEnd() async throws {
        let log = Log<String>()
        do {
            let stream = ByteStream(pulling: { nil }, cancelled: { _ in log.add("cancelled") })
            #expect(try await stream.collected() == [])
        }
        #expect(log.all.isEmpty)
    }
}
