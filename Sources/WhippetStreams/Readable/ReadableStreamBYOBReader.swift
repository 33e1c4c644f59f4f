// Copyright 2026 the Whippet authors
// SPDX-License-Identifier: Apache-2.0

internal import WhippetInfra

/// The one consumer of a byte stream, who brings buffers to be filled.
///
/// ```swift
/// func count(_ stream: ByteStream) async throws -> Int {
///     let reader = try stream.getReader(mode: .byob)
///     var buffer = [UInt8](repeating: 0, count: 65_536)
///     var total = 0
///     while true {
///         let result = try await reader.read(into: buffer)
///         if result.done { return total }
///         total += result.value.count
///         buffer = result.buffer
///     }
/// }
/// ```
///
/// Source: [Streams §4.5](https://streams.spec.whatwg.org/#byob-reader-class).
public final class ReadableStreamBYOBReader {
    /// What a read comes to.
    public struct ReadResult: Sendable {
        /// The buffer that was brought; empty when the stream was cancelled.
        public var buffer: [UInt8]
        /// How many bytes at the buffer's start were read.
        public let byteLength: Int
        /// Whether the stream has ended, so that nothing was read.
        public let done: Bool

        /// The bytes that were read.
        public var value: ArraySlice<UInt8> { buffer[..<byteLength] }
    }

    private let domain: StreamDomain
    private let stream: ByteStream
    let core: CoreReadableStreamBYOBReader<ArrayMemory>

    /// Locks a stream to a new reader.
    ///
    /// - Throws: `TypeError` when the stream is locked, or is not a byte stream.
    public init(_ stream: ByteStream) throws {
        guard let controller = stream.core.controller as? CoreArrayStreamController else {
            throw TypeError("ReadableStream.getReader: the stream is not a byte stream")
        }
        self.domain = stream.domain
        self.stream = stream
        self.core = try stream.domain.enter { try acquireReadableStreamBYOBReader(controller) }
    }

    /// Reads bytes into a buffer.
    ///
    /// [ReadableStreamBYOBReader.read](https://streams.spec.whatwg.org/#byob-reader-read). The buffer moves into the
    /// stream and comes back in the result: nothing is copied if nobody else holds it. Any number of tasks may read at
    /// the same time; they are served in the order of their calls.
    ///
    /// - Parameters:
    ///   - buffer: Where the bytes go, from the start on; not empty.
    ///   - min: How many bytes to wait for, unless the stream ends before.
    /// - Throws: `TypeError` when the buffer is empty, `min` is below 1, the reader is released, or the source has closed
    ///   the stream and fewer than `min` bytes are left, which breaks the stream; `RangeError` when
    ///   `min` is more than the buffer holds; the error of an errored stream; `CancellationError` when the task is
    ///   cancelled while it waits: no byte is lost, and the stream lives on.
    public func read(into buffer: consuming [UInt8], min: Int = 1) async throws -> ReadResult {
        let length = buffer.count
        guard length > 0 else { throw TypeError("ReadableStreamBYOBReader.read: the buffer is empty") }
        guard min > 0 else { throw TypeError("ReadableStreamBYOBReader.read: min is \(min) and must be 1 or more") }
        guard min <= length else {
            throw RangeError("ReadableStreamBYOBReader.read: min is \(min), more than the buffer's \(length) bytes")
        }
        let view = ArrayView(buffer: consume buffer, byteOffset: 0, byteLength: length)
        return try await PendingReadInto(domain, core).value(consume view, min: min)
    }

    /// Lets go of the stream, so that another reader can be had.
    ///
    /// [ReadableStreamBYOBReader.releaseLock](https://streams.spec.whatwg.org/#byob-reader-release-lock). Reads that wait
    /// throw a `TypeError`; what their buffers have got stays in the stream.
    public func releaseLock() {
        domain.enter { readableStreamBYOBReaderRelease(core) }
    }

    /// Tells the source that nobody wants its bytes, and waits until it has heard.
    ///
    /// [ReadableStreamGenericReader.cancel](https://streams.spec.whatwg.org/#generic-reader-cancel).
    ///
    /// - Throws: What the source's cancel function throws; the error of an errored stream; `TypeError` when the reader
    ///   is released.
    public func cancel(_ reason: (any Error)? = nil) async throws {
        let promise = domain.enter { readableStreamReaderGenericCancel(core, reason) }
        guard let promise else { throw TypeError("ReadableStreamBYOBReader.cancel: the reader was released") }
        try await Wait.promise(domain, promise)
    }

    /// Waits until the stream ends.
    ///
    /// [ReadableStreamGenericReader.closed](https://streams.spec.whatwg.org/#generic-reader-closed).
    ///
    /// - Throws: The error of an errored stream; `TypeError` when the reader is released; `CancellationError` when the
    ///   task is cancelled meanwhile.
    public var closed: Void {
        get async throws {
            try await Wait.promise(domain, domain.enter { core.closedPromise })
        }
    }
}

// SAFETY: the core's reader is touched only within `domain.enter`.
extension ReadableStreamBYOBReader: @unchecked Sendable {}
