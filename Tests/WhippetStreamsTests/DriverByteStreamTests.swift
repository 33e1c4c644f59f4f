// Copyright 2026 the Whippet authors
// SPDX-License-Identifier: Apache-2.0

import Testing
import WhippetInfra

@_spi(Conformance) @testable import WhippetStreams

/// Byte streams over buffers that can be detached and views of elements, as JavaScript has them and Swift has not.
@Suite("Driver: byte streams")
struct DriverByteStreamTests {
    private func stream(
        _ diary: Diary, autoAllocateChunkSize: Int? = nil
    ) throws -> (DrivenReadableStream, DrivenReadableByteStreamController) {
        let stream = DrivenReadableStream(diary.realm)
        var controller: DrivenReadableByteStreamController?
        func start(_ started: DrivenReadableByteStreamController) -> (any StreamDriverPromise)? {
            controller = started
            return nil
        }
        try stream.setUpByteController(
            .init(start: start), highWaterMark: 0, autoAllocateChunkSize: autoAllocateChunkSize)
        diary.driver.run()
        return (stream, try #require(controller))
    }

    /// A read-into request that notes its outcome.
    private func request(_ diary: Diary, _ name: String = "read") -> DrivenReadIntoRequest {
        func show(_ view: AnyObject?) -> String {
            guard let view = view as? ToyView else { return "undefined" }
            return "\(view.bytes) of \(view.buffer.bytes?.count ?? 0)"
        }
        return DrivenReadIntoRequest(
            chunkSteps: { diary.entries.append("\(name) \(show($0))") },
            closeSteps: { diary.entries.append("\(name) done \(show($0))") },
            errorSteps: { diary.entries.append("\(name) \($0)") })
    }

    private func write(_ bytes: [UInt8], _ request: DrivenReadableStreamBYOBRequest?) throws {
        let view = try #require(request?.view as? ToyView)
        view.buffer.bytes?.replaceSubrange(view.byteOffset..<view.byteOffset + bytes.count, with: bytes)
    }

    @Test("reading and enqueueing detach the buffers that are given away")
    func detaches() throws {
        let diary = Diary()
        let (stream, controller) = try stream(diary)
        let reader = try stream.getBYOBReader()
        let view = ToyView([0, 0, 0])
        reader.read(view, request(diary))
        #expect(view.buffer.bytes == nil)
        let request = try #require(controller.byobRequest)
        #expect(request === controller.byobRequest)
        let requestView = try #require(request.view as? ToyView)
        try write([1, 2], request)
        try request.respond(2)
        #expect(requestView.buffer.bytes == nil && request.view == nil && controller.byobRequest == nil)
        let chunk = ToyView([3])
        try controller.enqueue(chunk)
        #expect(chunk.buffer.bytes == nil)
        #expect(throws: TypeError.self) { try controller.enqueue(chunk) }
        #expect(diary.entries == ["read [1, 2] of 3"])
    }

    @Test("what is left of an element stays in the stream")
    func elements() throws {
        let diary = Diary()
        let (stream, controller) = try stream(diary)
        let reader = try stream.getBYOBReader()
        reader.read(ToyView(ToyBuffer(Array(repeating: 0, count: 6)), 2, 4, elementSize: 2), request(diary))
        try write([1, 2, 3], controller.byobRequest)
        try controller.byobRequest?.respond(3)
        reader.read(ToyView([0, 0]), request(diary))
        #expect(diary.entries == ["read [1, 2] of 6", "read [3] of 2"])
    }

    @Test("an end in the midst of an element is an error")
    func partialElement() throws {
        let diary = Diary()
        let (stream, controller) = try stream(diary)
        let reader = try stream.getBYOBReader()
        reader.read(ToyView([0, 0], elementSize: 2), request(diary))
        try controller.enqueue(ToyView([1]))
        #expect(throws: TypeError.self) { try controller.close() }
        #expect(
            diary.entries == ["read TypeError: The stream ends in the midst of an element of the view to fill."])
    }

    @Test("answers that do not fit are refused, and the request stays", arguments: [0, 4, 100])
    func badResponse(count: Int) throws {
        let diary = Diary()
        let (stream, controller) = try stream(diary)
        let reader = try stream.getBYOBReader()
        reader.read(ToyView([0, 0, 0]), request(diary))
        let asked = try #require(controller.byobRequest)
        let error = #expect(throws: (any Error).self) { try asked.respond(count) }
        #expect(error is TypeError == (count == 0) && error is RangeError == (count > 0))
        #expect(asked === controller.byobRequest)
        let view = try #require(asked.view as? ToyView)
        #expect(throws: RangeError.self) { try asked.respondWithNewView(ToyView(view.buffer, 1, 1)) }
        #expect(throws: RangeError.self) { try asked.respondWithNewView(ToyView([1])) }
        try asked.respond(3)
        #expect(diary.entries == ["read [0, 0, 0] of 3"])
        #expect(throws: TypeError.self) { try asked.respond(1) }
    }

    @Test("bad reads are refused")
    func badReads() throws {
        let diary = Diary()
        let (stream, _) = try stream(diary)
        let reader = try stream.getBYOBReader()
        let detached = ToyView([1])
        detached.buffer.bytes = nil
        reader.read(detached, request(diary, "detached"))
        reader.read(ToyView([]), request(diary, "empty"))
        reader.read(ToyView([0, 0], elementSize: 2), min: 2, request(diary, "min"))
        reader.read(ToyView([0]), min: 0, request(diary, "zero"))
        reader.read(ToyView(ToyBuffer([0], isTransferable: false), 0, 1), request(diary, "fixed"))
        reader.releaseLock()
        reader.read(ToyView([0]), request(diary, "released"))
        #expect(
            diary.entries == [
                "detached TypeError: ReadableStreamBYOBReader.read: the view is empty",
                "empty TypeError: ReadableStreamBYOBReader.read: the view is empty",
                "min RangeError: ReadableStreamBYOBReader.read: min is more than the view holds",
                "zero TypeError: ReadableStreamBYOBReader.read: min is 0",
                "fixed TypeError: the buffer can't be transferred",
                "released TypeError: ReadableStreamBYOBReader.read: the reader was released",
            ])
    }

    @Test("a cancel answers reads with undefined, an end with an empty view")
    func ends() throws {
        let diary = Diary()
        let (cancelled, _) = try stream(diary)
        let reader = try cancelled.getBYOBReader()
        reader.read(ToyView([0]), request(diary, "cancelled"))
        _ = reader.cancel(Failure("enough"))
        reader.read(ToyView([0]), request(diary, "later"))
        let (closed, controller) = try stream(diary)
        try closed.getBYOBReader().read(ToyView([0, 0]), request(diary, "closed"))
        try controller.close()
        try controller.byobRequest?.respond(0)
        #expect(diary.entries == ["cancelled done undefined", "later done [] of 1", "closed done [] of 2"])
    }

    @Test("bytes for a reader that is gone serve a reader who got a buffer allocated")
    func partlyFilledThenAllocated() throws {
        let diary = Diary()
        let (stream, controller) = try stream(diary, autoAllocateChunkSize: 4)
        let reader = try stream.getBYOBReader()
        reader.read(ToyView([0, 0], elementSize: 2), request(diary, "first"))
        try write([0x11], controller.byobRequest)
        try controller.byobRequest?.respond(1)
        reader.releaseLock()
        let second = try stream.getReader()
        second.read(diary.request("second"))
        try controller.enqueue(ToyView([0x22]))
        #expect(controller.byobRequest == nil)
        second.read(diary.request("third"))
        diary.driver.run()
        #expect(diary.entries == ["first TypeError: The reader was released.", "second [17]", "third [34]"])
    }

    @Test("both branches of a tee get the bytes, and only one the buffer")
    func tee() throws {
        let diary = Diary()
        let (stream, controller) = try stream(diary)
        let branches = try stream.tee()
        diary.driver.run()
        try branches.0.getBYOBReader().read(ToyView([0, 0, 0]), request(diary, "first"))
        try write([5, 6], controller.byobRequest)
        try controller.byobRequest?.respond(2)
        try branches.1.getReader().read(diary.request("second"))
        diary.driver.run()
        #expect(diary.entries == ["first [5, 6] of 3", "second [5, 6]"])
    }
}
