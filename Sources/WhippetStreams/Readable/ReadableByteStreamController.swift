// Copyright 2026 the Whippet authors
// SPDX-License-Identifier: Apache-2.0

internal import WhippetInfra

/// The producer's end of a byte stream: fills the buffers of readers who brought one, or puts chunks in.
///
/// It may be used from any task and kept after `start` or `pull` have returned.
/// Source: [Streams §4.7](https://streams.spec.whatwg.org/#rbs-controller-class).
public final class ReadableByteStreamController {
    let domain: StreamDomain
    private let stream: CoreReadableStream<[UInt8]>
    let core: CoreArrayStreamController

    init(_ domain: StreamDomain, _ stream: CoreReadableStream<[UInt8]>, _ core: CoreArrayStreamController) {
        self.domain = domain
        self.stream = stream
        self.core = core
    }

    /// The buffer that a reader waits to have filled, nil if none has brought one.
    ///
    /// [ReadableByteStreamController.byobRequest](https://streams.spec.whatwg.org/#rbs-controller-byob-request). A source
    /// is free to `enqueue` instead; its bytes are copied then.
    public var byobRequest: ReadableStreamBYOBRequest? {
        domain.enter { readableByteStreamControllerGetBYOBRequest(core) }
            .map { ReadableStreamBYOBRequest(domain, stream, $0) }
    }

    /// How many more bytes the stream wants to buffer: at or below 0 the producer should wait; nil once the stream is
    /// errored.
    public var desiredSize: Double? {
        domain.enter { readableByteStreamControllerGetDesiredSize(core) }
    }

    /// Puts a chunk into the stream, in any case at once: back-pressure is the producer's own business.
    ///
    /// [ReadableByteStreamController.enqueue](https://streams.spec.whatwg.org/#rbs-controller-enqueue).
    ///
    /// - Throws: `TypeError` when the chunk is empty, when the stream is closed, cancelled or errored, or while the
    ///   view of `byobRequest` is out.
    public func enqueue(_ chunk: consuming [UInt8]) throws {
        guard !chunk.isEmpty else { throw TypeError("ReadableByteStreamController.enqueue: the chunk is empty") }
        let view = core.memory.describe(chunk: chunk)
        try domain.enter {
            try check("enqueue")
            try readableByteStreamControllerEnqueue(core, view)
        }
    }

    /// Ends the stream after the bytes that it holds.
    ///
    /// [ReadableByteStreamController.close](https://streams.spec.whatwg.org/#rbs-controller-close). Readers who wait with
    /// a buffer get it back at once, where the standard waits for `byobRequest.respond(0)`.
    ///
    /// - Throws: `TypeError` when the stream is closed, cancelled or errored already.
    public func close() throws {
        try domain.enter {
            try check("close")
            try readableByteStreamControllerClose(core)
            // A buffer that the source has borrowed is waited for.
            guard stream.state == .closed, core.pendingPullIntos.first?.buffer != nil else { return }
            try readableByteStreamControllerRespond(core, 0)
        }
    }

    /// Breaks the stream: its bytes are dropped, and whoever reads gets this error.
    ///
    /// [ReadableByteStreamController.error](https://streams.spec.whatwg.org/#rbs-controller-error). A stream that is
    /// closed or errored already stays as it is.
    public func error(_ reason: any Error) {
        domain.enter { readableByteStreamControllerError(core, reason) }
    }

    private func check(_ operation: String) throws(TypeError) {
        if !core.closeRequested, stream.state == .readable { return }
        throw TypeError(
            "ReadableByteStreamController.\(operation): the stream is \(stream.state == .errored ? "errored" : "closed")"
        )
    }
}

// SAFETY: the core's objects are touched only within `domain.enter`.
extension ReadableByteStreamController: @unchecked Sendable {}
