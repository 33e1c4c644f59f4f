// Copyright 2026 the Whippet authors
// SPDX-License-Identifier: Apache-2.0

import Testing
import WhippetInfra
import WhippetTestSupport

@testable import WhippetStreams

/// Many tasks at once, for the sanitizer and for what must hold in any order of events.
@Suite("ReadableStream: many tasks")
struct ReadableStreamStressTests {
    @Test("tasks that share a reader and are cancelled at random lose no chunk and see none twice", arguments: 0..<4)
    func sharedReader(seed: UInt64) async throws {
        let total = 400
        let (stream, controller) = try ReadableStream<Int>.pushed()
        let reader = try stream.getReader()
        let seen = Log<Int>()
        await withTaskGroup { group in
            group.addTask {
                for chunk in 0..<total {
                    try? controller.enqueue(chunk)
                    if chunk % 7 == 0 { await Task.yield() }
                }
                try? controller.close()
            }
            for worker in 0..<4 {
                group.addTask {
                    var random = SplitMix(seed: seed * 10 + UInt64(worker))
                    var isOpen = true
                    while isOpen {
                        let read = Task { try await reader.read() }
                        if random.next(below: 2) == 0 {
                            if random.next(below: 2) == 0 { await Task.yield() }
                            read.cancel()
                        }
                        switch await read.result {
                        case .success(let chunk?): seen.add(chunk)
                        case .success(nil): isOpen = false
                        case .failure(let error): #expect(error is CancellationError)
                        }
                    }
                }
            }
        }
        #expect(seen.all.sorted() == Array(0..<total))
    }

    @Test("one chunk after another arrives in order, however source and reader interleave", arguments: [0.0, 1, 16])
    func pumpedInOrder(highWaterMark: Double) async throws {
        let log = Log<Int>()
        let stream = ReadableStream<Int>(strategy: .count(highWaterMark: highWaterMark)) { controller in
            log.add(0)
            if log.count % 3 == 0 { await Task.yield() }
            if log.count == 500 { try controller.close() } else { try controller.enqueue(log.count) }
        }
        #expect(try await stream.collected() == Array(1..<500))
    }

    @Test("racing cancels, closes, errors and drops end every stream once", arguments: 0..<50)
    func racingEnds(seed: UInt64) async throws {
        let cancels = Log<String>()
        var held: ReadableStreamDefaultController<Int>?
        let stream = ReadableStream<Int>(start: { held = $0 }, cancel: { _ in cancels.add("cancel") })
        let controller = try #require(held)
        held = nil
        let reader = try stream.getReader()
        await withTaskGroup { group in
            var random = SplitMix(seed: seed)
            for _ in 0..<6 {
                let choice = random.next(below: 6)
                group.addTask {
                    switch choice {
                    case 0: try? controller.close()
                    case 1: controller.error(Failure("broken"))
                    case 2: try? await reader.cancel()
                    case 3: _ = try? await reader.read()
                    case 4: reader.releaseLock()
                    default: try? controller.enqueue(1)
                    }
                }
            }
            group.addTask {
                try? await reader.cancel()
                reader.releaseLock()
            }
        }
        #expect(cancels.count <= 1)
    }

    @Test("branches of a tee may be read, cancelled and dropped from different tasks", arguments: 0..<50)
    func racingBranches(seed: UInt64) async throws {
        var random = SplitMix(seed: seed)
        let (first, second) = try ReadableStream(from: ReadableStream.from(0..<50)).tee()
        var tasks: [Task<[Int], any Error>] = []
        for stream in [first, second] {
            let choice = random.next(below: 3)
            let limit = random.next(below: 50)
            tasks.append(
                Task {
                    if choice == 0 { return try await stream.collected() }
                    var chunks: [Int] = []
                    for try await chunk in stream.values(preventCancel: choice == 2) {
                        chunks.append(chunk)
                        if chunks.count > limit { break }
                    }
                    return chunks
                })
        }
        for task in tasks {
            let chunks = try await task.value
            #expect(chunks == Array(0..<chunks.count) && !chunks.isEmpty)
        }
    }

    @Test("abort races with listeners that come and go")
    func racingAbort() async {
        for _ in 0..<50 {
            let controller = AbortController()
            let heard = Log<Int>()
            await withTaskGroup { group in
                for number in 0..<4 {
                    group.addTask {
                        let dependent = AbortSignal.any([controller.signal])
                        let listener = dependent.onabort { _ in heard.add(number) }
                        if number % 2 == 0 { listener.remove() }
                        while !dependent.aborted { await Task.yield() }
                    }
                }
                group.addTask { controller.abort() }
            }
            #expect(Set(heard.all).isSuperset(of: [1, 3]))
        }
    }
}
