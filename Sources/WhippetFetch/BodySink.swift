// Copyright 2026 the Whippet authors
// SPDX-License-Identifier: Apache-2.0

/// Where a body that writes itself goes: a connection, a compression, or who reads the body in process.
///
/// The part without `await` is apart from the part that waits: what writes a small chunk neither suspends nor
/// allocates as long as the other side takes it.
package protocol BodySink: AnyObject, Sendable {
    /// Adds bytes behind those that came before, from any thread and without waiting.
    ///
    /// - Returns: Whether more may be made at once; if not, `ready` comes first.
    /// - Throws: `CancellationError` when nobody takes the body any more; `TypeError` for more bytes than were announced.
    func put(_ bytes: UnsafeBufferPointer<UInt8>) throws -> Bool
    /// Adds a chunk that need not be copied, as `put` of its bytes.
    func put(_ chunk: [UInt8]) throws -> Bool
    /// Sends what waits, and the head if nothing was sent yet; from any thread and without waiting.
    ///
    /// - Throws: As `put`.
    func flush() throws
    /// Waits until more may be made.
    ///
    /// - Throws: `CancellationError` when nobody takes the body any more.
    func ready() async throws
}

extension BodySink {
    package func put(_ chunk: [UInt8]) throws -> Bool {
        try chunk.withUnsafeBufferPointer { try put($0) }
    }
}

/// A body that writes itself, at the pace of the one who takes it.
package protocol BodyProducer: AnyObject, Sendable {
    /// Writes the whole body; called once.
    func produce(into sink: any BodySink) async throws
}
