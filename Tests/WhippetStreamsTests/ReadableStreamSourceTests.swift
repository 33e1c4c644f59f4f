// Copyright 2026 the Whippet authors
// SPDX-License-Identifier: Apache-2.0

import Dispatch
import Testing
import WhippetInfra
import WhippetTestSupport

@testable import WhippetStreams

@Suite("ReadableStream: its source")
struct ReadableStreamSourceTests {
    @Test("start runs in the initializer, and pull after it")
    func startThenPull() {
        let log = Log<String>()
        let stream = ReadableStream<Int>(
            start: { _ in log.add("start") },
            pull: { _ in log.add("pull") })
        #expect(log.all == ["start", "pull"])
        withExtendedLifetime(stream) {}
    }

    @Test("a source that enqueues is pulled until the queue reaches the high-water mark", arguments: [0.0, 1, 2.5, 8])
    func pulledUntilHighWaterMark(highWaterMark: Double) {
        let log = Log<Int>()
        let stream = ReadableStream<Int>(strategy: .count(highWaterMark: highWaterMark)) { controller in
            log.add(log.count)
            try controller.enqueue(0)
        }
        #expect(log.count == Int(highWaterMark.rounded(.up)))
        withExtendedLifetime(stream) {}
    }

    @Test("a pull that enqueues nothing is not repeated until somebody reads")
    func pullIsNotRepeated() async throws {
        let log = Log<String>()
        let stream = ReadableStream<Int>(strategy: .count(highWaterMark: 4)) { _ in log.add("pull") }
        #expect(log.count == 1)
        let reader = try stream.getReader()
        let read = Task { try await reader.read() }
        await eventually { stream.waitingReads == 1 }
        #expect(log.count == 2)
        read.cancel()
        _ = await read.result
    }

    @Test("with a high-water mark of 0 each read pulls once")
    func pullPerRead() async throws {
        let log = Log<Int>()
        let stream = ReadableStream<Int>(strategy: .count(highWaterMark: 0)) { controller in
            log.add(log.count)
            try controller.enqueue(log.count)
        }
        let reader = try stream.getReader()
        #expect(log.count == 0)
        #expect(try await reader.read() == 1)
        #expect(try await reader.read() == 2)
        #expect(log.count == 2)
    }

    @Test("a read that a running pull can't serve has it run again")
    func pullAgain() async throws {
        let gate = Gate()
        let log = Log<String>()
        let stream = ReadableStream<Int>(strategy: .count(highWaterMark: 0)) { controller in
            log.add("pull")
            if log.count == 1 { await gate.wait() }
            try controller.enqueue(log.count)
        }
        let reader = try stream.getReader()
        let first = Task { try await reader.read() }
        await eventually { stream.waitingReads == 1 }
        let second = Task { try await reader.read() }
        await eventually { stream.waitingReads == 2 }
        gate.open()
        #expect(Set([try await first.value, try await second.value]) == [1, 2])
        #expect(log.count == 2)
    }

    @Test("pull never runs twice at the same time")
    func pullIsSerial() async throws {
        let running = Log<Int>()
        let ended = Log<Int>()
        let stream = ReadableStream<Int>(strategy: .count(highWaterMark: 8)) { controller in
            #expect(running.count == ended.count)
            running.add(0)
            await Task.yield()
            try controller.enqueue(running.count)
            ended.add(0)
            if running.count == 50 { try controller.close() }
        }
        #expect(try await stream.collected() == Array(1...50))
    }

    @Test("a synchronous source of a hundred thousand chunks takes no stack")
    func synchronousPullDoesNotRecurse() async throws {
        let log = Log<Void>()
        let stream = ReadableStream<Int>(strategy: .count(highWaterMark: .infinity)) { controller in
            log.add(())
            if log.count == 100_000 { try controller.close() } else { try controller.enqueue(1) }
        }
        #expect(try await stream.collected().count == 99_999)
    }

    @Test("close lets the queued chunks be read first")
    func closeDrains() async throws {
        let (stream, controller) = try ReadableStream<Int>.pushed()
        try controller.enqueue(1)
        try controller.enqueue(2)
        try controller.close()
        #expect(try await stream.collected() == [1, 2])
    }

    @Test("error drops the queued chunks")
    func errorDrops() async throws {
        let (stream, controller) = try ReadableStream<Int>.pushed()
        try controller.enqueue(1)
        controller.error(Failure("broken"))
        await #expect(throws: Failure("broken")) { try await stream.getReader().read() }
    }

    @Test("what start throws errors the stream")
    func startThrows() async throws {
        let stream = ReadableStream<Int>(start: { _ in throw Failure("no start") })
        await #expect(throws: Failure("no start")) { try await stream.getReader().read() }
    }

    @Test("what a synchronous pull throws errors the stream")
    func synchronousPullThrows() async throws {
        let stream = ReadableStream<Int> { _ in throw Failure("no pull") }
        await #expect(throws: Failure("no pull")) { try await stream.getReader().read() }
    }

    @Test("what a waiting pull throws errors the stream")
    func waitingPullThrows() async throws {
        let stream = ReadableStream<Int> { _ in
            await Task.yield()
            throw Failure("no pull")
        }
        await #expect(throws: Failure("no pull")) { try await stream.getReader().read() }
    }

    @Test("pull is not called after the stream was cancelled")
    func noPullAfterCancel() async throws {
        let log = Log<String>()
        let stream = ReadableStream<Int>(strategy: .count(highWaterMark: 0)) { _ in
            await Task.yield()
            log.add("pull")
        }
        let reader = try stream.getReader()
        try await reader.cancel()
        #expect(try await reader.read() == nil)
        #expect(log.all.isEmpty)
    }

    @Test("a pull that was asked for and has not begun is taken back by a cancel")
    func cancelTakesPullBack() async throws {
        let log = Log<String>()
        let executor = QueueExecutor()
        let stream = await withTaskExecutorPreference(executor) {
            ReadableStream<Int>(strategy: .count(highWaterMark: 0)) { _ in
                await Task.yield()
                log.add("pull")
            }
        }
        executor.hold()
        let reader = try stream.getReader()
        let read = Task { try await reader.read() }
        await eventually { stream.waitingReads == 1 }
        try await reader.cancel()
        executor.release()
        #expect(try await read.value == nil)
        await executor.idle()
        #expect(log.all.isEmpty)
    }

    @Test("desiredSize falls with each chunk and rises with each read")
    func desiredSize() async throws {
        let (stream, controller) = try ReadableStream<Int>.pushed(highWaterMark: 2)
        let reader = try stream.getReader()
        #expect(controller.desiredSize == 2)
        for _ in 0..<3 { try controller.enqueue(0) }
        #expect(controller.desiredSize == -1)
        _ = try await reader.read()
        #expect(controller.desiredSize == 0)
        try controller.close()
        _ = try await reader.read()
        _ = try await reader.read()
        #expect(controller.desiredSize == 0)
    }

    @Test("desiredSize is nil once the stream is errored")
    func desiredSizeOfErrored() throws {
        let (stream, controller) = try ReadableStream<Int>.pushed()
        controller.error(Failure("broken"))
        #expect(controller.desiredSize == nil)
        withExtendedLifetime(stream) {}
    }

    @Test("enqueue and close throw a TypeError once close was requested")
    func closedRefuses() throws {
        let (stream, controller) = try ReadableStream<Int>.pushed()
        try controller.enqueue(1)
        try controller.close()
        #expect(throws: TypeError("ReadableStreamDefaultController.enqueue: the stream is closed")) {
            try controller.enqueue(2)
        }
        #expect(throws: TypeError("ReadableStreamDefaultController.close: the stream is closed")) {
            try controller.close()
        }
        withExtendedLifetime(stream) {}
    }

    @Test("enqueue and close throw a TypeError once the stream is errored")
    func erroredRefuses() throws {
        let (stream, controller) = try ReadableStream<Int>.pushed()
        controller.error(Failure("broken"))
        #expect(throws: TypeError("ReadableStreamDefaultController.enqueue: the stream is errored")) {
            try controller.enqueue(2)
        }
        #expect(throws: TypeError("ReadableStreamDefaultController.close: the stream is errored")) {
            try controller.close()
        }
        withExtendedLifetime(stream) {}
    }

    @Test("the first error stays")
    func firstErrorStays() async throws {
        let (stream, controller) = try ReadableStream<Int>.pushed()
        controller.error(Failure("first"))
        controller.error(Failure("second"))
        await #expect(throws: Failure("first")) { try await stream.getReader().read() }
    }

    @Test("the source runs where its maker preferred to run")
    func executorIsCaptured() async throws {
        let executor = QueueExecutor()
        let stream = await withTaskExecutorPreference(executor) {
            ReadableStream<Int>(strategy: .count(highWaterMark: 0)) { controller in
                await Task.yield()
                try controller.enqueue(executor.isCurrent ? 1 : 0)
            }
        }
        let reader = try stream.getReader()
        #expect(try await reader.read() == 1)
    }
}

/// An executor that knows whether the caller runs on it.
final class QueueExecutor: TaskExecutor {
    private let queue = DispatchQueue(label: "QueueExecutor")
    private let key = DispatchSpecificKey<Bool>()

    init() {
        queue.setSpecific(key: key, value: true)
    }

    /// Runs nothing until `release`.
    func hold() {
        queue.suspend()
    }

    func release() {
        queue.resume()
    }

    /// Waits until everything enqueued so far has run.
    func idle() async {
        await withCheckedContinuation { continuation in
            queue.async { continuation.resume() }
        }
    }

    var isCurrent: Bool { DispatchQueue.getSpecific(key: key) == true }

    func enqueue(_ job: consuming ExecutorJob) {
        let job = UnownedJob(job)
        queue.async { job.runSynchronously(on: self.asUnownedTaskExecutor()) }
    }
}
