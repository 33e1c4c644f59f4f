// Copyright 2026 the Whippet authors
// SPDX-License-Identifier: Apache-2.0

internal import WhippetInfra

/// Hands chunks from the one who writes a body to the one who reads it: the writer waits until what it wrote is taken.
package final class ChunkHandover: BodySink {
    private struct State {
        /// What was written and not yet taken: one chunk, unless several tasks write at once.
        var chunks: [[UInt8]] = []
        var reader: UnsafeContinuation<[UInt8]?, any Error>?
        var writers: [UnsafeContinuation<Bool, Never>] = []
        var isCancelled = false
        var end: Result<Void, any Error>?
    }

    private let state = Locked(State())

    package init() {}

    // MARK: - The writer's side

    package func put(_ bytes: UnsafeBufferPointer<UInt8>) throws -> Bool {
        guard !bytes.isEmpty else { return true }
        let chunk = Array(bytes)
        let (isOpen, reader) = state.withLock { state -> (Bool, UnsafeContinuation<[UInt8]?, any Error>?) in
            guard !state.isCancelled, state.end == nil else { return (false, nil) }
            let reader = state.reader.take()
            if reader == nil { state.chunks.append(chunk) }
            return (true, reader)
        }
        guard isOpen else { throw CancellationError() }
        reader?.resume(returning: chunk)
        return false
    }

    /// Nothing is held back, and there is no head to send.
    package func flush() throws {}

    /// Hands over an empty chunk where nothing else waits: the reader sees that there is an answer.
    ///
    /// - Throws: `CancellationError` when nobody takes the body any more.
    package func nudge() throws {
        let (isOpen, reader) = state.withLock { state -> (Bool, UnsafeContinuation<[UInt8]?, any Error>?) in
            guard !state.isCancelled, state.end == nil else { return (false, nil) }
            let reader = state.reader.take()
            if reader == nil, state.chunks.isEmpty { state.chunks.append([]) }
            return (true, reader)
        }
        guard isOpen else { throw CancellationError() }
        reader?.resume(returning: [])
    }

    package func ready() async throws {
        let isOpen = await withUnsafeContinuation { continuation in
            let isOpen = state.withLock { state -> Bool? in
                if state.isCancelled { return false }
                if state.chunks.isEmpty { return true }
                state.writers.append(continuation)
                return nil
            }
            if let isOpen { continuation.resume(returning: isOpen) }
        }
        guard isOpen else { throw CancellationError() }
    }

    /// The body has ended, with an error or without.
    package func finish(_ error: (any Error)?) {
        let end: Result<Void, any Error> = error.map { .failure($0) } ?? .success(())
        let reader = state.withLock { state in
            state.end = end
            return state.reader.take()
        }
        reader?.resume(with: end.map { nil })
    }

    // MARK: - The reader's side

    /// The next chunk, nil at the end.
    package func take() async throws -> [UInt8]? {
        try await withUnsafeThrowingContinuation { continuation in
            let (result, writers) = state.withLock { state -> (Result<[UInt8]?, any Error>?, [Writer]) in
                if state.isCancelled { return (.failure(CancellationError()), []) }
                if !state.chunks.isEmpty {
                    let chunk = state.chunks.removeFirst()
                    guard state.chunks.isEmpty else { return (.success(chunk), []) }
                    defer { state.writers = [] }
                    return (.success(chunk), state.writers)
                }
                if let end = state.end {
                    state.end = .success(())
                    return (end.map { nil }, [])
                }
                state.reader = continuation
                return (nil, [])
            }
            for writer in writers { writer.resume(returning: true) }
            if let result { continuation.resume(with: result) }
        }
    }

    private typealias Writer = UnsafeContinuation<Bool, Never>

    /// Nobody takes chunks any more.
    package func cancel() {
        let (reader, writers) = state.withLock { state in
            state.isCancelled = true
            state.chunks = []
            defer { state.writers = [] }
            return (state.reader.take(), state.writers)
        }
        reader?.resume(throwing: CancellationError())
        for writer in writers { writer.resume(returning: false) }
    }
}
