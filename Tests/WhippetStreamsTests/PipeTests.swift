// Copyright 2026 the Whippet authors
// SPDX-License-Identifier: Apache-2.0

import Testing
import WhippetInfra
import WhippetTestSupport

@testable import WhippetStreams

@Suite("ReadableStream: pipeTo")
struct PipeTests {
    /// A sink that writes down what it is told.
    func recorder(
        _ log: Log<String>, strategy: QueuingStrategy<Int> = QueuingStrategy()
    ) -> WritableStream<Int> {
        WritableStream<Int>(
            strategy: strategy,
            close: { log.add("close") },
            abort: { log.add("abort \($0.map { "\($0)" } ?? "nil")") },
            write: { chunk, _ in log.add("\(chunk)") })
    }

    @Test("every chunk is written, then the destination closes, and both are unlocked")
    func pipes() async throws {
        let log = Log<String>()
        let source = ReadableStream.from(1...3)
        let destination = recorder(log)
        try await source.pipeTo(destination)
        #expect(log.all == ["1", "2", "3", "close"])
        #expect(!source.locked && !destination.locked)
    }

    @Test("locked streams can't be piped")
    func locked() async throws {
        let log = Log<String>()
        let source = ReadableStream.from(1...3)
        let reader = try source.getReader()
        await #expect(throws: TypeError("ReadableStream.pipeTo: the stream is locked to a reader")) {
            try await source.pipeTo(recorder(log))
        }
        reader.releaseLock()
        let destination = recorder(log)
        let writer = try destination.getWriter()
        await #expect(throws: TypeError("ReadableStream.pipeTo: the destination is locked to a writer")) {
            try await source.pipeTo(destination)
        }
        #expect(!source.locked)
        withExtendedLifetime(writer) {}
    }

    @Test("with preventClose the destination stays open")
    func preventClose() async throws {
        let log = Log<String>()
        let destination = recorder(log)
        try await ReadableStream.from(1...2).pipeTo(destination, preventClose: true)
        try await ReadableStream.from(3...4).pipeTo(destination)
        #expect(log.all == ["1", "2", "3", "4", "close"])
    }

    @Test("an error of the source aborts the destination, unless that is prevented", arguments: [false, true])
    func sourceErrors(preventAbort: Bool) async throws {
        let log = Log<String>()
        let (source, controller) = try ReadableStream<Int>.pushed()
        let destination = recorder(log)
        controller.error(Failure("broken"))
        await #expect(throws: Failure("broken")) { try await source.pipeTo(destination, preventAbort: preventAbort) }
        #expect(log.all == (preventAbort ? [] : ["abort broken"]))
        #expect(!destination.locked)
    }

    @Test("chunks read before the source errors are written first")
    func writesBeforeAbort() async throws {
        let log = Log<String>()
        let (source, controller) = try ReadableStream<Int>.pushed()
        let pipe = Task { try await source.pipeTo(recorder(log)) }
        await eventually { source.waitingReads == 1 }
        try controller.enqueue(1)
        await eventually { log.count == 1 && source.waitingReads == 1 }
        controller.error(Failure("broken"))
        await #expect(throws: Failure("broken")) { try await pipe.value }
        #expect(log.all == ["1", "abort broken"])
    }

    @Test("chunks that wait in the destination are written before the source's error aborts it")
    func drainsBeforeAbort() async throws {
        let log = Log<String>()
        let gate = Gate()
        let (source, controller) = try ReadableStream<Int>.pushed()
        let destination = WritableStream<Int>(
            strategy: .count(highWaterMark: 3), abort: { _ in log.add("abort") },
            write: { chunk, _ in
                await gate.wait()
                log.add("\(chunk)")
            })
        let pipe = Task { try await source.pipeTo(destination) }
        await eventually { source.waitingReads == 1 }
        try controller.enqueue(1)
        await eventually { source.waitingReads == 1 }
        try controller.enqueue(2)
        await eventually { source.waitingReads == 1 }
        controller.error(Failure("broken"))
        gate.open()
        await #expect(throws: Failure("broken")) { try await pipe.value }
        #expect(log.all == ["1", "2", "abort"])
    }

    @Test("an error of the destination cancels the source, unless that is prevented", arguments: [false, true])
    func destinationErrors(preventCancel: Bool) async throws {
        let log = Log<String>()
        let source = ReadableStream<Int>(
            start: { try $0.enqueue(1) }, cancel: { log.add("cancel \($0 as? Failure as Any)") })
        let destination = WritableStream<Int> { _, _ in throw Failure("disk full") }
        await #expect(throws: Failure("disk full")) {
            try await source.pipeTo(destination, preventCancel: preventCancel)
        }
        #expect(log.all == (preventCancel ? [] : ["cancel Optional(disk full)"]))
        #expect(!source.locked)
    }

    @Test("piping to a closed destination cancels the source")
    func closedDestination() async throws {
        let log = Log<String>()
        let source = ReadableStream<Int>(start: { _ in }, cancel: { _ in log.add("cancel") })
        let destination = recorder(Log())
        try await destination.close()
        await #expect(throws: TypeError("The destination closed before all chunks could be piped to it.")) {
            try await source.pipeTo(destination)
        }
        #expect(log.all == ["cancel"])
    }

    @Test("the signal aborts the destination and cancels the source, for its reason")
    func signal() async throws {
        let log = Log<String>()
        let source = ReadableStream<Int>(start: { _ in }, cancel: { log.add("cancel \($0 as? Failure as Any)") })
        let destination = recorder(log)
        let controller = AbortController()
        let pipe = Task { try await source.pipeTo(destination, signal: controller.signal) }
        await eventually { source.waitingReads == 1 }
        controller.abort(Failure("enough"))
        await #expect(throws: Failure("enough")) { try await pipe.value }
        #expect(Set(log.all) == ["abort enough", "cancel Optional(enough)"])
        #expect(!source.locked && !destination.locked)
    }

    @Test("a signal that has aborted already lets nothing be piped, and the prevent options hold")
    func abortedSignal() async throws {
        let log = Log<String>()
        let source = ReadableStream.from(1...3)
        let destination = recorder(log)
        await #expect(throws: Failure("enough")) {
            try await source.pipeTo(
                destination, preventAbort: true, preventCancel: true, signal: .abort(Failure("enough")))
        }
        #expect(log.all.isEmpty)
        #expect(try await source.collected() == [1, 2, 3])
    }

    @Test("a pipe that has ended leaves no listener on its signal")
    func signalIsLeft() async throws {
        let controller = AbortController()
        weak var core: AnyObject?
        do {
            let source = ReadableStream.from(1...3)
            core = source.core
            try await source.pipeTo(recorder(Log()), signal: controller.signal)
        }
        await eventually { core == nil }
        controller.abort()
    }

    @Test("cancelling the task aborts the pipe")
    func cancelledTask() async throws {
        let log = Log<String>()
        let source = ReadableStream<Int>(start: { _ in }, cancel: { _ in log.add("cancel") })
        let pipe = Task { try await source.pipeTo(recorder(log)) }
        await eventually { source.waitingReads == 1 }
        pipe.cancel()
        await #expect(throws: CancellationError.self) { try await pipe.value }
        #expect(log.count == 2)
    }

    @Test("the source is read no faster than the destination writes")
    func backpressure() async throws {
        let pulled = Log<Int>()
        let gate = Gate()
        let source = ReadableStream<Int>(strategy: .count(highWaterMark: 0)) { controller in
            pulled.add(0)
            if pulled.count > 5 { try controller.close() } else { try controller.enqueue(pulled.count) }
        }
        let written = Log<Int>()
        let destination = WritableStream<Int>(strategy: .count(highWaterMark: 2)) { chunk, _ in
            await gate.wait()
            written.add(chunk)
        }
        let pipe = Task { try await source.pipeTo(destination) }
        await eventually { pulled.count == 2 }
        for _ in 0..<100 { await Task.yield() }
        #expect(pulled.count == 2)
        gate.open()
        try await pipe.value
        #expect(written.all == [1, 2, 3, 4, 5])
    }

    @Test("the destination's size function is asked for each chunk, in order")
    func sizes() async throws {
        let sizes = Log<Int>()
        let log = Log<String>()
        let strategy = QueuingStrategy<Int>(highWaterMark: 4) {
            sizes.add($0)
            return Double($0)
        }
        try await ReadableStream.from(1...6).pipeTo(recorder(log, strategy: strategy))
        #expect(sizes.all == Array(1...6))
        #expect(log.all == ["1", "2", "3", "4", "5", "6", "close"])
    }

    @Test("a size function that throws errors the destination")
    func throwingSize() async throws {
        let strategy = QueuingStrategy<Int>(highWaterMark: 4) { _ in throw Failure("no size") }
        let destination = recorder(Log(), strategy: strategy)
        await #expect(throws: Failure("no size")) { try await ReadableStream.from(1...6).pipeTo(destination) }
    }

    @Test("pipes in both directions between the same streams' domains work", arguments: 0..<10)
    func crossedPipes(seed: UInt64) async throws {
        let (first, second) = (TransformStream<Int, Int>(), TransformStream<Int, Int>())
        async let one: Void = ReadableStream.from(0..<100).pipeTo(first.writable)
        async let two: Void = first.readable.pipeTo(second.writable)
        async let three = second.readable.collected()
        #expect(try await three == Array(0..<100))
        try await one
        try await two
    }

    @Test("many pipes at once between tasks lose nothing")
    func stress() async throws {
        await withTaskGroup { group in
            for task in 0..<8 {
                group.addTask {
                    let transform = TransformStream<Int, Int> { chunk, controller in
                        if chunk % 5 == task % 5 { await Task.yield() }
                        try controller.enqueue(chunk)
                    }
                    let out = try? ReadableStream(from: ReadableStream.from(0..<200)).pipeThrough(transform)
                    #expect((try? await out?.collected()) == Array(0..<200))
                }
            }
        }
    }

    @Test("pipes that are aborted, cancelled and dropped at random end", arguments: 0..<40)
    func racingEnds(seed: UInt64) async throws {
        var random = SplitMix(seed: seed)
        let controller = AbortController()
        let source = ReadableStream<Int>(strategy: .count(highWaterMark: 1)) { controller in
            await Task.yield()
            try controller.enqueue(1)
        }
        let transform = TransformStream<Int, Int>()
        let out = try source.pipeThrough(transform, signal: controller.signal)
        let limit = random.next(below: 20)
        let choice = random.next(below: 3)
        let consumer = Task {
            var count = 0
            for try await _ in out {
                count += 1
                if count > limit, choice == 0 { break }
            }
        }
        switch choice {
        case 0: break
        case 1: controller.abort(Failure("enough"))
        default: consumer.cancel()
        }
        _ = await consumer.result
        await eventually { !source.locked }
    }
}
