// Copyright 2026 the Whippet authors
// SPDX-License-Identifier: Apache-2.0

import Testing
import WhippetInfra

@testable import WhippetStreams

@Suite("Byte streams: tee")
struct ReadableByteStreamTeeTests {
    private func buffer(_ count: Int) -> [UInt8] { Array(repeating: 0, count: count) }

    @Test("both branches give every byte, to readers of either kind", arguments: [false, true], [false, true])
    func allBytes(firstBringsBuffers: Bool, secondBringsBuffers: Bool) async throws {
        let (stream, controller) = try ReadableByteStreamTests.pushed()
        let (first, second) = try stream.tee()
        async let firstBytes = bytes(of: first, bringsBuffers: firstBringsBuffers)
        async let secondBytes = bytes(of: second, bringsBuffers: secondBringsBuffers)
        for number in 1...50 {
            try controller.enqueue([UInt8](repeating: UInt8(number), count: number))
            await Task.yield()
        }
        try controller.close()
        let expected = (1...50).flatMap { [UInt8](repeating: UInt8($0), count: $0) }
        #expect(try await firstBytes == expected)
        #expect(try await secondBytes == expected)
    }

    @Test("a branch's buffer goes to the source itself")
    func forwardsBuffer() async throws {
        let (stream, controller) = try ReadableByteStreamTests.pushed()
        let (first, second) = try stream.tee()
        let reader = try first.getReader(mode: .byob)
        async let read = reader.read(into: buffer(6))
        await eventually { controller.byobRequest != nil }
        #expect(controller.byobRequest?.byteLength == 6)
        try controller.byobRequest?.respond { bytes in
            (bytes[0], bytes[1]) = (1, 2)
            return 2
        }
        #expect(try await read.value == [1, 2])
        #expect(try await second.getReader().read() == [1, 2])
    }

    @Test("the source is cancelled with both reasons when both branches are")
    func cancelBoth() async throws {
        let log = Log<String>()
        let stream = ByteStream(
            type: .bytes, start: { _ in }, cancel: { reason in log.add(reason.map { "\($0)" } ?? "") })
        let (first, second) = try stream.tee()
        async let one: Void = first.cancel(Failure("one"))
        await eventually { first.domain.enter { first.core.state == .closed } }
        #expect(log.all.isEmpty)
        try await second.cancel(Failure("two"))
        try await one
        #expect(log.all == ["both branches were cancelled: one, two"])
    }

    @Test("an error reaches both branches", arguments: [false, true])
    func error(bringsBuffers: Bool) async throws {
        let (stream, controller) = try ReadableByteStreamTests.pushed()
        let (first, second) = try stream.tee()
        let read = Task { try await bytes(of: first, bringsBuffers: bringsBuffers) }
        await Task.yield()
        controller.error(Failure("broken"))
        await #expect(throws: Failure("broken")) { try await read.value }
        await #expect(throws: Failure("broken")) { try await second.getReader().read() }
    }

    @Test("the end reaches a branch that waits with a buffer, and gives that back", arguments: [false, true])
    func close(otherIsCancelled: Bool) async throws {
        let (stream, controller) = try ReadableByteStreamTests.pushed()
        let (first, second) = try stream.tee()
        let reader = try second.getReader(mode: .byob)
        async let read = reader.read(into: buffer(6))
        await eventually { controller.byobRequest != nil }
        let cancelled = Task { if otherIsCancelled { try await first.cancel() } }
        if otherIsCancelled { await eventually { first.domain.enter { first.core.state == .closed } } }
        try controller.close()
        let result = try await read
        #expect(result.done && result.buffer.count == 6)
        if !otherIsCancelled { #expect(try await first.getReader().read() == nil) }
        try await cancelled.value
    }

    @Test("the source is released when both branches are gone")
    func released() async throws {
        let log = Log<String>()
        do {
            let witness = Witness(log, "source")
            let stream = ByteStream(type: .bytes) { controller in
                withExtendedLifetime(witness) {}
                try controller.enqueue([1])
            }
            let (first, second) = try stream.tee()
            #expect(try await first.getReader(mode: .byob).read(into: buffer(3)).value == [1])
            #expect(try await second.getReader().read() == [1])
        }
        await eventually { log.count == 1 }
    }

    private func bytes(of stream: ByteStream, bringsBuffers: Bool) async throws -> [UInt8] {
        guard bringsBuffers else { return try await stream.collected().flatMap { $0 } }
        let reader = try stream.getReader(mode: .byob)
        var bytes: [UInt8] = []
        var buffer = buffer(7)
        while true {
            let result = try await reader.read(into: buffer)
            if result.done { return bytes }
            bytes += result.value
            buffer = result.buffer
        }
    }
}
