// Copyright 2026 the Whippet authors
// SPDX-License-Identifier: Apache-2.0

internal import WhippetInfra

/// A read of the Swift face that waits for its buffer to be filled.
// SAFETY: the state is touched only within `domain.enter`; once the request is posted, continuation and outcome are
// its delivery's alone.
final class PendingReadInto: CoreReadIntoRequest<ArrayMemory>, @unchecked Sendable {
    typealias Outcome = Result<ReadableStreamBYOBReader.ReadResult, any Error>

    private let domain: StreamDomain
    private let reader: CoreReadableStreamBYOBReader<ArrayMemory>
    private var continuation: UnsafeContinuation<ReadableStreamBYOBReader.ReadResult, any Error>?
    private var outcome: Outcome?

    init(_ domain: StreamDomain, _ reader: CoreReadableStreamBYOBReader<ArrayMemory>) {
        self.domain = domain
        self.reader = reader
    }

    /// Reads and waits for the outcome; cancelling the task withdraws the request.
    func value(_ view: consuming ArrayView, min: Int) async throws -> ReadableStreamBYOBReader.ReadResult {
        begin(consume view, min: min)
        // A source that does not wait has answered by now: no need to suspend.
        if let outcome = domain.enter({ takeOutcome() }) { return try outcome.get() }
        return try await withTaskCancellationHandler {
            try await withUnsafeThrowingContinuation { continuation in
                domain.enter { wait(continuation) }
            }
        } onCancel: {
            withdraw()
        }
    }

    override func chunkSteps(_ view: ArrayView) {
        settle(.success(.init(buffer: view.buffer, byteLength: view.byteLength, done: false)))
    }

    override func closeSteps(_ view: ArrayView?) {
        // What came before the end and is less than the reader asked for belongs to it all the same.
        let byteLength = view?.byteLength ?? 0
        settle(.success(.init(buffer: view?.buffer ?? [], byteLength: byteLength, done: byteLength == 0)))
    }

    override func errorSteps(_ reason: any Error) {
        settle(.failure(reason))
    }

    override func deliver() {
        guard let continuation, let outcome else { return }
        self.continuation = nil
        self.outcome = nil
        continuation.resume(with: outcome)
    }

    private func begin(_ view: consuming ArrayView, min: Int) {
        // It leaves this frame within the domain: the source may fill it before `begin` returns, and only a buffer that
        // nobody else refers to is filled without being copied.
        var view: ArrayView? = consume view
        domain.enter {
            // The reader may have been released between the look and the request.
            guard reader.stream != nil, let view = view.take() else {
                return settle(.failure(TypeError("ReadableStreamBYOBReader.read: the reader was released")))
            }
            readableStreamBYOBReaderRead(reader, view, min: min, self)
        }
    }

    private func takeOutcome() -> Outcome? {
        let taken = outcome
        outcome = nil
        return taken
    }

    private func wait(_ continuation: UnsafeContinuation<ReadableStreamBYOBReader.ReadResult, any Error>) {
        self.continuation = continuation
        if outcome != nil { domain.post(self) }
    }

    private func settle(_ outcome: Outcome) {
        self.outcome = outcome
        if continuation != nil { domain.post(self) }
    }

    private func withdraw() {
        domain.enter {
            guard let controller = reader.stream?.controller as? CoreArrayStreamController,
                controller.withdraw(self)
            else { return }
            settle(.failure(CancellationError()))
        }
    }
}
