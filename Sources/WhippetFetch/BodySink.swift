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
    /// How many bytes at most are given to `put` in one turn of the loop: a sink that works on them takes its time.
    var sliceSize: Int { get }
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

    /// As many as there are.
    package var sliceSize: Int { .max }

    /// Adds a chunk that is larger than a slice, between the slices of which the loop serves others.
    package func putSlices(of chunk: [UInt8]) async throws {
        var rest = chunk[...]
        while !rest.isEmpty {
            let slice = rest.prefix(sliceSize)
            if try !slice.withUnsafeBufferPointer({ try put($0) }) { try await ready() }
            rest = rest.dropFirst(slice.count)
            if !rest.isEmpty { await Task.yield() }
        }
    }
}

/// A body that writes itself, at the pace of the one who takes it.
package protocol BodyProducer: AnyObject, Sendable {
    /// Writes the whole body; called once.
    func produce(into sink: any BodySink) async throws
}
