// Copyright 2026 the Whippet authors
// SPDX-License-Identifier: Apache-2.0

import WhippetInfra
@_spi(Conformance) import WhippetStreams

/// A script's stream as a source of bytes for Swift.
// SAFETY: the stream and its reader are used on the engine's thread alone; other threads go through the loop.
final class ScriptByteSource: @unchecked Sendable {
    let stream: DrivenReadableStream
    /// The reader that reads for Swift.
    var reader: DrivenReadableStreamDefaultReader?
    private let streams: StreamBindings
    private let loop: EventLoop

    init(_ stream: DrivenReadableStream, _ streams: StreamBindings) {
        self.stream = stream
        self.streams = streams
        loop = streams.engine.loop
    }

    /// Makes the stream that Swift reads; the script's stream is touched only when Swift wants a chunk.
    func makeByteStream() -> ByteStream {
        ByteStream(strategy: QueuingStrategy(highWaterMark: 0)) { controller in
            if let chunk = try await self.next() {
                try controller.enqueue(chunk)
            } else {
                try controller.close()
            }
        }
    }

    private func next() async throws -> [UInt8]? {
        try await withCheckedThrowingContinuation { continuation in
            loop.post { self.read { continuation.resume(with: $0) } }
        }
    }

    private func read(_ report: @escaping (sending Result<[UInt8]?, any Error>) -> Void) {
        do {
            let reader = try reader ?? stream.getReader()
            self.reader = reader
            reader.read(
                DrivenReadRequest(
                    chunkSteps: { chunk in
                        // https://streams.spec.whatwg.org/#read-loop: a chunk that is no Uint8Array is an error.
                        if let bytes = self.streams.copy(of: chunk) { return report(.success(bytes)) }
                        report(.failure(TypeError("The stream gave a chunk that is no Uint8Array")))
                    },
                    closeSteps: { report(.success(nil)) }, errorSteps: { report(.failure($0)) }))
        } catch {
            report(.failure(error))
        }
    }
}

/// One of Swift's streams, read on behalf of a script.
private final class SwiftByteReader {
    private let open: () -> ByteStream
    private var reader: ReadableStreamDefaultReader<[UInt8]>?

    init(_ open: @escaping () -> ByteStream) {
        self.open = open
    }

    /// The reader, which exists from the first read on.
    func get() throws -> ReadableStreamDefaultReader<[UInt8]> {
        if let reader { return reader }
        let made = try open().getReader()
        reader = made
        return made
    }
}

extension StreamBindings {
    /// Makes a byte stream for scripts of one of Swift's.
    func makeReadable(_ open: @escaping () -> ByteStream) throws -> DrivenReadableStream {
        let stream = DrivenReadableStream(realm)
        let source = SwiftByteReader(open)
        var controller: DrivenReadableByteStreamController?
        try stream.setUpByteController(
            DrivenSource(
                start: {
                    controller = $0
                    return nil
                },
                pull: {
                    settled {
                        let reader = try source.get()
                        return try engine.promise({ try await reader.read() }) { chunk in
                            try deliver(chunk, to: controller)
                            return Nothing()
                        }
                    }
                },
                cancel: { reason in
                    settled {
                        let reader = try source.get()
                        return try engine.promise { try await reader.cancel(reason) }
                    }
                }),
            highWaterMark: 0)
        return stream
    }

    private func deliver(_ chunk: [UInt8]?, to controller: DrivenReadableByteStreamController?) throws {
        if let chunk {
            // An empty chunk says nothing: the next pull asks again.
            if !chunk.isEmpty { try controller?.enqueue(HeldValue(try view(of: chunk))) }
        } else {
            try controller?.close()
            try controller?.byobRequest?.respond(0)
        }
    }

    /// The core's view of a promise, or of a rejected one.
    func settled(_ body: () throws -> Value) -> any StreamDriverPromise {
        do { return ScriptPromise(driver, try body()) } catch { return ScriptPromise(driver, driver.rejected(error)) }
    }

    /// A `Uint8Array` of bytes.
    func view(of bytes: [UInt8]) throws -> Value {
        try driver.call(
            "makeView", [0.script(engine), Bytes(bytes).script(engine), 0.script(engine), bytes.count.script(engine)])
    }

    /// A copy of a chunk's bytes; nil if it is no `Uint8Array`.
    func copy(of chunk: AnyObject) -> [UInt8]? {
        (try? driver.call("copyOfBytes", [driver.value(chunk)]))?.bytes
    }
}
