// Copyright 2026 the Whippet authors
// SPDX-License-Identifier: Apache-2.0

import Testing
import WhippetInfra

@testable import WhippetStreams

@Suite("QueuingStrategy")
struct QueuingStrategyTests {
    @Test("byteLength counts the bytes of each chunk")
    func byteLength() throws {
        var controller: ReadableStreamDefaultController<[UInt8]>?
        let stream = ByteStream(strategy: .byteLength(highWaterMark: 10), start: { controller = $0 })
        try controller?.enqueue([1, 2, 3])
        #expect(controller?.desiredSize == 7)
        withExtendedLifetime(stream) {}
    }

    @Test("size is not asked for a chunk that a read waits for")
    func sizeOnlyForQueued() async throws {
        let log = Log<Int>()
        var controller: ReadableStreamDefaultController<Int>?
        let strategy = QueuingStrategy<Int>(highWaterMark: 4) {
            log.add($0)
            return 1
        }
        let stream = ReadableStream<Int>(strategy: strategy, start: { controller = $0 })
        let reader = try stream.getReader()
        let read = Task { try await reader.read() }
        await eventually { stream.waitingReads == 1 }
        try controller?.enqueue(1)
        try controller?.enqueue(2)
        #expect(try await read.value == 1)
        #expect(log.all == [2])
    }

    @Test("size may use the stream's controller")
    func sizeRunsUnlocked() throws {
        let held = Locked<ReadableStreamDefaultController<Int>?>(nil)
        let log = Log<Double?>()
        let strategy = QueuingStrategy<Int>(highWaterMark: 4) { chunk in
            log.add(held.withLock { $0 }?.desiredSize)
            return Double(chunk)
        }
        let stream = ReadableStream<Int>(strategy: strategy, start: { controller in held.withLock { $0 = controller } })
        let controller = try #require(held.withLock { $0 })
        try controller.enqueue(3)
        try controller.enqueue(1)
        #expect(log.all == [4, 1])
        withExtendedLifetime(stream) {}
    }

    @Test("a size that is no finite number errors the stream", arguments: [-1, Double.nan, .infinity])
    func invalidSize(size: Double) async throws {
        var controller: ReadableStreamDefaultController<Int>?
        let stream = ReadableStream<Int>(
            strategy: QueuingStrategy(highWaterMark: 4) { _ in size }, start: { controller = $0 })
        #expect(throws: RangeError("QueuingStrategy.size: \(size) is not a finite number of at least 0")) {
            try controller?.enqueue(1)
        }
        await #expect(throws: RangeError.self) { try await stream.getReader().read() }
    }

    @Test("what size throws, enqueue throws, and it errors the stream")
    func throwingSize() async throws {
        var controller: ReadableStreamDefaultController<Int>?
        let stream = ReadableStream<Int>(
            strategy: QueuingStrategy(highWaterMark: 4) { _ in throw Failure("no size") }, start: { controller = $0 })
        #expect(throws: Failure("no size")) { try controller?.enqueue(1) }
        await #expect(throws: Failure("no size")) { try await stream.getReader().read() }
    }

    @Test("a negative high-water mark stops the program")
    func negativeHighWaterMark() async {
        await #expect(processExitsWith: .failure) {
            _ = QueuingStrategy<Int>(highWaterMark: -1)
        }
    }
}
