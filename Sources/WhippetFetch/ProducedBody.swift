// Copyright 2026 the Whippet authors
// SPDX-License-Identifier: Apache-2.0

internal import WhippetInfra
internal import WhippetStreams

/// A body that a function writes.
///
/// The host runs the function in the task that sends the answer: `producer`. Whoever reads the body chunk by chunk
/// instead (a test in process, a clone, middleware that looks at it) gets the chunks out of a task that waits after
/// each one until it was taken.
final class ProducedBody: BodySequence, BodyProducer {
    private let write: @Sendable (any BodySink) async throws -> Void
    private let reading = Locked<Reading?>(nil)

    /// The function's task, and what it hands its chunks over in.
    private struct Reading {
        let handover: ChunkHandover
        let task: Task<Void, Never>
    }

    init(_ write: @escaping @Sendable (any BodySink) async throws -> Void) {
        self.write = write
    }

    deinit {
        stop()
    }

    var length: Int? { nil }
    var producer: (any BodyProducer)? { self }

    func produce(into sink: any BodySink) async throws {
        try await write(sink)
    }

    func next() async throws -> [UInt8]? {
        let handover = start()
        return try await withTaskCancellationHandler {
            try await handover.take()
        } onCancel: {
            stop()
        }
    }

    func cancel(_ reason: any Error) {
        stop()
    }

    private func start() -> ChunkHandover {
        reading.withLock { [write] reading in
            if let reading { return reading.handover }
            let handover = ChunkHandover()
            // One for a body that is read in process; its reader's end, cancellation or disappearance ends it, and it
            // is never more than one chunk ahead.
            let task = Task(executorPreference: currentTaskExecutor()) {
                do {
                    try await write(handover)
                    handover.finish(nil)
                } catch {
                    handover.finish(error)
                }
            }
            reading = Reading(handover: handover, task: task)
            return handover
        }
    }

    private func stop() {
        guard let reading = reading.withLock({ $0 }) else { return }
        reading.task.cancel()
        reading.handover.cancel()
    }
}

extension Body {
    /// A body that a function writes, without a type.
    package init(writing write: @escaping @Sendable (any BodySink) async throws -> Void) {
        self.init(box: BodyBox(.sequence(ProducedBody(write))))
    }
}
