// Copyright 2026 the Whippet authors
// SPDX-License-Identifier: Apache-2.0

import Testing
import WhippetInfra
import WhippetTestSupport

@testable import WhippetStreams

/// Many tasks at once, for the sanitizer and for what must hold in any order of events.
@Suite("Byte streams: many tasks")
struct ReadableByteStreamStressTests {
    @Test("tasks that share a reader and are cancelled at random lose no byte and see none twice", arguments: 0..<6)
    func sharedReader(seed: UInt64) async throws {
        let total = 2_000
        let (stream, controller) = try ReadableByteStreamTests.pushed()
        let reader = try stream.getReader(mode: .byob)
        let seen = Log<UInt8>()
        await withTaskGroup { group in
            group.addTask { await feed(controller, total: total, seed: seed) }
            for worker in 0..<4 {
                group.addTask {
                    var random = SplitMix(seed: seed * 10 + UInt64(worker))
                    var isOpen = true
                    while isOpen {
                        let size = 1 + random.next(below: 9)
                        let minimum = 1 + random.next(below: size)
                        let read = Task {
                            try await reader.read(into: Array(repeating: 0, count: size), min: minimum)
                        }
                        if random.next(below: 2) == 0 {
                            if random.next(below: 2) == 0 { await Task.yield() }
                            read.cancel()
                        }
                        switch await read.result {
                        case .success(let result):
                            for byte in result.value { seen.add(byte) }
                            isOpen = !result.done
                        // An end in the queue that is nearer than `min` breaks the stream, as the standard has it.
                        case .failure(let error): isOpen = error is CancellationError
                        }
                    }
                }
            }
        }
        let expected = (0..<total).map { UInt8(truncatingIfNeeded: $0) }.sorted()
        // Only the bytes of that last read may be missing.
        #expect(seen.count > total - 9 && seen.count <= total)
        if seen.count == total { #expect(seen.all.sorted() == expected) }
    }

    @Test("byte streams pipe into each other across domains and threads", arguments: 0..<10)
    func pipes(seed: UInt64) async throws {
        let total = 1_000
        let (stream, controller) = try ReadableByteStreamTests.pushed(autoAllocateChunkSize: seed % 2 == 0 ? 5 : nil)
        let written = Log<UInt8>()
        let destination = WritableStream<[UInt8]> { chunk, _ in
            await Task.yield()
            for byte in chunk { written.add(byte) }
        }
        let pipe = Task.detached {
            let (first, second) = try stream.tee()
            async let whole = second.collected()
            try await first.pipeThrough(TransformStream()).pipeTo(destination)
            return try await whole.flatMap { $0 }
        }
        await feed(controller, total: total, seed: seed)
        let expected = (0..<total).map { UInt8(truncatingIfNeeded: $0) }
        #expect(try await pipe.value == expected)
        #expect(written.all == expected)
    }

    /// Gives so many bytes, the next number each, to whoever asks and to the queue.
    private func feed(_ controller: ReadableByteStreamController, total: Int, seed: UInt64) async {
        var random = SplitMix(seed: seed)
        var next = 0
        while next < total {
            if random.next(below: 2) == 0, let request = controller.byobRequest {
                let first = next
                let isAnswered: ()? = try? request.respond { bytes in
                    let count = min(bytes.count, total - first, 4)
                    for index in 0..<count { bytes[index] = UInt8(truncatingIfNeeded: first + index) }
                    next = first + count
                    return count
                }
                if isAnswered == nil { next = first }
            } else {
                let count = min(1 + random.next(below: 6), total - next)
                do {
                    try controller.enqueue((next..<next + count).map { UInt8(truncatingIfNeeded: $0) })
                    next += count
                } catch {
                    // The stream is broken by a read that wanted more than was left.
                    return
                }
            }
            if random.next(below: 3) == 0 { await Task.yield() }
        }
        try? controller.close()
    }
}
