// Copyright 2026 the Whippet authors
// SPDX-License-Identifier: Apache-2.0

import Testing
import WhippetInfra
import WhippetTestSupport

@testable import WhippetStreams

@Suite("ReadableStream: cancel")
struct ReadableStreamCancelTests {
    @Test("cancel hands the reason to the source and waits for it")
    func reasonReachesSource() async throws {
        let log = Log<String>()
        let stream = ReadableStream<Int>(
            start: { _ in },
            cancel: { reason in
                await Task.yield()
                log.add(String(describing: reason as? Failure))
            })
        try await stream.cancel(Failure("enough"))
        #expect(log.all == ["Optional(enough)"])
    }

    @Test("cancel throws what the source's cancel throws")
    func sourceThrows() async throws {
        let stream = ReadableStream<Int>(start: { _ in }, cancel: { _ in throw Failure("can't stop") })
        await #expect(throws: Failure("can't stop")) { try await stream.cancel() }
    }

    @Test("a cancelled stream is at its end, and its chunks are gone")
    func dropsChunks() async throws {
        let (stream, controller) = try ReadableStream<Int>.pushed()
        try controller.enqueue(1)
        try await stream.cancel()
        #expect(try await stream.getReader().read() == nil)
        #expect(controller.desiredSize == 0)
    }

    @Test("the source's cancel runs once, and never for a stream that has ended")
    func runsOnce() async throws {
        let log = Log<String>()
        var controller: ReadableStreamDefaultController<Int>?
        let stream = ReadableStream<Int>(start: { controller = $0 }, cancel: { _ in log.add("cancel") })
        try controller?.close()
        try await stream.cancel()
        try await stream.cancel()
        #expect(log.all.isEmpty)
    }

    @Test("cancelling an errored stream throws its error")
    func errored() async throws {
        let (stream, controller) = try ReadableStream<Int>.pushed()
        controller.error(Failure("broken"))
        await #expect(throws: Failure("broken")) { try await stream.cancel() }
    }

    @Test("a locked stream is cancelled through its reader only")
    func locked() async throws {
        let log = Log<String>()
        let stream = ReadableStream<Int>(start: { _ in }, cancel: { _ in log.add("cancel") })
        let reader = try stream.getReader()
        await #expect(throws: TypeError("ReadableStream.cancel: the stream is locked to a reader")) {
            try await stream.cancel()
        }
        #expect(log.all.isEmpty)
        try await reader.cancel()
        #expect(log.all == ["cancel"])
        #expect(stream.locked)
    }

    @Test("cancel ends the reads that wait")
    func endsReads() async throws {
        let (stream, _) = try ReadableStream<Int>.pushed()
        let reader = try stream.getReader()
        let read = Task { try await reader.read() }
        await eventually { stream.waitingReads == 1 }
        try await reader.cancel()
        #expect(try await read.value == nil)
    }

    @Test("a pull that waits finds its task cancelled")
    func cancelsPull() async throws {
        let started = Gate()
        let ended = Gate()
        let stream = ReadableStream<Int> { _ in
            started.open()
            await eventually { Task.isCancelled }
            ended.open()
        }
        await started.wait()
        try await stream.cancel()
        await ended.wait()
    }

    @Test("a pull that closes the stream is not cancelled")
    func closeCancelsNothing() async throws {
        let ended = Gate()
        let log = Log<Bool>()
        let stream = ReadableStream<Int> { controller in
            try controller.close()
            await Task.yield()
            log.add(Task.isCancelled)
            ended.open()
        }
        #expect(try await stream.collected() == [])
        await ended.wait()
        #expect(log.all == [false])
    }

    @Test("cancelling the task that cancels ends its wait, not the cancelling")
    func waitIsCancellable() async throws {
        let gate = Gate()
        let done = Gate()
        let stream = ReadableStream<Int>(
            start: { _ in },
            cancel: { _ in
                await gate.wait()
                done.open()
            })
        let cancel = Task { try await stream.cancel() }
        cancel.cancel()
        await #expect(throws: CancellationError.self) { try await cancel.value }
        gate.open()
        await done.wait()
    }
}
