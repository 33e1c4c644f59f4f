// Copyright 2026 the Whippet authors
// SPDX-License-Identifier: Apache-2.0

internal import WhippetInfra

/// A reader's wish to have its own buffer filled ("bring your own buffer").
///
/// ```swift
/// let stream = ByteStream(type: .bytes) { controller in
///     if let request = controller.byobRequest {
///         try request.respond { bytes in
///             bytes[0] = 42
///             return 1
///         }
///     } else {
///         try controller.enqueue([42])
///     }
/// }
/// ```
///
/// Source: [Streams §4.8](https://streams.spec.whatwg.org/#rs-byob-request-class).
public final class ReadableStreamBYOBRequest {
    /// A buffer that was borrowed from its reader, to be given back by `respondWithNewView`.
    public struct View: Sendable {
        /// The whole buffer; its length must stay as it is.
        public var buffer: [UInt8]
        /// The part that is to be filled, from its start on.
        public let range: Range<Int>
    }

    private let domain: StreamDomain
    private let stream: CoreReadableStream<[UInt8]>
    private let core: CoreReadableStreamBYOBRequest<ArrayMemory>

    init(
        _ domain: StreamDomain, _ stream: CoreReadableStream<[UInt8]>,
        _ core: CoreReadableStreamBYOBRequest<ArrayMemory>
    ) {
        self.domain = domain
        self.stream = stream
        self.core = core
    }

    /// How many bytes are wanted at most; 0 once the request is answered or has become void.
    public var byteLength: Int {
        domain.enter { core.view?.byteLength ?? 0 }
    }

    /// Writes into the reader's buffer and answers it.
    ///
    /// [ReadableStreamBYOBRequest.respond](https://streams.spec.whatwg.org/#rs-byob-request-respond). A source that has
    /// nothing more returns 0, and closes the stream then: the reader waits on till it does.
    ///
    /// - Parameter writing: Writes into the bytes that it is given, from the first one on, and returns how many it wrote.
    /// - Throws: `TypeError` when the request is answered or void, or the stream ended meanwhile; `RangeError` when
    ///   `writing` returns more than it was given; what `writing` throws, and the buffer is wanted still.
    public func respond(writing: (UnsafeMutableRawBufferPointer) throws -> Int) throws {
        guard var view = takeView() else { throw void("respond") }
        var bytesWritten = 0
        do {
            bytesWritten = try view.buffer.withUnsafeMutableBytes { bytes in
                try writing(UnsafeMutableRawBufferPointer(rebasing: bytes[view.range]))
            }
        } catch {
            try? giveBack(view)
            throw error
        }
        guard bytesWritten != 0 else { return try giveBack(view) }
        guard bytesWritten > 0, bytesWritten <= view.range.count else {
            try giveBack(view)
            throw RangeError(
                "ReadableStreamBYOBRequest.respond: \(bytesWritten) bytes written where there is room for "
                    + "\(view.range.count)")
        }
        try respondWithNewView(view, bytesWritten: bytesWritten)
    }

    /// Borrows the reader's buffer, for a source that has to wait while it fills it.
    ///
    /// [ReadableStreamBYOBRequest.view](https://streams.spec.whatwg.org/#rs-byob-request-view); nil when the request is
    /// answered or void, or the buffer is out already. It must come back by `respondWithNewView`, or the reader waits for
    /// ever.
    public func takeView() -> View? {
        domain.enter {
            guard let view = core.view, let descriptor = core.controller?.pendingPullIntos.first,
                let buffer = descriptor.takeBuffer()
            else { return nil }
            return View(buffer: buffer, range: view.byteOffset..<view.byteOffset + view.byteLength)
        }
    }

    /// Gives the borrowed buffer back, with bytes in it, and answers the reader.
    ///
    /// [ReadableStreamBYOBRequest.respondWithNewView](https://streams.spec.whatwg.org/#rs-byob-request-respond-with-new-view).
    ///
    /// - Parameters:
    ///   - view: What `takeView` returned.
    ///   - bytesWritten: How many bytes were written, from the start of `view.range` on; 0 once the stream is closed.
    /// - Throws: `TypeError` when the request is answered or void, the buffer was not borrowed, or 0 bytes were written
    ///   and the stream is not closed; `RangeError` when the view is not the request's or they are too many.
    public func respondWithNewView(_ view: consuming View, bytesWritten: Int) throws {
        let (buffer, byteOffset) = (view.buffer, view.range.lowerBound)
        try domain.enter {
            guard let controller = core.controller else { throw void("respondWithNewView") }
            guard let descriptor = controller.pendingPullIntos.first, descriptor.buffer == nil else {
                throw TypeError("ReadableStreamBYOBRequest.respondWithNewView: the view was not taken")
            }
            guard bytesWritten >= 0 else {
                throw RangeError("ReadableStreamBYOBRequest.respondWithNewView: \(bytesWritten) is less than 0")
            }
            let length = buffer.count
            try readableByteStreamControllerRespondWithNewView(
                controller,
                CoreByteView(
                    buffer: buffer, bufferByteLength: length, byteOffset: byteOffset, byteLength: bytesWritten))
        }
    }

    /// Puts a buffer back in which nothing was written.
    private func giveBack(_ view: consuming View) throws {
        let buffer = view.buffer
        try domain.enter {
            guard let controller = core.controller else { throw void("respond") }
            controller.pendingPullIntos.first?.buffer = buffer
            // The source may have closed the stream while it had the buffer.
            if stream.state == .closed { try readableByteStreamControllerRespond(controller, 0) }
        }
    }

    private func void(_ operation: String) -> TypeError {
        TypeError("ReadableStreamBYOBRequest.\(operation): the request was answered already, or the stream has ended")
    }
}

// SAFETY: the core's objects are touched only within `domain.enter`.
extension ReadableStreamBYOBRequest: @unchecked Sendable {}
