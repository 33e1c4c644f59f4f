// Copyright 2026 the Whippet authors
// SPDX-License-Identifier: Apache-2.0

import Testing
import WhippetInfra
import WhippetTestSupport

@testable import WhippetStreams

@Suite("WritableStream")
struct WritableStreamTests {
    @Test("start runs in the initializer, then writes in order, then close")
    func startWriteClose() async throws {
        let log = Log<String>()
        let stream = WritableStream<Int>(
            start: { _ in log.add("start") }, close: { log.add("close") }, write: { chunk, _ in log.add("\(chunk)") })
        #expect(log.all == ["start"])
        let writer = try stream.getWriter()
        for chunk in 1...3 { try await writer.write(chunk) }
        try await writer.close()
        try await writer.closed
        #expect(log.all == ["start", "1", "2", "3", "close"])
    }

    @Test("a sink that waits is given one chunk at a time, in order")
    func waitingSink() async throws {
        let log = Log<String>()
        let stream = WritableStream<Int>(
            close: { log.add("close") },
            write: { chunk, _ in
                log.add("begin \(chunk)")
                await Task.yield()
                log.add("end \(chunk)")
            })
        let writer = try stream.getWriter()
        let first = Task { try await writer.write(1) }
        await eventually { log.count > 0 }
        try await writer.write(2)
        try await first.value
        try await stream.closed(writer)
        #expect(log.all == ["begin 1", "end 1", "begin 2", "end 2", "close"])
    }

    @Test("desiredSize and ready follow what the sink has taken")
    func backpressure() async throws {
        let gate = Gate()
        let started = Gate()
        let stream = WritableStream<Int> { _, _ in
            started.open()
            await gate.wait()
        }
        let writer = try stream.getWriter()
        #expect(try writer.desiredSize == 1)
        try await writer.ready
        let write = Task { try await writer.write(1) }
        await started.wait()
        #expect(try writer.desiredSize == 0)
        let log = Log<String>()
        let ready = Task {
            try await writer.ready
            log.add("ready")
        }
        #expect(log.all.isEmpty)
        gate.open()
        try await write.value
        try await ready.value
        #expect(try writer.desiredSize == 1)
    }

    @Test("a stream has one writer at a time")
    func locks() throws {
        let stream = WritableStream<Int> { _, _ in }
        let writer = try stream.getWriter()
        #expect(stream.locked)
        #expect(throws: TypeError("WritableStream.getWriter: the stream is locked to a writer")) {
            try stream.getWriter()
        }
        writer.releaseLock()
        #expect(!stream.locked)
        _ = try stream.getWriter()
    }

    @Test("a locked stream can be closed and aborted through its writer only")
    func lockedRefuses() async throws {
        let stream = WritableStream<Int> { _, _ in }
        let writer = try stream.getWriter()
        await #expect(throws: TypeError("WritableStream.close: the stream is locked to a writer")) {
            try await stream.close()
        }
        await #expect(throws: TypeError("WritableStream.abort: the stream is locked to a writer")) {
            try await stream.abort()
        }
        try await writer.close()
    }

    @Test("a released writer can't be used")
    func releasedWriter() async throws {
        let stream = WritableStream<Int> { _, _ in }
        let writer = try stream.getWriter()
        writer.releaseLock()
        await #expect(throws: TypeError("WritableStreamDefaultWriter.write: the writer was released")) {
            try await writer.write(1)
        }
        await #expect(throws: TypeError.self) { try await writer.close() }
        await #expect(throws: TypeError.self) { try await writer.abort() }
        await #expect(throws: TypeError.self) { try await writer.ready }
        await #expect(throws: TypeError.self) { try await writer.closed }
        #expect(throws: TypeError.self) { try writer.desiredSize }
        withExtendedLifetime(stream) {}
    }

    @Test("a closing or closed stream takes no chunk and no second close")
    func closedRefuses() async throws {
        let stream = WritableStream<Int> { _, _ in }
        let writer = try stream.getWriter()
        try await writer.close()
        await #expect(throws: TypeError("WritableStreamDefaultWriter.write: the stream is closed")) {
            try await writer.write(1)
        }
        await #expect(throws: TypeError("WritableStream.close: the stream is closed")) { try await writer.close() }
        #expect(try writer.desiredSize == 0)
    }

    @Test("what write throws errors the stream", arguments: [false, true])
    func writeThrows(waits: Bool) async throws {
        let stream =
            waits
            ? WritableStream<Int> { _, _ in
                await Task.yield()
                throw Failure("disk full")
            }
            : WritableStream<Int> { _, _ in throw Failure("disk full") }
        let writer = try stream.getWriter()
        await #expect(throws: Failure("disk full")) { try await writer.write(1) }
        await #expect(throws: Failure("disk full")) { try await writer.write(2) }
        await #expect(throws: Failure("disk full")) { try await writer.closed }
        #expect(try writer.desiredSize == nil)
    }

    @Test("what start throws errors the stream")
    func startThrows() async throws {
        let stream = WritableStream<Int>(start: { _ in throw Failure("no start") }, write: { _, _ in })
        await #expect(throws: Failure("no start")) { try await stream.getWriter().write(1) }
    }

    @Test("what close throws, close throws", arguments: [false, true])
    func closeThrows(waits: Bool) async throws {
        let close: @Sendable () async throws -> Void = { throw Failure("no close") }
        let stream =
            waits
            ? WritableStream<Int>(close: close) { _, _ in await Task.yield() }
            : WritableStream<Int>(close: close) { _, _ in }
        await #expect(throws: Failure("no close")) { try await stream.close() }
        await #expect(throws: Failure("no close")) { try await stream.getWriter().closed }
    }

    @Test("controller.error breaks the stream for the next write")
    func controllerError() async throws {
        var controller: WritableStreamDefaultController<Int>?
        let stream = WritableStream<Int>(start: { controller = $0 }, write: { _, _ in })
        controller?.error(Failure("broken"))
        await #expect(throws: Failure("broken")) { try await stream.getWriter().write(1) }
    }

    @Test("abort waits for the write under way, drops the rest and hands the reason to the sink")
    func abort() async throws {
        let log = Log<String>()
        let gate = Gate()
        let started = Gate()
        let stream = WritableStream<Int>(
            abort: { log.add("abort \($0 as? Failure as Any)") },
            write: { chunk, _ in
                log.add("write \(chunk)")
                started.open()
                await gate.wait()
            })
        let writer = try stream.getWriter()
        let writes = [Task { try await writer.write(1) }, Task { try await writer.write(2) }]
        await started.wait()
        await eventually { stream.domain.enter { stream.core.writeRequests.count == 1 } }
        let abort = Task { try await writer.abort(Failure("enough")) }
        await eventually { stream.domain.enter { stream.core.state == .erroring } }
        #expect(log.count == 1)
        gate.open()
        try await abort.value
        let outcomes = [await writes[0].result, await writes[1].result]
        #expect(outcomes.count { (try? $0.get()) != nil } == 1)
        #expect(log.count == 2 && log.all.last == "abort Optional(enough)")
        await #expect(throws: Failure("enough")) { try await writer.closed }
    }

    @Test("abort aborts the controller's signal and cancels the write under way")
    func abortSignals() async throws {
        let log = Log<String>()
        let started = Gate()
        let stream = WritableStream<Int> { _, controller in
            controller.signal.onabort { log.add("signal \($0)") }
            started.open()
            await eventually { Task.isCancelled }
        }
        let writer = try stream.getWriter()
        let write = Task { try await writer.write(1) }
        await started.wait()
        try await writer.abort(Failure("enough"))
        try await write.value
        #expect(log.all == ["signal enough"])
    }

    @Test("what the sink's abort throws, abort throws")
    func abortThrows() async throws {
        let stream = WritableStream<Int>(abort: { _ in throw Failure("can't stop") }, write: { _, _ in })
        await #expect(throws: Failure("can't stop")) { try await stream.abort() }
    }

    @Test("an ended stream is not aborted")
    func abortAfterClose() async throws {
        let log = Log<String>()
        let stream = WritableStream<Int>(abort: { _ in log.add("abort") }, write: { _, _ in })
        try await stream.close()
        try await stream.abort()
        #expect(log.all.isEmpty)
    }

    @Test("a cancelled write ends its wait; the chunk is written all the same")
    func cancelledWrite() async throws {
        let log = Log<Int>()
        let gate = Gate()
        let stream = WritableStream<Int> { chunk, _ in
            await gate.wait()
            log.add(chunk)
        }
        let writer = try stream.getWriter()
        let write = Task { try await writer.write(1) }
        await eventually { stream.domain.enter { stream.core.inFlightWriteRequest != nil } }
        write.cancel()
        await #expect(throws: CancellationError.self) { try await write.value }
        gate.open()
        try await writer.write(2)
        #expect(log.all == [1, 2])
    }

    @Test("size counts what waits, and an impossible one errors the stream")
    func sizes() async throws {
        let strategy = QueuingStrategy<Int>(highWaterMark: 10) { Double($0) }
        let gate = Gate()
        let stream = WritableStream<Int>(strategy: strategy) { _, _ in await gate.wait() }
        let writer = try stream.getWriter()
        let write = Task { try await writer.write(4) }
        await eventually { (try? writer.desiredSize) == 6 }
        gate.open()
        try await write.value
        await #expect(throws: RangeError.self) { try await writer.write(-1) }
    }

    @Test("a synchronous sink of many waiting chunks takes no stack")
    func noRecursion() async throws {
        let log = Log<Int>()
        let (source, controller) = try ReadableStream<Int>.pushed()
        for chunk in 0..<20_000 { try controller.enqueue(chunk) }
        try controller.close()
        try await source.pipeTo(
            WritableStream<Int>(strategy: .count(highWaterMark: .infinity)) { chunk, _ in log.add(chunk) })
        #expect(log.count == 20_000)
    }
}

extension WritableStream {
    /// Closes through a writer.
    func closed(_ writer: WritableStreamDefaultWriter<Chunk>) async throws {
        try await writer.close()
    }
}
