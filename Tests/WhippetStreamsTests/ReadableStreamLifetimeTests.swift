// Copyright 2026 the Whippet authors
// SPDX-License-Identifier: Apache-2.0

import Testing
import WhippetInfra
import WhippetTestSupport

@testable import WhippetStreams

/// Who lets go of what, when a stream ends in one way or another.
@Suite("ReadableStream: lifetime")
struct ReadableStreamLifetimeTests {
    enum Source: CaseIterable {
        case pushed
        case synchronous
        case waiting
    }

    enum End: CaseIterable {
        case dropped
        case readerDropped
        case closed
        case errored
        case cancelled
        case iterated
        case brokenOff
        case teed
    }

    static let cases = Source.allCases.flatMap { source in End.allCases.map { (source, $0) } }

    /// A stream of which nothing else holds anything, whose closures and first chunk have witnesses.
    func makeStream(
        _ source: Source, _ deaths: Log<String>
    ) -> (ReadableStream<Witness>, () -> ReadableStreamDefaultController<Witness>?) {
        let closures = Witness(deaths, "closures")
        nonisolated(unsafe) var controller: ReadableStreamDefaultController<Witness>?
        let start: (ReadableStreamDefaultController<Witness>) throws -> Void = {
            controller = $0
            try $0.enqueue(Witness(deaths, "chunk"))
        }
        let cancel: @Sendable ((any Error)?) async -> Void = { _ in withExtendedLifetime(closures) {} }
        let take = {
            let taken = controller
            controller = nil
            return taken
        }
        switch source {
        case .pushed:
            return (ReadableStream(start: start, cancel: cancel), take)
        case .synchronous:
            return (
                ReadableStream(strategy: .count(highWaterMark: 2), start: start, cancel: cancel) { _ in
                    withExtendedLifetime(closures) {}
                }, take
            )
        case .waiting:
            return (
                ReadableStream(strategy: .count(highWaterMark: 2), start: start, cancel: cancel) { _ in
                    await Task.yield()
                    withExtendedLifetime(closures) {}
                }, take
            )
        }
    }

    @Test("source, chunks and stream are released", arguments: cases)
    func everythingIsReleased(source: Source, end: End) async throws {
        let deaths = Log<String>()
        weak var core: AnyObject?
        do {
            let (stream, take) = makeStream(source, deaths)
            core = stream.core
            var controller = take()
            switch end {
            case .dropped: break
            case .readerDropped: _ = try stream.getReader()
            case .closed:
                try controller?.close()
                _ = try await stream.getReader().read()
            case .errored: controller?.error(Failure("broken"))
            case .cancelled: try await stream.cancel()
            case .iterated:
                try controller?.close()
                for try await _ in stream {}
            case .brokenOff: for try await _ in stream { break }
            case .teed:
                let (first, _) = try stream.tee()
                _ = try await first.getReader().read()
            }
            controller = nil
        }
        await eventually { deaths.count == 2 && core == nil }
        #expect(Set(deaths.all) == ["chunk", "closures"])
    }

    @Test("a stream that nobody can read any more tells its source, which may hold the controller still")
    func abandonedTellsSource() async throws {
        let cancelled = Gate()
        var controller: ReadableStreamDefaultController<Int>?
        do {
            _ = ReadableStream<Int>(start: { controller = $0 }, cancel: { _ in cancelled.open() })
        }
        await cancelled.wait()
        #expect(throws: TypeError.self) { try controller?.enqueue(1) }
    }

    @Test("a reader keeps its stream alive")
    func readerHoldsStream() async throws {
        var controller: ReadableStreamDefaultController<Int>?
        var reader: ReadableStreamDefaultReader<Int>?
        do {
            let stream = ReadableStream<Int>(start: { controller = $0 })
            reader = try stream.getReader()
        }
        try controller?.enqueue(1)
        #expect(try await reader?.read() == 1)
    }

    @Test("a dropped stream's chunks may use other streams while they die")
    func chunksDieUnlocked() throws {
        final class Chatty: Sendable {
            let controller: ReadableStreamDefaultController<Chatty>?
            init(_ controller: ReadableStreamDefaultController<Chatty>?) { self.controller = controller }
            deinit { controller?.error(Failure("dead")) }
        }
        let (stream, controller) = try ReadableStream<Chatty>.pushed()
        try controller.enqueue(Chatty(controller))
        controller.error(Failure("broken"))
        #expect(controller.desiredSize == nil)
        withExtendedLifetime(stream) {}
    }
}
