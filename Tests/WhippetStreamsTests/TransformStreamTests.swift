// Copyright 2026 the Whippet authors
// SPDX-License-Identifier: Apache-2.0

import Testing
import WhippetInfra

@testable import WhippetStreams

@Suite("TransformStream")
struct TransformStreamTests {
    typealias Transform = TransformStream<Int, Int>

    @Test("chunks come out changed, in order, and flush may add some")
    func transforms() async throws {
        let transform = TransformStream<Int, String>(
            flush: { try $0.enqueue("end") }, transform: { chunk, controller in try controller.enqueue("<\(chunk)>") })
        let lines = try ReadableStream.from(1...3).pipeThrough(transform)
        #expect(try await lines.collected() == ["<1>", "<2>", "<3>", "end"])
    }

    @Test("a transform that waits gives the same")
    func waitingTransform() async throws {
        let transform = Transform { chunk, controller in
            for _ in 0..<chunk {
                await Task.yield()
                try controller.enqueue(chunk)
            }
        }
        #expect(try await ReadableStream.from(1...3).pipeThrough(transform).collected() == [1, 2, 2, 3, 3, 3])
    }

    @Test("without a transformer the chunks pass as they are")
    func identity() async throws {
        #expect(try await ReadableStream.from(1...100).pipeThrough(Transform()).collected() == Array(1...100))
    }

    @Test("transform waits until somebody reads")
    func backpressure() async throws {
        let log = Log<Int>()
        let transform = Transform { chunk, controller in
            log.add(chunk)
            try controller.enqueue(chunk)
        }
        let writer = try transform.writable.getWriter()
        let write = Task { try await writer.write(1) }
        await eventually { transform.writable.domain.enter { transform.writable.core.inFlightWriteRequest != nil } }
        #expect(log.all.isEmpty)
        #expect(try writer.desiredSize == 0)
        #expect(try await transform.readable.getReader().read() == 1)
        try await write.value
        #expect(log.all == [1])
    }

    @Test("what transform throws errors both sides", arguments: [false, true])
    func transformThrows(waits: Bool) async throws {
        let transform =
            waits
            ? Transform { _, _ in
                await Task.yield()
                throw Failure("no transform")
            } : Transform { _, _ in throw Failure("no transform") }
        let writer = try transform.writable.getWriter()
        let write = Task { try await writer.write(1) }
        await #expect(throws: Failure("no transform")) { try await transform.readable.getReader().read() }
        await #expect(throws: Failure("no transform")) { try await write.value }
        await #expect(throws: Failure("no transform")) { try await writer.closed }
    }

    @Test("what start throws errors both sides")
    func startThrows() async throws {
        let transform = Transform(start: { _ in throw Failure("no start") }, transform: { _, _ in })
        await #expect(throws: Failure("no start")) { try await transform.readable.getReader().read() }
        await #expect(throws: Failure("no start")) { try await transform.writable.getWriter().write(1) }
    }

    @Test("what flush throws errors the readable side, and close throws it")
    func flushThrows() async throws {
        let transform = Transform(flush: { _ in throw Failure("no flush") }, transform: { _, _ in })
        let close = Task { try await transform.writable.close() }
        await #expect(throws: Failure("no flush")) { try await transform.readable.getReader().read() }
        await #expect(throws: Failure("no flush")) { try await close.value }
    }

    @Test("terminate ends the readable side and errors the writable one")
    func terminate() async throws {
        let transform = Transform { chunk, controller in
            try controller.enqueue(chunk)
            if chunk == 2 { controller.terminate() }
        }
        let out = try ReadableStream.from(1...9).pipeThrough(transform)
        #expect(try await out.collected() == [1, 2])
        await #expect(throws: TypeError("The transform stream was terminated.")) {
            while transform.writable.locked { await Task.yield() }
            try await transform.writable.getWriter().write(1)
        }
    }

    @Test("cancelling the readable side runs cancel and errors the writable one")
    func cancelReadable() async throws {
        let log = Log<String>()
        let transform = Transform(cancel: { log.add("cancel \($0 as? Failure as Any)") }, transform: { _, _ in })
        let writer = try transform.writable.getWriter()
        try await transform.readable.cancel(Failure("enough"))
        #expect(log.all == ["cancel Optional(enough)"])
        await #expect(throws: Failure("enough")) { try await writer.write(1) }
    }

    @Test("cancelling the readable side ends a write that waits for it")
    func cancelUnblocksWrite() async throws {
        let transform = Transform()
        let writer = try transform.writable.getWriter()
        let write = Task { try await writer.write(1) }
        await eventually { transform.writable.domain.enter { transform.writable.core.inFlightWriteRequest != nil } }
        try await transform.readable.cancel(Failure("enough"))
        await #expect(throws: Failure("enough")) { try await write.value }
    }

    @Test("aborting the writable side runs cancel and errors the readable one")
    func abortWritable() async throws {
        let log = Log<String>()
        let transform = Transform(cancel: { log.add("cancel \($0 as? Failure as Any)") }, transform: { _, _ in })
        try await transform.writable.abort(Failure("enough"))
        #expect(log.all == ["cancel Optional(enough)"])
        await #expect(throws: Failure("enough")) { try await transform.readable.getReader().read() }
    }

    @Test("controller.error errors both sides")
    func controllerError() async throws {
        var controller: TransformStreamDefaultController<Int, Int>?
        let transform = Transform(start: { controller = $0 }, transform: { _, _ in })
        controller?.error(Failure("broken"))
        await #expect(throws: Failure("broken")) { try await transform.readable.getReader().read() }
        await #expect(throws: Failure("broken")) { try await transform.writable.getWriter().write(1) }
    }

    @Test("the readable strategy's size is asked, and an impossible one errors both sides")
    func readableSize() async throws {
        let strategy = QueuingStrategy<Int>(highWaterMark: 10) { Double($0) }
        var controller: TransformStreamDefaultController<Int, Int>?
        let transform = Transform(readableStrategy: strategy, start: { controller = $0 }, transform: { _, _ in })
        try controller?.enqueue(4)
        #expect(controller?.desiredSize == 6)
        #expect(throws: RangeError.self) { try controller?.enqueue(-1) }
        await #expect(throws: RangeError.self) { try await transform.readable.getReader().read() }
    }

    @Test("a chain of transforms gives everything")
    func chain() async throws {
        var stream = ReadableStream.from(0..<200)
        for step in 0..<5 {
            stream = try stream.pipeThrough(
                step % 2 == 0
                    ? Transform { chunk, controller in try controller.enqueue(chunk + 1) }
                    : Transform { chunk, controller in
                        await Task.yield()
                        try controller.enqueue(chunk + 1)
                    })
        }
        #expect(try await stream.collected() == Array(5..<205))
    }
}
