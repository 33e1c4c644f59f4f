// Copyright 2026 the Whippet authors
// SPDX-License-Identifier: Apache-2.0

/// How much a stream buffers before it asks its source to wait.
///
/// Source: [Streams §7](https://streams.spec.whatwg.org/#qs).
public struct QueuingStrategy<Chunk>: Sendable {
    /// The total size of the chunks in the queue from which on the stream does not ask for more.
    public let highWaterMark: Double
    /// The size of a chunk; nil counts each chunk as 1.
    public let size: (@Sendable (Chunk) throws -> Double)?

    /// Makes a strategy.
    ///
    /// - Parameters:
    ///   - highWaterMark: Not negative and not NaN; 0 asks for a chunk only when somebody reads.
    ///   - size: The size of a chunk, finite and not negative; without it each chunk counts 1. It runs on the thread
    ///     that enqueues, before the chunk is in the stream.
    public init(highWaterMark: Double = 1, size: (@Sendable (Chunk) throws -> Double)? = nil) {
        precondition(highWaterMark >= 0, "QueuingStrategy: highWaterMark must be 0 or more")
        self.highWaterMark = highWaterMark
        self.size = size
    }

    /// Counts chunks: the standard's [CountQueuingStrategy](https://streams.spec.whatwg.org/#cqs-class).
    public static func count(highWaterMark: Double) -> QueuingStrategy {
        QueuingStrategy(highWaterMark: highWaterMark)
    }
}

extension QueuingStrategy where Chunk == [UInt8] {
    /// Counts bytes: the standard's [ByteLengthQueuingStrategy](https://streams.spec.whatwg.org/#blqs-class).
    public static func byteLength(highWaterMark: Double) -> QueuingStrategy {
        QueuingStrategy(highWaterMark: highWaterMark) { Double($0.count) }
    }
}
