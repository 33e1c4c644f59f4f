// Copyright 2026 the Whippet authors
// SPDX-License-Identifier: Apache-2.0

import Testing
import WhippetInfra

@testable import WhippetStreams

@Suite("Byte streams")
struct ReadableByteStreamTests {
    /// A byte stream without a pull function, and the controller that feeds it.
    static func pushed(autoAllocateChunkSize: Int? = nil) throws -> (ByteStream, ReadableByteStreamController) {
        var controller: ReadableByteStreamController?
        let stream = ByteStream(
            type: .bytes, autoAllocateChunkSize: autoAllocateChunkSize, start: { controller = $0 })
        return (stream, try #require(controller))
    }

    static func buffer(_ count: Int) -> [UInt8] { Array(repeating: 0, count: count) }

    @Test("chunks are read as from any stream")
    func defaultReader() async throws {
        let (stream, controller) = try Self.pushed()
        try controller.enqueue([1, 2])
        try controller.enqueue([3])
        #expect(controller.desiredSize == -3)
        try controller.close()
        #expect(try await stream.collected() == [[1, 2], [3]])
    }

    @Test("bytes are read into a buffer across the borders of chunks")
    func readInto() async throws {
        let (stream, controller) = try Self.pushed()
        for chunk: [UInt8] in [[1, 2], [3], [4, 5, 6]] { try controller.enqueue(chunk) }
        try controller.close()
        let reader = try stream.getReader(mode: .byob)
        let first = try await reader.read(into: Self.buffer(4))
        #expect(first.value == [1, 2, 3, 4] && !first.done)
        let second = try await reader.read(into: first.buffer)
        #expect(second.value == [5, 6] && second.buffer.count == 4)
        let end = try await reader.read(into: second.buffer)
        #expect(end.done && end.byteLength == 0 && end.buffer.count == 4)
        try await reader.closed
    }

    @Test("the buffer moves through the stream and is not copied")
    func sameMemory() async throws {
        let stream = ByteStream(type: .bytes) { controller in
            try controller.byobRequest?.respond { bytes in
                bytes[0] = 7
                return 1
            }
        }
        let reader = try stream.getReader(mode: .byob)
        let buffer = Self.buffer(64)
        let address = buffer.withUnsafeBufferPointer { Int(bitPattern: $0.baseAddress) }
        let result = try await reader.read(into: consume buffer)
        #expect(result.value == [7])
        #expect(result.buffer.withUnsafeBufferPointer { Int(bitPattern: $0.baseAddress) } == address)
    }

    @Test("a waiting source borrows the buffer and gives it back")
    func borrowedView() async throws {
        let stream = ByteStream(type: .bytes) { controller in
            await Task.yield()
            guard let request = controller.byobRequest, var view = request.takeView() else { return }
            #expect(request.takeView() == nil)
            #expect(throws: TypeError.self) { try controller.enqueue([1]) }
            await Task.yield()
            view.buffer[view.range.lowerBound] = 9
            try request.respondWithNewView(view, bytesWritten: 1)
            #expect(request.byteLength == 0)
            #expect(throws: TypeError.self) { try request.respond { _ in 1 } }
        }
        let reader = try stream.getReader(mode: .byob)
        #expect(try await reader.read(into: Self.buffer(3)).value == [9])
    }

    @Test("min waits for as many bytes")
    func minimum() async throws {
        let (stream, controller) = try Self.pushed()
        let reader = try stream.getReader(mode: .byob)
        async let result = reader.read(into: Self.buffer(8), min: 3)
        await eventually { stream.waitingReadsInto == 1 }
        try controller.enqueue([1])
        #expect(stream.waitingReadsInto == 1)
        let request = try #require(controller.byobRequest)
        #expect(request.byteLength == 7)
        try request.respond { bytes in
            (bytes[0], bytes[1], bytes[2]) = (2, 3, 4)
            return 3
        }
        #expect(try await result.value == [1, 2, 3, 4])
    }

    @Test("the end of the stream gives out less than min")
    func endBeforeMinimum() async throws {
        let (stream, controller) = try Self.pushed()
        let reader = try stream.getReader(mode: .byob)
        async let result = reader.read(into: Self.buffer(8), min: 3)
        await eventually { stream.waitingReadsInto == 1 }
        try controller.enqueue([1])
        try controller.close()
        #expect(try await result.value == [1])
        #expect(try await reader.read(into: Self.buffer(8), min: 3).done)
    }

    @Test("a reader without a buffer gets one of the size that the stream allocates", arguments: [1, 3, 8])
    func autoAllocate(bytesWritten: Int) async throws {
        let stream = ByteStream(type: .bytes, autoAllocateChunkSize: 8) { controller in
            let request = try #require(controller.byobRequest)
            #expect(request.byteLength == 8)
            try request.respond { bytes in
                for index in 0..<bytesWritten { bytes[index] = UInt8(index) }
                return bytesWritten
            }
        }
        let reader = try stream.getReader()
        #expect(try await reader.read() == Array(0..<UInt8(bytesWritten)))
    }

    @Test("a source that closes after it wrote nothing ends the read")
    func writesNothing() async throws {
        let stream = ByteStream(type: .bytes) { controller in
            try controller.byobRequest?.respond { _ in 0 }
            try controller.close()
        }
        let reader = try stream.getReader(mode: .byob)
        let result = try await reader.read(into: Self.buffer(5))
        #expect(result.done && result.buffer.count == 5)
    }

    @Test("what the source throws while it writes errors the stream")
    func writingThrows() async throws {
        let stream = ByteStream(type: .bytes) { controller in
            try controller.byobRequest?.respond { _ in throw Failure("disk") }
        }
        let reader = try stream.getReader(mode: .byob)
        await #expect(throws: Failure("disk")) { try await reader.read(into: Self.buffer(5)) }
    }

    @Test("a source that claims to have written more than it could is refused, and may try again", arguments: [-1, 4])
    func writesTooMuch(count: Int) async throws {
        let (stream, controller) = try Self.pushed()
        let reader = try stream.getReader(mode: .byob)
        async let read = reader.read(into: Self.buffer(3))
        await eventually { stream.waitingReadsInto == 1 }
        let request = try #require(controller.byobRequest)
        let message = "ReadableStreamBYOBRequest.respond: \(count) bytes written where there is room for 3"
        #expect(throws: RangeError(message)) { try request.respond { _ in count } }
        try request.respond { bytes in
            bytes[0] = 1
            return 1
        }
        #expect(try await read.value == [1])
    }

    @Test("a stream that is closed with fewer bytes than min breaks")
    func tooFewBytesLeft() async throws {
        let (stream, controller) = try Self.pushed()
        try controller.enqueue([1, 2])
        try controller.close()
        let reader = try stream.getReader(mode: .byob)
        let error = TypeError("The stream ends before the view is filled as far as it must be.")
        await #expect(throws: error) { try await reader.read(into: Self.buffer(4), min: 3) }
        await #expect(throws: error) { try await reader.closed }
    }

    @Test("bad arguments are refused, and say why", arguments: ReadCase.all)
    func badRead(_ badCase: ReadCase) async throws {
        let (stream, controller) = try Self.pushed()
        let reader = try stream.getReader(mode: .byob)
        let error = await #expect(throws: (any Error).self) {
            try await reader.read(into: Self.buffer(badCase.length), min: badCase.min)
        }
        #expect(error.map { "\($0)" } == badCase.message)
        try controller.close()
    }

    @Test("misuse of the controller is refused")
    func controllerMisuse() async throws {
        let (stream, controller) = try Self.pushed()
        #expect(throws: TypeError("ReadableByteStreamController.enqueue: the chunk is empty")) {
            try controller.enqueue([])
        }
        #expect(controller.byobRequest == nil)
        try controller.close()
        #expect(throws: TypeError("ReadableByteStreamController.enqueue: the stream is closed")) {
            try controller.enqueue([1])
        }
        #expect(throws: TypeError("ReadableByteStreamController.close: the stream is closed")) {
            try controller.close()
        }
        #expect(try await stream.collected().isEmpty)
    }

    @Test("only a byte stream has a reader with buffers, and only one at a time")
    func readers() throws {
        let (plain, _) = try ByteStream.pushed()
        #expect(throws: TypeError("ReadableStream.getReader: the stream is not a byte stream")) {
            try plain.getReader(mode: .byob)
        }
        let (stream, _) = try Self.pushed()
        let reader = try stream.getReader(mode: .byob)
        #expect(throws: TypeError("ReadableStream.getReader: the stream is locked to a reader")) {
            try stream.getReader(mode: .byob)
        }
        reader.releaseLock()
        _ = try stream.getReader()
    }

    @Test("releasing the reader rejects its reads and keeps the bytes")
    func releaseLock() async throws {
        let (stream, controller) = try Self.pushed()
        let reader = try stream.getReader(mode: .byob)
        let read = Task { try await reader.read(into: Self.buffer(2)) }
        await eventually { stream.waitingReadsInto == 1 }
        let request = try #require(controller.byobRequest)
        reader.releaseLock()
        await #expect(throws: TypeError("The reader was released.")) { try await read.value }
        try request.respond { bytes in
            bytes[0] = 5
            return 1
        }
        #expect(try await stream.getReader().read() == [5])
    }

    @Test("bytes for a reader that was released go to the one that waits without a buffer")
    func releaseLockThenRead() async throws {
        let (stream, controller) = try Self.pushed()
        let reader = try stream.getReader(mode: .byob)
        let read = Task { try await reader.read(into: Self.buffer(2)) }
        await eventually { stream.waitingReadsInto == 1 }
        let request = try #require(controller.byobRequest)
        reader.releaseLock()
        _ = await read.result
        async let chunk = stream.getReader().read()
        await eventually { stream.waitingReads == 1 }
        try request.respond { bytes in
            bytes[0] = 5
            return 1
        }
        #expect(try await chunk == [5])
    }

    @Test("a cancelled task withdraws its read, and no byte is lost", arguments: CancelMoment.allCases)
    func withdraw(moment: CancelMoment) async throws {
        let (stream, controller) = try Self.pushed()
        let reader = try stream.getReader(mode: .byob)
        let read = Task { try await reader.read(into: Self.buffer(4), min: 3) }
        await eventually { stream.waitingReadsInto == 1 }
        var request: ReadableStreamBYOBRequest?
        var view: ReadableStreamBYOBRequest.View?
        if moment != .idle { try controller.enqueue([1]) }
        if moment == .asked || moment == .borrowed { request = controller.byobRequest }
        if moment == .borrowed { view = request?.takeView() }
        read.cancel()
        await #expect(throws: CancellationError.self) { try await read.value }
        #expect(stream.waitingReadsInto == 0)
        if let view {
            try request?.respondWithNewView(view, bytesWritten: 1)
        } else {
            try controller.enqueue([0])
        }
        let result = try await reader.read(into: Self.buffer(4))
        #expect(result.value == (moment == .idle ? [0] : [1, 0]))
    }

    @Test("a withdrawn read without a buffer leaves the allocated one to the next")
    func withdrawAllocated() async throws {
        let (stream, controller) = try Self.pushed(autoAllocateChunkSize: 4)
        let reader = try stream.getReader()
        let reads = (0..<3).map { _ in Task { try await reader.read() } }
        await eventually { stream.waitingReads == 3 }
        let request = try #require(controller.byobRequest)
        reads[1].cancel()
        _ = await reads[1].result
        #expect(stream.waitingReads == 2)
        try request.respond { bytes in
            bytes[0] = 1
            return 1
        }
        try controller.byobRequest?.respond { bytes in
            bytes[0] = 2
            return 1
        }
        #expect(controller.byobRequest == nil)
        let chunks = [try await reads[0].value, try await reads[2].value]
        #expect(Set(chunks) == [[1], [2]])
    }

    @Test("cancelling ends the reads that wait")
    func cancel() async throws {
        let (stream, controller) = try Self.pushed()
        let reader = try stream.getReader(mode: .byob)
        async let read = reader.read(into: Self.buffer(4))
        await eventually { stream.waitingReadsInto == 1 }
        let request = try #require(controller.byobRequest)
        try await reader.cancel(Failure("enough"))
        let result = try await read
        #expect(result.done && result.buffer.isEmpty)
        #expect(request.byteLength == 0 && request.takeView() == nil)
    }

    @Test("an error reaches the reads that wait and those that come")
    func error() async throws {
        let (stream, controller) = try Self.pushed()
        let reader = try stream.getReader(mode: .byob)
        let read = Task { try await reader.read(into: Self.buffer(4)) }
        await eventually { stream.waitingReadsInto == 1 }
        controller.error(Failure("broken"))
        await #expect(throws: Failure("broken")) { try await read.value }
        await #expect(throws: Failure("broken")) { try await reader.read(into: Self.buffer(4)) }
        #expect(controller.desiredSize == nil)
    }

    @Test(
        "a function that gives chunks makes a byte stream, and empty chunks are passed over", arguments: [false, true])
    func pullingBytes(bringsBuffers: Bool) async throws {
        let chunks = Locked<[[UInt8]]>([[1, 2], [], [], [3]])
        let stream = ByteStream(pullingBytes: { chunks.withLock { $0.isEmpty ? nil : $0.removeFirst() } })
        guard bringsBuffers else {
            #expect(try await stream.collected() == [[1, 2], [3]])
            return
        }
        let reader = try stream.getReader(mode: .byob)
        #expect(try await reader.read(into: Self.buffer(1)).value == [1])
        #expect(try await reader.read(into: Self.buffer(4), min: 2).value == [2, 3])
        #expect(try await reader.read(into: Self.buffer(4)).done)
    }

    @Test("what a function that gives chunks throws errors its stream, and a cancel reaches it")
    func pullingBytesEnds() async throws {
        let broken = ByteStream(pullingBytes: { throw Failure("broken") })
        await #expect(throws: Failure("broken")) { try await broken.collected() }
        let log = Log<String>()
        let cancelled = ByteStream(pullingBytes: { [1] }, cancelled: { log.add("\($0.map { "\($0)" } ?? "")") })
        try await cancelled.cancel(Failure("enough"))
        #expect(log.all == ["enough"])
    }

    @Test("source, buffers and pump are released with the stream", arguments: [false, true])
    func released(waits: Bool) async throws {
        let log = Log<String>()
        do {
            let witness = Witness(log, "source")
            let stream =
                waits
                ? ByteStream(type: .bytes) { controller in
                    await Task.yield()
                    withExtendedLifetime(witness) {}
                    try controller.enqueue([1])
                }
                : ByteStream(type: .bytes) { controller in
                    withExtendedLifetime(witness) {}
                    try controller.enqueue([1])
                }
            let reader = try stream.getReader(mode: .byob)
            #expect(try await reader.read(into: Self.buffer(4)).value == [1])
        }
        await eventually { log.count == 1 }
    }
}

/// When a task is cancelled that waits with a buffer.
enum CancelMoment: CaseIterable {
    case idle
    case partlyFilled
    case asked
    case borrowed
}

struct ReadCase: CustomTestStringConvertible, Sendable {
    let length: Int
    let min: Int
    let message: String
    var testDescription: String { message }

    static let all = [
        ReadCase(length: 0, min: 1, message: "TypeError: ReadableStreamBYOBReader.read: the buffer is empty"),
        ReadCase(
            length: 2, min: 0, message: "TypeError: ReadableStreamBYOBReader.read: min is 0 and must be 1 or more"),
        ReadCase(
            length: 2, min: 3,
            message: "RangeError: ReadableStreamBYOBReader.read: min is 3, more than the buffer's 2 bytes"),
    ]
}

extension ByteStream {
    /// How many reads wait with a buffer.
    var waitingReadsInto: Int {
        domain.enter { (core.controller as? CoreArrayStreamController)?.byobReader?.readIntoRequests.count ?? 0 }
    }
}
