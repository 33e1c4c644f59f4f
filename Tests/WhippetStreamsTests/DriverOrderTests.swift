// Copyright 2026 the Whippet authors
// SPDX-License-Identifier: Apache-2.0

import Testing
import WhippetInfra

@_spi(Conformance) @testable import WhippetStreams

/// The order of jobs under a driver with promises of its own: what a spec-exact JavaScript runtime does with the same
/// operations, "job n" being a chain of microtasks that begins where "called" stands.
@Suite("Driver: order of jobs")
struct DriverOrderTests {
    @Test("jobs run as often and in the order that the standard says", arguments: OrderCase.all)
    func order(_ orderCase: OrderCase) throws {
        let diary = Diary()
        try orderCase.body(diary)
        diary.driver.run()
        #expect(diary.entries == orderCase.expected)
        diary.realm.end()
    }
}

struct OrderCase: CustomTestStringConvertible, Sendable {
    let testDescription: String
    let expected: [String]
    let body: @Sendable (Diary) throws -> Void

    init(_ description: String, _ expected: [String], _ body: @escaping @Sendable (Diary) throws -> Void) {
        self.testDescription = description
        self.expected = expected
        self.body = body
    }

    static let all = readable + writable + transform

    static let readable = [
        OrderCase("start, then pull one job later", ["start", "called", "pull", "job 1"]) { diary in
            let stream = DrivenReadableStream(diary.realm)
            let source = DrivenSource<DrivenReadableStreamDefaultController>(
                start: { _ in
                    diary.entries.append("start")
                    return nil
                }, pull: { diary.done("pull") })
            try stream.setUpDefaultController(source, highWaterMark: 1)
            diary.called(1)
        },
        OrderCase("a promise of start is adopted", ["start", "called", "job 1", "job 2", "pull", "job 3"]) { diary in
            let stream = DrivenReadableStream(diary.realm)
            let source = DrivenSource<DrivenReadableStreamDefaultController>(
                start: { _ in diary.done("start") }, pull: { diary.done("pull") })
            try stream.setUpDefaultController(source, highWaterMark: 1)
            diary.called(3)
        },
        OrderCase(
            "a chunk reaches a read at once", ["pull", "pull", "asked", "called", "pull", "read a", "job 1"]
        ) { diary in
            let (stream, controller) = try diary.readable(pull: true)
            let reader = try stream.getReader()
            diary.driver.run()
            reader.read(diary.request("read"))
            diary.entries.append("asked")
            try controller.enqueue(ToyChunk("a"))
            diary.called(1)
        },
        OrderCase(
            "cancel", ["cancel why", "called", "closed fulfilled", "job 1", "cancelled fulfilled", "job 2"]
        ) { diary in
            let stream = DrivenReadableStream(diary.realm)
            try stream.setUpDefaultController(.init(cancel: { diary.done("cancel \($0)") }), highWaterMark: 1)
            let reader = try stream.getReader()
            diary.watch(reader.closed, "closed")
            diary.watch(reader.cancel(Failure("why")), "cancelled")
            diary.called(2)
        },
        OrderCase(
            "the branches of a tee hear of the source's cancel by adoption, two jobs later",
            [
                "cancel [one, two]", "called", "job 1", "job 2", "job 3", "first fulfilled", "second fulfilled",
                "job 4",
            ]
        ) { diary in
            let stream = DrivenReadableStream(diary.realm)
            try stream.setUpDefaultController(.init(cancel: { diary.done("cancel \($0)") }), highWaterMark: 1)
            let branches = try stream.tee()
            diary.watch(branches.0.cancel(Failure("one")), "first")
            diary.watch(branches.1.cancel(Failure("two")), "second")
            diary.called(4)
        },
        OrderCase(
            "a teed chunk comes one job later", ["called", "job 1", "first x", "second x", "job 2"]
        ) { diary in
            let (stream, controller) = try diary.readable()
            let branches = try stream.tee()
            let readers = (try branches.0.getReader(), try branches.1.getReader())
            diary.driver.run()
            readers.0.read(diary.request("first"))
            readers.1.read(diary.request("second"))
            try controller.enqueue(ToyChunk("x"))
            diary.called(2)
        },
        OrderCase("error", ["called", "closed rejected: e", "read error: e", "job 1"]) { diary in
            let (stream, controller) = try diary.readable()
            let reader = try stream.getReader()
            diary.watch(reader.closed, "closed")
            reader.read(diary.request("read"))
            controller.error(Failure("e"))
            diary.called(1)
        },
    ]

    static let writable = [
        OrderCase(
            "write", ["write a", "called", "job 1", "written fulfilled", "ready fulfilled", "job 2"]
        ) { diary in
            let writer = try diary.writer(.init(write: { diary.done("write \(diary.name($0))") }))
            diary.driver.run()
            let written = writer.write(ToyChunk("a"))
            diary.watch(written, "written")
            diary.watch(writer.ready, "ready")
            diary.called(2)
        },
        OrderCase(
            "write and close before the start",
            ["called", "write a", "job 1", "close", "job 2", "written fulfilled", "job 3", "closed fulfilled", "job 4"]
        ) { diary in
            let writer = try diary.writer(
                .init(write: { diary.done("write \(diary.name($0))") }, close: { diary.done("close") }))
            diary.watch(writer.write(ToyChunk("a")), "written")
            diary.watch(writer.close(), "closed")
            diary.called(4)
        },
        OrderCase(
            "abort",
            [
                "signal why", "abort why", "called", "ready fulfilled", "job 1", "aborted fulfilled",
                "closed rejected: why", "job 2",
            ]
        ) { diary in
            let writer = try diary.writer(
                .init(
                    abort: { diary.done("abort \($0)") }, signalAbort: { diary.entries.append("signal \($0)") }))
            diary.driver.run()
            diary.watch(writer.closed, "closed")
            diary.watch(writer.ready, "ready")
            diary.watch(writer.abort(Failure("why")), "aborted")
            diary.called(2)
        },
    ]

    static let transform = [
        OrderCase(
            "a transform that waited for the reader",
            [
                "called", "transform a", "job 1", "read a", "job 2", "job 3", "job 4", "written fulfilled", "job 5",
            ]
        ) { diary in
            let transform = try diary.transform(readableHighWaterMark: 0)
            let (writer, reader) = (try transform.writable.getWriter(), try transform.readable.getReader())
            diary.driver.run()
            diary.watch(writer.write(ToyChunk("a")), "written")
            reader.read(diary.request("read"))
            diary.called(5)
        },
        OrderCase(
            "a transform that did not wait",
            ["transform a", "called", "read a", "job 1", "job 2", "written fulfilled", "job 3"]
        ) { diary in
            let transform = try diary.transform(readableHighWaterMark: 5)
            let (writer, reader) = (try transform.writable.getWriter(), try transform.readable.getReader())
            diary.driver.run()
            diary.watch(writer.write(ToyChunk("a")), "written")
            reader.read(diary.request("read"))
            diary.called(3)
        },
        OrderCase(
            "a transformer's start is adopted",
            [
                "start", "called", "job 1", "job 2", "job 3", "job 4", "transform a", "job 5", "job 6", "job 7",
                "job 8", "written fulfilled", "job 9",
            ]
        ) { diary in
            let transform = try diary.transform(readableHighWaterMark: 5, start: { _ in diary.done("start") })
            let writer = try transform.writable.getWriter()
            diary.watch(writer.write(ToyChunk("a")), "written")
            diary.called(9)
        },
        OrderCase(
            "a pipe's enqueue does not write at once", ["called", "job 1", "write x", "job 2"]
        ) { diary in
            let (source, controller) = try diary.readable(highWaterMark: 0)
            let destination = DrivenWritableStream(diary.realm)
            try destination.setUpDefaultController(
                .init(write: { diary.done("write \(diary.name($0))") }), highWaterMark: 1)
            _ = source.pipeTo(destination)
            diary.driver.run()
            diary.driver.enqueue { try? controller.enqueue(ToyChunk("x")) }
            diary.called(2)
        },
    ]
}

extension Diary {
    /// Marks the end of the calls, from where jobs are counted.
    func called(_ jobs: Int) {
        entries.append("called")
        count(jobs)
    }

    func name(_ chunk: AnyObject) -> String {
        (chunk as? ToyChunk)?.name ?? "?"
    }

    func readable(
        highWaterMark: Double = 1, pull: Bool = false
    ) throws -> (DrivenReadableStream, DrivenReadableStreamDefaultController) {
        let stream = DrivenReadableStream(realm)
        var controller: DrivenReadableStreamDefaultController?
        func start(_ started: DrivenReadableStreamDefaultController) -> (any StreamDriverPromise)? {
            controller = started
            return nil
        }
        try stream.setUpDefaultController(
            .init(start: start, pull: pull ? { self.done("pull") } : nil), highWaterMark: highWaterMark)
        guard let controller else { throw Failure("no start") }
        return (stream, controller)
    }

    func writer(_ sink: DrivenSink) throws -> DrivenWritableStreamDefaultWriter {
        let stream = DrivenWritableStream(realm)
        try stream.setUpDefaultController(sink, highWaterMark: 1)
        return try stream.getWriter()
    }

    /// A transform stream that notes what it passes on.
    func transform(
        readableHighWaterMark: Double,
        start: ((DrivenTransformStreamDefaultController) throws -> (any StreamDriverPromise)?)? = nil
    ) throws -> DrivenTransformStream {
        var controller: DrivenTransformStreamDefaultController?
        func started(_ given: DrivenTransformStreamDefaultController) throws -> (any StreamDriverPromise)? {
            controller = given
            return try start?(given)
        }
        func transform(_ chunk: AnyObject) -> any StreamDriverPromise {
            try? controller?.enqueue(chunk)
            return done("transform \(name(chunk))")
        }
        return try DrivenTransformStream(
            realm, .init(start: started, transform: transform), writableStrategy: .init(highWaterMark: 1),
            readableStrategy: .init(highWaterMark: readableHighWaterMark))
    }
}
