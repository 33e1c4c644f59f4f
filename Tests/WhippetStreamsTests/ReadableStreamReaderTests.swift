// Copyright 2026 the Whippet authors
// SPDX-License-Identifier: Apache-2.0

import Testing
import WhippetInfra

@testable import WhippetStreams

@Suite("ReadableStreamDefaultReader")
struct ReadableStreamReaderTests {
    @Test("a stream has one reader at a time")
    func locks() throws {
        let (stream, _) = try ReadableStream<Int>.pushed()
        #expect(!stream.locked)
        let reader = try stream.getReader()
        #expect(stream.locked)
        #expect(throws: TypeError("ReadableStream.getReader: the stream is locked to a reader")) {
            try stream.getReader()
        }
        reader.releaseLock()
        #expect(!stream.locked)
        _ = try stream.getReader()
    }

    @Test("waiting reads are served in the order of their calls")
    func readsInOrder() async throws {
        let (stream, controller) = try ReadableStream<Int>.pushed()
        let reader = try stream.getReader()
        var reads: [Task<Int?, any Error>] = []
        for count in 1...5 {
            reads.append(Task { try await reader.read() })
            await eventually { stream.waitingReads == count }
        }
        for chunk in 1...5 { try controller.enqueue(chunk) }
        for (index, read) in reads.enumerated() { #expect(try await read.value == index + 1) }
    }

    @Test("releaseLock makes waiting reads throw a TypeError")
    func releaseRejectsReads() async throws {
        let (stream, _) = try ReadableStream<Int>.pushed()
        let reader = try stream.getReader()
        let read = Task { try await reader.read() }
        await eventually { stream.waitingReads == 1 }
        reader.releaseLock()
        await #expect(throws: TypeError("The reader was released.")) { try await read.value }
    }

    @Test("a released reader can't read, cancel or wait")
    func releasedReader() async throws {
        let (stream, _) = try ReadableStream<Int>.pushed()
        let reader = try stream.getReader()
        reader.releaseLock()
        await #expect(throws: TypeError.self) { try await reader.read() }
        await #expect(throws: TypeError("ReadableStreamDefaultReader.cancel: the reader was released")) {
            try await reader.cancel()
        }
        await #expect(throws: TypeError.self) { try await reader.closed }
        withExtendedLifetime(stream) {}
    }

    @Test("chunks enqueued after a release go to the next reader")
    func releaseLosesNothing() async throws {
        let (stream, controller) = try ReadableStream<Int>.pushed()
        let first = try stream.getReader()
        let read = Task { try await first.read() }
        await eventually { stream.waitingReads == 1 }
        first.releaseLock()
        _ = await read.result
        try controller.enqueue(7)
        #expect(try await stream.getReader().read() == 7)
    }

    @Test("a close ends all waiting reads")
    func closeEndsReads() async throws {
        let (stream, controller) = try ReadableStream<Int>.pushed()
        let reader = try stream.getReader()
        let reads = [Task { try await reader.read() }, Task { try await reader.read() }]
        await eventually { stream.waitingReads == 2 }
        try controller.close()
        for read in reads { #expect(try await read.value == nil) }
    }

    @Test("an error ends all waiting reads")
    func errorEndsReads() async throws {
        let (stream, controller) = try ReadableStream<Int>.pushed()
        let reader = try stream.getReader()
        let reads = [Task { try await reader.read() }, Task { try await reader.read() }]
        await eventually { stream.waitingReads == 2 }
        controller.error(Failure("broken"))
        for read in reads { await #expect(throws: Failure("broken")) { try await read.value } }
    }

    @Test("closed returns at the end of the stream")
    func closedReturns() async throws {
        let (stream, controller) = try ReadableStream<Int>.pushed()
        let reader = try stream.getReader()
        let closed = Task { try await reader.closed }
        try controller.close()
        try await closed.value
        try await reader.closed
    }

    @Test("closed throws the stream's error")
    func closedThrows() async throws {
        let (stream, controller) = try ReadableStream<Int>.pushed()
        let reader = try stream.getReader()
        controller.error(Failure("broken"))
        await #expect(throws: Failure("broken")) { try await reader.closed }
    }

    @Test("cancelling the task ends its wait for closed")
    func closedIsCancellable() async throws {
        let (stream, _) = try ReadableStream<Int>.pushed()
        let reader = try stream.getReader()
        let closed = Task { try await reader.closed }
        closed.cancel()
        await #expect(throws: CancellationError.self) { try await closed.value }
        #expect(stream.locked)
    }

    @Test("a cancelled read takes no chunk away from the next one")
    func cancelledReadLosesNothing() async throws {
        let (stream, controller) = try ReadableStream<Int>.pushed()
        let reader = try stream.getReader()
        let read = Task { try await reader.read() }
        await eventually { stream.waitingReads == 1 }
        read.cancel()
        await #expect(throws: CancellationError.self) { try await read.value }
        #expect(stream.waitingReads == 0)
        try controller.enqueue(1)
        #expect(try await reader.read() == 1)
    }

    @Test("cancelling one of several waiting reads leaves the others in order")
    func cancelledReadLeavesOthers() async throws {
        let (stream, controller) = try ReadableStream<Int>.pushed()
        let reader = try stream.getReader()
        var reads: [Task<Int?, any Error>] = []
        for count in 1...3 {
            reads.append(Task { try await reader.read() })
            await eventually { stream.waitingReads == count }
        }
        reads[1].cancel()
        await #expect(throws: CancellationError.self) { try await reads[1].value }
        try controller.enqueue(1)
        try controller.enqueue(2)
        #expect(try await reads[0].value == 1)
        #expect(try await reads[2].value == 2)
    }

    @Test("a cancelled task still gets a chunk that is there")
    func cancelledTaskReadsQueued() async throws {
        let (stream, controller) = try ReadableStream<Int>.pushed()
        try controller.enqueue(1)
        let reader = try stream.getReader()
        let read = Task {
            await eventually { Task.isCancelled }
            return try await reader.read()
        }
        read.cancel()
        #expect(try await read.value == 1)
    }

    @Test("a cancelled task does not begin to wait")
    func cancelledTaskDoesNotWait() async throws {
        let (stream, _) = try ReadableStream<Int>.pushed()
        let reader = try stream.getReader()
        let read = Task {
            await eventually { Task.isCancelled }
            return try await reader.read()
        }
        read.cancel()
        await #expect(throws: CancellationError.self) { try await read.value }
        #expect(stream.waitingReads == 0)
    }

    @Test("a read that finds a chunk, an end or an error equals a read by request", arguments: 0..<64)
    func fastPathEqualsRequest(seed: Int) throws {
        // The bits of the seed choose what happens before each of the reads.
        func run(_ read: (ReadableStream<Int>, CoreReadableStreamDefaultReader<Int>) -> String) throws -> [String] {
            let (stream, controller) = try ReadableStream<Int>.pushed()
            let reader = try stream.getReader()
            var outcomes: [String] = []
            for step in 0..<3 {
                switch seed >> (2 * step) & 3 {
                case 0: try? controller.enqueue(step)
                case 1: try? controller.close()
                case 2: controller.error(Failure("step \(step)"))
                default: break
                }
                outcomes.append(read(stream, reader.core))
                outcomes.append(
                    "\(stream.domain.enter { stream.core.state }) \(String(describing: controller.desiredSize))")
            }
            return outcomes
        }
        let now = try run { stream, reader in
            stream.domain.enter {
                switch readableStreamDefaultReaderReadNow(reader) {
                case .chunk(let chunk): return "chunk \(chunk)"
                case .closed: return "closed"
                case .errored(let error): return "error \(error)"
                case .pending:
                    readableStreamDefaultReaderRead(reader, RecordingRequest())
                    return "pending"
                }
            }
        }
        let byRequest = try run { stream, reader in
            let request = RecordingRequest()
            stream.domain.enter { readableStreamDefaultReaderRead(reader, request) }
            return request.outcome
        }
        #expect(now == byRequest)
    }
}

private final class RecordingRequest: CoreReadRequest<Int> {
    var outcome = "pending"
    override func chunkSteps(_ chunk: Int) { outcome = "chunk \(chunk)" }
    override func closeSteps() { outcome = "closed" }
    override func errorSteps(_ reason: any Error) { outcome = "error \(reason)" }
}
