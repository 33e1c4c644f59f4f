// Copyright 2026 the Whippet authors
// SPDX-License-Identifier: Apache-2.0

internal import Synchronization

/// Any asynchronous sequence of chunks as a body.
// SAFETY: the iterator is made and used by `next` alone, and the body's claim gives a sequence to one reader, who
// calls `next` one time after another; the sequence itself was handed over when the object was made.
final class AsyncSequenceBody<Base: AsyncSequence>: BodySequence, @unchecked Sendable where Base.Element == [UInt8] {
    private let base: Base
    private var iterator: Base.AsyncIterator?
    /// Set at the end, after an error and by `cancel`.
    private let isFinished = Atomic(false)

    init(_ base: sending Base) {
        self.base = base
    }

    var length: Int? { nil }

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
