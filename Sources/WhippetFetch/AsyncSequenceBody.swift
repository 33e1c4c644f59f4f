// Copyright 2026 the Whippet authors
// SPDX-License-Identifier: Apache-2.0

internal import Synchronization

/// Any asynchronous sequence of chunks as a body.
///
/// The host has it write itself: one asynchronous call for each chunk instead of four.
// SAFETY: the iterator is made and used by `next` and `produce` alone, and the body's claim gives a sequence to one
// reader, who calls one of them, one time after another; the sequence itself was handed over when the object was made.
final class AsyncSequenceBody<Base: AsyncSequence>: BodySequence, BodyProducer, @unchecked Sendable
where Base.Element == [UInt8] {
    private let base: Base
    private var iterator: Base.AsyncIterator?
    /// Set at the end, after an error and by `cancel`.
    private let isFinished = Atomic(false)

    init(_ base: sending Base) {
        self.base = base
    }

    var length: Int? { nil }
    var producer: (any BodyProducer)? { self }

    func produce(into sink: any BodySink) async throws {
        guard !isFinished.exchange(true, ordering: .acquiringAndReleasing) else { return }
        var iterator = self.iterator.take() ?? base.makeAsyncIterator()
        let sliceSize = sink.sliceSize
        while let chunk = try await iterator.next(isolation: #isolation) {
            if chunk.count > sliceSize {
                try await sink.putSlices(of: chunk)
            } else if try !sink.put(chunk) {
                try await sink.ready()
            }
        }
    }

    func next() async throws -> [UInt8]? {
        guard !isFinished.load(ordering: .acquiring) else { return nil }
        var current = iterator ?? base.makeAsyncIterator()
        iterator = nil
        do {
            if let chunk = try await current.next(isolation: #isolation) {
                iterator = current
                return chunk
            }
        } catch {
            isFinished.store(true, ordering: .releasing)
            throw error
        }
        isFinished.store(true, ordering: .releasing)
        return nil
    }

    /// A waiting `next` ends with the task of its reader; this keeps another from starting.
    func cancel(_ reason: any Error) {
        isFinished.store(true, ordering: .releasing)
    }
}
