// Copyright 2026 the Whippet authors
// SPDX-License-Identifier: Apache-2.0

import Testing
import WhippetInfra
import WhippetTestSupport

@testable import WhippetStreams

@Suite("ReadableStream: tee")
struct ReadableStreamTeeTests {
    @Test("both branches give every chunk")
    func bothBranches() async throws {
        let (first, second) = try ReadableStream.from(1...5).tee()
        #expect(try await first.collected() == [1, 2, 3, 4, 5])
        #expect(try await second.collected() == [1, 2, 3, 4, 5])
    }

    @Test("tee locks the stream, and a locked stream can't be teed")
    func locks() throws {
        let stream = ReadableStream.from([1])
        let branches = try stream.tee()
        #expect(stream.locked)
        #expect(throws: TypeError.self) { try stream.tee() }
        withExtendedLifetime(branches) {}
    }

    @Test("the source is read as the faster branch asks")
    func pullsForFasterBranch() async throws {
        let log = Log<Int>()
        let stream = ReadableStream<Int>(strategy: .count(highWaterMark: 0)) { controller in
            log.add(log.count)
            try controller.enqueue(log.count)
        }
        let (first, second) = try stream.tee()
        // Each branch has a high-water mark of 1, so that one chunk is read ahead.
        #expect(log.count == 1)
        let reader = try first.getReader()
        for expected in 1...3 { #expect(try await reader.read() == expected) }
        #expect(log.count == 4)
        #expect(try await second.getReader().read() == 1)
        #expect(log.count == 4)
    }

    @Test("a branch with several waiting reads has each of them served")
    func severalReads() async throws {
        let (stream, controller) = try ReadableStream<Int>.pushed()
        let (first, second) = try stream.tee()
        let reader = try first.getReader()
        let reads = [Task { try await reader.read() }, Task { try await reader.read() }]
        await eventually { first.waitingReads == 2 }
        try controller.enqueue(1)
        try controller.enqueue(2)
        #expect(Set([try await reads[0].value, try await reads[1].value]) == [1, 2])
        withExtendedLifetime(second) {}
    }

    @Test("an error reaches both branches")
    func errors() async throws {
        let (stream, controller) = try ReadableStream<Int>.pushed()
        let (first, second) = try stream.tee()
        try controller.enqueue(1)
        controller.error(Failure("broken"))
        await #expect(throws: Failure("broken")) { try await first.collected() }
        await #expect(throws: Failure("broken")) { try await second.collected() }
    }

    @Test("cancelling one branch leaves the source and the other branch alone")
    func cancelOne() async throws {
        let log = Log<String>()
        var controller: ReadableStreamDefaultController<Int>?
        let stream = ReadableStream<Int>(start: { controller = $0 }, cancel: { _ in log.add("cancel") })
        let (first, second) = try stream.tee()
        let cancel = Task { try await first.cancel() }
        await eventually { first.domain.enter { first.core.state == .closed } }
        try controller?.enqueue(1)
        #expect(try await second.getReader().read() == 1)
        #expect(log.all.isEmpty)
        try controller?.close()
        try await cancel.value
    }

    @Test("cancelling both branches cancels the source with both reasons")
    func cancelBoth() async throws {
        let log = Log<String>()
        let stream = ReadableStream<Int>(
            start: { _ in },
            cancel: { reason in
                let reason = reason as? TeeCancelReason
                log.add("\(reason?.first as? Failure as Any) \(reason?.second as? Failure as Any)")
            })
        let (first, second) = try stream.tee()
        async let cancelFirst: Void = first.cancel(Failure("one"))
        async let cancelSecond: Void = second.cancel(Failure("two"))
        try await cancelFirst
        try await cancelSecond
        #expect(log.all == ["Optional(one) Optional(two)"])
    }

    @Test("what the source's cancel throws reaches both branches")
    func cancelThrows() async throws {
        let stream = ReadableStream<Int>(start: { _ in }, cancel: { _ in throw Failure("can't stop") })
        let (first, second) = try stream.tee()
        let cancels = [Task { try await first.cancel() }, Task { try await second.cancel() }]
        for cancel in cancels { await #expect(throws: Failure("can't stop")) { try await cancel.value } }
    }

    @Test("dropping both branches cancels the source")
    func dropBoth() async throws {
        let cancelled = Gate()
        let stream = ReadableStream<Int>(start: { _ in }, cancel: { _ in cancelled.open() })
        do { _ = try stream.tee() }
        await cancelled.wait()
    }

    @Test("a branch that was dropped buffers nothing for the other")
    func dropOne() async throws {
        let deaths = Log<String>()
        var controller: ReadableStreamDefaultController<Witness>?
        let stream = ReadableStream<Witness>(start: { controller = $0 })
        var second: ReadableStream<Witness>?
        do {
            let branches = try stream.tee()
            second = branches.1
        }
        let reader = try #require(try second?.getReader())
        for count in 1...3 {
            try controller?.enqueue(Witness(deaths, "chunk"))
            _ = try await reader.read()
            #expect(deaths.count == count)
        }
    }

    @Test("branches of branches give every chunk")
    func teeOfTee() async throws {
        let (first, rest) = try ReadableStream.from(1...50).tee()
        let (second, third) = try rest.tee()
        async let one = first.collected()
        async let two = second.collected()
        async let three = third.collected()
        let all = try await [one, two, three]
        #expect(all == [Array(1...50), Array(1...50), Array(1...50)])
    }
}
