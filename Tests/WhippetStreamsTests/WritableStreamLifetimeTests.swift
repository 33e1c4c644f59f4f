// Copyright 2026 the Whippet authors
// SPDX-License-Identifier: Apache-2.0

import Testing
import WhippetInfra
import WhippetTestSupport

@testable import WhippetStreams

@Suite("WritableStream and TransformStream: lifetime")
struct WritableStreamLifetimeTests {
    enum End: CaseIterable {
        case dropped
        case writerDropped
        case closed
        case errored
        case aborted
        case writeThrows
    }

    static let cases = End.allCases.flatMap { end in [(end, false), (end, true)] }

    @Test("sink, chunks and stream are released", arguments: cases)
    func everythingIsReleased(end: End, waits: Bool) async throws {
        let deaths = Log<String>()
        weak var core: AnyObject?
        do {
            let closures = Witness(deaths, "closures")
            let write: @Sendable (Witness, WritableStreamDefaultController<Witness>) throws -> Void = { _, _ in
                try withExtendedLifetime(closures) {
                    if end == .writeThrows { throw Failure("broken") }
                }
            }
            var controller: WritableStreamDefaultController<Witness>?
            let stream =
                waits
                ? WritableStream<Witness>(
                    start: { controller = $0 },
                    write: { chunk, controller in
                        await Task.yield()
                        try write(chunk, controller)
                    }) : WritableStream<Witness>(start: { controller = $0 }, write: write)
            core = stream.core
            let writer = try stream.getWriter()
            try? await writer.write(Witness(deaths, "chunk"))
            switch end {
            case .dropped: writer.releaseLock()
            case .writerDropped, .writeThrows: break
            case .closed: try await writer.close()
            case .errored: controller?.error(Failure("broken"))
            case .aborted: try await writer.abort()
            }
            controller = nil
        }
        await eventually { deaths.count == 2 && core == nil }
        #expect(Set(deaths.all) == ["chunk", "closures"])
    }

    @Test("a stream that nobody can write to any more is aborted")
    func abandoned() async {
        let aborted = Gate()
        do { _ = WritableStream<Int>(abort: { _ in aborted.open() }, write: { _, _ in }) }
        await aborted.wait()
    }

    @Test("a stream that is dropped while it closes closes all the same")
    func droppedWhileClosing() async throws {
        for waits in [false, true] {
            let gate = Gate()
            let closed = Gate()
            let log = Log<String>()
            do {
                let close: @Sendable () async throws -> Void = {
                    await gate.wait()
                    closed.open()
                }
                let abort: @Sendable ((any Error)?) async throws -> Void = { _ in log.add("abort") }
                let stream =
                    waits
                    ? WritableStream<Int>(close: close, abort: abort) { _, _ in await Task.yield() }
                    : WritableStream<Int>(close: close, abort: abort) { _, _ in }
                let close2 = Task { [writer = try stream.getWriter()] in try await writer.close() }
                await eventually { stream.domain.enter { writableStreamCloseQueuedOrInFlight(stream.core) } }
                close2.cancel()
                _ = await close2.result
            }
            gate.open()
            await closed.wait()
            #expect(log.all.isEmpty)
        }
    }

    enum TransformEnd: CaseIterable {
        case bothDropped
        case readableDropped
        case writableDropped
        case finished
        case errored
        case terminated
        case cancelled
        case aborted
    }

    static let transformCases = TransformEnd.allCases.flatMap { end in [(end, false), (end, true)] }

    @Test("a transform stream releases transformer and both sides", arguments: transformCases)
    func transformIsReleased(end: TransformEnd, waits: Bool) async throws {
        typealias Transform = TransformStream<Int, Int>
        let deaths = Log<String>()
        weak var core: AnyObject?
        do {
            let closures = Witness(deaths, "closures")
            var controller: TransformStreamDefaultController<Int, Int>?
            var stream: Transform? =
                waits
                ? Transform(
                    start: { controller = $0 },
                    transform: { chunk, controller in
                        await Task.yield()
                        try withExtendedLifetime(closures) { try controller.enqueue(chunk) }
                    })
                : Transform(
                    start: { controller = $0 },
                    transform: { chunk, controller in
                        try withExtendedLifetime(closures) { try controller.enqueue(chunk) }
                    })
            core = controller?.core
            var readable = stream?.readable
            var writable = stream?.writable
            stream = nil
            switch end {
            case .bothDropped: break
            case .readableDropped:
                readable = nil
                await #expect(throws: DOMException.self) { try await writable?.getWriter().closed }
            case .writableDropped:
                writable = nil
                await #expect(throws: DOMException.self) { try await readable?.getReader().read() }
            case .finished:
                let source = try ReadableStream.from(1...5).pipeThrough(Transform())
                let pipe = Task { [writable = try #require(writable)] in try await source.pipeTo(writable) }
                #expect(try await readable?.collected() == [1, 2, 3, 4, 5])
                try await pipe.value
            case .errored: controller?.error(Failure("broken"))
            case .terminated: controller?.terminate()
            case .cancelled: try await readable?.cancel()
            case .aborted: try await writable?.abort()
            }
            controller = nil
            readable = nil
            writable = nil
        }
        await eventually { deaths.count == 1 && core == nil }
    }
}
