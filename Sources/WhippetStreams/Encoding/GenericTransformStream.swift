// Copyright 2026 the Whippet authors
// SPDX-License-Identifier: Apache-2.0

/// An object that has the two sides of a transform stream, such as `CompressionStream` or `TextDecoderStream`.
///
/// Source: [GenericTransformStream](https://streams.spec.whatwg.org/#generictransformstream).
public protocol GenericTransformStream<Input, Output>: Sendable {
    /// What is written.
    associatedtype Input: Sendable
    /// What comes out.
    associatedtype Output: Sendable

    /// The transform stream itself.
    var transform: TransformStream<Input, Output> { get }
}

extension GenericTransformStream {
    /// The side that gives the changed chunks.
    ///
    /// [readable](https://streams.spec.whatwg.org/#dom-generictransformstream-readable).
    public var readable: ReadableStream<Output> { transform.readable }

    /// The side that takes the chunks.
    ///
    /// [writable](https://streams.spec.whatwg.org/#dom-generictransformstream-writable).
    public var writable: WritableStream<Input> { transform.writable }
}

extension ReadableStream {
    /// Pipes the stream's chunks through what has the sides of a transform stream, and returns what comes out.
    ///
    /// ```swift
    /// let text = try ByteStream.from([[0x48, 0x69]]).pipeThrough(TextDecoderStream())
    /// for try await piece in text { expect(piece == "Hi") }
    /// ```
    ///
    /// [ReadableStream.pipeThrough](https://streams.spec.whatwg.org/#rs-pipe-through). The piping goes on by itself; an
    /// error of either end is seen at the other.
    ///
    /// - Parameters:
    ///   - transform: What the chunks go through.
    ///   - preventClose: Whether the transform's writable side stays open when this stream closes.
    ///   - preventAbort: Whether it is left alone when this stream errors or the pipe is aborted.
    ///   - preventCancel: Whether this stream is left alone when the writable side closes or errors or the pipe is
    ///     aborted.
    ///   - signal: Aborts the pipe.
    /// - Throws: `TypeError` when this stream or the transform's writable side is locked.
    public func pipeThrough<Transform: GenericTransformStream<Chunk, Output>, Output>(
        _ transform: Transform, preventClose: Bool = false, preventAbort: Bool = false, preventCancel: Bool = false,
        signal: AbortSignal? = nil
    ) throws -> ReadableStream<Output> {
        try pipeThrough(
            transform.transform, preventClose: preventClose, preventAbort: preventAbort, preventCancel: preventCancel,
            signal: signal)
    }
}
